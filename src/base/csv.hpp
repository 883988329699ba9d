// Lists as files: RFC 4180 with what offices really send. Reading takes UTF-8 (with or without BOM) and CP932 and
// keeps the line of every row, so that a fault can be found in the file; writing gives either and names every cell that
// is not as it was.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kasane {

enum class CsvEncoding { utf8, cp932 };

struct CsvRow {
  std::size_t line = 0;  // of the file, from 1; where the row begins
  std::vector<std::string> cells;
};

/// `message` is Japanese and quotes nothing from the file.
struct CsvFault {
  std::size_t line = 0;  // 0: the file as a whole
  std::string message;
};

struct CsvLimits {
  std::size_t rows = 200'000;
  std::size_t cells = 1'000;  // in one row
  std::size_t cell_bytes = 100'000;
};

struct CsvFile {
  CsvEncoding encoding = CsvEncoding::utf8;
  std::vector<CsvRow> rows;      // as far as they could be read; empty lines are left out
  std::vector<CsvFault> faults;  // none: the file is as it should be
};

/// Reads the bytes of a file. Never throws for what is in them. Reading ends at the first row over a limit, with a
/// fault.
CsvFile read_csv(std::string_view bytes, const CsvLimits& limits = {});

struct CsvChange {
  enum class Kind {
    guarded,       // would have been run as a formula; an apostrophe stands before it
    not_in_cp932,  // some characters were replaced (〓, usual form) or dropped
  };
  std::size_t row = 0;     // from 1, the head included
  std::size_t column = 0;  // from 1
  Kind kind;
  friend bool operator==(const CsvChange&, const CsvChange&) = default;
};

class CsvWriter {
 public:
  explicit CsvWriter(CsvEncoding encoding);
  void row(const std::vector<std::string>& cells);
  /// The file so far; UTF-8 begins with a BOM, because Excel reads it wrongly without one. Lines end in CR LF.
  const std::string& bytes() const { return bytes_; }
  const std::vector<CsvChange>& changes() const { return changes_; }

 private:
  std::string cell(const std::string& text, std::size_t column);
  CsvEncoding encoding_;
  std::size_t rows_ = 0;
  std::string bytes_;
  std::vector<CsvChange> changes_;
};

}  // namespace kasane
