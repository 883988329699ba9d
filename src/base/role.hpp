// Roles of posts. What a role may do is decided in access/rules; here are only the names, so that routes
// (web) can name their need. The number is stored: never reuse one.
#pragma once
#include <cstdint>
#include <initializer_list>

namespace kasane {

enum class Role : std::uint8_t {
  window_counsellor = 1,  // 窓口相談員: takes intakes and supports, at any window
  coordinator = 2,        // 相談支援包括化推進員 and its local names: triage, team, plans, meetings
  field_worker = 3,       // outreach, participation and community workers, CSW
  city_officer = 4,       // programme section of the city
  head = 5,               // decides (支援決定), confirms
  secretary = 6,          // meeting secretary: agenda and dates, no content
  meeting_member = 7,     // sees the items of which they got a packet
  commissioner = 8,       // 民生委員・児童委員: reports, sees only 受け止めました
  administrator = 9,      // settings and accounts, no case content
  auditor = 10,           // audit, no case content
};
inline constexpr int kRoleCount = 10;

/// A set of roles.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(std::initializer_list<Role> roles) { for (Role r : roles) bits_ |= bit(r); }
  constexpr bool has(Role r) const { return (bits_ & bit(r)) != 0; }
  constexpr bool meets(Roles o) const { return (bits_ & o.bits_) != 0; }
  constexpr void add(Role r) { bits_ |= bit(r); }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr std::uint32_t bits() const { return bits_; }
  friend constexpr bool operator==(Roles, Roles) = default;

 private:
  static constexpr std::uint32_t bit(Role r) { return 1u << static_cast<unsigned>(r); }
  std::uint32_t bits_ = 0;
};

/// Those who work with households: counsellors, coordinators, field workers, city officers, heads.
inline constexpr Roles kCaseRoles{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer, Role::head};

}  // namespace kasane
