// What a page disclosed is kept whole, however often it read; what a command was refused is kept too.
#include "programme/context.hpp"

#include <gtest/gtest.h>

#include <future>

#include "access/audit_store.hpp"
#include "programme/testing.hpp"

namespace kasane::programme {
namespace {

using testing::Login;
using testing::TestCity;

void add_twice_reading(Router& router) {
  const web::Need anybody = web::Need::of(kCaseRoles);
  router.get("/twice", anybody, [](Ctx& ctx) {
    ctx.read("first.page", [](db::ReadTx&, access::Gate& gate) { gate.trail().note(SubjectKind::household, 41); });
    ctx.read("second.page", [](db::ReadTx&, access::Gate& gate) { gate.trail().note(SubjectKind::household, 42); });
    html::Page page;
    page.title = "試し";
    return ctx.show(std::move(page));
  });
  router.post("/refused", anybody, [](Ctx& ctx) {
    const auto done = ctx.command("refused.write", [](db::WriteTx&, access::Gate& gate, const access::Actor&) -> Result<std::string> {
      const auto permit = gate.write(HouseholdId(77));
      if (!permit) return tl::unexpected(permit.error());
      return "/";
    });
    return done ? ctx.go(*done) : ctx.error(done.error());
  });
}

struct Kept : ::testing::Test {
  TestCity t{"tsuruoka", {add_twice_reading}};
  Login who = t.account("swc", Role::coordinator);

  access::AuditEvent last_event(web::Reply reply) {
    std::promise<bool> kept;
    EXPECT_TRUE(reply.before_send) << "nothing would be kept";
    if (!reply.before_send) return {};
    reply.before_send([&](bool ok) { kept.set_value(ok); });
    EXPECT_TRUE(kept.get_future().get());
    const auto events = t.city().audit.file_for(t.clock().now()).read([](db::ReadTx& tx) { return access::audit_store::newest_reads(tx, 0, 1); });
    return events.empty() ? access::AuditEvent{} : events.front().event;
  }
};

TEST_F(Kept, a_page_that_reads_twice_leaves_the_subjects_of_both_readings) {
  const auto event = last_event(t.get(who, "/twice"));
  EXPECT_EQ(event.action, "first.page");
  const auto subjects = access::unpack_subjects(event.subjects);
  ASSERT_TRUE(subjects);
  ASSERT_EQ(subjects->size(), 2u);
  EXPECT_EQ(subjects->at(0).ref.id, 41);
  EXPECT_EQ(subjects->at(1).ref.id, 42);
}

TEST_F(Kept, a_command_refused_for_a_record_unknown_to_the_sender_leaves_an_event) {
  web::Reply reply = t.post(who, "/refused");
  EXPECT_EQ(reply.status, 404);
  const auto event = last_event(std::move(reply));
  EXPECT_EQ(event.action, "refused.write");
  const auto subjects = access::unpack_subjects(event.subjects);
  ASSERT_TRUE(subjects && subjects->size() == 1u);
  EXPECT_TRUE(subjects->front().denied);
  EXPECT_EQ(subjects->front().ref.id, 77);
}

}  // namespace
}  // namespace kasane::programme
