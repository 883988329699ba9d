// Reads the lists of a municipality's folder: services, agencies, areas, posts, indicators, codes.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/japanese.hpp"
#include "programme/municipality_load.hpp"

namespace kasane::programme::reading {
namespace {

constexpr int kFirstYear = 1990;
constexpr int kLastYear = 2100;

std::vector<std::string> referred(const Row& row, std::string_view column, Target target) {
  auto codes = row.list(column);
  for (const auto& code : codes) row.findings().refer(target, code, row.at(), column);
  return codes;
}

std::string referred_one(const Row& row, std::string_view column, Target target) {
  auto code = row.text(column);
  row.findings().refer(target, code, row.at(), column);
  return code;
}

/// "保健師:1" parts of staff_minimums.
std::vector<StaffMinimum> staff_minimums(const Row& row) {
  std::vector<StaffMinimum> result;
  for (const auto& part : row.list("staff_minimums")) {
    const auto colon = part.find(':');
    int count = 0;
    const auto* end = part.data() + part.size();
    const auto parsed = colon == std::string::npos ? std::from_chars_result{end, std::errc::invalid_argument}
                                                   : std::from_chars(part.data() + colon + 1, end, count);
    if (parsed.ec != std::errc() || parsed.ptr != end || count < 1 || colon == 0)
      row.findings().fault(row.at(), fmt::format("列 staff_minimums の「{}」を読めません", part),
                           "保健師:1;社会福祉士:1 のように、資格と人数を半角の : でつないでください");
    else
      result.push_back({part.substr(0, colon), count});
  }
  return result;
}

Service service_of(const Row& row) {
  Service s;
  s.code = row.needed("code");
  s.statute_item = row.number("statute_item", 1, 6).value_or(0);
  s.subitem = row.word<Subitem>("subitem");
  s.sector = row.text("sector");
  s.name = row.needed("name");
  s.law = row.text("law");
  s.scheme_type = row.text("scheme_type");
  s.grant_eligible = row.yes_no("grant_eligible");
  s.operation = row.word<OperationForm>("operation");
  s.operation_text = row.text("operation_text");
  s.establishment = row.word<EstablishmentForm>("establishment");
  s.sites = row.number("sites", 0, 9999);
  s.sites_text = row.text("sites_text");
  s.target = row.text("target");
  s.owner_sections = referred(row, "owner_sections", Target::agency);
  s.headcount_text = row.text("headcount_text");
  s.functions = row.list("functions");
  s.starts_fy = row.number("starts_fy", kFirstYear, kLastYear);
  s.source = row.source();
  return s;
}

void read_service_sites(const std::filesystem::path& dir, Municipality& m, Findings& findings) {
  const Table table(dir / "service_sites.csv", "service,count,operation,scheme_type,text,source", findings);
  for (const auto& row : table.rows()) {
    ServiceSites s;
    row.needed("service");
    row.needed("count");
    s.service = referred_one(row, "service", Target::service);
    s.count = row.number("count", 0, 9999).value_or(0);
    s.operation = row.word<OperationForm>("operation");
    s.scheme_type = row.text("scheme_type");
    s.text = row.text("text");
    s.source = row.source();
    m.service_sites.push_back(std::move(s));
  }
}

Agency agency_of(const Row& row) {
  Agency a;
  a.code = row.needed("code");
  a.name = row.needed("name");
  a.kind = row.needed_word("kind", AgencyKind::other);
  a.contractor = row.text("contractor");
  a.operation = row.word<OperationForm>("operation");
  a.establishment = row.word<EstablishmentForm>("establishment");
  a.target = row.word<TargetGroup>("target").value_or(TargetGroup::all);
  a.status = row.word<AgencyStatus>("status").value_or(AgencyStatus::active);
  a.parent = referred_one(row, "parent", Target::agency);
  a.satellite = row.yes_no("satellite").value_or(false);
  a.in_city = row.yes_no("in_city");
  a.address = row.text("address");
  a.host_site = row.text("host_site");
  a.services = referred(row, "services", Target::service);
  a.scheme_type = row.text("scheme_type");
  a.staff_minimums = staff_minimums(row);
  a.sensitive = row.yes_no("sensitive").value_or(false);
  a.note = row.text("note");
  a.source = row.source();
  if (a.satellite && a.parent.empty())
    row.findings().fault(row.at(), "サテライトなのに parent が空です",
                         "もとになる機関の code を parent に書いてください");
  return a;
}

void read_aliases(const std::filesystem::path& dir, Municipality& m, Findings& findings) {
  const Table table(dir / "agency_aliases.csv", "alias,agency,source", findings);
  for (const auto& row : table.rows()) {
    AgencyAlias alias{row.needed("alias"), row.needed("agency"), row.source()};
    findings.declare(Target::alias, name_key(alias.alias), row.at());
    findings.refer(Target::agency, alias.agency, row.at(), "agency");
    m.aliases.push_back(std::move(alias));
  }
}

PostKind post_of(const Row& row) {
  PostKind p;
  p.code = row.needed("code");
  p.role = row.needed_word("role", Role::meeting_member);
  p.title = row.needed("title");
  p.agency = referred_one(row, "agency", Target::agency);
  p.headcount = row.number("headcount", 0, 9999);
  p.headcount_text = row.text("headcount_text");
  p.concurrent = row.yes_no("concurrent");
  p.tier = row.number("tier", 1, 3);
  p.services = referred(row, "services", Target::service);
  p.qualifications = row.list("qualifications");
  p.note = row.text("note");
  p.source = row.source();
  return p;
}

Indicator indicator_of(const Row& row) {
  Indicator i;
  i.code = row.needed("code");
  i.requirement = row.text("requirement");
  i.name = row.needed("name");
  i.service = referred_one(row, "service", Target::service);
  i.unit = row.text("unit");
  i.measure = row.needed_word("measure", MeasureKind::flow);
  i.counter = row.word<Counter>("counter").value_or(Counter::manual);
  i.every_year = row.yes_no("every_year").value_or(false);
  i.baseline = {row.number("baseline_fy", kFirstYear, kLastYear), row.decimal("baseline"), {}};
  i.target = {row.number("target_fy", kFirstYear, kLastYear), row.decimal("target"), row.text("target_text")};
  i.goal = referred_one(row, "goal", Target::goal);
  i.from_plan = row.text("from_plan");
  i.source = row.source();
  if (i.measure == MeasureKind::text && (i.baseline.number || i.target.number))
    row.findings().fault(row.at(), "measure が text の指標に数があります",
                         "数の目標なら measure を flow などに、文章の目標なら数を消してください");
  return i;
}

struct CodeRow {
  form::Code code;
  std::string group;
};

/// The codes of one file; `seen` are those that exist already.
std::vector<CodeRow> code_rows(const std::filesystem::path& file, std::vector<std::string>& seen, Findings& findings) {
  std::vector<CodeRow> result;
  const Table table(file, "code,label,group,retired", findings);
  for (const auto& row : table.rows()) {
    CodeRow code{{row.needed("code"), row.needed("label"), row.yes_no("retired").value_or(false)}, row.text("group")};
    if (std::find(seen.begin(), seen.end(), code.code.code) != seen.end()) {
      findings.fault(row.at(), fmt::format("選択肢「{}」が二度あります", code.code.code),
                     "この表と国の標準の表のどちらにもない code にしてください");
      continue;
    }
    seen.push_back(code.code.code);
    result.push_back(std::move(code));
  }
  return result;
}

/// その他 stays last when a city adds codes.
void insert_city_codes(std::vector<CodeRow>& all, std::vector<CodeRow> added) {
  auto at = all.end();
  if (!all.empty() && all.back().code.code == "other") --at;
  all.insert(at, std::make_move_iterator(added.begin()), std::make_move_iterator(added.end()));
}

CodeList code_list(Settings& head, const std::string& key, const std::filesystem::path& dir,
                   const std::filesystem::path& national, Findings& findings) {
  CodeList list;
  auto table = std::make_shared<form::CodeTable>();
  table->key = key;
  list.title = head.needed("title");
  table->version = head.number("version", 1, 9999).value_or(1);
  list.version_text = head.text("version_text");
  list.provisional = head.truth("provisional", false);
  list.origin = head.text("origin");
  head.done();
  std::vector<std::string> seen;
  auto rows = code_rows(national / "codes" / (key + ".csv"), seen, findings);
  const auto of_city = dir / "codes" / (key + ".csv");
  if (std::filesystem::exists(of_city)) {
    auto added = code_rows(of_city, seen, findings);
    for (const auto& row : added) list.city_codes.push_back(row.code.code);
    insert_city_codes(rows, std::move(added));
  }
  for (auto& row : rows) {
    if (!row.group.empty()) list.groups.emplace(row.code.code, row.group);
    table->codes.push_back(std::move(row.code));
  }
  list.table = std::move(table);
  return list;
}

/// A file in the city's codes/ that extends nothing is a slip of its name.
void check_city_tables(const std::filesystem::path& dir, const Municipality& m, Findings& findings) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(dir / "codes", error)) {
    const auto key = entry.path().stem().string();
    if (entry.path().extension() != ".csv" || !m.code_lists.contains(key))
      findings.fault({entry.path().string(), 0}, fmt::format("「{}」という選択肢の表は国の標準にありません", key),
                     "municipalities/national/codes/ にある表の名前と同じにしてください");
  }
}

}  // namespace

void read_services(const std::filesystem::path& dir, Municipality& m, Findings& findings) {
  const Table table(dir / "services.csv",
                    "code,statute_item,subitem,sector,name,law,scheme_type,grant_eligible,operation,operation_text,"
                    "establishment,sites,sites_text,target,owner_sections,headcount_text,functions,starts_fy,source",
                    findings);
  if (!table.readable()) findings.excuse(Target::service);
  for (const auto& row : table.rows()) {
    m.services.push_back(service_of(row));
    findings.declare(Target::service, m.services.back().code, row.at());
  }
  read_service_sites(dir, m, findings);
}

void read_agencies(const std::filesystem::path& dir, Municipality& m, Findings& findings) {
  const Table table(dir / "agencies.csv",
                    "code,name,kind,contractor,operation,establishment,target,status,parent,satellite,in_city,address,"
                    "host_site,services,scheme_type,staff_minimums,sensitive,note,source",
                    findings);
  if (!table.readable()) findings.excuse(Target::agency);
  for (const auto& row : table.rows()) {
    m.agencies.push_back(agency_of(row));
    findings.declare(Target::agency, m.agencies.back().code, row.at());
  }
  read_aliases(dir, m, findings);
}

void read_areas(const std::filesystem::path& dir, Municipality& m, Findings& findings) {
  const Table areas(dir / "areas.csv", "code,name,kind,parent,active_from,source", findings);
  if (!areas.readable()) findings.excuse(Target::area);
  for (const auto& row : areas.rows()) {
    m.areas.push_back({row.needed("code"), row.needed("name"), row.needed_word("kind", AreaKind::district),
                       referred_one(row, "parent", Target::area), row.date("active_from"), row.source()});
    findings.declare(Target::area, m.areas.back().code, row.at());
  }
  const Table catchments(dir / "catchments.csv", "agency,area,source", findings);
  for (const auto& row : catchments.rows()) {
    row.needed("agency");
    row.needed("area");
    m.catchments.push_back(
        {referred_one(row, "agency", Target::agency), referred_one(row, "area", Target::area), row.source()});
  }
}

void read_posts(const std::filesystem::path& dir, Municipality& m, Findings& findings) {
  const Table table(
      dir / "posts.csv",
      "code,role,title,agency,headcount,headcount_text,concurrent,tier,services,qualifications,note,source", findings);
  for (const auto& row : table.rows()) {
    m.posts.push_back(post_of(row));
    findings.declare(Target::post, m.posts.back().code, row.at());
  }
}

void read_national_posts(const std::filesystem::path& national, Municipality& m, Findings& findings) {
  const Table table(national / "posts.csv", "code,role,title,at", findings);
  for (const auto& row : table.rows()) {
    PostKind post;
    post.code = row.needed("code");
    post.role = row.needed_word("role", Role::meeting_member);
    post.title = row.needed("title");
    post.source = "national";
    const auto at = row.needed("at");
    if (at == "anywhere") {
      findings.declare(Target::post, post.code, row.at());
      m.posts.push_back(std::move(post));
    } else if (at == "owner_section") {
      for (const auto& section : m.owner_sections) {
        auto there = post;
        there.code += "_" + section;
        there.agency = section;
        findings.declare(Target::post, there.code, row.at());
        m.posts.push_back(std::move(there));
      }
    } else if (!at.empty()) {
      findings.fault(row.at(), fmt::format("列 at に「{}」は使えません", at),
                     "次のどれかにしてください: owner_section | anywhere");
    }
  }
}

void read_indicators(const std::filesystem::path& dir, Municipality& m, Findings& findings) {
  const Table table(
      dir / "indicators.csv",
      "code,requirement,name,service,unit,measure,counter,every_year,baseline_fy,baseline,target_fy,target,"
      "target_text,goal,from_plan,source",
      findings);
  for (const auto& row : table.rows()) {
    m.indicators.push_back(indicator_of(row));
    findings.declare(Target::indicator, m.indicators.back().code, row.at());
  }
}

void read_code_lists(const std::filesystem::path& dir, const std::filesystem::path& national, Municipality& m,
                     Findings& findings) {
  const auto index = read_toml(national / "codes.toml", findings);
  if (!index) return;
  Settings tables(*index, (national / "codes.toml").string(), findings);
  for (const auto& key : index->keys)
    if (auto head = tables.table(key)) m.code_lists.emplace(key, code_list(*head, key, dir, national, findings));
  check_city_tables(dir, m, findings);
}

}  // namespace kasane::programme::reading
