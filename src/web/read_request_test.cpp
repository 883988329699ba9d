// Odd and hostile requests, without a socket: what is refused, and what reaches the pages.
#include "web/read_request.hpp"

#include <gtest/gtest.h>

#include "web/percent.hpp"

namespace kasane::web {
namespace {

constexpr const char* kHost = "Host: kasane.example\r\n";

std::string head(const std::string& lines) { return "POST /x HTTP/1.1\r\n" + std::string(kHost) + lines + "\r\n"; }
int refused(const std::string& text) {
  const auto read = read_head(text);
  return read ? 0 : read.error().status;
}

TEST(Head, is_split_into_its_parts) {
  const auto read = read_head(head("Content-Length: 12\r\nX-Odd:\t  a b \t\r\nExpect: 100-Continue\r\n"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->request.method, "POST");
  EXPECT_EQ(read->request.target, "/x");
  EXPECT_EQ(read->request.header("x-odd"), "a b");
  EXPECT_EQ(read->content_length, 12u);
  EXPECT_FALSE(read->chunked);
  EXPECT_TRUE(read->keep_alive);
  EXPECT_TRUE(read->expects_continue);
}

TEST(Head, says_whether_the_connection_stays) {
  EXPECT_FALSE(read_head(head("Connection: foo, Close\r\n"))->keep_alive);
  EXPECT_FALSE(read_head("GET / HTTP/1.0\r\n\r\n")->keep_alive);
  EXPECT_TRUE(read_head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")->keep_alive);
}

TEST(Head, that_two_servers_could_frame_differently_is_refused) {
  for (const char* lines : {
           "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
           "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
           "Content-Length: 3\r\nContent-Length: 3\r\n",
           "Content-Length: 3\r\ncontent-length: 4\r\n",
           "Content-Length: 3, 3\r\n",
           "Content-Length: +3\r\n",
           "Content-Length: -1\r\n",
           "Content-Length: 0x3\r\n",
           "Content-Length:\r\n",
           "Content-Length: 99999999999999999999\r\n",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
           "Transfer-Encoding: gzip, chunked\r\n",
           "Transfer-Encoding: identity\r\n",
           "Transfer-Encoding: xchunked\r\n",
           "Transfer-Encoding : chunked\r\n",
           "Transfer-Encoding:\r\n chunked\r\n",
           " Transfer-Encoding: chunked\r\n",
           "Host: other.example\r\n",
       }) {
    EXPECT_EQ(refused(head(lines)), 400) << lines;
  }
  EXPECT_EQ(refused("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
}

TEST(Head, that_is_malformed_is_refused) {
  for (const std::string& text : {
           std::string(""),
           std::string("GET / HTTP/1.1\r\n\r\n"),                        // no Host
           std::string("GET / HTTP/1.1\nHost: a\n\n"),                   // bare LF
           std::string("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n"),  // bare CR
           std::string("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 34),
           std::string("GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
           std::string("GET / HTTP/1.1 \r\nHost: a\r\n\r\n"),
           std::string("GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
           std::string("GET /\r\nHost: a\r\n\r\n"),
           std::string("GE(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
           std::string("GET /\xE3\x81\x82 HTTP/1.1\r\nHost: a\r\n\r\n"),
           std::string("GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
           std::string("GET / HTTP/1.1\r\nHost: a/../b\r\n\r\n"),
           std::string("GET / HTTP/1.1\r\nHost: a\r\nNo colon\r\n\r\n"),
           std::string("GET / HTTP/1.1\r\nHost: a\r\n: empty\r\n\r\n"),
           std::string("GET / HTTP/1.1\r\nHost: a\r\n\r\nrest"),
           std::string("GET / HTTP/1.1\r\nHost: a\r\n"),
       }) {
    EXPECT_EQ(refused(text), 400) << text;
  }
}

TEST(Head, with_too_many_headers_is_refused) {
  std::string lines;
  for (int i = 0; i < 120; ++i) lines += "X-" + std::to_string(i) + ": a\r\n";
  EXPECT_EQ(refused(head(lines)), 431);
}

TEST(Target, is_decoded_segment_by_segment) {
  const auto target = parse_target("/households/%E5%8C%97%20a/?q=%2F");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/households/北 a");
  EXPECT_EQ(target->segments, (std::vector<std::string>{"households", "北 a"}));
  EXPECT_EQ(target->query, "q=%2F");
  EXPECT_EQ(parse_target("/")->path, "/");
  EXPECT_TRUE(parse_target("/?a")->segments.empty());
}

TEST(Target, that_leads_elsewhere_or_hides_something_is_refused) {
  for (const char* target :
       {"",      "*",    "a",    "http://a/", "//a",  "/a//b", "/./a", "/a/..",   "/%2e%2e/a",  "/a%2Fb", "/a%5Cb",
        "/a\\b", "/%00", "/%0a", "/%7f",      "/%zz", "/%4",   "/%",   "/%C0%AF", "/%ED%A0%80", "/a#b"}) {
    EXPECT_FALSE(parse_target(target)) << target;
  }
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "/a";
  EXPECT_FALSE(parse_target(deep));
}

RawRequest posted(std::string content_type, std::string body) {
  RawRequest raw;
  raw.method = "POST";
  raw.target = "/x?a=1&b=%E3%81%82";
  raw.headers = {{"host", "kasane.example"}, {"cookie", "s=1"}, {"user-agent", "x"}, {"cookie", "t=2"}};
  if (!content_type.empty()) raw.headers.emplace_back("content-type", std::move(content_type));
  raw.body = std::move(body);
  raw.request_id = 7;
  return raw;
}

TEST(ReadRequest, gives_pages_what_they_need_and_no_more) {
  const auto request =
      read_request(posted("application/x-www-form-urlencoded; charset=UTF-8", "name=%E6%A5%A0+a&name="));
  ASSERT_TRUE(request);
  EXPECT_EQ(request->query, (Pairs{{"a", "1"}, {"b", "あ"}}));
  EXPECT_EQ(request->posted, (Pairs{{"name", "楠 a"}, {"name", ""}}));
  EXPECT_EQ(request->cookie("t"), "2");
  EXPECT_EQ(request->header("user-agent"), "");
  EXPECT_EQ(request->request_id, 7u);
}

TEST(ReadRequest, takes_only_forms) {
  const auto status = [](std::string type, std::string body) {
    const auto request = read_request(posted(std::move(type), std::move(body)));
    return request ? 0 : request.error().status;
  };
  EXPECT_EQ(status("application/json", "{}"), 415);
  EXPECT_EQ(status("text/plain", "a=1"), 415);
  EXPECT_EQ(status("", "a=1"), 415);
  EXPECT_EQ(status("application/x-www-form-urlencoded; charset=Shift_JIS", "a=1"), 415);
  EXPECT_EQ(status("application/x-www-form-urlencoded", "a=%82%A0"), 400) << "bytes of Shift_JIS";
  EXPECT_EQ(status("multipart/form-data", "--"), 400);
  EXPECT_EQ(status("", ""), 0) << "a button without fields";
}

TEST(ReadRequest, refuses_compressed_bodies_and_broken_queries) {
  auto raw = posted("application/x-www-form-urlencoded", "a=1");
  raw.headers.emplace_back("content-encoding", "gzip");
  EXPECT_EQ(read_request(std::move(raw)).error().status, 415);
  raw = posted("", "");
  raw.target = "/?a=%C3";
  EXPECT_EQ(read_request(std::move(raw)).error().status, 400);
}

TEST(Percent, decodes_strictly_and_encodes_what_it_decodes) {
  EXPECT_EQ(percent_decode("a+b%2b", true), "a b+");
  EXPECT_EQ(percent_decode("a+b", false), "a+b");
  EXPECT_EQ(percent_encode("楠本 a/b~"), "%E6%A5%A0%E6%9C%AC%20a%2Fb~");
  EXPECT_EQ(percent_decode(percent_encode("𠮷野家 100%+&=\n"), true), "𠮷野家 100%+&=\n");
}

TEST(Utf8, takes_what_is_well_formed_and_nothing_else) {
  for (const char* good : {"", "a", "あ", "𠮷", "\xF4\x8F\xBF\xBF", "葛\U000E0100"}) EXPECT_TRUE(is_utf8(good)) << good;
  for (const char* bad : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE3\x81",
                          "\xE3\x81"
                          "a",
                          "a\xC3"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

}  // namespace
}  // namespace kasane::web
