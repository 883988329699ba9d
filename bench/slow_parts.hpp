// Conditions that only the bench's own server can be put under.
#pragma once
#include <chrono>

namespace kasane::bench {

/// Pages leave without their event in the audit.
void audit_reads(bool on);
/// Every sync of a file takes this much longer: a slow disk.
void slow_syncs(std::chrono::milliseconds by);

}  // namespace kasane::bench
