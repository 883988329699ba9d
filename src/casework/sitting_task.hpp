// What an agency undertook at a sitting becomes its task.
#pragma once
#include "casework/task_service.hpp"

namespace kasane::casework {

/// Written by who runs the agenda item, who need not work on the household: the leave to change the item is the proof. The
/// agency was there, or is told what it is asked to do. Errors: not_found (another household, or leave to look alone), invalid
/// as of add_task.
Result<TaskId> add_task_of_sitting(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const access::Permit<AgendaItemTag>& item,
                                   NewTask in);

}  // namespace kasane::casework
