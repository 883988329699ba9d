#include "programme/admin_pages.hpp"

#include <algorithm>

#include "base/japanese.hpp"
#include "form/parse.hpp"
#include "html/form.hpp"
#include "programme/account_service.hpp"
#include "programme/account_words.hpp"
#include "programme/post_rules.hpp"

namespace kasane::programme {

namespace {

constexpr std::int64_t kAccountsShown = 100;
constexpr std::size_t kLongestQuery = 200;

std::shared_ptr<const form::CodeTable> agency_codes(const Ctx& ctx) {
  auto table = std::make_shared<form::CodeTable>();
  table->key = "agency";
  for (const auto& a : ctx.dir().all())
    if (a.active) table->codes.push_back({a.code, a.name});
  return table;
}

std::shared_ptr<const form::CodeTable> role_codes() {
  auto table = std::make_shared<form::CodeTable>();
  table->key = "role";
  for (int r = 1; r <= kRoleCount; ++r) table->codes.push_back({std::to_string(r), std::string(role_label(static_cast<Role>(r)))});
  return table;
}

form::Field field(std::string key, std::string label, form::Kind kind, bool required) {
  form::Field f;
  f.key = std::move(key);
  f.label = std::move(label);
  f.kind = kind;
  f.required = required;
  return f;
}

std::vector<form::Field> post_fields(const Ctx& ctx) {
  form::Field agency = field("agency", "所属する機関", form::Kind::choice, true);
  agency.codes = agency_codes(ctx);
  form::Field role = field("role", "役割", form::Kind::choice, true);
  role.codes = role_codes();
  form::Field title = field("title", "職名", form::Kind::text, false);
  title.hint = "市で使う呼び名（例: 地域福祉ワーカー）";
  form::Field from = field("from", "いつから", form::Kind::date, true);
  form::Field until = field("until", "いつまで", form::Kind::date, false);
  until.hint = "決まっていなければ空のままにします。";
  return {agency, role, title, from, until};
}

form::Form new_account_form(const Ctx& ctx) {
  form::Form f{"account", 1, {}};
  form::Field login = field("login", "利用者ID", form::Kind::text, true);
  login.hint = "半角の英小文字・数字・「.」「-」「_」";
  login.max = 40;
  f.fields = {login, field("display_name", "氏名", form::Kind::text, true)};
  for (auto& p : post_fields(ctx)) f.fields.push_back(std::move(p));
  return f;
}

NewPost post_of(const Ctx& ctx, const form::Answers& a) {
  NewPost p;
  p.agency = ctx.dir().id(a.text("agency"));
  p.role = static_cast<Role>(a.text("role").size() == 2 ? 10 : a.text("role")[0] - '0');
  p.title = a.text("title");
  p.from = *a.date("from");
  if (auto until = a.date("until")) p.until = *until;
  for (const PostKind& kind : ctx.m().posts)
    if (kind.agency == a.text("agency") && kind.role == p.role)
      for (const std::string& s : kind.services) p.services += (p.services.empty() ? "" : ",") + s;
  return p;
}

// --- finding an account ---

html::Html account_table(const Ctx& ctx, const std::vector<AccountRow>& rows) {
  html::Table t("利用者の一覧", {{"利用者ID"}, {"氏名"}, {"状態"}});
  for (const AccountRow& r : rows)
    t.row().cell(html::link(r.login, ctx.url("/accounts/" + id_text(r.id)))).cell(r.display_name).cell(r.active ? "利用中" : "停止");
  return t.empty() ? html::empty_state("利用者はいません。") : t.done();
}

/// Names stay out of addresses: words are posted, only the agency and the place in the list are asked for.
html::Html finders(const Ctx& ctx, std::string_view words, std::string_view agency) {
  html::Html by_words = html::text_input({.name = "q", .label = "利用者ID・氏名・機関の名前"}, words, {.type = html::TextLook::Type::search, .width = html::Width::half});
  by_words += html::actions({html::button("さがす")});
  std::vector<html::Option> agencies;
  for (const auto& a : ctx.dir().all()) agencies.push_back({a.code, a.name});
  const html::Html by_agency = html::group({html::select({.name = "agency", .label = "機関"}, agencies, agency, "すべて"), html::actions({html::button("しぼる", html::Look::secondary)})});
  return html::group({html::form_frame(ctx.frame("/accounts/search"), by_words), html::search_frame(ctx.url("/accounts"), "機関でしぼる", by_agency)});
}

html::Page accounts_frame(const Ctx& ctx, std::string_view words, std::string_view agency) {
  html::Page page;
  page.title = "利用者";
  page.current = "accounts";
  page.main += html::actions({html::link_button("利用者を加える", ctx.url("/accounts/new"), html::Look::primary)});
  page.main += finders(ctx, words, agency);
  return page;
}

/// Page by page, each after the account that ended the one before.
web::Reply accounts_page(Ctx& ctx) {
  const std::string code(ctx.req.query_value("agency"));
  const AgencyId agency = ctx.dir().find(code).value_or(AgencyId(0));
  const auto last = parse_id<AccountTag>(ctx.req.query_value("after"));
  auto rows = ctx.city.db().read([&](db::ReadTx& tx) {
    const auto before = last ? account_by_id(tx, *last) : std::nullopt;
    return accounts_after(tx, before ? before->login : std::string(), agency, ctx.today(), kAccountsShown + 1);
  });
  html::Pager pager;
  pager.summary = std::to_string(kAccountsShown) + "件ずつ";
  const std::string narrowed = agency.value == 0 ? std::string() : "agency=" + code;
  if (last) {
    pager.previous_href = ctx.url("/accounts") + (narrowed.empty() ? std::string() : "?" + narrowed);
    pager.previous_label = "はじめから";
  }
  if (static_cast<std::int64_t>(rows.size()) > kAccountsShown) {
    rows.pop_back();
    pager.next_href = ctx.url("/accounts") + "?after=" + id_text(rows.back().id) + (narrowed.empty() ? std::string() : "&" + narrowed);
    pager.next_label = "次の" + std::to_string(kAccountsShown) + "件";
  }
  html::Page page = accounts_frame(ctx, "", narrowed.empty() ? std::string_view() : code);
  page.main += account_table(ctx, rows);
  if (!pager.previous_href.empty() || !pager.next_href.empty()) page.main += html::pagination(pager);
  return ctx.show(std::move(page));
}

/// Whether every word stands somewhere in what is known of the account.
bool is_meant(const Ctx& ctx, const AccountAgencies& one, const std::vector<std::string>& words) {
  std::string about = name_key(one.account.login) + "\n" + name_key(one.account.display_name);
  for (const AgencyId agency : one.agencies) about += "\n" + name_key(ctx.dir().name(agency));
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) { return about.find(word) != std::string::npos; });
}

std::vector<std::string> words_of(std::string_view query) {
  std::vector<std::string> words;
  std::string plain = nfkc(query);  // the full-width space is one of the spaces then
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t end = std::min(plain.find(' ', at), plain.size());
    if (std::string word = name_key(plain.substr(at, end - at)); !word.empty()) words.push_back(std::move(word));
    at = end + 1;
  }
  return words;
}

web::Reply found_accounts(Ctx& ctx) {
  const std::string query(ctx.req.posted_value("q").value_or("").substr(0, kLongestQuery));
  const std::vector<std::string> words = words_of(repair_utf8(query));
  std::vector<AccountRow> rows;
  if (!words.empty())
    for (AccountAgencies& one : ctx.city.db().read([&](db::ReadTx& tx) { return accounts_with_agencies(tx, ctx.today()); }))
      if (is_meant(ctx, one, words)) rows.push_back(std::move(one.account));
  const bool more = static_cast<std::int64_t>(rows.size()) > kAccountsShown;
  if (more) rows.resize(kAccountsShown);
  html::Page page = accounts_frame(ctx, repair_utf8(query), "");
  page.title = "さがした利用者";
  page.crumbs = {{"利用者", ctx.url("/accounts")}, {"さがした利用者", {}}};
  if (words.empty()) page.main += html::empty_state("さがす言葉を入力してください。");
  else if (rows.empty()) page.main += html::empty_state("見つかりませんでした。");
  else page.main += account_table(ctx, rows);
  if (more) page.main += html::muted("はじめの" + std::to_string(kAccountsShown) + "件です。言葉を加えてしぼってください。");
  return ctx.show(std::move(page));
}

// --- a new account and its first password ---

/// The answer to the press that made it, and nowhere else: neither an address nor a second look shows it again.
web::Reply first_password_page(Ctx& ctx, const AccountRow& account, const FirstPassword& first) {
  html::Page page;
  page.title = "最初のパスワード";
  page.current = "accounts";
  page.crumbs = {{"利用者", ctx.url("/accounts")}, {"最初のパスワード", {}}};
  page.main += html::banner(html::Tone::warning, "この画面を離れると、もう表示できません", html::prose("書き写すか、印刷して、本人に直接渡してください。メールでは送らないでください。"));
  html::Facts facts;
  facts.add("利用者ID", account.login).add("氏名", account.display_name).add("最初のパスワード", first.text).add("使える日", wareki_short(office_day(first.until)) + "まで");
  page.main += facts.done();
  page.main += html::prose("本人は、最初にサインインしたときに、自分だけが知っているパスワードに変えます。期限を過ぎたときは、この利用者の画面で作り直します。");
  page.main += html::actions({html::link_button("この利用者の画面へ", ctx.url("/accounts/" + id_text(account.id)))});
  return ctx.show(std::move(page));
}

web::Reply new_account_page(Ctx& ctx, const form::Answers& answers, const std::vector<FieldError>& errors, int status) {
  html::Page page;
  page.title = "利用者を加える";
  page.current = "accounts";
  html::FormPage fp;
  fp.frame = ctx.frame("/accounts");
  fp.cancel_href = ctx.url("/accounts");
  page.main += html::form_page(new_account_form(ctx), answers, errors, fp);
  return ctx.show(std::move(page), status);
}

web::Reply create_account(Ctx& ctx) {
  const form::Form f = new_account_form(ctx);
  auto parsed = form::parse(f, ctx.req.posted);
  if (!parsed.ok()) return new_account_page(ctx, parsed.answers, parsed.errors, 422);
  const form::Answers& a = parsed.answers;
  std::optional<AccountRow> row;  // nothing when the form was sent before: its password has been shown
  const FirstPassword first = make_first_password(ctx.now());
  const auto made = ctx.command("account.add", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const NewPost post = post_of(ctx, a);
    if (auto why = why_not_post({}, {post.role, post.from, post.until})) return invalid("until", *why);
    auto id = add_account(tx, {a.text("login"), a.text("display_name"), first.text, {post}, first.until}, ctx.now());
    if (!id) return tl::unexpected(id.error());
    gate.trail().note(SubjectKind::account, id->value);
    note_role_given(tx, actor.account, *id, post.role, actor.now);
    row = account_by_id(tx, *id);
    return ctx.url("/accounts/" + id_text(*id));
  });
  if (!made && made.error().code == ErrorCode::invalid && !made.error().fields.empty()) return new_account_page(ctx, parsed.answers, made.error().fields, 422);
  if (!made) return ctx.error(made.error());
  return row ? first_password_page(ctx, *row, first) : ctx.go(*made);
}

// --- one account ---

html::Html post_table(const Ctx& ctx, AccountId id, const std::vector<PostRow>& posts, bool own) {
  html::Table t("職（兼務を含む）", {{"機関"}, {"役割"}, {"職名"}, {"いつから"}, {"いつまで"}, {"終わり"}}, html::Table::Caption::seen);
  for (const PostRow& p : posts) {
    const bool open = p.until.iso() == access::kForever;
    const bool may_end = !own && (open || p.until > ctx.today());
    html::PostButton end = ctx.post("/accounts/" + id_text(id) + "/posts/end", {"今日で終わりにする", html::Look::secondary, {}, {}, ctx.dir().name(p.agency)}, {{"post", id_text(p.id)}});
    t.row().cell(ctx.dir().name(p.agency)).cell(role_label(p.role)).cell(p.title).cell(wareki_short(p.from)).cell(open ? std::string() : wareki_short(p.until))
        .cell(may_end ? html::post_button(end) : html::Html());
  }
  return t.done();
}

html::Html password_part(const Ctx& ctx, const AccountRow& account) {
  const std::string state = !account.first_password_until            ? "本人が決めたものです。"
                            : *account.first_password_until < ctx.now() ? "最初のパスワードのまま、期限が過ぎました。"
                                                                        : "最初のパスワードのまま、まだ変えられていません（" + wareki_short(office_day(*account.first_password_until)) + "まで）。";
  return html::group({html::prose(state + "本人が忘れたときは作り直します。いまのパスワードは使えなくなり、この利用者のサインインはすべて終わります。"),
                      html::post_button(ctx.post("/accounts/" + id_text(account.id) + "/password", {"最初のパスワードを作り直す", html::Look::secondary}, {{"version", std::to_string(account.version)}}))});
}

web::Reply account_page(Ctx& ctx, const form::Answers& answers, const std::vector<FieldError>& errors, int status) {
  const auto id = ctx.id<AccountTag>();
  if (!id) return ctx.error(id.error());
  std::vector<PostRow> posts;
  const auto account = ctx.city.db().read([&](db::ReadTx& tx) {
    posts = all_posts(tx, *id);
    return account_by_id(tx, *id);
  });
  if (!account) return ctx.error({ErrorCode::not_found, {}, {}});
  html::Page page;
  page.title = "利用者";
  page.heading = html::text(account->display_name);
  page.current = "accounts";
  page.crumbs = {{"利用者", ctx.url("/accounts")}, {"この利用者", ""}};
  html::Facts facts;
  facts.add("利用者ID", account->login).add("状態", account->active ? "利用中" : "停止");
  page.main += facts.done();
  const bool own = *id == ctx.viewer().account;
  page.main += post_table(ctx, *id, posts, own);
  if (own) {
    page.main += html::prose("自分の職・パスワード・利用の停止は、ここでは変えられません。職はほかの管理者に頼んでください。パスワードは「自分の設定」で変えます。");
    return ctx.show(std::move(page), status);
  }
  html::FormPage fp;
  fp.frame = ctx.frame("/accounts/" + id_text(*id) + "/posts");
  fp.submit = "職を加える";
  page.main += html::section("職を加える（異動・兼務）", html::form_page({"post", 1, post_fields(ctx)}, answers, errors, fp));
  page.main += html::section("パスワード", password_part(ctx, *account));
  html::Html states;
  states += html::post_button(ctx.post("/accounts/" + id_text(*id) + "/active", {account->active ? "利用を止める" : "利用を再開する", account->active ? html::Look::danger : html::Look::secondary},
                                       {{"version", std::to_string(account->version)}, {"active", account->active ? "no" : "yes"}}));
  page.main += html::section("利用の停止", states);
  return ctx.show(std::move(page), status);
}

/// Roles are given and taken by somebody else: with one account nobody makes himself what he is not.
Error own_posts_stay() { return {ErrorCode::conflict, "自分の職は変えられません。ほかの管理者に頼んでください。", {}}; }

web::Reply create_post(Ctx& ctx) {
  const auto id = ctx.id<AccountTag>();
  if (!id) return ctx.error(id.error());
  if (*id == ctx.viewer().account) return ctx.error(own_posts_stay());
  auto parsed = form::parse({"post", 1, post_fields(ctx)}, ctx.req.posted);
  if (!parsed.ok()) return account_page(ctx, parsed.answers, parsed.errors, 422);
  const auto done = ctx.command("post.add", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    if (!account_by_id(tx, *id)) return fail(ErrorCode::not_found);
    const NewPost p = post_of(ctx, parsed.answers);
    std::vector<PostSpan> held;
    for (const PostRow& other : all_posts(tx, *id)) held.push_back({other.role, other.from, other.until});
    if (auto why = why_not_post(held, {p.role, p.from, p.until})) return invalid(p.until < p.from ? "until" : "role", *why);
    add_post(tx, {fresh_id<PostTag>(), *id, p.agency, p.role, p.title, p.services, p.from, p.until});
    gate.trail().action(action_of_giving(p.role), access::Act::write);
    gate.trail().note(SubjectKind::account, id->value);
    return ctx.url("/accounts/" + id_text(*id));
  });
  if (!done && done.error().code == ErrorCode::invalid && !done.error().fields.empty()) return account_page(ctx, parsed.answers, done.error().fields, 422);
  return done ? ctx.go(*done) : ctx.error(done.error());
}

web::Reply finish_post(Ctx& ctx) {
  const auto id = ctx.id<AccountTag>();
  const auto post = parse_id<PostTag>(ctx.req.posted_value("post").value_or(""));
  if (!id || !post) return ctx.error({ErrorCode::not_found, {}, {}});
  if (*id == ctx.viewer().account) return ctx.error(own_posts_stay());
  const auto done = ctx.command("post.end", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    const auto posts = all_posts(tx, *id);
    const auto ended = std::find_if(posts.begin(), posts.end(), [&](const PostRow& p) { return p.id == *post; });
    if (ended == posts.end()) return fail(ErrorCode::not_found);
    end_post(tx, *post, ctx.today());
    gate.trail().action(action_of_taking(ended->role), access::Act::write);
    gate.trail().note(SubjectKind::account, id->value);
    return ctx.url("/accounts/" + id_text(*id));
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

// A stopped account is signed out everywhere at once.
web::Reply set_active(Ctx& ctx) {
  const auto id = ctx.id<AccountTag>();
  if (!id) return ctx.error(id.error());
  const bool active = ctx.req.posted_value("active").value_or("") == "yes";
  const auto done = ctx.command("account.active", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    auto row = account_by_id(tx, *id);
    if (!row) return fail(ErrorCode::not_found);
    if (row->id == ctx.viewer().account) return fail(ErrorCode::conflict, "自分の利用は止められません。ほかの管理者に頼んでください。");
    row->active = active;
    if (std::to_string(row->version) != ctx.req.posted_value("version").value_or("") || !set_account(tx, *row, row->version))
      return fail(ErrorCode::stale, "ほかの管理者が先に変えました。開き直してください。");
    if (!active) sign_out_everywhere(tx, *id, ctx.now());
    gate.trail().action(active ? "account.opened" : "account.stopped", access::Act::write);
    gate.trail().note(SubjectKind::account, id->value);
    return ctx.url("/accounts/" + id_text(*id));
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

// For somebody who has lost it. Signed out everywhere at once: it may have been found by another.
web::Reply renew_password(Ctx& ctx) {
  const auto id = ctx.id<AccountTag>();
  if (!id) return ctx.error(id.error());
  if (*id == ctx.viewer().account) return ctx.error({ErrorCode::conflict, "自分のパスワードは「自分の設定」で変えてください。", {}});
  const FirstPassword first = make_first_password(ctx.now());
  const std::string hash = hash_of_password(first.text);
  std::optional<AccountRow> row;
  const auto done = ctx.command("password.reset", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto before = account_by_id(tx, *id);
    if (!before) return fail(ErrorCode::not_found);
    if (std::to_string(before->version) != ctx.req.posted_value("version").value_or("")) return fail(ErrorCode::stale, "ほかの管理者が先に変えました。開き直してください。");
    reset_password(tx, *id, hash, first.until, actor.now);
    gate.trail().note(SubjectKind::account, id->value);
    row = before;
    return ctx.url("/accounts/" + id_text(*id));
  });
  if (!done) return ctx.error(done.error());
  ctx.city.events.end_owner(id->value);
  return row ? first_password_page(ctx, *row, first) : ctx.go(*done);
}

web::Reply settings_page(Ctx& ctx) {
  const Municipality& m = ctx.m();
  html::Page page;
  page.title = "設定";
  page.current = "settings";
  if (auto warning = m.plan_warning(ctx.today())) page.main += html::banner(html::Tone::warning, *warning);
  page.main += html::actions({html::link_button("見られるかどうかを試す", ctx.url("/settings/access"))});
  html::Facts facts;
  facts.add("市", m.name).add("事業の名前", m.programme_name).add("計画", m.plan.title).add("計画期間", m.plan_period_text());
  facts.add("機関の数", std::to_string(m.agencies.size())).add("会議体の数", std::to_string(m.bodies.size()));
  page.main += facts.done();
  html::Table bodies("会議体", {{"名前"}, {"はたらき"}, {"主催"}, {"開催"}, {"同意"}, {"守秘"}}, html::Table::Caption::seen);
  for (const Body& b : m.bodies) {
    std::string hosts;
    for (const std::string& h : b.hosts)
      if (const Agency* a = m.agency(h)) hosts += (hosts.empty() ? "" : "、") + a->name;
    bodies.row().cell(b.name).cell(label_of(b.function)).cell(or_not_in_plan(hosts.empty() ? b.host_text : hosts)).cell(or_not_in_plan(b.cycle.text)).cell(label_of(b.consent)).cell(or_not_in_plan(b.secrecy));
  }
  page.main += bodies.done();
  html::Table agencies("機関・窓口", {{"名前"}, {"種類"}, {"運営形態"}, {"設置形態"}, {"受託法人"}}, html::Table::Caption::seen);
  for (const Agency& a : m.agencies)
    agencies.row().cell(a.name).cell(label_of(a.kind)).cell(a.operation ? std::string(label_of(*a.operation)) : std::string(kNotInPlan))
        .cell(a.establishment ? std::string(label_of(*a.establishment)) : std::string(kNotInPlan)).cell(or_not_in_plan(a.contractor));
  page.main += agencies.done();
  page.main += html::muted("設定は市の設定フォルダーで変えます。変える前に kasane check-municipality で確かめてください。");
  return ctx.show(std::move(page));
}

}  // namespace

void add_admin_routes(Router& router) {
  const web::Need admin = web::Need::of({Role::administrator});
  router.get("/accounts", admin, accounts_page);
  router.post("/accounts/search", admin, found_accounts);
  router.get("/accounts/new", admin, [](Ctx& ctx) { return new_account_page(ctx, {}, {}, 200); });
  router.post("/accounts", admin, create_account);
  router.get("/accounts/{id}", admin, [](Ctx& ctx) { return account_page(ctx, {}, {}, 200); });
  router.post("/accounts/{id}/posts", admin, create_post);
  router.post("/accounts/{id}/posts/end", admin, finish_post);
  router.post("/accounts/{id}/active", admin, set_active);
  router.post("/accounts/{id}/password", admin, renew_password);
  router.get("/settings", admin, settings_page);
}

}  // namespace kasane::programme
