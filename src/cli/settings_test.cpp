// The settings file: every slip of the pen is named with its line, and nothing that was written is silently left aside.
#include "cli/settings.hpp"

#include "cli/testing.hpp"

namespace kasane::cli {
namespace {

class SettingsFile : public Installation {
 protected:
  AppSettings load(const std::string& text) {
    const auto loaded = read(text);
    if (!loaded) throw std::runtime_error(loaded.error().front());
    return *loaded;
  }
  /// All faults, one a line.
  std::string faults(const std::string& text) {
    const auto loaded = read(text);
    std::string all;
    if (!loaded)
      for (const std::string& line : loaded.error()) all += line + "\n";
    return all;
  }
  std::string faults_of_server(const std::string& line) { return faults(std::string(kCity) + "[server]\n" + line + "\n"); }
  std::string faults_of_city(const std::string& lines) { return faults("[[city]]\nfolder = \"/etc/kasane/municipalities/tsuruoka\"\n" + lines + "\n"); }

  static constexpr const char* kCity = "[[city]]\nfolder = \"/etc/kasane/municipalities/tsuruoka\"\n";

 private:
  tl::expected<AppSettings, std::vector<std::string>> read(const std::string& text) {
    write(folder_ / "kasane.toml", text);
    return load_settings(folder_ / "kasane.toml");
  }
};

TEST_F(SettingsFile, serves_on_8080_when_nothing_is_said) {
  EXPECT_EQ(load(kCity).http.port, 8080);
  EXPECT_EQ(load(kCity).http.workers, 4u);
  EXPECT_EQ(load(kCity).cities.front().database, "/var/lib/kasane/tsuruoka/city.db");
}

TEST_F(SettingsFile, takes_what_is_written) {
  const AppSettings s = load(std::string(kCity) + "[server]\nport = 8132\nworkers = 8\nqueue = 0\ntrusted_proxy = \"0:0::0:1\"\npublic_url = \"https://kasane.city.example.jp/\"\n");
  EXPECT_EQ(s.http.port, 8132);
  EXPECT_EQ(s.http.workers, 8u);
  EXPECT_EQ(s.http.queue, 0u);
  EXPECT_EQ(s.http.trusted_proxy, "::1") << "as the network names it";
  EXPECT_EQ(s.http.public_url, "https://kasane.city.example.jp");
}

TEST_F(SettingsFile, names_a_value_of_the_wrong_kind_with_its_line) {
  EXPECT_NE(faults_of_server("port = \"8132\"").find("4行目: port は"), std::string::npos);
  EXPECT_NE(faults_of_server("workers = \"8\"").find("workers"), std::string::npos);
  EXPECT_NE(faults_of_server("address = 127").find("address"), std::string::npos);
  EXPECT_NE(faults("server = \"x\"\n" + std::string(kCity)).find("1行目: server は"), std::string::npos);
  EXPECT_NE(faults("data = 3\n" + std::string(kCity)).find("data"), std::string::npos);
  EXPECT_NE(faults("city = 3\n").find("city"), std::string::npos);
  EXPECT_NE(faults("city = [3]\n").find("city"), std::string::npos);
}

TEST_F(SettingsFile, names_a_number_that_cannot_work) {
  for (const char* line : {"workers = 0", "workers = -1", "workers = 5000", "queue = -1", "max_connections = 0", "max_streams = -1", "streams_of_one = -1", "port = 65536", "port = -1"})
    EXPECT_NE(faults_of_server(line).find("4行目: " + std::string(line).substr(0, std::string_view(line).find(' '))), std::string::npos) << line;
}

TEST_F(SettingsFile, names_an_address_that_is_none) {
  for (const char* line : {"address = \"localhost\"", "trusted_proxy = \"localhost\"", "trusted_proxy = \"10.0.0.0/8\"", "public_url = \"kasane.example.jp\"",
                           "public_url = \"https://kasane.example.jp/kasane\"", "public_url = \"ftp://kasane.example.jp\"", "public_url = \"https://\""})
    EXPECT_NE(faults_of_server(line), "") << line;
  EXPECT_EQ(faults_of_server("address = \"0.0.0.0\"\ntrusted_proxy = \"192.0.2.7\"\npublic_url = \"http://192.0.2.7:8080\""), "");
}

TEST_F(SettingsFile, names_a_slug_that_no_address_can_hold) {
  for (const char* slug : {"health", "assets", "national", "key", "../x y", "Tsuruoka", "鶴岡", "", "a.b", "-", "a234567890123456789012345"})
    EXPECT_NE(faults_of_city(std::string("slug = \"") + slug + "\"").find("slug"), std::string::npos) << slug;
  EXPECT_EQ(faults_of_city("slug = \"tsuruoka-2\""), "");
}

TEST_F(SettingsFile, names_a_city_or_a_place_that_is_there_twice) {
  EXPECT_NE(faults(std::string(kCity) + kCity).find("tsuruoka"), std::string::npos);
  EXPECT_NE(faults_of_city("[[city]]\nfolder = \"/x\"\nslug = \"other\"\ndatabase = \"/var/lib/kasane/tsuruoka/city.db\"").find("database"), std::string::npos);
  EXPECT_NE(faults_of_city("[[city]]\nfolder = \"/x\"\nslug = \"other\"\naudit = \"/var/lib/kasane/tsuruoka/../tsuruoka/audit/\"").find("audit"), std::string::npos);
}

TEST_F(SettingsFile, names_a_database_that_would_become_a_file_by_mistake) {
  for (const char* text : {"postgres:city", "mysql://db/city", "PostgresSQL://db/city", "kasane", "user=kasane", "host=db dbname=city sslmod=require", "", "/var/lib/"})
    EXPECT_NE(faults_of_city(std::string("database = \"") + text + "\"").find("database"), std::string::npos) << text;
  for (const char* text : {"/srv/city.db", "./city.db", "var/city.db", "city.db", "PostgreSQL://db/city", "host=/run/x user=kasane dbname=city"})
    EXPECT_EQ(faults_of_city(std::string("database = \"") + text + "\""), "") << text;
}

TEST_F(SettingsFile, names_all_faults_at_once) {
  const std::string all = faults_of_server("workers = 0\nport = 70000\nprot = 1");
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 3) << all;
}

}  // namespace
}  // namespace kasane::cli
