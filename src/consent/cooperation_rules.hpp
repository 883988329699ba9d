// Pure decisions about 協力依頼: who may ask in a meeting's name, what is wrong with a request or an answer.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "consent/cooperation_model.hpp"
#include "programme/municipality.hpp"

namespace kasane::consent {

/// May posts of this agency ask in the name of the body: those who may hold it (its hosts, an owner section, a
/// 多機関協働事業者).
bool may_ask_for(const programme::Municipality& m, const programme::Body& body, std::string_view agency);
/// Faults by field: to, outside, question, topics, due_on. `visible`: what the asker sees of the household.
std::vector<FieldError> faults_of(const NewCooperation& what, AgencyId asker, access::Topics visible, Date today);
std::vector<FieldError> faults_of(const CooperationAnswer& answer, Date asked_on, Date today);
/// Days after the day of the answer on which what was told for it ends, answered or not.
int cooperation_days(const programme::Municipality& m);
/// "協R08-0001"
std::string cooperation_number(std::string_view prefix, FiscalYear year, std::int64_t serial);

}  // namespace kasane::consent
