#include "people/form_screen.hpp"

#include <charconv>

namespace kasane::people {

namespace {

html::Html both_versions(const FormScreen& screen) {
  html::Html body = html::prose("下の入力欄は、あなたが入力した内容です。保存し直すと、いま保存されている内容と入れ替わります。");
  body += html::heading(3, "いま保存されている内容");
  body += html::form_facts(screen.form, *screen.stored);
  return html::banner(html::Tone::warning, "ほかの人が先に保存しました", body);
}

}  // namespace

web::Reply show_form(programme::Ctx& ctx, const FormScreen& screen) {
  html::FormPage form_page;
  form_page.frame = ctx.frame(screen.action, screen.draft);
  if (screen.version != 0) form_page.frame.version = std::to_string(screen.version);
  form_page.frame.hidden.insert(form_page.frame.hidden.end(), screen.hidden.begin(), screen.hidden.end());
  form_page.submit = screen.submit;
  form_page.cancel_href = ctx.url(screen.cancel);
  form_page.before = screen.before;
  form_page.after = screen.after;

  html::Page page;
  page.title = screen.title;
  page.heading = screen.heading;
  page.current = "households";
  if (screen.stored) page.main += both_versions(screen);
  page.main += html::form_page(screen.form, screen.answers, screen.errors, form_page);
  const int status = screen.stored ? 409 : screen.errors.empty() ? 200 : 422;
  return ctx.show(std::move(page), status);
}

web::Reply after_save(programme::Ctx& ctx, const Result<std::string>& done, FormScreen screen, const std::function<Result<FormScreen>()>& now) {
  if (done) return ctx.go(*done);
  if (done.error().code == ErrorCode::invalid && !done.error().fields.empty()) {
    screen.errors = done.error().fields;
    return show_form(ctx, screen);
  }
  if (done.error().code != ErrorCode::stale || !now) return ctx.error(done.error());
  auto stored = now();
  if (!stored) return ctx.error(stored.error());
  stored->stored = std::move(stored->answers);
  stored->answers = std::move(screen.answers);
  return show_form(ctx, *stored);
}

std::int64_t posted_number(const programme::Ctx& ctx, std::string_view key) { return number_in(ctx.req.posted_value(key).value_or("")); }

std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc{} && end == text.data() + text.size() ? number : 0;
}

}  // namespace kasane::people
