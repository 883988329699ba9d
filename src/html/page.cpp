// The document around a page's content.
#include "html/page.hpp"

namespace kasane::html {
namespace {

std::string window_title(const Page& page) {
  std::string title = page.title;
  if (!page.programme.empty()) title += "｜" + page.programme;
  return title;
}

Html document_head(const Page& page) {
  return el(
      "head",
      raw_literal("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                  "<meta name=\"format-detection\" content=\"telephone=no\">"),
      el("title", window_title(page)), el("link", {{"rel", "stylesheet"}, {"href", page.assets.css}}));
}

Html user_line(const Page& page) {
  Html html;
  if (page.user.empty()) return html;
  html.open("div", {{"class", "user"}}).add(el("p", {{"class", "user-name"}}, page.user));
  if (!page.logout_action.empty()) {
    html.add(el("form", {{"method", "post"}, {"action", page.logout_action}},
                el("input", {{"type", "hidden"}, {"name", "csrf"}, {"value", page.csrf}}),
                button("サインアウト", Look::plain)));
  }
  return html.close("div");
}

Html page_header(const Page& page) {
  return el("header", {{"class", "site-head"}},
            el("p", {{"class", "site-name"}},
               el("a", {{"href", "/"}}, el("span", {{"class", "site-city"}}, page.city), " ", page.programme)),
            user_line(page));
}

Html navigation(const Page& page) {
  Html html;
  if (page.nav.empty()) return html;
  html.open("nav", {{"class", "site-nav"}, {"aria-label", "メインメニュー"}}).open("ul");
  for (const NavItem& item : page.nav) {
    Html label;
    label.add(item.label);
    if (!item.count.empty()) label.add(el("span", {{"class", "count"}}, item.count, only_read_out("件")));
    html.add(
        el("li", el("a", {{"href", item.href}, Attr::when(item.key == page.current, "aria-current", "page")}, label)));
  }
  return html.close("ul").close("nav");
}

Html page_main(const Page& page) {
  Html html;
  html.reserve(page.main.size() + 1024);
  html.open("main", {{"id", "main"}, {"class", "site-main"}, {"tabindex", -1}});
  html.add(breadcrumb(page.crumbs));
  if (page.flash) html.add(banner(page.flash->tone, page.flash->title, page.flash->body));
  html.add(page.heading.empty() ? el("h1", page.title) : el("h1", page.heading));
  if (!page.lead.empty()) html.add(el("div", {{"class", "lead"}}, page.lead));
  return html.add(page.main).close("main");
}

Html page_footer(const Page& page) {
  Html html;
  html.open("footer", {{"class", "site-foot"}});
  if (!page.footer.empty()) {
    html.open("ul", {{"class", "foot-links"}});
    for (const Link& item : page.footer) html.add(el("li", link(item.label, item.href)));
    html.close("ul");
  }
  return html.add(el("p", page.city, " ", page.programme)).close("footer");
}

}  // namespace

std::string document(const Page& page) {
  Html html;
  html.reserve(page.main.size() * 2 + 4096);
  html.add(raw_literal("<!DOCTYPE html>\n")).open("html", {{"lang", "ja"}}).add(document_head(page)).open("body");
  html.add(el("a", {{"class", "skip"}, {"href", "#main"}}, "本文へ進む"));
  html.add(page_header(page)).add(navigation(page)).add(page_main(page)).add(page_footer(page));
  // The one script of a page; typed HTML refuses to make any other.
  if (!page.assets.js.empty()) {
    html.add(raw_literal("<script defer src=\""));
    html.add(page.assets.js);
    html.add(raw_literal("\"></script>"));
  }
  return std::move(html.close("body").close("html")).str();
}

}  // namespace kasane::html
