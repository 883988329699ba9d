#include "meeting/lesson_service.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/japanese.hpp"
#include "meeting/common_issue_service.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/item_store.hpp"
#include "meeting/lesson_store.hpp"
#include "meeting/telling_words.hpp"

namespace kasane::meeting {

namespace {

constexpr int kLessonsOfPart = 50;
constexpr int kLessonsAtOnce = 200;

Error unknown() { return {ErrorCode::not_found, "見つかりません。", {}}; }
Error not_a_role() { return {ErrorCode::not_permitted, "この操作は、あなたの役割ではできません。", {}}; }
bool meets(const access::Gate& gate) { return gate.role_may(SubjectKind::meeting_session, access::Act::read); }

LessonText tidied(const LessonText& typed) {
  LessonText in = typed;
  for (std::string* text : {&in.title, &in.trouble, &in.did}) *text = std::string(trim(*text));
  return in;
}

/// The household that it was learnt from, where there is one.
Result<std::optional<HouseholdId>> household_of(db::ReadTx& tx, access::Gate& gate, const LessonFrom& from) {
  if (!gate.viewer().roles().meets(kIssueRaisers)) return tl::unexpected(not_a_role());
  if (from.of_case) {
    if (const auto permit = gate.read(*from.of_case); !permit) return tl::unexpected(permit.error());
    const auto learnt = store::learnt_case(tx, *from.of_case);
    if (!learnt) return tl::unexpected(unknown());
    if (!learnt->reviewed) return fail(ErrorCode::conflict, "評価か終結のあとに書けます。");
    return learnt->household;
  }
  if (from.item) {
    if (const auto permit = gate.read(*from.item); !permit) return tl::unexpected(permit.error());
    const auto head = store::head(tx, *from.item);
    if (!head) return tl::unexpected(unknown());
    if (head->state != ItemState::treated) return fail(ErrorCode::conflict, "会議で扱ったあとに書けます。");
    return head->household;
  }
  return std::optional<HouseholdId>();
}

void check(std::vector<FieldError>& faults, const char* field, const std::string& text, std::size_t longest, const char* missing, const Telling& telling) {
  if (text.empty()) faults.push_back({field, missing});
  else if (count_characters(text) > longest) faults.push_back({field, std::to_string(longest) + "字までで入力してください。"});
  else if (auto why = names_somebody(text, telling)) faults.push_back({field, *std::move(why)});
}

Telling telling_words_behind(db::ReadTx& tx, access::Gate& gate, const Settings& city, LessonId id) {
  Telling words;
  for (const HouseholdId household : store::households_of_lesson(tx, id))
    for (std::string& word : words_of_register(tx, gate, city, household)) words.unseen.push_back(std::move(word));
  return words;
}

/// A lesson that stands, for those who run meetings.
Result<> may_change(db::ReadTx& tx, const access::Gate& gate, LessonId id) {
  if (!gate.viewer().roles().meets(kIssueStewards)) return tl::unexpected(not_a_role());
  const auto lesson = store::lesson(tx, id);
  if (!lesson || lesson->withdrawn_on) return tl::unexpected(unknown());
  return {};
}

bool holds(const std::string& where, std::string_view words) {
  while (!words.empty()) {
    const std::size_t end = std::min({words.find(' '), words.find("　"), words.size()});
    if (const std::string key = name_key(words.substr(0, end)); !key.empty() && where.find(key) == std::string::npos) return false;
    words.remove_prefix(end);
    words = trim(words);
  }
  return true;
}

bool fits(const Lesson& l, std::string_view words) { return holds(name_key(l.text.title + "\n" + l.text.trouble + "\n" + l.text.did), trim(words)); }

/// Who may word it anew: an attempt that is refused tells of a name, so only where names are known anyway. One that hangs on no
/// household and bears no author is compared with nothing.
bool may_reword(db::ReadTx& tx, access::Gate& gate, const Lesson& l) {
  if (!gate.viewer().roles().meets(kIssueStewards)) return false;
  if (l.author && gate.viewer().in_agency(*l.author)) return true;
  const auto behind = store::households_of_lesson(tx, l.id);
  if (behind.empty()) return !l.author;
  return std::ranges::all_of(behind, [&](HouseholdId id) { return gate.may(id, access::Act::read); });
}

/// Unlike other ids it does not tell the moment, which would tell which case had just ended: any moment until now, as a random
/// number below a fresh id.
LessonId timeless_id() {
  const Bytes random = random_bytes(8);
  std::uint64_t number = 0;
  for (const auto byte : random) number = number << 8 | static_cast<std::uint8_t>(byte);
  return LessonId(static_cast<std::int64_t>(number % static_cast<std::uint64_t>(next_id())) + 1);
}

}  // namespace

std::vector<FieldError> faults_of(const programme::Municipality& m, const LessonText& in, const Telling& telling) {
  std::vector<FieldError> faults;
  check(faults, "title", in.title, kLongestLessonTitle, "どんなことが分かったかを、短い言葉で入力してください。", telling);
  check(faults, "trouble", in.trouble, kLongestLessonText, "むずかしかったことを入力してください。", telling);
  check(faults, "did", in.did, kLongestLessonText, "役に立った進め方を入力してください。", telling);
  const auto topics = m.code_table("consultation_topics");
  if (!in.topic.empty() && (!topics || topics->find(in.topic) == nullptr)) faults.push_back({"topic", "相談の種類を一覧から選んでください。"});
  return faults;
}

Result<> may_learn(db::ReadTx& tx, access::Gate& gate, const LessonFrom& from) {
  if (auto known = household_of(tx, gate, from); !known) return tl::unexpected(known.error());
  return {};
}

Result<LessonId> write_lesson(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const LessonText& typed, const LessonFrom& from) {
  const auto household = household_of(tx, gate, from);
  if (!household) return tl::unexpected(household.error());
  const LessonText in = tidied(typed);
  const Telling telling = *household ? telling_words_of_household(tx, gate, city, **household) : Telling{};
  auto faults = faults_of(city.m, in, telling);
  if (from.by_hand() && !from.unnamed) faults.push_back({"unnamed", "だれのことか分からないように書いたことを確かめて、しるしを付けてください。"});
  if (!faults.empty()) return invalid(std::move(faults));
  const LessonId id = timeless_id();
  const FiscalYear year = FiscalYear::of(gate.today());
  store::insert_lesson(tx, id, in, year, actor.agency);
  if (*household) store::link_lesson(tx, id, **household);
  // The act stands on the lesson, which is about nobody.
  access::note_act(tx, {"lesson.written", gate.today(), id.value, {}, {SubjectKind::statistic, id.value}, std::string(code_of(in.field)), {}, {}}, actor);
  return id;
}

Result<> reword_lesson(db::WriteTx& tx, access::Gate& gate, const Settings& city, LessonId id, std::int64_t version, const LessonText& typed) {
  if (auto may = may_change(tx, gate, id); !may) return may;
  if (const auto stands = store::lesson(tx, id); !stands || !may_reword(tx, gate, *stands)) return tl::unexpected(not_a_role());
  const LessonText in = tidied(typed);
  if (auto faults = faults_of(city.m, in, telling_words_behind(tx, gate, city, id)); !faults.empty()) return invalid(std::move(faults));
  if (!store::set_lesson(tx, id, version, in)) return tl::unexpected(saved_by_other());
  return {};
}

Result<> withdraw_lesson(db::WriteTx& tx, access::Gate& gate, LessonId id, std::int64_t version) {
  if (auto may = may_change(tx, gate, id); !may) return may;
  if (!store::withdraw_lesson(tx, id, version, gate.today())) return tl::unexpected(saved_by_other());
  return {};
}

Result<Lesson> lesson_view(db::ReadTx& tx, access::Gate& gate, LessonId id) {
  if (!meets(gate)) return tl::unexpected(unknown());
  auto lesson = store::lesson(tx, id);
  if (!lesson || lesson->withdrawn_on) return tl::unexpected(unknown());
  lesson->may_reword = may_reword(tx, gate, *lesson);
  return *std::move(lesson);
}

LessonList lessons_like(db::ReadTx& tx, access::Gate& gate, const LessonFilter& filter) {
  LessonList list;
  if (!meets(gate)) return list;
  std::optional<Lesson> after;
  if (filter.after && !(after = store::lesson(tx, *filter.after))) return list;
  for (bool more = true; more;) {
    auto part = store::lessons(tx, filter, after, kLessonsAtOnce);
    more = part.size() == static_cast<std::size_t>(kLessonsAtOnce);
    for (Lesson& l : part) {
      after = l;
      if (!fits(l, filter.words)) continue;
      if (list.lessons.size() == static_cast<std::size_t>(kLessonsOfPart)) {
        list.next = list.lessons.back().id;
        return list;
      }
      list.lessons.push_back(std::move(l));
    }
  }
  return list;
}

}  // namespace kasane::meeting
