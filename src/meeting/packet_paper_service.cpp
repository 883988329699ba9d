#include "meeting/packet_paper_service.hpp"

#include "base/japanese.hpp"
#include "meeting/packet_paper_store.hpp"

namespace kasane::meeting {

namespace {

constexpr std::size_t kLongestReader = 40;  // characters

tl::unexpected<Error> closed() { return fail(ErrorCode::conflict, "この機関には、資料が開いていません。"); }

std::vector<FieldError> faults_of(const std::string& reader) {
  if (reader.empty()) return {{"reader", "渡す人の氏名を入力してください。"}};
  if (count_characters(reader) > kLongestReader) return {{"reader", std::to_string(kLongestReader) + "字までで入力してください。"}};
  if (has_control_characters(reader, false)) return {{"reader", "使えない文字が入っています。"}};
  return {};
}

}  // namespace

Result<PacketPaperId> hand_paper(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId item, std::int64_t party,
                                 const std::string& typed, bool secrecy) {
  const auto preview = packet_preview(tx, gate, city, item, party);
  if (!preview) return tl::unexpected(preview.error());
  if (!preview->sight.opens) return closed();
  // Somebody asked by name reads as himself; on paper goes only what staff of an agency share.
  if (city.dir.code(AgencyId(party)).empty()) return fail(ErrorCode::conflict, "紙で渡せるのは、機関の資料だけです。");
  if (preview->sight.attendee.scope == Scope::summary) {
    const auto overview = packet_overview(tx, gate, city, item);
    if (!overview) return tl::unexpected(overview.error());
    if (!overview->summary) return closed();
  }
  const std::string reader(trim(typed));
  auto faults = faults_of(reader);
  if (!secrecy) faults.push_back({"secrecy", "守秘を説明し、確認を受けてから、しるしを付けてください。"});
  if (!faults.empty()) return invalid(std::move(faults));
  const auto id = fresh_id<PacketPaperTag>();
  store::insert_paper(tx, {id, party, reader, gate.today(), gate.today()}, item, actor.account);
  const auto permit = gate.read(item);
  if (!permit) return tl::unexpected(permit.error());
  access::note_act(tx, {"packet.paper", gate.today(), permit->facts().root, {}, {SubjectKind::agenda_item, item.value}, {}, {}, {}}, actor);
  return id;
}

std::vector<PacketPaper> papers_of(db::ReadTx& tx, AgendaItemId item, std::int64_t party) { return store::papers(tx, item, party); }

Result<PaperView> paper_view(db::ReadTx& tx, access::Gate& gate, const Settings& city, AgendaItemId item, PacketPaperId id) {
  // The door of the item first: a paper of an item that one may not know is answered as one that never was.
  if (const auto permit = gate.read(item); !permit) return tl::unexpected(permit.error());
  const auto paper = store::paper(tx, item, id);
  if (!paper) return fail(ErrorCode::not_found, "見つかりません。");
  auto preview = packet_preview(tx, gate, city, item, paper->party);
  if (!preview) return tl::unexpected(preview.error());
  if (!preview->sight.opens) return closed();
  PaperView view{*paper, *std::move(preview), {}, {}};
  AgendaItemId shown = item;
  if (view.preview.sight.attendee.scope == Scope::summary) {
    auto overview = packet_overview(tx, gate, city, item);
    if (!overview) return tl::unexpected(overview.error());
    if (!overview->summary) return closed();
    view.summary = std::move(overview->summary);
    shown = view.summary->id;
  }
  view.reader.action("packet.paper", access::Act::print);
  const access::Viewer theirs = viewer_of(tx, city, paper->party, gate.today());
  access::Gate their_gate(tx, theirs, gate.now(), view.reader);
  if (const auto permit = their_gate.read(shown); !permit) return closed();
  return view;
}

}  // namespace kasane::meeting
