#include "cli/audit_keys.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iostream>

#include "access/key_handover.hpp"
#include "access/line_parts.hpp"

namespace kasane::cli {

namespace {

bool write_new(const std::filesystem::path& file, const std::string& text, mode_t mode) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL, mode);
  if (fd < 0) return false;
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  ::close(fd);
  return written;
}

Signer signer_in(const std::filesystem::path& file) {
  std::array<std::uint8_t, 32> secret{};
  if (!access::read_hex(first_line(file), secret)) throw std::runtime_error("the audit key is damaged; restore it from the backup");
  return Signer(secret);
}

}  // namespace

std::string first_line(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string text;
  std::getline(in, text);
  return text;
}

Signer load_or_make_signer(const std::filesystem::path& data) {
  std::filesystem::create_directories(data);
  const std::filesystem::path file = data / "audit-key";
  if (!std::filesystem::exists(file) && !write_new(file, to_hex(random_bytes(32)), 0600)) throw std::runtime_error("the audit key cannot be written");
  const Signer signer = signer_in(file);
  if (!std::filesystem::exists(data / "audit-key.pub")) write_new(data / "audit-key.pub", access::hex(signer.public_key()) + "\n", 0644);
  return signer;
}

bool keep_outside(const std::filesystem::path& file, const std::string& line) {
  std::error_code ignored;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0640);
  if (fd < 0) return false;
  const std::string text = line + "\n";
  const bool kept = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  ::close(fd);
  return kept;
}

std::filesystem::path handovers_file(const std::filesystem::path& data) { return data / "audit-keys.txt"; }

int rotate_key(const AppSettings& settings) {
  init_crypto();
  const std::filesystem::path now = settings.data / "audit-key", next = settings.data / "audit-key.new", shown = settings.data / "audit-key.pub.new";
  if (!std::filesystem::exists(now)) {
    std::cout << "まだ署名の鍵がありません。はじめに動かしたときに作られます。\n";
    return 2;
  }
  // One that was left lying by a crash is taken up again: its handover may be outside already, and a second one of the
  // same key would look like a copy of it in other hands.
  if (!std::filesystem::exists(next) && !write_new(next, to_hex(random_bytes(32)), 0600)) throw std::runtime_error("the new audit key cannot be written");
  const Signer old_key = signer_in(now), new_key = signer_in(next);
  const std::string line = access::handover_line(access::sign_handover(old_key, new_key, SystemClock().now()));
  if (!keep_outside(settings.checkpoints, line) || !keep_outside(handovers_file(settings.data), line)) {
    std::cout << "交代の行を書けません。鍵は前のままです。場所を確かめて、もう一度動かしてください。\n";
    return 2;
  }
  std::filesystem::remove(shown);
  if (!write_new(shown, access::hex(new_key.public_key()) + "\n", 0644)) throw std::runtime_error("the new public key cannot be written");
  std::filesystem::rename(next, now);
  std::filesystem::rename(shown, settings.data / "audit-key.pub");
  std::cout << "署名の鍵を交代しました。動いているプログラムは、始め直すと新しい鍵を使います。\n新しい公開鍵（紙に控えてください）: " << access::hex(new_key.public_key())
            << "\n交代の行（外にも置いてください）:\n  " << line << "\n";
  return 0;
}

}  // namespace kasane::cli
