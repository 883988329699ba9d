// SQL of the registers of meetings: attendance, acknowledged secrecy, numbers of a year. Agencies and numbers; no case.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting::store {

struct AttendanceLine {
  std::string body;
  AgencyId agency;
  int invited = 0;  // sittings to which it was asked or came
  int present = 0;
};
/// Held sittings of the year, by body and agency. A sitting in parts counts by the part of the body.
std::vector<AttendanceLine> attendance(db::ReadTx& tx, FiscalYear year);

struct HeldLine {
  std::string body;
  programme::BodyFunction function = programme::BodyFunction::liaison;
  int sittings = 0;
  int by_phone = 0;
  int items = 0;    // treated
};
/// Held sittings of the year and the items treated in them, by body.
std::vector<HeldLine> held(db::ReadTx& tx, FiscalYear year);
struct GroundLine {
  std::string body;
  programme::BodyFunction function = programme::BodyFunction::liaison;
  std::string code;  // '': about the system
  std::string text;
  int items = 0;
};
/// Items treated in the sittings of the year, by body and ground.
std::vector<GroundLine> grounds(db::ReadTx& tx, FiscalYear year);

/// Held sittings of the body in the year, soonest first, at most 500.
struct SittingLine {
  SessionId id;
  Date on;
  Manner manner = Manner::sitting;
};
std::vector<SittingLine> sittings(db::ReadTx& tx, const std::string& body, FiscalYear year);
/// Treated items of the body on this ground that the viewer may know, at most 500.
struct TreatedLine {
  AgendaItemId id;
  int number = 0;
  Date on;
};
std::vector<TreatedLine> treated(const access::Scope<AgendaItemTag>& scope, const std::string& body, const std::string& ground, FiscalYear year);

struct SecrecyLine {
  std::string body;
  AgencyId agency;
  std::int64_t role = 0;    // number of the role of the post
  std::string name;         // of the account
  std::optional<Date> on;   // acknowledged
};
/// Accounts with a post in agencies that got a packet of the body in the year, whether they acknowledged its secrecy, at most
/// 2000.
std::vector<SecrecyLine> secrecy(db::ReadTx& tx, FiscalYear year, Date today);

}  // namespace kasane::meeting::store
