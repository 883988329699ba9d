// Replays a fuzz corpus in an ordinary test run: every file given, and every file in the directories given, goes once
// through LLVMFuzzerTestOneInput. With the sanitizers on, a fault ends the program.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

bool replay(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::cerr << "cannot read " << path << "\n";
    return false;
  }
  std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 0;
  for (int at = 1; at < argc; ++at) {
    for (const fs::path& file : files_of(argv[at])) {
      if (!replay(file)) return 1;
      ++count;
    }
  }
  if (count == 0) {
    std::cerr << "usage: " << argv[0] << " FILE-OR-DIRECTORY...\nNo file was replayed.\n";
    return 1;
  }
  std::cout << count << " inputs replayed\n";
  return 0;
}
