#include "access/trail.hpp"

#include <algorithm>

#include "base/varint.hpp"

namespace kasane::access {

namespace {

constexpr std::uint8_t kDeniedBit = 0x80;
constexpr std::string_view kUnnamed = "page";

std::uint64_t zigzag(std::int64_t v) { return (static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63); }
std::int64_t unzigzag(std::uint64_t v) { return static_cast<std::int64_t>((v >> 1) ^ (~(v & 1) + 1)); }

void tidy(std::vector<SubjectRef>& refs) {
  std::sort(refs.begin(), refs.end());
  refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
}

}  // namespace

void Trail::note(SubjectKind kind, std::int64_t id) { subjects_.push_back({kind, id}); }
void Trail::listed(SubjectKind kind, std::int64_t id) {
  note(kind, id);
  listed_ = true;
}
void Trail::opened(SubjectKind kind, std::int64_t id) {
  note(kind, id);
  if (!main_) main_ = SubjectRef{kind, id};
}
void Trail::denied(SubjectKind kind, std::int64_t id) { denied_.push_back({kind, id}); }

void Trail::words(std::string_view text) {
  if (!words_.empty()) words_ += "\n";
  words_ += text;
}

Act Trail::act() const {
  if (act_ != Act::read) return act_;
  if (!words_.empty()) return Act::search;
  return listed_ && !main_ ? Act::list : Act::read;
}

void Trail::join(Trail& further) {
  // The first reading says what the page is; a print is a print whichever came first, and so is a search.
  const bool tells_more = further.act_ == Act::print || (act() != Act::print && act() != Act::search && further.act() == Act::search);
  if (std::string_view(action_) == kUnnamed || tells_more) action(further.action_, further.act_);
  subjects_.insert(subjects_.end(), further.subjects_.begin(), further.subjects_.end());
  denied_.insert(denied_.end(), further.denied_.begin(), further.denied_.end());
  if (!further.words_.empty()) words(further.words_);
  listed_ = listed_ || further.listed_;
  if (!main_) main_ = further.main_;
}

void Trail::clear() {
  subjects_.clear();
  denied_.clear();
  listed_ = false;
  words_.clear();
  detail_.clear();
  main_.reset();
}

std::string Trail::packed() {
  tidy(subjects_);
  tidy(denied_);
  std::string out;
  std::uint64_t last = 0;
  const auto put = [&](const SubjectRef& ref, std::uint8_t flag) {
    out.push_back(static_cast<char>(static_cast<std::uint8_t>(ref.kind) | flag));
    // Differences wrap on purpose: ids may be any 64 bits.
    put_varint(out, zigzag(static_cast<std::int64_t>(static_cast<std::uint64_t>(ref.id) - last)));
    last = static_cast<std::uint64_t>(ref.id);
  };
  for (const SubjectRef& ref : subjects_) put(ref, 0);
  for (const SubjectRef& ref : denied_) put(ref, kDeniedBit);
  return out;
}

std::optional<std::vector<PackedSubject>> unpack_subjects(std::string_view bytes) {
  std::vector<PackedSubject> out;
  std::uint64_t last = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const auto head = static_cast<std::uint8_t>(bytes[i++]);
    const auto v = take_varint(bytes, i);
    if (!v) return std::nullopt;
    last += static_cast<std::uint64_t>(unzigzag(*v));
    out.push_back({{static_cast<SubjectKind>(head & ~kDeniedBit), static_cast<std::int64_t>(last)}, (head & kDeniedBit) != 0});
  }
  return out;
}

}  // namespace kasane::access
