#include "meeting/proposal_view.hpp"

#include "meeting/page_parts.hpp"

namespace kasane::meeting {

using html::Html;

const programme::Body* statutory_body(const programme::Ctx& ctx, const Session& session) {
  for (const SessionBody& b : session.bodies)
    if (b.function == programme::BodyFunction::support_conference_106_6) return ctx.m().body(b.body);
  return nullptr;
}

std::vector<html::Option> ground_options(const programme::Body& body) {
  std::vector<html::Option> options;
  for (const auto& g : body.grounds) options.push_back({g.code, g.text, {}});
  return options;
}

std::string matter_words(const Proposal& p) {
  std::string what(label_of(p.matter));
  if (p.plans.size() > 1) what += "（" + std::to_string(p.plans.size()) + "件まとめて）";
  return what;
}

Html other_way(const programme::Ctx& ctx, const Session& session, const Proposal& p) {
  const auto* body = statutory_body(ctx, session);
  if (body == nullptr)
    return html::link("106条の6の支援会議に出すことを求める", ctx.url("/households/" + id_text(p.household) + "/conference-requests/new"));
  html::FormFrame frame = ctx.frame(session_path(session.id) + "/items");
  frame.hidden = {{"body", body->code}, {"matter", std::string(code_of(p.matter))}, {"matter_id", id_text(p.id)}};
  const std::string key = std::string(code_of(p.matter)) + "-" + id_text(p.id);
  Html fields;
  if (!body->grounds.empty())
    fields.add(html::select({.name = "ground_code", .label = "同意なしに話し合う理由の区分", .required = true, .id = "ground-" + key}, ground_options(*body), ""));
  fields.add(html::textarea({.name = "reason", .label = "理由", .required = true, .id = "reason-" + key}, "", 2));
  fields.add(html::actions({html::button({.label = body->name + "の議題にする", .look = html::Look::secondary, .about = p.case_number})}));
  return html::folding(body->name + "の議題にする", html::form_frame(frame, fields));
}

}  // namespace kasane::meeting
