// What the pages of people that change something have in common: one form, faults, and, when somebody else saved
// first, what is stored now beside what was typed.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "form/answers.hpp"
#include "form/field.hpp"
#include "html/form.hpp"
#include "programme/context.hpp"

namespace kasane::people {

struct FormScreen {
  std::string title;                          // no personal data
  html::Html heading = {};                    // name of the person or household
  form::Form form;
  form::Answers answers;
  std::vector<FieldError> errors = {};
  std::string action;                         // within the city
  std::string cancel;                         // within the city
  std::string submit = "保存する";
  std::int64_t version = 0;
  html::NameValues hidden = {};
  std::string draft = {};
  html::Html before = {};
  html::Html after = {};
  std::optional<form::Answers> stored = {};   // what somebody else saved meanwhile
};

/// 200, or 422 with faults, or 409 where `stored` is given.
web::Reply show_form(programme::Ctx& ctx, const FormScreen& screen);

/// The end of a command that `screen` sent: onward; faults at their fields; and where somebody else saved first, the
/// screen of what is stored `now` beside what was typed. Anything else is a page of its own.
web::Reply after_save(programme::Ctx& ctx, const Result<std::string>& done, FormScreen screen, const std::function<Result<FormScreen>()>& now = {});

/// A whole number that the page carried; 0 when it is absent or none.
std::int64_t number_in(std::string_view text);
std::int64_t posted_number(const programme::Ctx& ctx, std::string_view key);

}  // namespace kasane::people
