// Which invented households each city has beside its story. All names are made up.
#include <algorithm>

#include "cli/demo_courses.hpp"
#include "cli/demo_situations.hpp"

namespace kasane::cli::invented {

namespace {

std::vector<Course> courses_of(const std::string& slug) {
  if (slug == "tsuruoka")
    return {{Stop::intake, 2, &lost_work(), {"area_fujishima", "藤島字架空12", "0235-00-1201"}, {{"袖岡", "孝", "そでおか たかし", 61, "male", "self"}, {"袖岡", "昭子", "そでおか あきこ", 59, "female", "spouse"}}},
            {Stop::referral, 6, &child_at_home(), {"area_fujishima", "藤島字架空48", ""}, {{"真木", "彩", "まき あや", 38, "female", "self"}, {"真木", "颯", "まき はやて", 13, "male", "child"}}},
            {Stop::before_consent, 40, &piled_up_rooms(), {"gakku_3", "架空町3-4", ""}, {{"樽石", "キミ", "たるいし きみ", 74, "female", "self"}, {"樽石", "勇", "たるいし いさむ", 68, "male", "sibling"}}},
            {Stop::submitted, 70, &alone_with_mother(), {"gakku_1", "架空町1-9", "0235-00-1209"}, {{"長滝", "研二", "ながたき けんじ", 52, "male", "self"}, {"長滝", "ツル", "ながたき つる", 81, "female", "mother"}}},
            {Stop::active, 150, &behind_the_door(), {"oyama", "大山字架空7", ""}, {{"百足", "文江", "ももたり ふみえ", 79, "female", "self"}, {"百足", "登", "ももたり のぼる", 48, "male", "child"}}, 1},
            {Stop::closing, 137, &lost_work(), {"gakku_2", "架空町2-11", ""}, {{"千石", "明", "せんごく あきら", 46, "male", "self"}, {"千石", "由美", "せんごく ゆみ", 44, "female", "spouse"}}},
            {Stop::closed, 260, &new_parents(), {"gakku_5", "架空町5-2", ""}, {{"渡部", "里奈", "わたなべ りな", 24, "female", "self"}, {"渡部", "翔", "わたなべ しょう", 26, "male", "spouse"}, {"渡部", "ひなた", "わたなべ ひなた", 1, "female", "child"}}}};
  if (slug == "kawachinagano")
    return {{Stop::intake, 1, &lost_work(), {"", "架空町西12-3", ""}, {{"喜志", "勝", "きし まさる", 57, "male", "self"}, {"喜志", "和代", "きし かずよ", 55, "female", "spouse"}}, 0, "window3"},
            {Stop::referral, 4, &child_at_home(), {"", "架空町南4-8", ""}, {{"森屋", "美鈴", "もりや みすず", 36, "female", "self"}, {"森屋", "蓮", "もりや れん", 12, "male", "child"}}},
            {Stop::before_consent, 35, &piled_up_rooms(), {"", "架空台2-20", ""}, {{"水越", "絹江", "みずこし きぬえ", 76, "female", "self"}, {"水越", "茂", "みずこし しげる", 70, "male", "sibling"}}, 0, "window2"},
            {Stop::submitted, 66, &alone_with_mother(), {"", "架空町東6-1", ""}, {{"富田", "浩", "とんだ ひろし", 54, "male", "self"}, {"富田", "千代", "とんだ ちよ", 83, "female", "mother"}}, 0, "window2"},
            {Stop::active, 160, &behind_the_door(), {"", "架空町中9-9", ""}, {{"錦部", "スミ", "にしごり すみ", 80, "female", "self"}, {"錦部", "実", "にしごり みのる", 50, "male", "child"}}, 1, "window2"},
            {Stop::closed, 280, &new_parents(), {"", "架空台7-3", ""}, {{"白木", "沙也", "しらき さや", 23, "female", "self"}, {"白木", "大智", "しらき だいち", 25, "male", "spouse"}, {"白木", "凪", "しらき なぎ", 1, "male", "child"}}}};
  if (slug == "aizuwakamatsu")
    return {{Stop::intake, 3, &lost_work(), {"", "架空町7-7", ""}, {{"穴沢", "勉", "あなざわ つとむ", 59, "male", "self"}, {"穴沢", "トシ", "あなざわ とし", 58, "female", "spouse"}}},
            {Stop::referral, 5, &child_at_home(), {"", "架空町3-3", ""}, {{"猪俣", "里佳", "いのまた りか", 39, "female", "self"}, {"猪俣", "奏", "いのまた かなで", 14, "female", "child"}}},
            {Stop::before_consent, 44, &piled_up_rooms(), {"", "架空町1-15", ""}, {{"物江", "ハツ", "ものえ はつ", 75, "female", "self"}, {"物江", "清", "ものえ きよし", 69, "male", "sibling"}}, 0, "window2"},
            {Stop::submitted, 60, &unclear_spending(), {"", "架空町5-21", ""}, {{"渋川", "恵一", "しぶかわ けいいち", 53, "male", "self"}, {"渋川", "健", "しぶかわ たける", 26, "male", "child"}, {"渋川", "恵", "しぶかわ めぐみ", 23, "female", "child"}, {"渋川", "サト", "しぶかわ さと", 82, "female", "mother"}}},
            {Stop::active, 140, &three_generations(), {"", "架空町9-2", ""}, {{"栗村", "徹", "くりむら とおる", 47, "male", "self"}, {"栗村", "正", "くりむら ただし", 82, "male", "father"}, {"栗村", "ミヨ", "くりむら みよ", 80, "female", "mother"}, {"栗村", "陸", "くりむら りく", 22, "male", "child"}}, 0, "window3"},
            {Stop::closed, 250, &new_parents(), {"", "架空町2-8", ""}, {{"五十嵐", "茜", "いがらし あかね", 25, "female", "self"}, {"五十嵐", "涼", "いがらし りょう", 27, "male", "spouse"}, {"五十嵐", "つむぎ", "いがらし つむぎ", 1, "female", "child"}}}};
  if (slug == "kitakami")
    return {{Stop::intake, 2, &lost_work(), {"kurosawajiri_higashi", "架空1地割3", ""}, {{"八重樫", "守", "やえがし まもる", 58, "male", "self"}, {"八重樫", "京子", "やえがし きょうこ", 56, "female", "spouse"}}},
            {Stop::referral, 7, &child_at_home(), {"iitoyo", "架空5地割9", ""}, {{"昆野", "梢", "こんの こずえ", 37, "female", "self"}, {"昆野", "陽", "こんの よう", 13, "male", "child"}}, 0, "window3"},
            {Stop::before_consent, 38, &piled_up_rooms(), {"futago", "架空2地割7", ""}, {{"照井", "ミツ", "てるい みつ", 77, "female", "self"}, {"照井", "実", "てるい みのる", 71, "male", "sibling"}}},
            {Stop::submitted, 62, &alone_with_mother(), {"ezuriko", "架空8地割1", ""}, {{"菊地", "哲也", "きくち てつや", 51, "male", "self"}, {"菊地", "フミ", "きくち ふみ", 80, "female", "mother"}}},
            {Stop::active, 155, &behind_the_door(), {"kurosawajiri_nishi", "架空3地割4", ""}, {{"軽石", "タミ", "かるいし たみ", 78, "female", "self"}, {"軽石", "稔", "かるいし みのる", 46, "male", "child"}}, 1},
            {Stop::closed, 240, &new_parents(), {"waga", "架空6地割2", ""}, {{"多田", "未来", "ただ みく", 22, "female", "self"}, {"多田", "匠", "ただ たくみ", 25, "male", "spouse"}, {"多田", "さくら", "ただ さくら", 1, "female", "child"}}}};
  if (slug == "nagaokakyo")
    return {{Stop::intake, 1, &lost_work(), {"", "架空1丁目2", ""}, {{"岩崎", "修", "いわさき おさむ", 60, "male", "self"}, {"岩崎", "道子", "いわさき みちこ", 57, "female", "spouse"}}, 0, "window2"},
            {Stop::referral, 5, &child_at_home(), {"", "架空3丁目8", ""}, {{"八幡", "奈々", "やわた なな", 35, "female", "self"}, {"八幡", "湊", "やわた みなと", 12, "male", "child"}}, 0, "window3"},
            {Stop::before_consent, 33, &piled_up_rooms(), {"", "架空2丁目5", ""}, {{"石田", "ウメ", "いしだ うめ", 78, "female", "self"}, {"石田", "隆", "いしだ たかし", 72, "male", "sibling"}}},
            {Stop::submitted, 58, &alone_with_mother(), {"", "架空5丁目1", ""}, {{"小泉", "俊", "こいずみ しゅん", 53, "male", "self"}, {"小泉", "静", "こいずみ しず", 82, "female", "mother"}}},
            {Stop::active, 130, &behind_the_door(), {"", "架空4丁目4", ""}, {{"乙川", "喜代", "おとがわ きよ", 79, "female", "self"}, {"乙川", "剛", "おとがわ つよし", 47, "male", "child"}}, 1},
            {Stop::closed, 245, &new_parents(), {"", "架空6丁目9", ""}, {{"鞆岡", "楓", "ともおか かえで", 24, "female", "self"}, {"鞆岡", "樹", "ともおか いつき", 26, "male", "spouse"}, {"鞆岡", "葵", "ともおか あおい", 1, "female", "child"}}, 0, "window3"}};
  return {};
}

casework::NewNotice heard(const World& w, const char* source, AgencyId owner, const char* about, const char* text) {
  casework::NewNotice n;
  n.received_on = w.now_on();
  n.channel = "phone";
  n.source = source;
  n.from_community = true;
  n.owner = owner;
  n.about = about;
  n.text = text;
  return n;
}

/// A notice that waits to be looked at, and one that is to be looked at again.
void run_notices(World& w) {
  const AgencyId owner = w.agency_of("window");
  w.days_ago(9);
  const NoticeId again = notice(w, "window", heard(w, "resident", owner, "町内の平屋", "夕方に大きな声がすることがある。言い合いではないようだ。"));
  w.days_ago(6);
  look(w, "window", again, casework::LookResult::watch, "近くを通ったが、変わった様子はなかった。もう一度見る。");
  w.days_ago(1, 9);
  notice(w, "commissioner", heard(w, "commissioner", owner, "二階建ての青い屋根の家", "新聞が三日分たまっている。車は動いている。"));
}

}  // namespace

void run_courses(World& w) {
  auto courses = courses_of(w.city().slug);
  if (courses.empty()) return;  // a city of its own: only accounts
  // The longest course first, so that numbers of households and cases rise with time.
  std::sort(courses.begin(), courses.end(), [](const Course& a, const Course& b) { return a.begun_days_ago > b.begun_days_ago; });
  for (const Course& c : courses) run(w, c);
  run_notices(w);
}

}  // namespace kasane::cli::invented
