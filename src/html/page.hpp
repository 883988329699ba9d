// The whole document around a page's content: skip link, header, navigation, message, main, footer.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "html/content.hpp"
#include "html/html.hpp"

namespace kasane::html {

struct NavItem {
  std::string key;
  std::string label;
  std::string href;
  std::string count = {};  // what waits there: "3"; empty: not shown
};

struct Flash {
  Tone tone = Tone::success;
  std::string title;
  Html body = {};
};

/// Addresses of the built files, with their version in the address so that they may be cached for ever.
struct Assets {
  std::string css;
  std::string js;
};

struct Page {
  std::string title;      // level-1 heading and, with the programme, the window's title; no personal data (tabs and
                          // history show it): put a household's name into `heading`
  Html heading = {};      // shown instead of the title where it may hold personal text
  std::string programme;  // the city's own name for the programme
  std::string city;
  std::string user = {};  // "相談支援課 鈴木（推進員）"; empty: nobody is logged in
  std::string logout_action = {};
  std::string csrf = {};  // for logging out
  std::vector<NavItem> nav = {};
  std::string current = {};  // key of the entry of nav where we are
  std::vector<Link> crumbs = {};
  std::optional<Flash> flash = std::nullopt;
  Html lead = {};  // chips or a line under the heading
  Html main;
  std::vector<Link> footer = {};  // "この画面を見た人", "見られる理由", manual, accessibility
  Assets assets;
};

/// The finished document as UTF-8, from <!DOCTYPE html> on.
std::string document(const Page& page);

}  // namespace kasane::html
