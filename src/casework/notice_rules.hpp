// Rules of notices: who is suggested as owner, by when somebody looks, what may happen in which state. Pure.
#pragma once
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "casework/notice_model.hpp"
#include "programme/municipality.hpp"

namespace kasane::casework {

/// Agencies to look into a notice, best first: the 包括 of the area, the city's own section, the operator of 多機関協働.
/// Never an agency that is secret in itself or dormant. Empty only where the folder names none of them.
std::vector<const programme::Agency*> suggested_owners(const programme::Municipality& m, std::string_view area);
/// Whether an agency may be the owner: one that works with households and is active.
bool may_own_notice(const programme::Agency& agency);
/// The day by which somebody looks: today where abuse is named (a 通告 does not wait), else the city's days.
Date look_by(const programme::Deadlines& days, Date today, bool abuse_named);
/// 地域からの情報 (T-88): residents, commissioners, families, the person, without a name, or a meeting in the area.
bool is_from_community(std::string_view source);
bool may_look(NoticeState state);
bool may_link(NoticeState state);

std::vector<FieldError> faults_of(const NewNotice& notice, Date today);
std::vector<FieldError> faults_of(const Look& look, Date received_on, AgencyId owner, Date today);

}  // namespace kasane::casework
