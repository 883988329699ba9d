#include "archive/disclosure_rules.hpp"

#include <algorithm>
#include <array>

namespace kasane::archive {

using access::Topic;

namespace {

template <class E, std::size_t N>
E parsed(std::string_view code, const std::array<E, N>& all) {
  for (const E e : all)
    if (code_of(e) == code) return e;
  return all.front();
}

struct Source {
  std::string_view key;
  std::string_view label;
};
constexpr Source kSources[] = {
    {"person.name", "氏名"}, {"person.kana", "読み"}, {"person.birth", "生年月日"}, {"person.address", "住所"}, {"person.phone", "電話"},
    {"person.safe", "連絡のしかた"}, {"record.part", "支援の記録"}, {"intake.summary", "相談受付の要約"}, {"intake.consulter", "相談に来た人"},
    {"intake.screening", "スクリーニングの理由"}, {"intake.answers", "相談受付の記入項目"}, {"notice.about", "気づきの対象"}, {"notice.text", "気づきの内容"},
    {"notice.reporter", "知らせた人"}, {"notice.result", "確かめた結果"}, {"abuse.text", "通告・通報の内容"}, {"abuse.reporter", "通告・通報した人"},
    {"referral.reason", "つないだ理由"}, {"referral.text", "つないだ内容"}, {"referral.reply", "つなぎへの返事"}, {"consent.witness", "同意を聞いた人"},
    {"consent.representative", "代わりに同意した人"}, {"consent.withdrawal", "同意の取消しの理由"}, {"own_view.text", "本人の思い"},
    {"request.reason", "支援会議にはかる理由"}, {"issue.note", "課題のメモ"}, {"involvement.what", "機関のかかわり"}, {"task.what", "すること"},
    {"task.done", "したこと"}, {"assessment.section", "アセスメント"}, {"plan.wishes", "プラン: 本人の希望"}, {"plan.household_wishes", "プラン: 家族の希望"},
    {"plan.direction", "プラン: 支援の方向性"}, {"plan.goal", "プラン: 目標"}, {"plan.role", "プラン: 役割分担"}, {"decision.note", "支援決定のメモ"},
    {"evaluation.change", "評価: 変化"}, {"evaluation.person", "評価: 本人の受けとめ"}, {"evaluation.left", "評価: 残った課題"}, {"closure.note", "終結のメモ"},
    {"preparation.picture", "準備シート（世帯のようす）"}, {"preparation.doing", "準備シート（いましていること）"},
    {"preparation.trouble", "準備シート（困っていること）"}, {"preparation.ask", "準備シート（たずねたいこと）"},
    {"note.text", "会議の書き込み"},
    {"item.question", "会議で聞くこと"}, {"item.note", "会議の要点"}, {"finding.text", "会議の所見"}, {"result.text", "会議で決めたこと"},
    {"cooperation.question", "協力依頼の内容"}, {"cooperation.answer", "協力依頼への答え"}, {"provision.about", "目的外利用・提供の対象"},
    {"provision.reason", "目的外利用・提供の理由"}, {"provision.answer", "目的外利用・提供の答え"}, {"provision.harm", "権利利益の侵害がないと考えた理由"},
    {"provision.consent", "本人の同意を確かめたこと"},
    {"cooperation.outside", "協力を依頼した先"}, {"summary.people", "助言者への要約: 世帯の人"}, {"summary.text", "助言者への要約"},
    {"guest.name", "会議に招いた人"}, {"guest.answer", "会議に招いた人の答え"}, {"emergency.reason", "緊急に閲覧した理由"}, {"emergency.note", "緊急の閲覧を確かめた結果"},
    {"household.label", "世帯の呼び名"}, {"household.address", "世帯の住所"}, {"household.phone", "世帯の電話"},
    {"household.safety_codes", "訪問のときの注意"}, {"household.safety", "訪問のときの注意（メモ）"},
    {"relation.lifted", "職員との関係を解いた理由"}, {"hold.reason", "廃棄を止めた理由"},
    {"protective.reason", "保護の理由"}, {"protective.opponent", "保護の相手方"},
    {"advice.question", "支援の進め方の相談"}, {"advice.answer", "支援の進め方の相談への答え"},
    {"progress.answer", "進み具合の確認への答え"}, {"plan.extra", "プラン: くわしい内容"}, {"early.reason", "決定前に始めた理由"},
    {"referral.passing", "つなぐ形ごとの記入項目"}, {"intake.taken_back", "虐待の疑いを取り消した理由"},
    {"consent.basis", "代わりに同意した根拠"}, {"consent.sheet", "同意書の写し"},
};

struct Why {
  std::string_view key;
  std::string_view text;
};
constexpr Why kWhys[] = {
    {"own", "本人の話・本人についての事実です。"},
    {"other_person", "本人以外の人の話・情報が入っています。"},
    {"household", "世帯についての記録で、ほかの家族の話が入っていることがあります。"},
    {"reporter", "だれが知らせたかが分かります。"},
    {"abuse", "通告・通報や保護に関わります。あることを答えるだけで知られる場合があります。"},
    {"assessment", "見立て・評価です。今後の支援に支障があるかを確かめてください。"},
    {"deliberation", "会議での検討です。率直な意見交換が損なわれるかを確かめてください。"},
    {"contact", "住所・連絡先です。本人の身を守るために知られてはならない相手の目にふれるおそれがないかを、確かめてください。"},
    {"contact_other", "住所・連絡先です。本人以外の人に渡ります。居場所を知られてはならない相手に伝わるおそれがないかを、本人に確かめてください。"},
    {"said_to_other", "本人の話です。本人以外の人に渡ります。知られると本人が困ることがないかを、本人の思いも聞いて確かめてください。"},
    {"seen_by_other", "本人について見たことです。本人と法定代理人の利益が食い違うことがあります。渡して本人が害されないかを確かめてください。"},
    {"found_through", "だれの話からつながったかが書いてあることがあります。読んで決めてください。"},
    {"not_home", "本人・家族に渡す写しには載せなかったところです。なぜ載せなかったかを確かめてください。"},
    {"unsorted", "種類の付いていない段落です。読んで決めてください。"},
};

constexpr std::string_view kHarm = "78-1-1";  // of the person, also where a representative asks (76条2項)
constexpr std::string_view kOthers = "78-1-2";
constexpr std::string_view kDeliberation = "78-1-6";
constexpr std::string_view kConduct = "78-1-7";
constexpr std::string_view kExistence = "81";

bool tells_reporter(std::string_view source) {
  return source == "notice.reporter" || source == "abuse.reporter" || source == "intake.consulter";
}

bool is_contact(std::string_view source) {
  return source == "person.address" || source == "person.phone" || source == "person.safe" || source == "household.address" || source == "household.phone";
}

/// Who the person is: known to whoever may ask in the person's place.
bool is_identity(std::string_view source) { return source == "person.name" || source == "person.kana" || source == "person.birth"; }

/// Whose mere existence tells: what hangs on a report of abuse or on a protection.
bool is_guarded(std::string_view source) { return source.starts_with("abuse.") || source.starts_with("protective.") || source == "intake.taken_back"; }

}  // namespace

std::string_view code_of(DisclosureState s) {
  switch (s) {
    case DisclosureState::sorting: return "sorting";
    case DisclosureState::proposed: return "proposed";
    case DisclosureState::approved: return "approved";
    case DisclosureState::handed: return "handed";
  }
  return "";
}
std::string_view label_of(DisclosureState s) {
  switch (s) {
    case DisclosureState::sorting: return "仕分け中";
    case DisclosureState::proposed: return "承認待ち";
    case DisclosureState::approved: return "決定ずみ";
    case DisclosureState::handed: return "交付ずみ";
  }
  return "";
}
std::string_view code_of(Asker a) {
  switch (a) {
    case Asker::self: return "self";
    case Asker::legal: return "legal";
    case Asker::proxy: return "proxy";
  }
  return "";
}
std::string_view label_of(Asker a) {
  switch (a) {
    case Asker::self: return "本人";
    case Asker::legal: return "法定代理人";
    case Asker::proxy: return "任意代理人";
  }
  return "";
}
std::string_view code_of(PartDecision d) {
  switch (d) {
    case PartDecision::none: return "";
    case PartDecision::open: return "open";
    case PartDecision::partial: return "partial";
    case PartDecision::withheld: return "withheld";
    case PartDecision::not_told: return "not_told";
  }
  return "";
}
std::string_view label_of(PartDecision d) {
  switch (d) {
    case PartDecision::none: return "未定";
    case PartDecision::open: return "開示";
    case PartDecision::partial: return "一部開示";
    case PartDecision::withheld: return "不開示";
    case PartDecision::not_told: return "あるかないかを答えない";
  }
  return "";
}
std::string_view code_of(Proposal p) { return p == Proposal::open ? "open" : "review"; }
std::string_view code_of(DisclosureResult r) {
  switch (r) {
    case DisclosureResult::none: return "";
    case DisclosureResult::full: return "full";
    case DisclosureResult::partial: return "partial";
    case DisclosureResult::refused: return "refused";
    case DisclosureResult::absent: return "absent";
    case DisclosureResult::not_told: return "not_told";
  }
  return "";
}
std::string_view label_of(DisclosureResult r) {
  switch (r) {
    case DisclosureResult::none: return "";
    case DisclosureResult::full: return "全部開示";
    case DisclosureResult::partial: return "一部開示";
    case DisclosureResult::refused: return "不開示";
    case DisclosureResult::absent: return "不存在";
    case DisclosureResult::not_told: return "存否応答拒否";
  }
  return "";
}

DisclosureState disclosure_state(std::string_view code) {
  using enum DisclosureState;
  return parsed(code, std::array{sorting, proposed, approved, handed});
}
Asker asker_of(std::string_view code) { return parsed(code, std::array{Asker::self, Asker::legal, Asker::proxy}); }
PartDecision part_decision(std::string_view code) {
  using enum PartDecision;
  return parsed(code, std::array{none, open, partial, withheld, not_told});
}
DisclosureResult disclosure_result(std::string_view code) {
  using enum DisclosureResult;
  return parsed(code, std::array{none, full, partial, refused, absent, not_told});
}

Proposed propose(std::string_view source, std::string_view part, bool own, access::Topics topics, Asker asker) {
  if (is_contact(source)) return {Proposal::review, asker == Asker::self ? "contact" : "contact_other", ""};
  const bool of_abuse = topics.meets(Topic::abuse | Topic::safety) || is_guarded(source);
  if (tells_reporter(source)) return {Proposal::review, "reporter", of_abuse ? kExistence : kOthers};
  if (of_abuse) return {Proposal::review, "abuse", kExistence};
  if (source == "plan.extra") return {Proposal::review, "found_through", ""};
  if (part == "not_home") return {Proposal::review, "not_home", ""};
  if (part == "heard_from") return {Proposal::review, "other_person", kOthers};
  if (part == "assessment") return {Proposal::review, "assessment", kConduct};
  if (part == "deliberation") return {Proposal::review, "deliberation", kDeliberation};
  const bool for_another = own && asker != Asker::self && !is_identity(source);
  if (part == "said_by_person" && for_another) return {Proposal::review, "said_to_other", kHarm};
  // Whom the person chose may read what was seen; a parent is not chosen.
  if (part == "fact_observed" && for_another && asker == Asker::legal) return {Proposal::review, "seen_by_other", kHarm};
  if (part == "said_by_person" && own) return {Proposal::open, "own", ""};
  if (part == "said_by_person") return {Proposal::review, "other_person", kOthers};
  if (part == "fact_observed" || part == "plan") {
    if (own) return {Proposal::open, "own", ""};
    return {Proposal::review, "household", kOthers};
  }
  return {Proposal::review, "unsorted", ""};
}

access::Topics topics_of_source(std::string_view source) {
  if (is_contact(source)) return Topic::contact;
  access::Topics shown;
  if (is_guarded(source)) shown = shown | Topic::abuse;
  if (source.starts_with("household.safety")) shown = shown | Topic::safety;
  if (tells_reporter(source)) shown = shown | Topic::reporter;
  return shown;
}

std::string_view why_text(std::string_view why) {
  const auto* found = std::ranges::find(kWhys, why, &Why::key);
  return found == std::end(kWhys) ? std::string_view() : found->text;
}

std::string_view source_label(std::string_view source) {
  const auto* found = std::ranges::find(kSources, source, &Source::key);
  return found == std::end(kSources) ? std::string_view("記録") : found->label;
}

DisclosureResult result_of(const std::vector<PartDecision>& parts) {
  const auto count = [&](PartDecision d) { return std::ranges::count(parts, d); };
  if (parts.empty()) return DisclosureResult::absent;
  const auto open = count(PartDecision::open);
  const auto partial = count(PartDecision::partial);
  const auto withheld = count(PartDecision::withheld);
  if (open + partial + withheld == 0) return DisclosureResult::not_told;
  if (open + partial == 0) return DisclosureResult::refused;
  return partial + withheld == 0 ? DisclosureResult::full : DisclosureResult::partial;
}

std::vector<Piece> cut(std::string_view text, const std::vector<std::string>& words) {
  // One mark per byte: words may overlap, and a bar over both must not leave a piece between.
  std::vector<bool> covered(text.size(), false);
  for (const std::string& word : words) {
    if (word.empty()) continue;
    for (std::size_t at = 0; (at = text.find(word, at)) != std::string_view::npos; ++at)
      std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>(at), word.size(), true);
  }
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (pieces.empty() || pieces.back().hidden != covered[i]) pieces.push_back({covered[i], {}});
    if (!covered[i]) pieces.back().text += text[i];
  }
  return pieces;
}

std::vector<std::string> lines_of(std::string_view box) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= box.size();) {
    const std::size_t end = std::min(box.find('\n', at), box.size());
    std::string_view line = box.substr(at, end - at);
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!line.empty() && blank(line.front())) line.remove_prefix(1);
    while (!line.empty() && blank(line.back())) line.remove_suffix(1);
    if (!line.empty()) lines.emplace_back(line);
    at = end + 1;
  }
  return lines;
}

std::vector<FieldError> faults_of_choice(const PartChoice& choice, std::string_view text) {
  const std::string number = std::to_string(choice.number);
  std::vector<FieldError> faults;
  const bool keeps_back = choice.decision == PartDecision::partial || choice.decision == PartDecision::withheld || choice.decision == PartDecision::not_told;
  if (keeps_back && choice.ground.empty()) faults.push_back({"ground_" + number, number + "番: 開示しない根拠を選んでください。"});
  const bool not_told = choice.decision == PartDecision::not_told;
  if (keeps_back && !choice.ground.empty() && not_told != (choice.ground == kExistence))
    faults.push_back({"ground_" + number, not_told ? number + "番: あるかないかを答えないときの根拠は、81条です。"
                                                   : number + "番: 81条は、あるかないかを答えないときだけの根拠です。紙に書くと、あることが分かります。"});
  if (choice.decision != PartDecision::partial) return faults;
  const auto words = lines_of(choice.hidden);
  if (words.empty()) faults.push_back({"hidden_" + number, number + "番: 黒く塗る言葉を、1行に1つずつ入れてください。"});
  for (std::size_t i = 0; i < words.size(); ++i)
    if (text.find(words[i]) == std::string_view::npos)
      faults.push_back({"hidden_" + number, number + "番: " + std::to_string(i + 1) + "行目の言葉は、この部分の文にありません。"});
  return faults;
}

}  // namespace kasane::archive
