// Pages of the auditor: events without content, what is unusual in them, and where the proof of their being whole stands.
#pragma once
#include "programme/context.hpp"

namespace kasane::programme {

/// /audit, /audit/unusual
void add_audit_routes(Router& router);

}  // namespace kasane::programme
