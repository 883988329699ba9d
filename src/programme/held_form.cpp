#include "programme/held_form.hpp"

#include "base/crypto.hpp"
#include "base/secret_box.hpp"
#include "web/form_body.hpp"
#include "web/percent.hpp"

namespace kasane::programme {

namespace {

constexpr std::string_view kPurpose = "held-form";
constexpr std::size_t kLongest = 600'000;  // sealed it is a third longer, and a form may hold a million

void append(std::string& body, std::string_view name, std::string_view value) {
  if (!body.empty()) body += '&';
  body += web::percent_encode(name) + "=" + web::percent_encode(value);
}

}  // namespace

std::optional<std::string> seal_form(std::string_view key, const HeldForm& form) {
  std::string body;
  append(body, "account", id_text(form.account));
  append(body, "path", form.path);
  append(body, "files", form.had_files ? "yes" : "no");
  for (const auto& [name, value] : form.fields)
    if (name != "csrf") append(body, name, value);
  if (body.size() > kLongest) return std::nullopt;
  return to_base64url(seal_text(key, kPurpose, body));
}

std::optional<HeldForm> open_form(std::string_view key, std::string_view sealed) {
  const auto bytes = from_base64url(sealed);
  if (!bytes) return std::nullopt;
  const auto body = open_text(key, kPurpose, std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
  if (!body) return std::nullopt;
  auto pairs = web::parse_urlencoded(*body);
  if (!pairs || pairs->size() < 3) return std::nullopt;
  const auto account = parse_id<AccountTag>((*pairs)[0].second);
  if (!account) return std::nullopt;
  HeldForm form{*account, (*pairs)[1].second, {}, (*pairs)[2].second == "yes"};
  form.fields.assign(std::make_move_iterator(pairs->begin() + 3), std::make_move_iterator(pairs->end()));
  return form;
}

}  // namespace kasane::programme
