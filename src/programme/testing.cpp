#include "programme/testing.hpp"

#include <algorithm>
#include <stdexcept>

#include "programme/account_service.hpp"
#include "programme/form_token.hpp"
#include "programme/sign_in_pages.hpp"
#include "programme/testing_engine.hpp"
#include "web/form_body.hpp"

namespace kasane::programme::testing {

namespace {

Municipality load(const std::string& slug) {
  for (const char* base : {KASANE_SOURCE_DIR "/municipalities/", KASANE_SOURCE_DIR "/tests/municipalities/"}) {
    const std::filesystem::path dir = std::string(base) + slug;
    if (!std::filesystem::exists(dir)) continue;
    auto m = load_municipality(dir, KASANE_SOURCE_DIR "/municipalities/national");
    if (!m) throw std::runtime_error(m.error().front().text());
    return std::move(*m);
  }
  throw std::runtime_error("no such municipality");
}

thread_local std::optional<db::Settings> elsewhere;

db::Settings settings_in(const std::filesystem::path& folder) {
  if (elsewhere) return *elsewhere;
  db::Settings settings;
  settings.location = (folder / "city.db").string();
  return settings;
}

}  // namespace

CityOn::CityOn(db::Settings settings) { elsewhere = std::move(settings); }
CityOn::~CityOn() { elsewhere.reset(); }

struct TestCity::Impl {
  explicit Impl(Date today) : clock(today) {}
  ManualClock clock;
  std::filesystem::path folder;
  std::shared_ptr<City> city;
  std::unique_ptr<Dispatcher> dispatcher;
  int accounts = 0;
};

TestCity::TestCity(std::string slug, std::vector<std::function<void(Router&)>> rooms, Date today) : impl_(std::make_unique<Impl>(today)) {
  impl_->folder = std::filesystem::temp_directory_path() / ("kasane-test-" + id_text(next_id()));
  std::filesystem::create_directories(impl_->folder);
  auto m = load(slug);
  impl_->city = std::make_shared<City>(slug, std::move(m), db::Database::open(settings_in(impl_->folder)), impl_->folder / "audit", impl_->clock, std::string(32, 'k'));
  Router router;
  add_sign_in_routes(router);
  for (const auto& add : rooms) add(router);
  impl_->dispatcher = std::make_unique<Dispatcher>(std::move(router));
  impl_->dispatcher->add_city(impl_->city);
  // Tests move the clock for reasons of their own; those of signing in set the limits that they mean.
  end_sessions_after({12 * 60 * 60'000LL, 100 * 365 * 86'400'000LL});
}

void TestCity::end_sessions_after(const SessionLimits& limits) { impl_->dispatcher->end_sessions_after(limits); }

TestCity::~TestCity() {
  const std::filesystem::path folder = impl_->folder;
  impl_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

City& TestCity::city() { return *impl_->city; }
db::Database& TestCity::db() { return impl_->city->db(); }
ManualClock& TestCity::clock() { return impl_->clock; }
const Municipality& TestCity::m() { return impl_->city->municipality; }
AgencyId TestCity::agency(std::string_view code) { return impl_->city->directory.id(code); }

Login TestCity::account(std::string_view agency_code, Role role, std::string services) {
  Login login;
  const UtcMs now = impl_->clock.now();
  const std::string name = "test" + std::to_string(++impl_->accounts);
  login.token = "token-" + name + "-" + id_text(next_id());
  login.csrf = "csrf-" + name;
  login.account = fresh_id<AccountTag>();
  const Date from = *Date::from_ymd(2020, 4, 1);
  db().write([&](db::WriteTx& tx) {
    add_account(tx, {login.account, name, "試験 " + name, "-", true, 1}, now);
    add_post(tx, {fresh_id<PostTag>(), login.account, agency(agency_code), role, "", services, from, *Date::from_iso(access::kForever)});
    add_session(tx, token_hash(login.token), {login.account, login.csrf, now, now});
  });
  return login;
}

Login TestCity::account(const std::vector<std::pair<std::string, Role>>& posts) {
  Login login = account(posts.front().first, posts.front().second);
  db().write([&](db::WriteTx& tx) {
    for (std::size_t i = 1; i < posts.size(); ++i)
      add_post(tx, {fresh_id<PostTag>(), login.account, agency(posts[i].first), posts[i].second, "", "", *Date::from_ymd(2020, 4, 1),
                    *Date::from_iso(access::kForever)});
  });
  return login;
}

access::Viewer TestCity::viewer(const Login& login) {
  access::Viewer v;
  v.account = login.account;
  for (const PostRow& p : db().read([&](db::ReadTx& tx) { return posts_on(tx, login.account, impl_->clock.today()); }))
    v.posts.push_back({p.id, p.agency, p.role});
  return v;
}

namespace {

web::Request request_for(const std::string& slug, std::string_view method, std::string path) {
  web::Request r;
  r.method = method;
  if (const auto q = path.find('?'); q != std::string::npos) {
    if (auto pairs = web::parse_urlencoded(path.substr(q + 1))) r.query = *pairs;
    path.resize(q);
  }
  r.path = "/" + slug + path;
  std::size_t at = 1;
  while (at <= r.path.size()) {
    const std::size_t slash = std::min(r.path.find('/', at), r.path.size());
    if (slash > at) r.segments.push_back(r.path.substr(at, slash - at));
    at = slash + 1;
  }
  r.client = "192.0.2.1";
  r.secure = true;
  r.request_id = 42;
  return r;
}

}  // namespace

web::Reply TestCity::get(const Login& who, std::string path) {
  web::Request r = request_for(impl_->city->slug, "GET", std::move(path));
  r.cookies = {{session_cookie_name(*impl_->city), who.token}};
  return send(std::move(r));
}

web::Reply TestCity::get_signed_out(std::string path) { return send(request_for(impl_->city->slug, "GET", std::move(path))); }

web::Reply TestCity::post(const Login& who, std::string path, web::Pairs fields) {
  web::Request r = request_for(impl_->city->slug, "POST", std::move(path));
  r.cookies = {{session_cookie_name(*impl_->city), who.token}};
  r.headers = {{"host", "kasane.test"}, {"origin", "https://kasane.test"}, {"sec-fetch-site", "same-origin"}, {"content-type", "application/x-www-form-urlencoded"}};
  const auto has = [&](std::string_view key) { return std::any_of(fields.begin(), fields.end(), [&](const auto& f) { return f.first == key; }); };
  if (!has("csrf")) fields.emplace_back("csrf", mask_form_token(who.csrf));
  if (!has("command_id")) fields.emplace_back("command_id", fresh_command_id());
  r.posted = std::move(fields);
  return send(std::move(r));
}

web::Reply TestCity::send(web::Request request) { return impl_->dispatcher->answer(std::move(request)); }

}  // namespace kasane::programme::testing
