#include "cli/secret_input.hpp"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace kasane::cli {

namespace {

/// Switches the terminal's echo off while it lives; does nothing where the input is no terminal.
class EchoOff {
 public:
  EchoOff() : changed_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!changed_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~EchoOff() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;

 private:
  termios before_{};
  bool changed_;
};

std::string ask(const char* words) {
  const EchoOff quiet;  // before asking: who types at once is not shown either
  std::cout << words << std::flush;
  std::string line;
  std::getline(std::cin, line);
  std::cout << "\n";
  return line;
}

}  // namespace

std::optional<std::string> read_new_password() {
  std::string first = ask("パスワード（10文字以上。入力しても表示されません）: ");
  if (::isatty(STDIN_FILENO) == 1 && ask("もう一度: ") != first) return std::nullopt;
  return first;
}

}  // namespace kasane::cli
