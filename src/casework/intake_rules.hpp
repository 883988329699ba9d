// Rules of intakes and their screening. Pure.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/model.hpp"
#include "base/result.hpp"
#include "casework/intake_model.hpp"

namespace kasane::casework {

/// Codes joined by ',' as stored, and back.
std::string joined(const std::vector<std::string>& codes);
std::vector<std::string> parted(std::string_view codes);

/// Codes of the tables consultation_topics and issues that name abuse or violence.
std::span<const std::string_view> abuse_codes();
/// Whether a code of the tables consultation_topics or issues names abuse or violence: then 通告・通報 is offered at once.
bool names_abuse(const std::vector<std::string>& codes);
/// The most serious topic first, the others in their order.
std::vector<std::string> most_serious_first(std::vector<std::string> about, std::string_view most_serious);

/// Whether those who reach the household may know the intake: only where it is about a known person (so that each
/// person's consent covers just what is about that person), names no abuse, and the window is not a secret in itself.
access::Sharing sharing_of(bool household_known, bool person_known, bool abuse_named, bool sensitive_agency);

/// Topics that an Intake・アセスメントシート may speak of; who may not see all of them sees none of its answers.
inline constexpr access::Topics kSheetTopics = access::Topic::basic | access::Topic::contact | access::Topic::health | access::Topic::economy |
                                               access::Topics(access::Topic::work) | access::Topic::family | access::Topic::child |
                                               access::Topic::housing;

std::vector<FieldError> faults_of(const IntakeContent& content, Date today);
std::vector<FieldError> faults_of(const Screening& screening, Date taken_on, Date today);

}  // namespace kasane::casework
