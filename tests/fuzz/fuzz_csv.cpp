// Any bytes as a CSV file: the reader never fails, and what it read is written and read back the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/csv.hpp"
#include "base/japanese.hpp"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

void check_round_trip(const kasane::CsvFile& file) {
  kasane::CsvWriter writer(kasane::CsvEncoding::utf8);
  for (const auto& row : file.rows) writer.row(row.cells);
  if (!writer.changes().empty()) return;  // guarded cells read back with their guard
  kasane::CsvFile again = kasane::read_csv(writer.bytes());
  must(again.rows.size() == file.rows.size());
  for (std::size_t at = 0; at < file.rows.size(); ++at) must(again.rows[at].cells == file.rows[at].cells);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  kasane::CsvFile file = kasane::read_csv(bytes, {.rows = 1'000, .cells = 100, .cell_bytes = 10'000});
  for (const auto& row : file.rows) {
    for (const auto& cell : row.cells) must(kasane::is_valid_utf8(cell));
  }
  if (file.faults.empty()) check_round_trip(file);
  kasane::CsvWriter office(kasane::CsvEncoding::cp932);
  for (const auto& row : file.rows) office.row(row.cells);
  return 0;
}
