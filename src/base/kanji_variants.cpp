// Variant kanji that one and the same name is written with, and the form under which they are searched. The pairs are
// facts of public tables: 常用漢字表 with its 康熙字典体, 人名用漢字 and the surnames that offices meet most. Small ヵ
// and ヶ in place names are here too (霞ヶ丘, 霞ケ丘).
//
// Rules: a pair goes in only where readers take both for the same name. Different characters that merely look alike
// stay apart: 崎埼 坂阪 渡度 川河 島鳥 弘広 裕祐 藤籐 隆降. No right side may stand on a left side, the left sides rise
// by code point (both are checked by a test), and what NFKC already does (compatibility kanji) is not repeated.
// 斉 and 斎 are different characters, but families write now one, now the other: they are found together.
#include "base/kanji_variants.hpp"

#include <algorithm>
#include <array>

namespace kasane {
namespace {

constexpr std::array<KanjiVariant, 243> kVariants{{
    {U'ヵ', U'カ'}, {U'ヶ', U'ケ'}, {U'亞', U'亜'}, {U'佛', U'仏'}, {U'來', U'来'}, {U'假', U'仮'}, {U'傳', U'伝'},
    {U'價', U'価'}, {U'儉', U'倹'}, {U'兒', U'児'}, {U'兔', U'兎'}, {U'內', U'内'}, {U'兩', U'両'}, {U'冨', U'富'},
    {U'凜', U'凛'}, {U'劍', U'剣'}, {U'劔', U'剣'}, {U'勳', U'勲'}, {U'區', U'区'}, {U'卷', U'巻'}, {U'參', U'参'},
    {U'吳', U'呉'}, {U'嚴', U'厳'}, {U'圀', U'国'}, {U'國', U'国'}, {U'圓', U'円'}, {U'團', U'団'}, {U'埜', U'野'},
    {U'堯', U'尭'}, {U'增', U'増'}, {U'壯', U'壮'}, {U'壽', U'寿'}, {U'孃', U'嬢'}, {U'學', U'学'}, {U'寢', U'寝'},
    {U'實', U'実'}, {U'寫', U'写'}, {U'寬', U'寛'}, {U'寶', U'宝'}, {U'將', U'将'}, {U'尙', U'尚'}, {U'峯', U'峰'},
    {U'峽', U'峡'}, {U'嵜', U'崎'}, {U'嶋', U'島'}, {U'嶌', U'島'}, {U'嶽', U'岳'}, {U'巖', U'巌'}, {U'巢', U'巣'},
    {U'帶', U'帯'}, {U'廣', U'広'}, {U'廳', U'庁'}, {U'彈', U'弾'}, {U'彌', U'弥'}, {U'彥', U'彦'}, {U'德', U'徳'},
    {U'惠', U'恵'}, {U'惡', U'悪'}, {U'應', U'応'}, {U'戀', U'恋'}, {U'戶', U'戸'}, {U'拜', U'拝'}, {U'據', U'拠'},
    {U'擧', U'挙'}, {U'攝', U'摂'}, {U'收', U'収'}, {U'敍', U'叙'}, {U'敎', U'教'}, {U'數', U'数'}, {U'斉', U'斎'},
    {U'昻', U'昂'}, {U'晉', U'晋'}, {U'晝', U'昼'}, {U'曉', U'暁'}, {U'曻', U'昇'}, {U'曾', U'曽'}, {U'會', U'会'},
    {U'栁', U'柳'}, {U'桒', U'桑'}, {U'桺', U'柳'}, {U'條', U'条'}, {U'榮', U'栄'}, {U'槇', U'槙'}, {U'槗', U'橋'},
    {U'槪', U'概'}, {U'樂', U'楽'}, {U'樓', U'楼'}, {U'樞', U'枢'}, {U'樣', U'様'}, {U'橫', U'横'}, {U'檜', U'桧'},
    {U'櫻', U'桜'}, {U'權', U'権'}, {U'歐', U'欧'}, {U'步', U'歩'}, {U'歲', U'歳'}, {U'歷', U'歴'}, {U'每', U'毎'},
    {U'氣', U'気'}, {U'沒', U'没'}, {U'淸', U'清'}, {U'淺', U'浅'}, {U'渊', U'淵'}, {U'渕', U'淵'}, {U'溫', U'温'},
    {U'滿', U'満'}, {U'澁', U'渋'}, {U'澤', U'沢'}, {U'濟', U'済'}, {U'濱', U'浜'}, {U'濵', U'浜'}, {U'瀧', U'滝'},
    {U'瀨', U'瀬'}, {U'灣', U'湾'}, {U'燈', U'灯'}, {U'燒', U'焼'}, {U'爲', U'為'}, {U'犧', U'犠'}, {U'狀', U'状'},
    {U'狹', U'狭'}, {U'獨', U'独'}, {U'瑤', U'瑶'}, {U'畧', U'略'}, {U'畫', U'画'}, {U'當', U'当'}, {U'疊', U'畳'},
    {U'發', U'発'}, {U'盜', U'盗'}, {U'眞', U'真'}, {U'礒', U'磯'}, {U'祕', U'秘'}, {U'祿', U'禄'}, {U'禮', U'礼'},
    {U'稱', U'称'}, {U'稻', U'稲'}, {U'穗', U'穂'}, {U'竝', U'並'}, {U'籔', U'薮'}, {U'籠', U'篭'}, {U'粹', U'粋'},
    {U'經', U'経'}, {U'綠', U'緑'}, {U'緖', U'緒'}, {U'緣', U'縁'}, {U'縣', U'県'}, {U'總', U'総'}, {U'繩', U'縄'},
    {U'纖', U'繊'}, {U'聰', U'聡'}, {U'聲', U'声'}, {U'肅', U'粛'}, {U'脫', U'脱'}, {U'膽', U'胆'}, {U'臟', U'臓'},
    {U'臺', U'台'}, {U'與', U'与'}, {U'舊', U'旧'}, {U'舘', U'館'}, {U'莊', U'荘'}, {U'莖', U'茎'}, {U'萠', U'萌'},
    {U'萬', U'万'}, {U'蔣', U'蒋'}, {U'薰', U'薫'}, {U'藏', U'蔵'}, {U'藝', U'芸'}, {U'藥', U'薬'}, {U'藪', U'薮'},
    {U'虛', U'虚'}, {U'號', U'号'}, {U'螢', U'蛍'}, {U'蠣', U'蛎'}, {U'裝', U'装'}, {U'覺', U'覚'}, {U'觀', U'観'},
    {U'觸', U'触'}, {U'證', U'証'}, {U'譯', U'訳'}, {U'譽', U'誉'}, {U'讀', U'読'}, {U'變', U'変'}, {U'讓', U'譲'},
    {U'豐', U'豊'}, {U'豫', U'予'}, {U'賣', U'売'}, {U'賴', U'頼'}, {U'踐', U'践'}, {U'輕', U'軽'}, {U'轉', U'転'},
    {U'辨', U'弁'}, {U'辭', U'辞'}, {U'遙', U'遥'}, {U'遞', U'逓'}, {U'遲', U'遅'}, {U'邉', U'辺'}, {U'邊', U'辺'},
    {U'邨', U'村'}, {U'鄕', U'郷'}, {U'醉', U'酔'}, {U'醫', U'医'}, {U'釋', U'釈'}, {U'錢', U'銭'}, {U'鎭', U'鎮'},
    {U'鐵', U'鉄'}, {U'閒', U'間'}, {U'關', U'関'}, {U'陷', U'陥'}, {U'隨', U'随'}, {U'隸', U'隷'}, {U'雙', U'双'},
    {U'雜', U'雑'}, {U'靈', U'霊'}, {U'靑', U'青'}, {U'靜', U'静'}, {U'頰', U'頬'}, {U'顏', U'顔'}, {U'顯', U'顕'},
    {U'騷', U'騒'}, {U'驗', U'験'}, {U'驛', U'駅'}, {U'體', U'体'}, {U'髙', U'高'}, {U'髮', U'髪'}, {U'鬪', U'闘'},
    {U'鷄', U'鶏'}, {U'鷗', U'鴎'}, {U'鹽', U'塩'}, {U'麥', U'麦'}, {U'麴', U'麹'}, {U'黃', U'黄'}, {U'黑', U'黒'},
    {U'默', U'黙'}, {U'點', U'点'}, {U'黨', U'党'}, {U'齊', U'斎'}, {U'齋', U'斎'}, {U'齒', U'歯'}, {U'齡', U'齢'},
    {U'龍', U'竜'}, {U'龜', U'亀'}, {U'﨑', U'崎'}, {U'𠮷', U'吉'}, {U'𣘺', U'橋'},
}};

}  // namespace

std::span<const KanjiVariant> kanji_variants() { return kVariants; }

char32_t fold_kanji(char32_t character) {
  auto it = std::ranges::lower_bound(kVariants, character, {}, &KanjiVariant::variant);
  return it != kVariants.end() && it->variant == character ? it->folded : character;
}

}  // namespace kasane
