#include "casework/referral_rules.hpp"

#include <algorithm>

namespace kasane::casework {

namespace {

template <class E, std::size_t N>
std::optional<E> find_code(const E (&all)[N], std::string_view code) {
  for (E e : all)
    if (code_of(e) == code) return e;
  return std::nullopt;
}

/// ASCII digits and their full-width forms (U+FF10…) as one digit; everything else stays one byte.
std::string with_plain_digits(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
    if (byte(i) == 0xEF && byte(i + 1) == 0xBC && byte(i + 2) >= 0x90 && byte(i + 2) <= 0x99) {
      out += static_cast<char>('0' + (byte(i + 2) - 0x90));
      i += 2;
    } else if (byte(i) == 0xEF && byte(i + 1) == 0xBC && byte(i + 2) == 0x8D) {
      out += '-';
      i += 2;
    } else if (byte(i) == 0xEF && byte(i + 1) == 0xBC && byte(i + 2) == 0xA0) {
      out += '@';
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// Ten or eleven digits beginning with 0, with or without hyphens between.
bool holds_phone(const std::string& text) {
  std::size_t digits = 0;
  bool begins_with_zero = false;
  const auto is_phone = [&] { return begins_with_zero && (digits == 10 || digits == 11); };
  for (char c : text) {
    if (c >= '0' && c <= '9') {
      if (digits == 0) begins_with_zero = c == '0';
      ++digits;
    } else if (c != '-' || digits == 0) {
      if (is_phone()) return true;
      digits = 0;
    }
  }
  return is_phone();
}

bool holds_mail(const std::string& text) {
  const auto at = text.find('@');
  return at != std::string::npos && at > 0 && text.find('.', at) != std::string::npos;
}

bool digit_before(const std::string& text, std::size_t at) { return at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9'; }

/// 「12番3号」「5番地」: a number before 番地, or before 番 and again before 号.
bool holds_house_number(const std::string& text) {
  for (std::size_t at = text.find("番地"); at != std::string::npos; at = text.find("番地", at + 1))
    if (digit_before(text, at)) return true;
  for (std::size_t at = text.find("番"); at != std::string::npos; at = text.find("番", at + 1)) {
    if (!digit_before(text, at)) continue;
    const auto go = text.find("号", at);
    if (go != std::string::npos && go - at < 9 && digit_before(text, go)) return true;
  }
  return false;
}

}  // namespace

std::string_view code_of(ReferralKind kind) { return kind == ReferralKind::network ? "network" : "collaboration"; }

std::string_view code_of(Passing passing) {
  switch (passing) {
    case Passing::spoken_consent: return "spoken_consent";
    case Passing::anonymous: return "anonymous";
    case Passing::statutory: return "statutory";
    case Passing::duty: return "duty";
  }
  return {};
}

std::string_view code_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::accept: return "accept";
    case Outcome::advice_only: return "advice_only";
    case Outcome::mediate: return "mediate";
    case Outcome::send_back: return "return";
    case Outcome::watch: return "watch";
    case Outcome::join_open_case: return "join_open_case";
  }
  return {};
}

std::string_view code_of(JudgeResult result) { return result == JudgeResult::needed ? "needed" : "not_needed"; }

template <>
std::optional<ReferralKind> parse_code<ReferralKind>(std::string_view code) {
  static constexpr ReferralKind kAll[] = {ReferralKind::network, ReferralKind::collaboration};
  return find_code(kAll, code);
}
template <>
std::optional<Passing> parse_code<Passing>(std::string_view code) { return find_code(kPassings, code); }
template <>
std::optional<Outcome> parse_code<Outcome>(std::string_view code) { return find_code(kOutcomes, code); }
template <>
std::optional<JudgeResult> parse_code<JudgeResult>(std::string_view code) {
  static constexpr JudgeResult kAll[] = {JudgeResult::needed, JudgeResult::not_needed};
  return find_code(kAll, code);
}

std::string_view label_of(ReferralKind kind) {
  return kind == ReferralKind::network ? "機関どうしのつなぎ" : "多機関協働へのつなぎ";
}

std::string_view label_of(Passing passing) {
  switch (passing) {
    case Passing::spoken_consent: return "本人の同意がある";
    case Passing::anonymous: return "匿名相談（名前などを出さない）";
    case Passing::statutory: return "支援会議に出す（社会福祉法第106条の6）";
    case Passing::duty: return "法の義務・生命の危険";
  }
  return {};
}

std::string_view label_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::accept: return "受ける";
    case Outcome::advice_only: return "助言だけで足りる";
    case Outcome::mediate: return "別の機関に仲介する";
    case Outcome::send_back: return "もどす（わけを書く）";
    case Outcome::watch: return "気になる（見守る）";
    case Outcome::join_open_case: return "いまのケースに合わせる";
  }
  return {};
}

std::string_view label_of(JudgeResult result) { return result == JudgeResult::needed ? "つなぐ必要がある" : "つなぐ必要はない"; }

std::string_view label_of(ReferralStage stage) {
  switch (stage) {
    case ReferralStage::judging: return "判断待ち";
    case ReferralStage::kept: return "つながないと判断";
    case ReferralStage::waiting: return "返事待ち";
    case ReferralStage::taken: return "受け手が対応中";
    case ReferralStage::answered: return "返事済み";
    case ReferralStage::withdrawn: return "取り下げ";
  }
  return {};
}

bool JointInbox::holds(AgencyId agency) const { return std::find(agencies.begin(), agencies.end(), agency) != agencies.end(); }

std::vector<Passing> passings_for(ReferralKind kind, const programme::Municipality& m) {
  std::vector<Passing> all = {Passing::spoken_consent, Passing::anonymous};
  if (kind == ReferralKind::collaboration && m.body_for(programme::BodyFunction::support_conference_106_6) != nullptr) all.push_back(Passing::statutory);
  all.push_back(Passing::duty);
  return all;
}

bool carries_household(Passing passing) { return passing != Passing::anonymous; }

const std::vector<DutyKind>& duty_kinds() {
  static const std::vector<DutyKind> kKinds = {
      {"child", "児童虐待（児童虐待防止法）", true},
      {"elder", "高齢者虐待（高齢者虐待防止法）", true},
      {"disabled", "障害者虐待（障害者虐待防止法）", true},
      {"partner", "配偶者等からの暴力（配偶者暴力防止法）", true},
      {"danger", "生命・身体の危険", false},
      {"other", "そのほかの法の義務", false},
  };
  return kKinds;
}

bool is_abuse_duty(std::string_view duty_kind) {
  const auto& all = duty_kinds();
  return std::any_of(all.begin(), all.end(), [&](const DutyKind& k) { return k.code == duty_kind && k.abuse; });
}

access::GroundKind ground_of(Passing passing, std::string_view duty_kind) {
  switch (passing) {
    case Passing::spoken_consent: return access::GroundKind::transfer_consent;
    case Passing::anonymous: return access::GroundKind::own_report;
    case Passing::statutory: return access::GroundKind::statutory_conference;
    case Passing::duty: return duty_kind == "danger" ? access::GroundKind::danger : access::GroundKind::legal_duty;
  }
  return access::GroundKind::own_report;
}

access::Topics topics_of(Passing passing) {
  switch (passing) {
    case Passing::spoken_consent: return access::kStandardScope;
    case Passing::anonymous: return {};
    case Passing::statutory: return access::kStandardScope | access::Topic::meeting;
    case Passing::duty: return access::kAllTopics.without(access::Topic::reporter | access::Topic::tax);
  }
  return {};
}

std::string_view basis_of(Passing passing) {
  switch (passing) {
    case Passing::spoken_consent: return "つなぐことについての口頭の同意";
    case Passing::anonymous: return "匿名相談の受け手";
    case Passing::statutory: return "社会福祉法第106条の6";
    case Passing::duty: return "法令に基づく通告・通報、または生命等の危険";
  }
  return {};
}

std::vector<AgencyId> hosts_of(const programme::Municipality& m, const programme::Directory& dir, const programme::Body& body) {
  std::vector<AgencyId> hosts;
  for (const auto& entry : dir.all())
    if (entry.active && m.is_host(body, entry.code)) hosts.push_back(entry.id);
  return hosts;
}

std::vector<JointInbox> joint_inboxes(const InCity& city) {
  std::vector<JointInbox> all;
  for (const programme::Inbox& inbox : city.m.rules.inboxes) all.push_back({inbox.code, inbox.name, city.dir.ids(inbox.agencies)});
  if (all.empty() && !city.m.rules.collaboration_operators.empty())
    all.push_back({"collaboration", city.m.wording("item_5", "多機関協働事業"), city.dir.ids(city.m.rules.collaboration_operators)});
  return all;
}

const JointInbox* inbox_named(const std::vector<JointInbox>& inboxes, std::string_view code) {
  const auto it = std::find_if(inboxes.begin(), inboxes.end(), [&](const JointInbox& i) { return i.code == code; });
  return it == inboxes.end() ? nullptr : &*it;
}

bool judged_at_source(const programme::Municipality& m, ReferralKind kind, Passing passing) {
  return kind == ReferralKind::collaboration && m.rules.judge == programme::Judge::source_post && passing != Passing::duty;
}

bool judged_by_meeting(const programme::Municipality& m, ReferralKind kind, Passing passing) {
  return kind == ReferralKind::collaboration && m.rules.judge == programme::Judge::meeting &&
         (passing == Passing::spoken_consent || passing == Passing::statutory) &&
         m.body_for(programme::BodyFunction::support_conference_106_6) != nullptr;
}

std::vector<Outcome> outcomes_for(ReferralKind kind, Passing passing) {
  std::vector<Outcome> all;
  if (carries_household(passing) || kind == ReferralKind::network) all.push_back(Outcome::accept);
  for (Outcome o : {Outcome::advice_only, Outcome::mediate, Outcome::watch, Outcome::send_back}) all.push_back(o);
  if (kind == ReferralKind::collaboration && carries_household(passing)) all.push_back(Outcome::join_open_case);
  return all;
}

bool ends_access(Outcome outcome) {
  switch (outcome) {
    case Outcome::advice_only:
    case Outcome::mediate:
    case Outcome::send_back: return true;
    case Outcome::accept:
    case Outcome::watch:
    case Outcome::join_open_case: return false;
  }
  return false;
}

std::string_view word_for_sender(Outcome outcome, bool case_known) {
  switch (outcome) {
    case Outcome::accept: return case_known ? "受けました" : "受理しました";
    case Outcome::join_open_case: return case_known ? "いまのケースに合わせました" : "受理しました";
    case Outcome::advice_only: return "助言";
    case Outcome::mediate: return "仲介";
    case Outcome::send_back: return "もどされました";
    case Outcome::watch: return "気になるケースとして見守ります";
  }
  return {};
}

std::optional<std::string> identifier_in(std::string_view text, const std::vector<std::string>& names) {
  const std::string plain = with_plain_digits(text);
  if (holds_phone(plain)) return "電話番号のような数字";
  if (holds_mail(plain)) return "メールアドレス";
  if (holds_house_number(plain)) return "番地";
  for (const std::string& name : names)
    if (!name.empty() && text.find(name) != std::string_view::npos) return "相談受付や世帯にある名前";
  return std::nullopt;
}

}  // namespace kasane::casework
