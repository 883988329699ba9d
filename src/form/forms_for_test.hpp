// An invented form that has a field of every kind, for the tests of this room.
#pragma once
#include <memory>

#include "form/field.hpp"

namespace kasane::form::testing {

inline std::shared_ptr<const CodeTable> reasons() {
  return std::make_shared<const CodeTable>(CodeTable{
      "reason",
      2,
      {{"money", "家計", false}, {"work", "仕事", false}, {"old", "旧区分", true}, {"health", "健康", false}}});
}

inline Form every_kind() {
  Form form{"every_kind", 3, {}};
  form.fields = {
      {.key = "name", .label = "名前", .kind = Kind::text, .required = true, .max = 10},
      {.key = "note", .label = "内容", .kind = Kind::long_text},
      {.key = "received", .label = "受付日", .kind = Kind::date, .required = true},
      {.key = "birth", .label = "生年月日", .kind = Kind::partial_date},
      {.key = "count", .label = "回数", .kind = Kind::number, .max = 100, .min = 1, .unit = "回"},
      {.key = "agreed", .label = "同意", .kind = Kind::yes_no},
      {.key = "agreed_on",
       .label = "同意日",
       .kind = Kind::date,
       .shown_when = ShownWhen{"agreed", "yes"},
       .required = true},
      {.key = "reason", .label = "主な理由", .kind = Kind::choice, .codes = reasons()},
      {.key = "themes", .label = "相談の内容", .kind = Kind::choices, .codes = reasons()},
      {.key = "theme_note",
       .label = "健康のようす",
       .kind = Kind::text,
       .shown_when = ShownWhen{"themes", "health"},
       .required = true},
      {.key = "at", .label = "時刻", .kind = Kind::time},
      {.key = "token", .label = "", .kind = Kind::hidden},
  };
  return form;
}

}  // namespace kasane::form::testing
