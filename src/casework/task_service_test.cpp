// Tasks and requests for progress, on every engine.
#include "casework/task_service.hpp"

#include "casework/case_testing.hpp"
#include "casework/progress_service.hpp"

namespace kasane::casework {
namespace {

using testing::Home;
using testing::Worker;

class TaskService : public testing::CaseworkTest {
 protected:
  NewTask task_for(const Home& at, AgencyId agency, std::optional<Date> due) {
    NewTask in;
    in.household = at.id;
    in.agency = agency;
    in.source = {SubjectKind::household, at.id.value};
    in.what = "受診に同行する";
    in.due_on = due;
    return in;
  }
  TaskId add(const Worker& by, const NewTask& in) {
    const auto done = write(by, [&](auto& tx, auto& gate, const auto& actor) { return add_task(tx, gate, actor, in); });
    EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().message);
    return done.value_or(TaskId());
  }
  TaskPage list(const Worker& who, const TaskFilter& filter) {
    return read(who, [&](auto& tx, auto& gate) { return tasks(tx, gate, filter, {}); });
  }
};
KASANE_EVERY_ENGINE(TaskService);

TEST_P(TaskService, is_done_with_a_note_and_leaves_the_list) {
  const Worker swc = worker();
  const Home at = home(swc);
  const TaskId id = add(swc, task_for(at, swc.agency, today().plus_days(7)));
  EXPECT_EQ(dues("task.due", at.id), 1);
  EXPECT_EQ(list(swc, {}).lines.size(), 1u);
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return finish_task(tx, gate, actor, id, 9, gate.today(), ""); })),
            ErrorCode::stale);
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return finish_task(tx, gate, actor, id, 1, gate.today().plus_days(1), ""); })),
            ErrorCode::invalid);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return finish_task(tx, gate, actor, id, 1, gate.today(), "同行できた"); }).has_value());
  EXPECT_EQ(dues("task.due", at.id), 0);
  EXPECT_EQ(acts("task.done", at.id), 1);
  EXPECT_TRUE(list(swc, {}).lines.empty());
  const auto done = list(swc, {false, true, true}).lines;
  ASSERT_EQ(done.size(), 1u);
  EXPECT_EQ(done[0].done.shown(), "同行できた");
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return finish_task(tx, gate, actor, id, 2, gate.today(), ""); })),
            ErrorCode::conflict);
}

TEST_P(TaskService, overdue_ones_have_their_own_list) {
  const Worker swc = worker();
  const Home at = home(swc);
  add(swc, task_for(at, swc.agency, today().plus_days(-1)));
  add(swc, task_for(at, swc.agency, today()));
  add(swc, task_for(at, swc.agency, std::nullopt));
  EXPECT_EQ(list(swc, {}).lines.size(), 3u);
  EXPECT_EQ(list(swc, {}).lines.at(0).due_on, today().plus_days(-1)) << "soonest first";
  EXPECT_EQ(list(swc, {true, true, false}).lines.size(), 1u);
}

TEST_P(TaskService, pages_hold_fifty) {
  const Worker swc = worker();
  const Home at = home(swc);
  for (int i = 0; i < 53; ++i) add(swc, task_for(at, swc.agency, i % 2 == 0 ? std::optional(today()) : std::nullopt));
  const TaskPage first = list(swc, {});
  ASSERT_EQ(first.lines.size(), 50u);
  ASSERT_TRUE(first.next.has_value());
  const TaskPage second = read(swc, [&](auto& tx, auto& gate) { return tasks(tx, gate, {}, first.next); });
  EXPECT_EQ(second.lines.size(), 3u);
}

TEST_P(TaskService, is_seen_by_the_agency_that_does_it_and_by_nobody_without_a_ground) {
  const Worker swc = worker();
  const Worker clinic = worker();
  const Worker stranger = worker();
  const Home at = home(swc);
  const auto early = write(swc, [&](auto& tx, auto& gate, const auto& actor) { return add_task(tx, gate, actor, task_for(at, clinic.agency, today())); });
  ASSERT_EQ(code_of_error(early), ErrorCode::invalid) << "neither on the team nor on a ground: the task alone would tell it";
  EXPECT_EQ(early.error().fields.at(0).field, "agency");
  const CaseId id_of_case = open(swc, a_case(at, swc));
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, id_of_case, clinic.agency, InvolvementRole::member); }));
  const TaskId id = add(swc, task_for(at, clinic.agency, today()));
  EXPECT_TRUE(read(clinic, [&](auto& tx, auto& gate) { return task(tx, gate, id); }).has_value());
  EXPECT_EQ(code_of_error(read(stranger, [&](auto& tx, auto& gate) { return task(tx, gate, id); })), ErrorCode::not_found);
  EXPECT_EQ(code_of_error(write(stranger, [&](auto& tx, auto& gate, const auto& actor) { return add_task(tx, gate, actor, task_for(at, stranger.agency, {})); })),
            ErrorCode::not_found);
  EXPECT_TRUE(list(stranger, {false, false, false}).lines.empty());
  NewTask bad = task_for(at, AgencyId(), {});
  bad.what = "";
  const auto refused = write(swc, [&](auto& tx, auto& gate, const auto& actor) { return add_task(tx, gate, actor, bad); });
  ASSERT_EQ(code_of_error(refused), ErrorCode::invalid);
  EXPECT_EQ(refused.error().fields.size(), 2u);
}

TEST_P(TaskService, is_made_by_who_works_on_the_household_or_decides_about_it_and_by_nobody_who_may_only_look) {
  const Worker swc = worker();
  const Worker looker = worker();
  const Worker head = worker(Role::head);
  const Home at = home(swc);
  const auto lend = [&](const Worker& to, access::GroundKind kind) {
    access::Ground g;
    g.kind = kind;
    g.root = at.id.value;
    g.topics = access::kStandardScope;
    g.named = {to.agency.value};
    g.from = today();
    g.until = today();
    g.source = next_id();
    db().write([&](db::WriteTx& tx) { access::add_ground(tx, g, {AccountId(1), to.agency, clock.now()}); });
  };
  const auto may = [&](const Worker& who) {
    return write(who, [&](auto& tx, auto& gate, const auto& actor) { return add_task(tx, gate, actor, task_for(at, swc.agency, {})); });
  };
  lend(looker, access::GroundKind::emergency);
  EXPECT_EQ(code_of_error(may(looker)), ErrorCode::not_permitted);
  lend(head, access::GroundKind::cooperation);
  EXPECT_EQ(code_of_error(may(head)), ErrorCode::not_permitted);
  lend(head, access::GroundKind::decision_duty);
  EXPECT_TRUE(may(head).has_value());
}

TEST_P(TaskService, knows_what_came_out_of_one_plan_or_item) {
  const Worker swc = worker();
  const Home at = home(swc);
  NewTask in = task_for(at, swc.agency, today());
  in.source = {SubjectKind::agenda_item, 4711};
  add(swc, in);
  add(swc, task_for(at, swc.agency, today()));
  EXPECT_EQ(read(swc, [&](auto& tx, auto& gate) { return tasks_from(tx, gate, in.source); }).size(), 1u);
  EXPECT_EQ(read(swc, [&](auto& tx, auto& gate) { return tasks_of(tx, gate, at.id); }).size(), 2u);
}

class ProgressService : public testing::CaseworkTest {};
KASANE_EVERY_ENGINE(ProgressService);

// K-48, W-47: asked lightly, answered in one line.
TEST_P(ProgressService, is_asked_of_agencies_that_may_see_the_case_and_answered_in_one_line) {
  const Worker swc = worker();
  const Worker clinic = worker();
  const Home at = home(swc);
  const CaseId id = open(swc, a_case(at, swc));
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, id, clinic.agency, InvolvementRole::member); }).has_value());
  const auto ask = [&] {
    return write(swc, [&](auto& tx, auto& gate, const auto& actor) { return ask_progress(tx, gate, actor, id, {clinic.agency}, gate.today().plus_days(7)); });
  };
  EXPECT_EQ(code_of_error(ask()), ErrorCode::invalid) << "without a ground the question alone would tell";
  agree(swc, at, at.son);
  ASSERT_TRUE(ask().has_value());
  EXPECT_EQ(dues("progress.reply", at.id), 1);
  const auto requests = read(clinic, [&](auto& tx, auto& gate) { return progress_of(tx, gate, id); });
  ASSERT_TRUE(requests.has_value());
  ASSERT_EQ(requests->size(), 1u);
  const std::int64_t request = requests->at(0).id;
  const auto answer = [&](const Worker& who, const std::string& text) {
    return write(who, [&](auto& tx, auto& gate, const auto& actor) { return answer_progress(tx, gate, actor, id, request, text); });
  };
  EXPECT_EQ(code_of_error(answer(swc, "代わりに答える")), ErrorCode::not_found);
  EXPECT_EQ(code_of_error(answer(clinic, "")), ErrorCode::invalid);
  EXPECT_EQ(code_of_error(answer(clinic, std::string(401, 'a'))), ErrorCode::invalid);
  ASSERT_TRUE(answer(clinic, "月に一度、通院できている").has_value());
  EXPECT_EQ(dues("progress.reply", at.id), 0);
  EXPECT_EQ(acts("progress.answered", at.id), 1);
  EXPECT_EQ(read(swc, [&](auto& tx, auto& gate) { return progress_of(tx, gate, id); })->at(0).answer.shown(), "月に一度、通院できている");
  EXPECT_EQ(code_of_error(answer(clinic, "もう一度")), ErrorCode::conflict);
}

TEST_P(ProgressService, one_answer_leaves_the_other_agency_awaited) {
  const Worker swc = worker();
  const Worker clinic = worker();
  const Worker school = worker();
  const Home at = home(swc);
  const CaseId id = open(swc, a_case(at, swc));
  for (const Worker* w : {&clinic, &school})
    ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, id, w->agency, InvolvementRole::member); }).has_value());
  agree(swc, at, at.son);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) {
                return ask_progress(tx, gate, actor, id, {clinic.agency, school.agency}, gate.today().plus_days(7));
              }).has_value());
  EXPECT_EQ(dues("progress.reply", at.id), 2);
  const auto requests = read(swc, [&](auto& tx, auto& gate) { return progress_of(tx, gate, id); });
  const auto asked = std::find_if(requests->begin(), requests->end(), [&](const Progress& p) { return p.to_agency == clinic.agency; });
  ASSERT_TRUE(write(clinic, [&](auto& tx, auto& gate, const auto& actor) { return answer_progress(tx, gate, actor, id, asked->id, "通えている"); }).has_value());
  EXPECT_EQ(dues("progress.reply", at.id), 1);
}

TEST_P(ProgressService, is_closed_to_strangers) {
  const Worker swc = worker();
  const Worker stranger = worker();
  const CaseId id = open(swc, a_case(home(swc), swc));
  EXPECT_EQ(code_of_error(read(stranger, [&](auto& tx, auto& gate) { return progress_of(tx, gate, id); })), ErrorCode::not_found);
}

}  // namespace
}  // namespace kasane::casework
