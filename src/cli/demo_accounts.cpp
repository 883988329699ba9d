#include "cli/demo_accounts.hpp"

#include <algorithm>

#include "programme/account_service.hpp"

namespace kasane::cli::invented {

namespace {

struct Holder {
  const char* role;    // last part of the login
  const char* name;    // invented
  const char* agency;  // code; nullptr: the city's first owner section
  Role post;
  std::optional<Role> also = std::nullopt;  // a second post in the same agency
};

using Holders = std::vector<Holder>;

// The section that owns the programme, in every city alike.
Holders with_section(Holders own, const char* officer, const char* head, const char* secretary, const char* admin, const char* auditor) {
  own.push_back({"officer", officer, nullptr, Role::city_officer});
  own.push_back({"head", head, nullptr, Role::head});
  own.push_back({"secretary", secretary, nullptr, Role::secretary});
  own.push_back({"admin", admin, nullptr, Role::administrator});
  own.push_back({"auditor", auditor, nullptr, Role::auditor});
  return own;
}

Holders holders_of(const std::string& slug) {
  if (slug == "tsuruoka")
    return with_section({{"commissioner", "民田 澄江", "commissioners", Role::commissioner},
                         {"window", "備前 もえ", "cgsc_fujishima", Role::coordinator, Role::window_counsellor},
                         {"window2", "蜂子 直道", "nikokoro", Role::window_counsellor},
                         {"window3", "白山 伊織", "kurashi_station", Role::window_counsellor},
                         {"coordinator", "湯殿 航平", "swc", Role::coordinator},
                         {"coordinator2", "金峯 佐和", "hokatsu_care", Role::coordinator},
                         {"worker", "荒倉 大樹", "swc", Role::field_worker},
                         {"member", "三瀬 みちる", "kodomo_katei", Role::meeting_member}},
                        "京田 信之", "大山 啓子", "上郷 光", "下川 修", "西郷 律子");
  if (slug == "kawachinagano")
    return with_section({{"commissioner", "天見 君枝", "commissioners", Role::commissioner},
                         {"window", "滝畑 あおい", "aikku", Role::window_counsellor},
                         {"window2", "高向 豊", "cgsc", Role::window_counsellor},
                         {"window3", "石見 涼子", "jiritsu", Role::window_counsellor},
                         {"coordinator", "加賀 千尋", "swc", Role::coordinator},
                         {"coordinator2", "長野 耕一", "chiiki_fukushi_korei", Role::coordinator},
                         {"worker", "寺元 拓海", "swc", Role::field_worker},
                         {"head2", "日野 静香", "seikatsu_fukushi", Role::head},
                         {"head3", "上原 克己", "shogai_fukushi", Role::head},
                         {"head4", "三日市 麻衣", "kodomo_kosodate", Role::head},
                         {"member", "岩瀬 法子", "ishikai", Role::meeting_member},
                         {"adviser", "弘川 弁護士", "city", Role::meeting_member}},
                        "原 健太", "小塩 誠", "喜多 由香", "汐の宮 学", "千代田 肇");
  if (slug == "aizuwakamatsu")
    return with_section({{"commissioner", "門田 ヨシ", "commissioners", Role::commissioner},
                         {"window", "湊 さやか", "seikatsu_support", Role::window_counsellor},
                         {"window2", "神指 剛", "cgsc_wakamatsu_2", Role::window_counsellor},
                         {"window3", "一箕 理恵", "dis_2", Role::window_counsellor},
                         {"coordinator", "東山 遥", "chiiki_fukushi", Role::coordinator},
                         {"coordinator2", "北青木 守", "chiiki_fukushi", Role::coordinator},
                         {"worker", "大戸 潤", "chiiki_fukushi", Role::field_worker},
                         {"member", "河沼 圭司", "shohi_seikatsu", Role::meeting_member}},
                        "真宮 文香", "高久 正彦", "東栄 春菜", "日新 徹", "鶴城 久美子");
  if (slug == "kitakami")
    return with_section({{"commissioner", "更木 ハル", nullptr, Role::commissioner},
                         {"window", "立花 泉", "kurashi_jiritsu", Role::window_counsellor},
                         {"window2", "黒岩 俊介", "cgsc_hondori", Role::window_counsellor},
                         {"window3", "二子 陽菜", "kodomo_katei", Role::window_counsellor},
                         {"coordinator", "江釣 奈緒", "swc", Role::coordinator},
                         {"coordinator2", "和賀 亮", "swc", Role::coordinator},
                         {"worker", "飯豊 拓也", "swc", Role::field_worker},
                         {"core", "相去 明美", "choju_kaigo", Role::city_officer},
                         {"member", "鬼柳 務", "shogai_fukushi", Role::meeting_member}},
                        "口内 伸二", "稲瀬 智子", "藤根 葵", "煤孫 進", "横川 まゆみ");
  if (slug == "nagaokakyo")
    return with_section({{"commissioner", "奥海 トモ", "commissioners", Role::commissioner},
                         {"window", "井ノ内 紗季", "cgsc_nishi", Role::window_counsellor},
                         {"window2", "今里 恭平", "sogo_seikatsu", Role::window_counsellor},
                         {"window3", "友岡 真弓", "kosodate_shien", Role::window_counsellor},
                         {"coordinator", "海印寺 歩", "chiiki_fukushi_renkei", Role::coordinator, Role::field_worker},
                         {"coordinator2", "勝竜 望", "chiiki_fukushi_renkei", Role::coordinator, Role::field_worker},
                         {"worker", "粟生 大輔", "sogo_seikatsu", Role::field_worker},
                         {"member", "金ケ原 薫", "shogai_fukushi", Role::meeting_member},
                         {"tax", "浄土谷 実", "zei_ryo_choshu", Role::meeting_member}},
                        "神足 沙織", "調子 洋一", "下海 結衣", "馬場 勇", "開田 紀子");
  return with_section({{"coordinator", "相川 歩", nullptr, Role::coordinator}}, "市川 明", "上田 恵", "小川 望", "古川 学", "中川 薫");
}

std::string code_of(const programme::Municipality& m, const Holder& holder) {
  return holder.agency != nullptr ? holder.agency : m.owner_sections.front();
}

/// The city's own kind of post for this role in this agency, else one that any agency has.
const programme::PostKind* kind_for(const programme::Municipality& m, const std::string& agency, Role role) {
  const auto kinds = m.posts_of(role);
  const auto in = [&](const std::string& code) {
    const auto it = std::find_if(kinds.begin(), kinds.end(), [&](const programme::PostKind* k) { return k->agency == code; });
    return it == kinds.end() ? nullptr : *it;
  };
  if (const programme::PostKind* own = in(agency)) return own;
  return in("");
}

std::string title_of(const programme::Municipality& m, const std::string& agency, Role role) {
  const programme::PostKind* kind = kind_for(m, agency, role);
  return kind != nullptr ? kind->title : std::string(programme::role_label(role));
}

programme::NewPost post_of(const programme::City& city, const std::string& agency, Role role, Date from) {
  programme::NewPost post;
  post.agency = city.directory.id(agency);
  post.role = role;
  post.title = title_of(city.municipality, agency, role);
  post.from = from;
  if (const programme::PostKind* kind = kind_for(city.municipality, agency, role))
    for (const std::string& service : kind->services) post.services += (post.services.empty() ? "" : ",") + service;
  return post;
}

/// A city may lack an agency that only some plans name (民生委員 as an agency of its own, say).
bool is_there(const programme::City& city, const Holder& holder) { return city.directory.find(code_of(city.municipality, holder)).has_value(); }

Login login_of(const programme::City& city, const Holder& holder) {
  const std::string code = code_of(city.municipality, holder);
  const std::string& agency = city.directory.name(city.directory.id(code));
  const std::string title = title_of(city.municipality, code, holder.post);
  return {holder.role, city.slug + "-" + holder.role, holder.name, agency == title ? agency : agency + " " + title};
}

}  // namespace

std::vector<Login> logins_of(const programme::City& city) {
  std::vector<Login> logins;
  for (const Holder& holder : holders_of(city.slug))
    if (is_there(city, holder)) logins.push_back(login_of(city, holder));
  return logins;
}

void make_accounts(World& world, Date from) {
  programme::City& city = world.city();
  for (const Holder& holder : holders_of(city.slug)) {
    if (!is_there(city, holder)) continue;
    const std::string agency = code_of(city.municipality, holder);
    programme::NewAccount account{login_of(city, holder).login, holder.name, kPassword, {post_of(city, agency, holder.post, from)}};
    if (holder.also) account.posts.push_back(post_of(city, agency, *holder.also, from));
    const auto made = city.db().write([&](db::WriteTx& tx) { return programme::add_account(tx, account, city.clock.now()); });
    if (!made) throw Fault(account.login, made.error());
    world.add_account(holder.role, *made);
  }
}

}  // namespace kasane::cli::invented
