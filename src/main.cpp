// kasane: one program for a municipality's 重層的支援体制整備事業. `kasane --help` lists the commands.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>

#include "base/clock_shift.hpp"
#include "cli/audit_commands.hpp"
#include "cli/audit_keys.hpp"
#include "cli/commands.hpp"

namespace {

int run(int argc, char** argv) {
  using namespace kasane::cli;
  CLI::App app("かさね: 重層的支援体制整備事業の記録と会議", "kasane");
  app.require_subcommand(1);
  std::string settings_file, municipalities = "municipalities", data = "var";
  app.add_option("--settings", settings_file, "設定ファイル（TOML）。なければ --municipalities と --data を使います");
  app.add_option("--municipalities", municipalities, "市の設定フォルダーを集めた場所");
  app.add_option("--data", data, "データベース・監査・鍵の置き場所");

#ifdef KASANE_DAYS_AHEAD
  int days_ahead = 0;
  app.add_option("--days-ahead", days_ahead, "試験のため: 何日先の日付で動かすか（デバッグ版だけ）")->check(CLI::Range(0, 3660));
#endif
  std::string address;
  int port = -1;
  auto* serve_cmd = app.add_subcommand("serve", "画面を開けるようにします（止めるまで動きます）");
  serve_cmd->add_option("--address", address, "待ち受けるアドレス");
  serve_cmd->add_option("--port", port, "待ち受けるポート")->check(CLI::Range(0, 65535));

  std::string folder, national;
  auto* check_cmd = app.add_subcommand("check-municipality", "市の設定フォルダーの誤りを、ファイル・行・直し方とともに示します");
  check_cmd->add_option("DIR", folder, "市の設定フォルダー")->required();
  check_cmd->add_option("--national", national, "全国共通のコード表の場所");

  std::string target;
  auto* backup_cmd = app.add_subcommand("backup", "動かしたままデータベースの控えを取ります");
  backup_cmd->add_option("TARGET", target, "新しく作る控えのフォルダー")->required();

  std::string slug, login, name;
  auto* admin_cmd = app.add_subcommand("add-administrator", "最初の管理者を作ります（パスワードは標準入力から）");
  admin_cmd->add_option("CITY", slug, "市の短い名前")->required();
  admin_cmd->add_option("LOGIN", login, "利用者ID")->required();
  admin_cmd->add_option("NAME", name, "氏名")->required();

  std::string lost_slug, lost_login;
  auto* password_cmd = app.add_subcommand("set-password", "サインインできなくなった利用者のパスワードを決め直します（パスワードは標準入力から）");
  password_cmd->add_option("CITY", lost_slug, "市の短い名前")->required();
  password_cmd->add_option("LOGIN", lost_login, "利用者ID")->required();

  auto* audit_cmd = app.add_subcommand("audit", "閲覧と変更の記録を確かめます");
  audit_cmd->require_subcommand(1);
  std::string audited;
  std::vector<std::string> outside, public_keys;
  auto* verify_cmd = audit_cmd->add_subcommand("verify", "書きかえ・取り除き・並べかえがないかを、はじめから計算し直して確かめます");
  verify_cmd->add_option("CITY", audited, "市の短い名前（なければすべて）");
  verify_cmd->add_option("--outside", outside, "外に置いた確認点の写し");
  verify_cmd->add_option("--key", public_keys, "外に控えた公開鍵（64桁。交代した鍵があれば、いくつでも）");
  auto* checkpoint_cmd = audit_cmd->add_subcommand("checkpoint", "いちばん新しい確認点を示します（控え帳に写すため）");
  auto* rotate_cmd = audit_cmd->add_subcommand("rotate-key", "確認点に署名する鍵を、新しい鍵に交代します");

  auto* restored_cmd = app.add_subcommand("restored", "控えから戻したあと、始める前に: サインインをすべて終わらせ、戻したことを記録します");
  restored_cmd->add_option("--outside", outside, "外に置いた確認点の写し");

  std::string dispose_slug, dispose_log;
  auto* dispose_cmd = app.add_subcommand("dispose-again", "古い控えから戻したあと、廃棄したものをもう一度廃棄します");
  dispose_cmd->add_option("CITY", dispose_slug, "市の短い名前")->required();
  dispose_cmd->add_option("LOG", dispose_log, "廃棄の控え（CSV）")->required();

  auto* demo_cmd = app.add_subcommand("demo", "作り話の世帯を入れて、試し用の利用者を示します");
  CLI11_PARSE(app, argc, argv);
#ifdef KASANE_DAYS_AHEAD
  kasane::run_days_ahead(days_ahead);
#endif

  if (*check_cmd) return check_municipality(folder, national);
  AppSettings settings;
  if (settings_file.empty()) {
    settings = default_settings(municipalities, data);
  } else {
    auto loaded = load_settings(settings_file);
    if (!loaded) {
      for (const std::string& line : loaded.error()) std::cerr << line << "\n";
      return 1;
    }
    settings = std::move(*loaded);
  }
  if (!address.empty()) settings.http.address = address;
  if (port >= 0) settings.http.port = static_cast<std::uint16_t>(port);
  if (*serve_cmd) return serve(std::move(settings));
  if (*backup_cmd) return backup(settings, target);
  if (*admin_cmd) return add_administrator(settings, slug, login, name);
  if (*password_cmd) return set_password(settings, lost_slug, lost_login);
  if (*verify_cmd) return audit_verify(settings, audited, outside, public_keys);
  if (*checkpoint_cmd) return audit_checkpoint(settings);
  if (*rotate_cmd) return rotate_key(settings);
  if (*restored_cmd) return restored(settings, outside);
  if (*dispose_cmd) return dispose_again(settings, dispose_slug, dispose_log);
  if (*demo_cmd) return demo(settings);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& e) {
    std::fputs(e.what(), stderr);
    std::fputs("\n", stderr);
    return 1;
  }
}
