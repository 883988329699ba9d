#include "cli/demo_situations.hpp"

namespace kasane::cli::invented {

using casework::Certainty;
using casework::Treatment;

const Situation& lost_work() {
  static const Situation s{
      .about = {"income", "rent_loan"},
      .summary = "3か月前に勤め先が閉まり、家賃を2か月分払えていない。電気も止まりそうだという。配偶者は腰を痛めて働けない。",
      .reason = "家計・仕事・住まいが重なり、一つの窓口では決められない。",
      .passed_on = "家賃は2か月の滞り。次の支払日までに家計を一緒に見てほしいという希望がある。",
      .issues = {{-1, "poverty"}, {0, "job_hard"}, {1, "injury"}},
      .first_visit = "【事実】督促状が3通。冷蔵庫は動いている。\n\n【本人】「まず家賃をどうにかしたい」",
      .later_visit = "【本人】面接に行けた。\n\n【見立て】家計の見通しがつけば、仕事探しに力を使える。",
      .wishes = "前のように働いて、家賃を自分で払いたい。",
      .direction = "家計の見通しを立てながら、体に合う仕事を探す。",
      .long_goal = "収入と支出がつりあう暮らしにもどる",
      .short_goal = "今月の支払いの順番を決める",
      .roles = {{"coordinator", "", "関係機関の連絡をまとめる", "月1回"}, {"window3", "", "家計表を一緒につける", "月2回"}, {"", "本人", "支払いの紙を一つの箱に入れる", "毎日"}},
  };
  return s;
}

const Situation& child_at_home() {
  static const Situation s{
      .about = {"withdrawal", "child_rearing", "income"},
      .summary = "中学生の子が学校に行けなくなって半年。母は夜の仕事で、朝は起きられない。給食費の支払いも遅れている。",
      .reason = "子の居場所と母の働き方と家計を、別々の窓口が少しずつ知っている。",
      .passed_on = "母は、情報を伝えてよいと話している。学校への連絡はまだしないでほしいとのこと。",
      .issues = {{-1, "poverty"}, {1, "truancy"}, {0, "single_parent"}},
      .first_visit = "【事実】母と玄関で話した。子は奥の部屋。\n\n【本人】母「朝起こせない自分が悪い」",
      .later_visit = "【事実】子が居間に出てきて、少し話した。\n\n【本人】子「猫の写真なら見せる」",
      .wishes = "朝、子どもと一緒にご飯を食べたい。",
      .direction = "母の働く時間を見直し、子が家の外で過ごせる場所を一つ作る。",
      .long_goal = "子が安心して過ごせる場所を家の外に一つもつ",
      .short_goal = "週に1回、朝に電話で話す",
      .roles = {{"coordinator", "", "支援の全体をまとめる", "月1回"}, {"worker", "", "家を訪ね、子と話す", "週1回"}, {"", "母", "週1回の電話に出る", "週1回"}},
      .service = "outreach",
  };
  return s;
}

const Situation& piled_up_rooms() {
  static const Situation s{
      .about = {"housing", "illness", "community"},
      .summary = "玄関から廊下まで物が積まれている。姉は足がむくんでいるが受診していない。弟は「かまわないでくれ」と言う。",
      .reason = "近所の心配、体の心配、住まいの心配が重なり、だれが中心になるか決まらない。",
      .passed_on = "姉とは玄関で話せる。弟とはまだ会えていない。",
      .issues = {{-1, "hoarding"}, {0, "illness", Certainty::suspected, Treatment::untreated}, {-1, "isolation"}},
      .first_visit = "【事実】玄関先で10分。靴をはいていない。\n\n【本人】姉「医者は嫌い」",
      .later_visit = "【事実】縁側に座って話せた。足のむくみは前より強い。\n\n【予定】来週、保健師と一緒に訪ねる。",
      .wishes = "この家で、弟と静かに暮らしたい。",
      .direction = "関係を作りながら、まず受診につなげる。",
      .long_goal = "体の具合をみてもらいながら、この家で暮らす",
      .short_goal = "一度、医師にみてもらう",
      .roles = {{"coordinator", "", "関係機関の動きを合わせる", "月1回"}, {"worker", "", "縁側を訪ねる", "週1回"}},
      .service = "outreach",
  };
  return s;
}

const Situation& alone_with_mother() {
  static const Situation s{
      .about = {"care", "illness", "income"},
      .summary = "母の物忘れが進み、火の始末が心配。息子は入院のあと仕事にもどれず、母の年金で暮らしている。",
      .reason = "母の介護と息子の病気と仕事を、別々に進めると家が回らない。",
      .passed_on = "母も息子も、ほかの機関に伝えてよいと話している。",
      .issues = {{1, "dementia", Certainty::suspected, Treatment::untreated}, {0, "illness", Certainty::confirmed, Treatment::in_treatment}, {-1, "poverty"}},
      .first_visit = "【事実】やかんの空だきの跡。薬は一つの袋にまとめてある。\n\n【本人】息子「母の前では病気の話をしたくない」",
      .later_visit = "【事実】母は週1回の通いに行き始めた。\n\n【本人】息子「午前中だけなら働けそう」",
      .wishes = "母を見ながら、短い時間でも働きたい。",
      .direction = "母の昼間の居場所を作り、息子が体をならす時間を取る。",
      .long_goal = "母も自分も無理のない一日の流れができる",
      .short_goal = "週2回、午前中に外へ出る",
      .roles = {{"coordinator", "", "支援の全体をまとめる", "月1回"}, {"window2", "", "母の介護の相談を受ける", "月1回"}, {"worker", "", "本人と一緒に通う場所をさがす", "月2回"}},
  };
  return s;
}

const Situation& behind_the_door() {
  static const Situation s{
      .about = {"withdrawal", "family", "care"},
      .summary = "息子が10年以上、部屋から出てこない。母は足が弱り、買い物に行けなくなってきた。",
      .reason = "母の暮らしと息子のひきこもりを、一緒に考える場がない。",
      .passed_on = "母は、息子のことを相談したと息子に伝えている。",
      .issues = {{1, "isolation"}, {0, "care"}, {-1, "family_8050"}},
      .first_visit = "【事実】戸ごしに名前を名乗った。返事はない。\n\n【本人】母「テレビの音で、元気なのは分かる」",
      .later_visit = "【事実】戸が少し開いた。将棋の話を5分。\n\n【見立て】将棋が入り口になりそう。\n\n【予定】将棋の会の話をする。",
      .wishes = "母が元気なうちに、自分も少しは動けるようになりたい。",
      .direction = "戸ごしの関係を続け、得意なことを入り口にする。",
      .long_goal = "家の外に、顔を知っている人が一人いる",
      .short_goal = "月に2回、戸口で話す",
      .roles = {{"coordinator", "", "支援の全体をまとめ、見直しの場を開く", "月1回"},
                {"worker", "", "戸口を訪ね、将棋の会に一緒に行く", "月2回"},
                {"window2", "", "母の暮らしの相談を受ける", "月1回"},
                {"", "母", "訪ねて来る日を息子に伝える", "前の日"}},
      .service = "outreach",
  };
  return s;
}

const Situation& new_parents() {
  static const Situation s{
      .about = {"child_rearing", "housing"},
      .summary = "頼れる親族がいない若い夫婦。夜泣きが続き、母は眠れていない。部屋がせまく、引っ越したいが費用がない。",
      .reason = "子育てと住まいと家計の窓口が、それぞれに動いていた。",
      .passed_on = "二人とも、子育ての窓口と住まいの窓口に伝えてよいと話している。",
      .issues = {{-1, "child_rearing"}, {-1, "unstable_housing"}},
      .first_visit = "【本人】母「話を聞いてくれる人がほしかった」",
      .later_visit = "【事実】広場に親子で来た。よく笑っていた。",
      .wishes = "子どもが泣いても、となりを気にしないで暮らしたい。",
      .direction = "夜の休み方を決め、住み替えの費用のめどを立てる。",
      .long_goal = "親子3人で安心して眠れる部屋に移る",
      .short_goal = "週に1回、広場で休む",
      .roles = {{"coordinator", "", "関係機関の連絡をまとめる", "月1回"}, {"worker", "", "広場に一緒に行く", "週1回"}},
  };
  return s;
}

const Situation& three_generations() {
  static const Situation s{
      .about = {"income", "illness", "care"},
      .summary = "40代の本人と80代の両親、20代の子の4人暮らし。家の中の衛生状態が悪く、生活費も足りない。両親は要介護状態だが介護サービスを使っていない。",
      .reason = "本人・両親・子のそれぞれに支援が要るが、どこにもつながっていない。",
      .passed_on = "本人は窓口への苦情が続いている。子は、家のことを相談してよいと話している。",
      .issues = {{-1, "poverty"},
                 {-1, "hoarding"},
                 {0, "disability_suspected", Certainty::suspected, Treatment::untreated},
                 {1, "care"},
                 {2, "care"},
                 {3, "job_keeping_hard"}},
      .first_visit = "【事実】二人で訪ねた。本人は大きな声を出したが、10分で落ち着いた。\n\n【本人】「前の窓口は話を聞かなかった」",
      .later_visit = "【事実】両親の介護の申請を、本人が自分で書いた。\n\n【見立て】順番に一つずつなら進む。",
      .wishes = "親のことを、順番に教えてほしい。",
      .direction = "障がい者の窓口と受診、介護サービス、子の仕事を、一つずつ順に進める。",
      .long_goal = "4人それぞれに相談できる先がある",
      .short_goal = "両親の介護の申請をすませる",
      .roles = {{"coordinator", "", "支援の全体をまとめる", "月1回"},
                {"window3", "", "障がい者の窓口として受診をすすめる", "月1回"},
                {"window2", "", "両親の介護サービスの利用を助ける", "月2回"},
                {"window", "", "子の仕事の相談を受ける", "月1回"}},
      .service = "outreach",
      .safety = "二人で訪ねる。前の窓口の話は、こちらから出さない。",
  };
  return s;
}

const Situation& unclear_spending() {
  static const Situation s{
      .about = {"debt", "job_search", "income"},
      .summary = "50代の本人と20代の子2人、80代の母。年金と働いた収入はあるが、わからない支出が多く、借金で暮らしが苦しい。",
      .reason = "家計・仕事・障がい・介護の窓口が、それぞれ一部だけを知っている。",
      .passed_on = "家計の話は消費生活センターにも伝えてよいとのこと。",
      .issues = {{-1, "debt"}, {-1, "budgeting"}, {0, "job_hard"}, {1, "disability_certified"}, {2, "disability_certified"}},
      .first_visit = "【事実】通帳を一緒に見た。月の半ばに大きな引き落としがある。\n\n【本人】「何の支払いか分からない」",
      .later_visit = "【事実】引き落としは解約できた。\n\n【本人】「仕事の面接を受けてみる」",
      .wishes = "借金の心配をしないで眠りたい。",
      .direction = "支出をはっきりさせ、仕事と子の暮らしの支えを並べて進める。",
      .long_goal = "毎月の収入の中で暮らせる",
      .short_goal = "引き落としを全部書き出す",
      .roles = {{"coordinator", "", "関係機関の連絡をまとめる", "月1回"}, {"window", "", "家計と仕事の相談を受ける", "月2回"}, {"window2", "", "母の介護の相談を受ける", "月1回"}},
  };
  return s;
}

}  // namespace kasane::cli::invented
