#include "server.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace kasane::bench {

namespace {

/// "http://127.0.0.1:40123/" from the first line that the server prints.
std::uint16_t port_from(int fd) {
  std::string line;
  for (char c = 0; c != '\n';) {
    pollfd wait{fd, POLLIN, 0};
    if (::poll(&wait, 1, 60'000) <= 0 || ::read(fd, &c, 1) != 1) throw std::runtime_error("the server did not start");
    line += c;
  }
  const std::size_t colon = line.rfind(':');
  if (colon == std::string::npos) throw std::runtime_error("the server did not tell its port: " + line);
  return static_cast<std::uint16_t>(std::stoi(line.substr(colon + 1)));
}

/// Nanoseconds on a CPU of one thread; negative where the kernel does not count them.
double thread_ns(const std::filesystem::path& task) {
  std::ifstream in(task / "schedstat");
  double ns = -1;
  in >> ns;
  return in ? ns : -1;
}

}  // namespace

ServerProcess::ServerProcess(const std::filesystem::path& settings, const std::filesystem::path& parts) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execl(program.c_str(), program.c_str(), "--serve", settings.c_str(), "--parts", parts.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  out_ = ends[0];
  port_ = port_from(out_);
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) {
    ::kill(pid_, SIGTERM);
    int status = 0;
    ::waitpid(pid_, &status, 0);
  }
  if (out_ >= 0) ::close(out_);
}

double ServerProcess::cpu_ms() const {
  const std::filesystem::path proc = "/proc/" + std::to_string(pid_);
  double ns = 0;
  for (const auto& task : std::filesystem::directory_iterator(proc / "task")) {
    const double one = thread_ns(task.path());
    if (one < 0) {
      ns = -1;
      break;
    }
    ns += one;
  }
  if (ns > 0) return ns / 1e6;
  std::ifstream in(proc / "stat");
  std::stringstream text;
  text << in.rdbuf();
  std::string rest = text.str();
  rest = rest.substr(rest.rfind(')') + 2);
  std::istringstream fields(rest);
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;  // state … cmajflt
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) * 1000.0 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double ServerProcess::status_mb(const std::string& key) const {
  std::ifstream in("/proc/" + std::to_string(pid_) + "/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(key)) return std::stod(line.substr(key.size())) / 1024.0;
  return 0;
}

}  // namespace kasane::bench
