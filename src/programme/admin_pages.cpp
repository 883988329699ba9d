#include "programme/admin_pages.hpp"

#include "form/parse.hpp"
#include "html/form.hpp"
#include "programme/account_service.hpp"

namespace kasane::programme {

namespace {

constexpr std::int64_t kAccountsShown = 500;

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
  form::Field password = field("password", "最初のパスワード", form::Kind::text, true);
  password.hint = "10文字以上";
  f.fields = {login, field("display_name", "氏名", form::Kind::text, true), password};
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

web::Reply accounts_page(Ctx& ctx) {
  const auto rows = ctx.city.db().read([&](db::ReadTx& tx) { return accounts(tx, kAccountsShown); });
  html::Page page;
  page.title = "利用者";
  page.current = "accounts";
  page.main += html::actions({html::link_button("利用者を加える", ctx.url("/accounts/new"), html::Look::primary)});
  html::Table t("利用者の一覧", {{"利用者ID"}, {"氏名"}, {"状態"}});
  for (const AccountRow& r : rows)
    t.row().cell(html::link(r.login, ctx.url("/accounts/" + id_text(r.id)))).cell(r.display_name).cell(r.active ? "利用中" : "停止");
  page.main += t.done();
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
  const auto made = ctx.command("account.add", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    auto id = add_account(tx, {a.text("login"), a.text("display_name"), a.text("password"), {post_of(ctx, a)}}, ctx.now());
    if (!id) return tl::unexpected(id.error());
    gate.trail().note(SubjectKind::account, id->value);
    return ctx.url("/accounts/" + id_text(*id));
  });
  if (!made && made.error().code == ErrorCode::invalid && !made.error().fields.empty()) return new_account_page(ctx, parsed.answers, made.error().fields, 422);
  if (!made) return ctx.error(made.error());
  return ctx.go(*made);
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
  html::Table t("職（兼務を含む）", {{"機関"}, {"役割"}, {"職名"}, {"いつから"}, {"いつまで"}, {"終わり"}}, html::Table::Caption::seen);
  for (const PostRow& p : posts) {
    const bool open = p.until.iso() == access::kForever;
    html::PostButton end = ctx.post("/accounts/" + id_text(*id) + "/posts/end", {"今日で終わりにする", html::Look::secondary, {}, {}, ctx.dir().name(p.agency)}, {{"post", id_text(p.id)}});
    t.row().cell(ctx.dir().name(p.agency)).cell(role_label(p.role)).cell(p.title).cell(wareki_short(p.from)).cell(open ? std::string() : wareki_short(p.until))
        .cell(open || p.until > ctx.today() ? html::post_button(end) : html::Html());
  }
  page.main += t.done();
  html::FormPage fp;
  fp.frame = ctx.frame("/accounts/" + id_text(*id) + "/posts");
  fp.submit = "職を加える";
  page.main += html::section("職を加える（異動・兼務）", html::form_page({"post", 1, post_fields(ctx)}, answers, errors, fp));
  html::Html states;
  states += html::post_button(ctx.post("/accounts/" + id_text(*id) + "/active", {account->active ? "利用を止める" : "利用を再開する", account->active ? html::Look::danger : html::Look::secondary},
                                       {{"version", std::to_string(account->version)}, {"active", account->active ? "no" : "yes"}}));
  page.main += html::section("利用の停止", states);
  return ctx.show(std::move(page), status);
}

web::Reply create_post(Ctx& ctx) {
  const auto id = ctx.id<AccountTag>();
  if (!id) return ctx.error(id.error());
  auto parsed = form::parse({"post", 1, post_fields(ctx)}, ctx.req.posted);
  if (!parsed.ok()) return account_page(ctx, parsed.answers, parsed.errors, 422);
  const auto done = ctx.command("post.add", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    if (!account_by_id(tx, *id)) return fail(ErrorCode::not_found);
    const NewPost p = post_of(ctx, parsed.answers);
    add_post(tx, {fresh_id<PostTag>(), *id, p.agency, p.role, p.title, p.services, p.from, p.until});
    gate.trail().note(SubjectKind::account, id->value);
    return ctx.url("/accounts/" + id_text(*id));
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

web::Reply finish_post(Ctx& ctx) {
  const auto id = ctx.id<AccountTag>();
  const auto post = parse_id<PostTag>(ctx.req.posted_value("post").value_or(""));
  if (!id || !post) return ctx.error({ErrorCode::not_found, {}, {}});
  const auto done = ctx.command("post.end", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    bool theirs = false;
    for (const PostRow& p : all_posts(tx, *id)) theirs = theirs || p.id == *post;
    if (!theirs) return fail(ErrorCode::not_found);
    end_post(tx, *post, ctx.today());
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
    gate.trail().note(SubjectKind::account, id->value);
    return ctx.url("/accounts/" + id_text(*id));
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
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
  router.get("/accounts/new", admin, [](Ctx& ctx) { return new_account_page(ctx, {}, {}, 200); });
  router.post("/accounts", admin, create_account);
  router.get("/accounts/{id}", admin, [](Ctx& ctx) { return account_page(ctx, {}, {}, 200); });
  router.post("/accounts/{id}/posts", admin, create_post);
  router.post("/accounts/{id}/posts/end", admin, finish_post);
  router.post("/accounts/{id}/active", admin, set_active);
  router.get("/settings", admin, settings_page);
}

}  // namespace kasane::programme
