// Situations as they come up in every city: what is told, found and aimed at, without names.
#pragma once
#include "cli/demo_courses.hpp"

namespace kasane::cli::invented {

const Situation& lost_work();         // 失業と家賃の滞り
const Situation& child_at_home();     // 不登校と家計
const Situation& piled_up_rooms();    // 片付かない家と受診しない姉弟
const Situation& alone_with_mother(); // 認知症の母と、病気のあとの子
const Situation& behind_the_door();   // ひきこもりの子と年金暮らしの親
const Situation& new_parents();       // 身寄りのない子育て
// 会津若松の計画の「想定されるケース事例」(W-68…W-75) の一つ目と三つ目
const Situation& three_generations();
const Situation& unclear_spending();

}  // namespace kasane::cli::invented
