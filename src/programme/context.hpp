// What a page handler gets: the request, the city, who asks. Reads and writes go through read() and command(), which
// open the transaction, hand out the Gate and keep the trail; show() parks the page until its trail is durable.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "access/audit.hpp"
#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/clock.hpp"
#include "db/command.hpp"
#include "db/database.hpp"
#include "html/kit.hpp"
#include "programme/directory.hpp"
#include "programme/municipality.hpp"
#include "web/event_hub.hpp"
#include "web/request.hpp"
#include "web/reply.hpp"
#include "web/router.hpp"

namespace kasane::programme {

/// One city being served: its settings, its database, its audit.
struct City {
  City(std::string slug_, Municipality municipality_, std::unique_ptr<db::Database> database_, std::filesystem::path audit_folder,
       const Clock& clock_, std::string key_);
  std::string slug;  // first segment of its addresses
  Municipality municipality;
  std::unique_ptr<db::Database> database;
  Directory directory;
  access::AuditLog audit;
  access::ReachSizes sizes;
  web::EventHub events;  // topics are ids of live sessions
  const Clock& clock;
  std::string key;  // 32 secret bytes: drafts, guest links
  db::Database& db() { return *database; }
};

/// Who asks.
struct SignedIn {
  access::Viewer viewer;
  std::string display_name;
  std::string post_line;   // "地域福祉課 相談支援包括化推進員"
  std::string csrf;
  std::string token_hash;
  /// Statutory services that the viewer's posts are attributed to, without repeats.
  std::vector<std::string> services;
};

class Ctx {
 public:
  Ctx(const web::Request& request, City& served, const SignedIn* who) : req(request), city(served), who_(who) {}

  const web::Request& req;
  City& city;
  access::Trail trail;

  bool signed_in() const { return who_ != nullptr; }
  const SignedIn& who() const { return *who_; }
  const access::Viewer& viewer() const { return who_->viewer; }
  const Municipality& m() const { return city.municipality; }
  const Directory& dir() const { return city.directory; }
  UtcMs now() const { return city.clock.now(); }
  Date today() const { return city.clock.today(); }
  /// An address of this city: url("/households") = "/tsuruoka/households".
  std::string url(std::string_view path) const { return "/" + city.slug + std::string(path); }
  /// The {id} of the route as an id; ErrorCode::not_found when it is none.
  template <class Tag>
  Result<Id<Tag>> id(std::string_view name = "id") const {
    auto parsed = parse_id<Tag>(req.param(name));
    if (!parsed) return fail(ErrorCode::not_found, "見つかりません。");
    return *parsed;
  }

  /// f(db::ReadTx&, access::Gate&) -> T. `action` names the query in the audit, e.g. "household.page".
  template <class F>
  auto read(const char* action, F&& f) {
    access::Trail part;
    // A page may read more than once: what each reading disclosed joins the trail of the page.
    struct Join {
      access::Trail& whole;
      access::Trail& part;
      ~Join() { whole.join(part); }
    } join{trail, part};
    return city.db().read([&](db::ReadTx& tx) {
      part.clear();  // the closure may run twice
      part.action(action);
      access::Gate gate(tx, viewer(), now(), part, &city.sizes);
      return f(tx, gate);
    });
  }

  /// f(db::WriteTx&, access::Gate&, const access::Actor&) -> Result<std::string>: the local address to go to next.
  /// The posted command_id makes a repeat do nothing but answer the same address. Audited in the same transaction.
  template <class F>
  Result<std::string> command(const char* action, F&& f) {
    const std::string command_id(req.posted_value("command_id").value_or(""));
    if (command_id.size() < 8 || command_id.size() > 64) return fail(ErrorCode::invalid, "画面が古くなっています。もう一度開いてから操作してください。");
    access::Trail written;  // outlives an undone command: what was refused is kept with the answer
    const auto done = city.db().write([&](db::WriteTx& tx) -> Result<std::string> {
      if (auto earlier = db::earlier_result(tx, command_id, viewer().account)) return *earlier;
      written.clear();
      written.action(action, access::Act::write);
      access::Gate gate(tx, viewer(), now(), written, &city.sizes);
      const access::Actor actor{viewer().account, acting_agency(), now()};
      Result<std::string> result = f(tx, gate, actor);
      if (!result) return result;
      db::remember(tx, command_id, viewer().account, now(), *result);
      drop_saved_draft(tx);
      access::audit_write(tx, viewer().account, written, now());
      return result;
    });
    if (!done) {
      access::Trail refusal;
      refusal.action(action, access::Act::write);
      refusal.take_denied(written);
      trail.join(refusal);  // what this request has read besides is shown with the answer
    }
    return done;
  }

  /// Where the posted command led, when this account has already sent it: for pages that ask something before they
  /// save, so that a repeat is answered and not asked.
  std::optional<std::string> already_done();

  /// The viewer's agency that acts when nothing else says which: that of the first post that works with cases.
  AgencyId acting_agency() const;

  /// A page with the frame of the city (navigation by role, user, footer filled in), parked until the trail is durable.
  web::Reply show(html::Page page, int status = 200);
  /// Any other reply (paper, file) that shows personal data.
  web::Reply park(web::Reply reply);
  /// The page for an Error: 404, 403, 409, 413, 503 with its words. Faults of fields belong on the form instead.
  web::Reply error(const Error& error);
  /// 303 after a command.
  web::Reply go(std::string location) { return web::Reply::redirect(std::move(location)); }

  /// For forms: action within the city, token, fresh command id; with a draft key the page keeps what is typed.
  html::FormFrame frame(std::string_view path, std::string draft_key = {}) const;
  html::PostButton post(std::string_view path, html::Button button, html::NameValues hidden = {}) const;
  /// What this person had half typed into the form with this draft key, as posted pairs; nothing when there is none.
  /// Forms show it again: form::parse(form, *draft).answers.
  std::optional<web::Pairs> draft(const std::string& key) const;
  /// The token of this session's forms, masked anew for each page.
  std::string csrf() const;

 private:
  void drop_saved_draft(db::WriteTx& tx) const;
  const SignedIn* who_;
  mutable std::string csrf_;
};

using Router = web::Router<Ctx>;

/// Random id for a command.
std::string fresh_command_id();

}  // namespace kasane::programme
