// Rules of meetings, pure: which body can be called, on what an item may rest, who has to be there, what an attendee
// gets and until when.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

/// Days after the session on which a packet closes, unless another day is set.
inline constexpr int kPacketDays = 14;
/// No packet stays open for more days after the session than these, whatever day is wished.
inline constexpr int kLongestPacketDays = 90;

/// Can the body sit: all but those that only hold others together.
bool can_sit(const programme::Body& body);
/// Whether items of the body rest on consent. What the city's folder leaves open follows the body's function: a
/// 支援会議 of 106条の6 needs none (its members are bound to secrecy), bodies that look at cases otherwise do.
bool rests_on_consent(const programme::Body& body);
/// Does a body of this function look at households. A body under another law does within its slice, on an article
/// of that law.
bool takes_households(programme::BodyFunction function);
/// May a post of this agency call the body and run its items: its host, an owner section, a 多機関協働事業者 (鶴岡:
/// 市や多機関協働事業者が必要と判断したとき).
bool may_convene(const programme::Municipality& m, const programme::Body& body, std::string_view agency);
/// Agencies that see and run every item of the body.
std::vector<AgencyId> conveners(const Settings& city, const programme::Body& body);

/// What the city says about talks by telephone that count as a sitting of this body; '' where it says nothing: then they do not.
std::string phone_rule(const programme::Municipality& m, const programme::Body& body);
/// Why these bodies cannot be held with these agencies present (agency codes), one sentence each; empty: they can.
std::vector<std::string> why_not_held(const programme::Municipality& m, const std::vector<const programme::Body*>& bodies,
                                      Manner manner, const std::vector<std::string>& present);

/// A section of tax or fees gets its item only, until the day of the session (長岡京 N-38).
bool collects(std::string_view agency_name);
/// What an agency gets as proposed: a section of tax Scope::section; on 106条の6 an involved agency or a host the
/// household; all others the item.
Scope proposed_scope(std::string_view agency_name, bool on_consent, bool involved);
/// The last day on which an attendee sees the item; `wished` counts where the scope allows it, for kLongestPacketDays at
/// most.
Date packet_until(Scope scope, Date held_on, std::optional<Date> wished);
/// What an attendee's ground covers: never the visit-safety note, abuse, the reporter or tax.
access::Topics packet_topics(access::Topics chosen);

/// The kind of agenda of a body that fits a matter; '' when it names none.
std::string agenda_kind_for(const programme::Body& body, Matter matter);
/// The city's word for its finding; the general one where the folder has none.
std::string finding_word(const programme::Body& body);
/// Text of a ground of the body; '' for an unknown code.
std::string ground_text(const programme::Body& body, std::string_view code);

}  // namespace kasane::meeting
