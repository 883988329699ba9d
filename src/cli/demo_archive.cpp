// 会津若松, 佐瀬家 (5): the son asks for what is kept about him. Proposed by the officer, approved by the head, handed out;
// a second request, of another day, is still being sorted.
#include "cli/demo_archive.hpp"

#include "archive/disclosure_rules.hpp"
#include "archive/disclosure_service.hpp"

namespace kasane::cli::invented {

namespace {

archive::Settings settings(World& w) { return {w.m(), w.city().directory}; }

archive::DisclosureView view(World& w, Who who, DisclosureId id) {
  auto found = w.look(who, [&](db::ReadTx& tx, access::Gate& gate) { return archive::disclosure(tx, gate, id); });
  if (!found) throw Fault("disclosure.view", found.error());
  return *std::move(found);
}

DisclosureId asked(World& w, Who who, PersonId person) {
  archive::NewDisclosure in;
  in.person = person;
  in.identity = "my_number_card";
  in.received_on = w.now_on();
  return w.as(who, "disclosure.receive", [&](auto& tx, auto& gate, const auto& actor) { return archive::receive(tx, gate, actor, settings(w), in); });
}

/// Own words open; what is about protection leaves no trace; all else is withheld on the ground that was proposed.
void sort_all(World& w, Who who, DisclosureId id) {
  const auto before = view(w, who, id);
  std::vector<archive::PartChoice> choices;
  for (const archive::Part& p : before.parts) {
    archive::PartChoice c{p.number, archive::PartDecision::open, "", ""};
    if (p.proposal == archive::Proposal::review && p.why != "contact") {
      c.decision = p.ground == "81" ? archive::PartDecision::not_told : archive::PartDecision::withheld;
      c.ground = p.ground.empty() ? "78-1-7" : p.ground;
    }
    choices.push_back(std::move(c));
  }
  w.as(who, "disclosure.choose", [&](auto& tx, auto& gate, const auto& actor) -> Result<bool> {
    if (auto done = archive::choose(tx, gate, actor, settings(w), id, before.facts.version, choices); !done) return tl::unexpected(done.error());
    return true;
  });
}

template <class F>
void step(World& w, Who who, const char* action, DisclosureId id, F&& f) {
  const auto version = view(w, who, id).facts.version;
  w.as(who, action, [&](auto& tx, auto& gate, const auto& actor) -> Result<bool> {
    if (auto done = f(tx, gate, actor, version); !done) return tl::unexpected(done.error());
    return true;
  });
}

}  // namespace

void run_disclosure(World& w, const Home& at, PersonId asking) {
  w.days_ago(33);
  record(w, "coordinator", at, {.method = "office", .text = "【本人】「見学に行って、自分にもできそうだと思った」\n\n【第三者】母は、夜に眠れないと話していた。", .person = asking,
                                .content = {"work"}, .minutes = 30});
  record(w, "coordinator", at, {.method = "phone", .text = "【本人】「家では話しにくい」と母が話した。\n\n【見立て】二人には別々に会うほうがよい。", .content = {"family"}, .minutes = 15});
  w.days_ago(30);
  const DisclosureId id = asked(w, "officer", asking);
  w.days_ago(21);
  sort_all(w, "officer", id);
  step(w, "officer", "disclosure.propose", id, [&](auto& tx, auto& gate, const auto& actor, auto version) { return archive::put_forward(tx, gate, actor, id, version); });
  w.days_ago(18);
  step(w, "head", "disclosure.approve", id, [&](auto& tx, auto& gate, const auto& actor, auto version) { return archive::approve(tx, gate, actor, id, version); });
  w.days_ago(14);
  step(w, "officer", "disclosure.hand", id,
       [&](auto& tx, auto& gate, const auto& actor, auto version) { return archive::hand_out(tx, gate, actor, id, version, w.now_on()); });
  w.days_ago(6);
  asked(w, "officer", asking);
}

}  // namespace kasane::cli::invented
