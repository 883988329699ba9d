// Pages without their audit, to measure what it costs. The linker hands this executable's calls of AuditLog::submit to
// the function below (--wrap in CMakeLists.txt); the program that is served has no such switch.
#include "access/audit.hpp"
#include "slow_parts.hpp"

// As the symbol of access::AuditLog::submit(AccountId, Trail&, UtcMs, std::function<void(bool)>); where that changes,
// the bench no longer links.
#define KASANE_SUBMIT "_ZN6kasane6access8AuditLog6submitENS_2IdINS_10AccountTagEEERNS0_5TrailElSt8functionIFvbEE"

namespace kasane::bench {

namespace {
bool audits = true;
}

void audit_reads(bool on) { audits = on; }

void audited_submit(access::AuditLog* self, AccountId account, access::Trail& trail, UtcMs at, std::function<void(bool)> done) asm("__real_" KASANE_SUBMIT);
void submit(access::AuditLog* self, AccountId account, access::Trail& trail, UtcMs at, std::function<void(bool)> done) asm("__wrap_" KASANE_SUBMIT);

void submit(access::AuditLog* self, AccountId account, access::Trail& trail, UtcMs at, std::function<void(bool)> done) {
  if (audits) audited_submit(self, account, trail, at, std::move(done));
  else done(true);
}

}  // namespace kasane::bench
