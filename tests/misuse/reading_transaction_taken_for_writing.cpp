// fails with: (invalid initialization|cannot convert|no matching function|invalid conversion|no type named|no matching|use of deleted)
#include "db/database.hpp"

using namespace kasane;

void save(db::WriteTx& tx);

void wrong(db::ReadTx& tx) { save(tx); }
