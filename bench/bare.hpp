// The bare SQL of each page: what the page reads (who asks, and every column of every row that it shows), by direct
// statements without access rules, audit or HTML. What a page costs is compared with this.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "city.hpp"

namespace kasane::bench {

/// CPU of this thread per run, in milliseconds, by name of the page; 0 where a page reads nothing.
class Bare {
 public:
  Bare(const std::filesystem::path& database, const Generated& city);
  double household(int runs);
  double records(int runs);
  double the_case(int runs);
  double case_list(int runs);
  double today(int runs);
  double search(int runs);
  double save_record(int runs);

 private:
  std::filesystem::path database_;
  const Generated& city_;
};

}  // namespace kasane::bench
