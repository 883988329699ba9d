#include "meeting/gathering_rules.hpp"

#include <algorithm>

#include "base/japanese.hpp"
#include "meeting/common_issue_rules.hpp"
#include "meeting/small_number_rules.hpp"

namespace kasane::meeting {

namespace {

constexpr FileKind kFileKinds[] = {
    {"application/pdf", ".pdf"},
    {"image/png", ".png"},
    {"image/jpeg", ".jpg"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"},
};

/// Office papers are zip files; the names of their parts stand in them uncompressed.
std::optional<FileKind> office_kind(std::string_view bytes) {
  if (bytes.find("[Content_Types].xml") == std::string_view::npos || bytes.find("vbaProject.bin") != std::string_view::npos) return std::nullopt;
  if (bytes.find("word/document.xml") != std::string_view::npos) return kFileKinds[3];
  if (bytes.find("xl/workbook.xml") != std::string_view::npos) return kFileKinds[4];
  if (bytes.find("ppt/presentation.xml") != std::string_view::npos) return kFileKinds[5];
  return std::nullopt;
}

SurveyResults::Question question(std::string text, const std::vector<std::string>& labels, const std::vector<std::int64_t>& counts, std::int64_t limit, bool& any) {
  const ToldList told = told_list(counts, limit);
  SurveyResults::Question q{std::move(text), {}, 0};
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const bool hidden = told.numbers[i] == kUntold;
    q.bars.push_back({labels[i], told.numbers[i], hidden ? 0 : counts[i]});
    q.most = std::max(q.most, q.bars.back().value);
  }
  any = any || told.any_untold;
  return q;
}

}  // namespace

std::vector<FieldError> faults_of(const programme::Municipality& m, const GatheringText& in) {
  std::vector<FieldError> faults;
  if (trim(in.title).empty()) faults.push_back({"title", "名前を入力してください。"});
  if (in.held_on == Date()) faults.push_back({"held_on", "開く日を入力してください。"});
  if (!in.body.empty() && m.body(in.body) == nullptr) faults.push_back({"body", "会議を一覧から選んでください。"});
  if (count_characters(in.invitation) > kLongestGatheringText) faults.push_back({"invitation", std::to_string(kLongestGatheringText) + "字までで入力してください。"});
  for (const auto& [field, text] : {std::pair{"title", &in.title}, {"theme", &in.theme}, {"for_whom", &in.for_whom}})
    if (count_characters(*text) > 200) faults.push_back({field, "200字までで入力してください。"});
  return faults;
}

std::vector<FieldError> faults_of(const std::vector<AttendanceLine>& lines) {
  std::vector<FieldError> faults;
  for (std::size_t n = 0; n < lines.size(); ++n)
    if (lines[n].people < 0 || lines[n].people > kMostPeople)
      faults.push_back({"people_" + std::to_string(n + 1), "0から" + std::to_string(kMostPeople) + "までの人数を入力してください。"});
  if (lines.empty()) faults.push_back({"people_1", "来た人の数を、一行は入力してください。"});
  return faults;
}

std::vector<FieldError> faults_of(const SurveyAnswer& answer) {
  std::vector<FieldError> faults;
  for (std::size_t n = 0; n < answer.scale.size(); ++n)
    if (answer.scale[n] < 0 || answer.scale[n] > static_cast<int>(kScaleWords.size())) faults.push_back({"q" + std::to_string(n + 1), "一つ選んでください。"});
  const bool said = std::any_of(answer.scale.begin(), answer.scale.end(), [](int v) { return v != 0; }) || answer.standing || !trim(answer.text).empty();
  if (!said) faults.push_back({"q1", "一つは答えてください。"});
  if (count_characters(answer.text) > kLongestSurveyText) faults.push_back({"text", std::to_string(kLongestSurveyText) + "字までで入力してください。"});
  else if (!is_valid_utf8(answer.text) || has_control_characters(answer.text, true)) faults.push_back({"text", "使えない文字が入っています。"});
  else if (auto why = names_somebody(answer.text, {})) faults.push_back({"text", *std::move(why)});
  return faults;
}

std::optional<FileKind> material_kind(std::string_view bytes) {
  if (bytes.starts_with("%PDF-")) return kFileKinds[0];
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return kFileKinds[1];
  if (bytes.starts_with("\xFF\xD8\xFF")) return kFileKinds[2];
  if (bytes.starts_with("PK\x03\x04")) return office_kind(bytes);
  return std::nullopt;
}

std::string_view ending_of(std::string_view type) {
  const auto* found = std::find_if(std::begin(kFileKinds), std::end(kFileKinds), [&](const FileKind& k) { return k.type == type; });
  return found == std::end(kFileKinds) ? std::string_view() : found->ending;
}

SurveyResults told_results(const std::vector<SurveyAnswer>& answers, std::int64_t limit) {
  SurveyResults r;
  r.answers = told(static_cast<std::int64_t>(answers.size()), limit, "件");
  r.enough = static_cast<std::int64_t>(answers.size()) >= limit;
  if (!r.enough) return r;
  std::vector<std::string> words(kScaleWords.rbegin(), kScaleWords.rend());
  for (std::size_t n = 0; n < kScaleQuestions.size(); ++n) {
    std::vector<std::int64_t> counts(kScaleWords.size());
    for (const SurveyAnswer& a : answers)
      if (a.scale[n] > 0) ++counts[kScaleWords.size() - static_cast<std::size_t>(a.scale[n])];
    r.questions.push_back(question(std::string(kScaleQuestions[n]), words, counts, limit, r.any_untold));
  }
  std::vector<std::string> standings;
  std::vector<std::int64_t> counts;
  for (const Standing s : kStandings) {
    standings.emplace_back(label_of(s));
    counts.push_back(std::count_if(answers.begin(), answers.end(), [&](const SurveyAnswer& a) { return a.standing == s; }));
  }
  r.questions.push_back(question("あなたの立場", standings, counts, limit, r.any_untold));
  for (const SurveyAnswer& a : answers)
    if (!trim(a.text).empty()) r.texts.emplace_back(trim(a.text));
  std::sort(r.texts.begin(), r.texts.end());
  return r;
}

}  // namespace kasane::meeting
