// The HTTP server over TLS, with a certificate made for the test.
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>

#include "http/server.hpp"
#include "http_client.hpp"
#include "web/event_hub.hpp"

namespace kasane::http {
namespace {

namespace fs = std::filesystem;

template <auto free_it>
struct Freeing {
  template <class T>
  void operator()(T* pointer) const {
    free_it(pointer);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509_free>>;
using SslContext = std::unique_ptr<SSL_CTX, Freeing<SSL_CTX_free>>;
using File = std::unique_ptr<FILE, Freeing<fclose>>;

/// A key and a certificate for localhost that signs itself, in a folder of its own.
class SelfSigned {
 public:
  SelfSigned() {
    std::string pattern = (fs::temp_directory_path() / "kasane-tls-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1,
                               0);
    X509_set_issuer_name(certificate.get(), name);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    const File key_out(fopen(key_path().c_str(), "w")), certificate_out(fopen(certificate_path().c_str(), "w"));
    PEM_write_PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    PEM_write_X509(certificate_out.get(), certificate.get());
  }
  ~SelfSigned() { fs::remove_all(folder_); }
  SelfSigned(const SelfSigned&) = delete;
  SelfSigned& operator=(const SelfSigned&) = delete;
  std::string key_path() const { return (folder_ / "key.pem").string(); }
  std::string certificate_path() const { return (folder_ / "certificate.pem").string(); }

 private:
  fs::path folder_;
};

class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, int newest = TLS1_3_VERSION)
      : client_(port), context_(SSL_CTX_new(TLS_client_method())), reader_([this] { return receive(); }) {
    SSL_CTX_set_security_level(context_.get(), 0);  // so that it may try old versions
    SSL_CTX_set_max_proto_version(context_.get(), newest);
    ssl_.reset(SSL_new(context_.get()));
    static constexpr unsigned char kProtocols[] = "\x02h2\x08http/1.1";
    SSL_set_alpn_protos(ssl_.get(), kProtocols, sizeof kProtocols - 1);
    SSL_set_fd(ssl_.get(), client_.fd());
    if (SSL_connect(ssl_.get()) != 1) {
      ERR_clear_error();
      throw std::runtime_error("no handshake");
    }
  }
  std::string version() const { return SSL_get_version(ssl_.get()); }
  std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &length);
    return {reinterpret_cast<const char*>(name), length};
  }
  Got ask(const std::string& bytes) {
    send(bytes);
    return reader_.read();
  }
  /// The head of a reply that stays open.
  Got open(const std::string& bytes) {
    send(bytes);
    return reader_.read(true);
  }
  std::string until(std::string_view text) { return reader_.until(text); }
  void send(const std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      const int sent =
          SSL_write(ssl_.get(), bytes.data() + at, static_cast<int>(std::min<std::size_t>(16'000, bytes.size() - at)));
      if (sent <= 0) break;
      at += static_cast<std::size_t>(sent);
    }
  }
  bool at_end() { return reader_.at_end(); }
  void close() { SSL_shutdown(ssl_.get()); }

 private:
  std::string receive() {
    std::string bytes(65536, '\0');
    const int count = SSL_read(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
  }

  Client client_;
  SslContext context_;
  std::unique_ptr<SSL, Freeing<SSL_free>> ssl_;
  ReplyReader reader_;
};

class HttpTls : public testing::Test {
 protected:
  void SetUp() override {
    Settings settings;
    settings.body_limit = 100'000;
    settings.tls_certificate = files_.certificate_path();
    settings.tls_key = files_.key_path();
    server_ = std::make_unique<Server>(settings, [this](web::Request request, std::function<void(web::Reply)> done) {
      if (request.path == "/events") return done(web::Reply::stream(hub_.open(1, 1, 0, 0)));
      done(web::Reply::text(request.secure ? "secure" : "plain"));
    });
  }
  SelfSigned files_;
  web::EventHub hub_;
  std::unique_ptr<Server> server_;
};

TEST_F(HttpTls, answers_over_the_newest_version_and_tells_browsers_to_stay) {
  TlsClient client(server_->port());
  EXPECT_EQ(client.version(), "TLSv1.3");
  EXPECT_EQ(client.protocol(), "http/1.1");
  for (int i = 0; i < 2; ++i) {
    const auto got = client.ask(get("/"));
    EXPECT_EQ(got.body, "secure");
    EXPECT_EQ(got.header("strict-transport-security"), "max-age=31536000");
  }
}

TEST_F(HttpTls, takes_version_1_2_and_nothing_older) {
  EXPECT_EQ(TlsClient(server_->port(), TLS1_2_VERSION).ask(get("/")).status, 200);
  EXPECT_THROW(TlsClient(server_->port(), TLS1_1_VERSION), std::runtime_error);
}

TEST_F(HttpTls, keeps_limits_and_lets_the_refusal_be_seen) {
  TlsClient client(server_->port());
  EXPECT_EQ(client.ask(post("/", "a=" + std::string(90'000, 'x'))).status, 200);
  EXPECT_EQ(client.ask(post("/", std::string(2'000'000, 'x'))).status, 413);
  EXPECT_TRUE(client.at_end());
}

TEST_F(HttpTls, is_not_stalled_by_clients_that_never_shake_hands) {
  Client silent(server_->port()), garbage(server_->port());
  garbage.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(TlsClient(server_->port()).ask(get("/")).status, 200);
}

TEST_F(HttpTls, carries_events_and_ends_them_when_it_stops) {
  TlsClient client(server_->port());
  EXPECT_EQ(client.open(get("/events")).header("content-type"), "text/event-stream");
  client.until(web::kStreamHead);
  for (std::int64_t n = 1; n <= 3; ++n) {
    hub_.announce(1, n);
    EXPECT_EQ(client.until("\n\n"), web::event_text({n, "change"}));
  }
  server_->stop(std::chrono::seconds(5));
  EXPECT_TRUE(client.at_end());
}

TEST_F(HttpTls, stops_while_connections_are_open) {
  TlsClient idle(server_->port());
  EXPECT_EQ(idle.ask(get("/")).status, 200);
  Client silent(server_->port());
  server_->stop(std::chrono::milliseconds(20));
  EXPECT_TRUE(idle.at_end());
  EXPECT_TRUE(silent.at_end());
}

TEST(HttpTlsFiles, that_are_missing_or_do_not_fit_stop_the_start) {
  const Handler handler = [](web::Request, std::function<void(web::Reply)>) {};
  const SelfSigned one, other;
  Settings settings;
  settings.tls_certificate = one.certificate_path();
  settings.tls_key = other.key_path();
  EXPECT_THROW(Server(settings, handler), std::runtime_error) << "the key of another certificate";
  settings.tls_key = "/nowhere/key.pem";
  EXPECT_THROW(Server(settings, handler), std::runtime_error);
}

}  // namespace
}  // namespace kasane::http
