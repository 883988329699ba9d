// The survey of a gathering, answered without an account by whoever has its link, once from each browser. Nothing that
// comes with the request is kept with the answer.
#include <charconv>

#include "base/crypto.hpp"
#include "meeting/gathering_rules.hpp"
#include "meeting/gathering_service.hpp"
#include "meeting/pages.hpp"
#include "programme/account_store.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;

namespace {

constexpr UtcMs kThrottleWindow = 15 * 60'000;
constexpr std::int64_t kTriesPerClient = 40;     // unknown links from one client in that time
constexpr std::int64_t kAnswersPerClient = 400;  // answers: a whole hall may share one address
constexpr std::size_t kLongestToken = 100;
constexpr long kCookieDays = 60;

std::string cookie_name(const programme::Ctx& ctx) { return "kasane_survey_" + ctx.city.slug; }
std::string path_of(const programme::Ctx& ctx) { return "/survey/" + ctx.req.param("token"); }

/// What is counted of one client.
struct Counted {
  std::string_view what;
  std::int64_t most;
};
constexpr Counted kTries{"survey-tries:", kTriesPerClient}, kAnswers{"survey-answers:", kAnswersPerClient};

std::string client_key(const programme::Ctx& ctx, const Counted& counted) { return to_hex(keyed_hash(ctx.city.key, std::string(counted.what) + ctx.req.client)); }

bool too_many(programme::Ctx& ctx, const Counted& counted) {
  return ctx.city.db().read([&](db::ReadTx& tx) {
    const auto t = programme::throttle(tx, client_key(ctx, counted));
    return t && ctx.now() - t->since < kThrottleWindow && t->failures >= counted.most;
  });
}

void count(programme::Ctx& ctx, const Counted& counted) {
  ctx.city.db().write([&](db::WriteTx& tx) {
    auto t = programme::throttle(tx, client_key(ctx, counted)).value_or(programme::Throttle{ctx.now(), 0});
    if (ctx.now() - t.since >= kThrottleWindow) t = {ctx.now(), 0};
    ++t.failures;
    programme::set_throttle(tx, client_key(ctx, counted), t);
  });
}

std::string browser_of(const programme::Ctx& ctx) {
  const auto cookie = ctx.req.cookie(cookie_name(ctx));
  return cookie && cookie->size() <= kLongestToken ? std::string(*cookie) : std::string();
}

web::Reply nothing_here(programme::Ctx& ctx) {
  html::Page page;
  page.title = "このアンケートは使えません";
  page.main = html::banner(Tone::warning, page.title, html::prose("受付が終わったか、アドレスが違っています。"));
  return ctx.show(std::move(page), 404);
}

/// The survey of the address while it runs. Too many tries from one client look like an unknown link too.
std::optional<OpenSurvey> survey_of(programme::Ctx& ctx) {
  const std::string& token = ctx.req.param("token");
  if (token.size() > kLongestToken || too_many(ctx, kTries)) return std::nullopt;
  auto found = ctx.city.db().read([&](db::ReadTx& tx) { return open_survey_of(tx, ctx.city.key, token, browser_of(ctx), ctx.today()); });
  if (!found) count(ctx, kTries);
  return found;
}

int number_of(const programme::Ctx& ctx, const std::string& key) {
  const std::string_view typed = ctx.req.posted_value(key).value_or("");
  if (typed.empty()) return 0;
  int value = -1;
  const auto read = std::from_chars(typed.data(), typed.data() + typed.size(), value);
  return read.ec == std::errc() && read.ptr == typed.data() + typed.size() ? value : -1;
}

SurveyAnswer posted_answer(const programme::Ctx& ctx) {
  SurveyAnswer a;
  for (std::size_t n = 0; n < a.scale.size(); ++n) a.scale[n] = number_of(ctx, "q" + std::to_string(n + 1));
  a.standing = parse_code<Standing>(ctx.req.posted_value("standing").value_or(""));
  a.text = std::string(ctx.req.posted_value("text").value_or(""));
  return a;
}

Html questions(const programme::Ctx& ctx, const std::vector<FieldError>& errors) {
  Html body;
  std::vector<html::Option> scale;
  for (std::size_t v = kScaleWords.size(); v > 0; --v) scale.push_back({std::to_string(v), std::string(kScaleWords[v - 1]), {}});
  for (std::size_t n = 0; n < kScaleQuestions.size(); ++n) {
    const std::string key = "q" + std::to_string(n + 1);
    body.add(html::radios({.name = key, .label = std::string(kScaleQuestions[n]), .error = html::error_of(errors, key)}, scale, ctx.req.posted_value(key).value_or("")));
  }
  std::vector<html::Option> standings;
  for (const Standing s : kStandings) standings.push_back({std::string(code_of(s)), std::string(label_of(s)), {}});
  body.add(html::radios({.name = "standing", .label = "あなたの立場"}, standings, ctx.req.posted_value("standing").value_or("")));
  body.add(html::textarea({.name = "text", .label = "ほかに気づいたこと", .hint = "400字まで。お名前など、だれのことかが分かることは書かないでください。", .error = html::error_of(errors, "text")},
                          ctx.req.posted_value("text").value_or(""), 4));
  return body;
}

web::Reply show_form(programme::Ctx& ctx, const OpenSurvey& survey, const std::vector<FieldError>& errors, int status = 200) {
  html::Page page;
  page.title = "アンケート";
  page.lead = html::text(survey.title + "（" + wareki(survey.held_on) + "）");
  page.main = html::error_summary(errors);
  page.main.add(html::prose("お名前は要りません。答えたくないところは、空けたままで構いません。"));
  Html body = questions(ctx, errors);
  body.add(html::actions({html::button("送る")}));
  page.main.add(html::form_frame(ctx.frame(path_of(ctx)), body));
  web::Reply reply = ctx.show(std::move(page), status);
  if (browser_of(ctx).empty())  // a random name for this browser, for nothing else
    reply.header("Set-Cookie", cookie_name(ctx) + "=" + random_token(16) + "; Path=" + ctx.url("/survey") + "; HttpOnly; SameSite=Strict; Max-Age=" +
                                   std::to_string(kCookieDays * 86'400) + (ctx.req.secure ? "; Secure" : ""));
  return reply;
}

web::Reply thanks(programme::Ctx& ctx) {
  html::Page page;
  page.title = "アンケート";
  page.main = html::banner(Tone::success, "お答えを受け取りました", html::prose("ありがとうございました。"));
  return ctx.show(std::move(page));
}

web::Reply door(programme::Ctx& ctx) {
  const auto survey = survey_of(ctx);
  if (!survey) return nothing_here(ctx);
  return survey->answered ? thanks(ctx) : show_form(ctx, *survey, {});
}

web::Reply take(programme::Ctx& ctx) {
  const auto survey = survey_of(ctx);
  if (!survey) return nothing_here(ctx);
  if (survey->answered) return thanks(ctx);
  if (too_many(ctx, kAnswers)) return nothing_here(ctx);
  count(ctx, kAnswers);
  const auto done = ctx.city.db().write([&](db::WriteTx& tx) { return answer_survey(tx, ctx.city.key, ctx.req.param("token"), browser_of(ctx), posted_answer(ctx), ctx.today()); });
  if (done) return ctx.go(ctx.url(path_of(ctx)));
  if (done.error().code == ErrorCode::not_found) return nothing_here(ctx);
  return show_form(ctx, *survey, done.error().fields.empty() ? std::vector<FieldError>{{"", done.error().message}} : done.error().fields, done.error().code == ErrorCode::conflict ? 409 : 422);
}

}  // namespace

void add_survey_routes(programme::Router& router) {
  router.get("/survey/{token}", web::Need::anyone(), door);
  router.post("/survey/{token}", web::Need::anyone(), take);
}

}  // namespace kasane::meeting
