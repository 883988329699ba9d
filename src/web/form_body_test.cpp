// Posted forms, as browsers write them and as nobody should.
#include "web/form_body.hpp"

#include <gtest/gtest.h>

namespace kasane::web {
namespace {

std::string part(const std::string& disposition, const std::string& content, const std::string& more = "") {
  return "--XX\r\nContent-Disposition: form-data; " + disposition + "\r\n" + more + "\r\n" + content + "\r\n";
}
const std::string kEnd = "--XX--\r\n";

TEST(UrlencodedForm, keeps_order_and_repeated_keys) {
  EXPECT_EQ(parse_urlencoded("a=1&b&&a=%0D%0A&c=="), (Pairs{{"a", "1"}, {"b", ""}, {"a", "\r\n"}, {"c", "="}}));
  EXPECT_EQ(parse_urlencoded(""), Pairs{});
}

TEST(UrlencodedForm, is_refused_as_a_whole_when_one_field_is_broken) {
  for (const char* text : {"a=1&b=%", "a=1&b=%E3%81", "a=1&b=%00", "=1", "a%0a=1", "a=1&%ff=2"}) {
    EXPECT_FALSE(parse_urlencoded(text)) << text;
  }
  EXPECT_FALSE(parse_urlencoded(std::string(201, 'k') + "=1"));
}

TEST(UrlencodedForm, has_a_limit_of_fields) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "a=1&";
  EXPECT_TRUE(parse_urlencoded(text));
  EXPECT_FALSE(parse_urlencoded(text + "a=1"));
}

TEST(MultipartForm, gives_texts_and_files_but_never_file_names) {
  const auto form = parse_multipart(part("name=\"note\"", "一行目\r\n--X\r\n") +
                                        part("name=\"sheet\"; filename=\"楠本 花子 同意書.jpg\"",
                                             std::string("\xFF\0\r\n", 4), "Content-Type: image/JPEG\r\n") +
                                        kEnd,
                                    "XX");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->posted, (Pairs{{"note", "一行目\r\n--X\r\n"}}));
  ASSERT_EQ(form->uploads.size(), 1u);
  EXPECT_EQ(form->uploads[0].field, "sheet");
  EXPECT_EQ(form->uploads[0].content_type, "image/jpeg");
  EXPECT_EQ(form->uploads[0].bytes, std::string("\xFF\0\r\n", 4));
}

TEST(MultipartForm, leaves_out_a_file_that_was_not_chosen_but_keeps_an_empty_text) {
  const auto form =
      parse_multipart(part("name=\"f\"; filename=\"\"", "", "Content-Type: application/octet-stream\r\n") +
                          part("name=\"t\"", "") + kEnd,
                      "XX");
  ASSERT_TRUE(form);
  EXPECT_TRUE(form->uploads.empty());
  EXPECT_EQ(form->posted, (Pairs{{"t", ""}}));
}

TEST(MultipartForm, with_nothing_in_it_is_an_empty_form) {
  const auto form = parse_multipart("--XX--", "XX");
  ASSERT_TRUE(form);
  EXPECT_TRUE(form->posted.empty() && form->uploads.empty());
}

TEST(MultipartForm, that_is_malformed_is_refused_as_a_whole) {
  const std::string good = part("name=\"a\"", "1");
  for (const std::string& body : {
           std::string(""),
           good,                                // cut before the end
           good.substr(0, good.size() - 2),     // cut inside
           "x" + good + kEnd,                   // something before the first part
           good + kEnd + "more",                // and after the last
           good + "--XXY\r\n" + kEnd,           // a boundary that goes on
           part("filename=\"a\"", "1") + kEnd,  // no name
           part("name=\"\"", "1") + kEnd,
           part("name=\"a", "1") + kEnd,           // open quotes
           part("name=\"a\"", "\xE3\x81") + kEnd,  // not UTF-8
           part("name=\"a\"", std::string(1, '\0')) + kEnd,
           part("name=\"a\"", "1", "Content-Disposition: form-data; name=\"b\"\r\n") + kEnd,
           part("name=\"a\"", "MQ==", "Content-Transfer-Encoding: base64\r\n") + kEnd,
           part("name=\"a\"", "1", "no colon\r\n") + kEnd,
           part("name=\"a\"", "1", "X: " + std::string(5000, 'x') + "\r\n") + kEnd,
           std::string("--XX\r\n\r\n1\r\n") + kEnd,  // no head
           std::string("--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n") + kEnd,
       }) {
    EXPECT_FALSE(parse_multipart(body, "XX")) << body;
  }
}

TEST(MultipartForm, has_limits_of_fields_and_files) {
  const FormLimits limits{2, 1, 200, 4096};
  const std::string text = part("name=\"a\"", "1"), file = part("name=\"f\"; filename=\"x\"", "1");
  EXPECT_TRUE(parse_multipart(text + text + file + kEnd, "XX", limits));
  EXPECT_FALSE(parse_multipart(text + text + text + kEnd, "XX", limits));
  EXPECT_FALSE(parse_multipart(file + file + kEnd, "XX", limits));
}

TEST(MultipartForm, never_keeps_odd_bytes_as_a_media_type) {
  const auto form =
      parse_multipart(part("name=\"f\"; filename=\"x\"", "1", "Content-Type: te\xFFxt/<b>\r\n") + kEnd, "XX");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->uploads[0].content_type, "application/octet-stream");
}

TEST(Boundary, is_taken_as_rfc_2046_allows) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; charset=x; Boundary=\"a:b\""), "a:b");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data;boundary=----WebKit1"), "----WebKit1");
  for (const char* type : {"multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=a",
                           "multipart/form-data; boundary=\"a", "multipart/form-data; boundary=a\"b"}) {
    EXPECT_FALSE(multipart_boundary(type)) << type;
  }
  EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')));
}

}  // namespace
}  // namespace kasane::web
