// The plain error page, see error_page.hpp.
#include "web/error_page.hpp"

#include "base/ids.hpp"
#include "web/assets.hpp"

namespace kasane::web {

namespace {

struct Wording {
  const char* title;
  const char* advice;
};

Wording wording_of(int status) {
  switch (status) {
    case 403:
      return {"この操作はできません",
              "ご自身の役割では使えない画面か、画面を開いてから時間がたっています。前の画面を開き直してください。"};
    case 404:
      return {"ページが見つかりません",
              "アドレスが変わったか、見ることのできないページです。トップページから開き直してください。"};
    case 405:
      return {"この開き方はできません", "前の画面に戻り、画面のボタンから操作してください。"};
    case 413:
      return {"送られた内容が大きすぎます", "ファイルを小さくするか、分けて送ってください。"};
    case 415:
      return {"この形式は受け取れません", "前の画面に戻り、画面のフォームから送ってください。"};
    case 431:
      return {"アドレスなどが長すぎます",
              "トップページから開き直してください。続くときは、ブラウザーのCookieを消してください。"};
    case 503:
      return {
          "ただいま混み合っています",
          "少し待ってから、もう一度お試しください。何かを保存する途中だったときは、前の画面に戻って確かめてください。"};
    default:
      break;
  }
  if (status >= 500) {
    return {"申し訳ありません。処理できませんでした",
            "送った内容は保存されていないことがあります。前の画面に戻って確かめてください。"};
  }
  return {"送られた内容を読み取れませんでした", "前の画面に戻り、もう一度お試しください。"};
}

}  // namespace

std::string request_number(std::uint64_t request_id) { return id_text(static_cast<std::int64_t>(request_id)); }

Reply error_reply(int status, std::uint64_t request_id) {
  const auto wording = wording_of(status);
  std::string body =
      "<!doctype html>\n<html lang=\"ja\">\n<head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"stylesheet\" href=\"";
  body.append(asset_url("app.css")).append("\"><title>");
  body.append(wording.title).append("</title></head>\n<body>\n<main class=\"site-main\">\n<h1>").append(wording.title);
  body.append("</h1>\n<p>").append(wording.advice).append("</p>\n");
  if (request_id != 0) {
    body += "<p>続くときは、次の受付番号をシステムの担当者に伝えてください。</p>\n<p>受付番号 " +
            request_number(request_id) + "</p>\n";
  }
  body += "<p><a href=\"/\">トップページへ</a></p>\n</main>\n</body>\n</html>\n";
  return Reply::html(std::move(body), status);
}

}  // namespace kasane::web
