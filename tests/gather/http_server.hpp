#pragma once
// An HTTP server on 127.0.0.1 that answers as a test tells it to, faults included.

#include <algorithm>
#include <atomic>
#include <cctype>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace abatis::testing {

struct HttpRequest {
  std::string path;
  std::map<std::string, std::string> headers;  // lower-case names
  int number = 0;                              // of the requests for this path, from 1
};

class HttpServer {
 public:
  // Sends raw bytes; false once the other side is gone or the test is over.
  using Send = std::function<bool(const std::string&)>;
  using Handler = std::function<void(const HttpRequest&, const Send&)>;

  HttpServer() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || ::bind(listener_, generic, length) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, generic, &length) != 0) {
      throw std::runtime_error("no socket on 127.0.0.1");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  ~HttpServer() {
    stop_ = true;
    thread_.join();
    ::close(listener_);
  }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::string base() const { return fmt::format("http://127.0.0.1:{}", port_); }
  void on(const std::string& path, Handler handler) {
    const std::lock_guard lock(mutex_);
    handlers_[path] = std::move(handler);
  }
  int requests(const std::string& path) {
    const std::lock_guard lock(mutex_);
    return count_[path];
  }
  const std::atomic<bool>& stopping() const { return stop_; }

  // A well-behaved file: ranges, ETag, If-Range.
  static Handler file(std::string bytes, std::string etag = "\"v1\"") {
    return
        [bytes = std::move(bytes), etag = std::move(etag)](
            const HttpRequest& request, const Send& send) { send(answer(request, bytes, etag)); };
  }
  static std::string answer(const HttpRequest& request, const std::string& bytes,
                            const std::string& etag) {
    const auto range = request.headers.find("range");
    const auto condition = request.headers.find("if-range");
    const bool same = condition == request.headers.end() || condition->second == etag;
    if (range == request.headers.end() || !same) return whole(bytes, etag);
    const std::size_t from = std::stoul(range->second.substr(6));
    if (from >= bytes.size()) {
      return fmt::format(
          "HTTP/1.1 416 No\r\nContent-Range: bytes */{}\r\nContent-Length: 0\r\n"
          "Connection: close\r\n\r\n",
          bytes.size());
    }
    return fmt::format(
               "HTTP/1.1 206 Part\r\nContent-Length: {}\r\nContent-Range: bytes {}-{}/{}\r\n"
               "ETag: {}\r\nConnection: close\r\n\r\n",
               bytes.size() - from, from, bytes.size() - 1, bytes.size(), etag) +
           bytes.substr(from);
  }
  static std::string whole(const std::string& bytes, const std::string& etag) {
    return fmt::format(
               "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nETag: {}\r\nConnection: close\r\n\r\n",
               bytes.size(), etag) +
           bytes;
  }
  static std::string status(int code, const std::string& more = "") {
    return fmt::format("HTTP/1.1 {} X\r\nContent-Length: 0\r\nConnection: close\r\n{}\r\n", code,
                       more);
  }

 private:
  void run() {
    while (!stop_) {
      pollfd ready{listener_, POLLIN, 0};
      if (::poll(&ready, 1, 20) <= 0) continue;
      const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) continue;
      serve(client);
      ::close(client);
    }
  }

  void serve(int client) {
    std::string text;
    while (text.find("\r\n\r\n") == std::string::npos) {
      pollfd ready{client, POLLIN, 0};
      if (stop_ || ::poll(&ready, 1, 2000) <= 0) return;
      char block[4096];
      const ssize_t got = ::recv(client, block, sizeof block, 0);
      if (got <= 0) return;
      text.append(block, static_cast<std::size_t>(got));
    }
    HttpRequest request = parse(text);
    Handler handler;
    {
      const std::lock_guard lock(mutex_);
      request.number = ++count_[request.path];
      const auto found = handlers_.find(request.path);
      if (found != handlers_.end()) handler = found->second;
    }
    const Send send = [&](const std::string& bytes) { return send_all(client, bytes); };
    if (handler) {
      handler(request, send);
    } else {
      send(status(404));
    }
  }

  bool send_all(int client, const std::string& bytes) const {
    for (std::size_t sent = 0; sent < bytes.size();) {
      pollfd ready{client, POLLOUT, 0};
      if (stop_ || ::poll(&ready, 1, 2000) <= 0) return false;
      const ssize_t n =
          ::send(client, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (n <= 0) return false;
      sent += static_cast<std::size_t>(n);
    }
    return true;
  }

  static HttpRequest parse(const std::string& text) {
    HttpRequest request;
    const std::size_t first = text.find(' ');
    request.path = text.substr(first + 1, text.find(' ', first + 1) - first - 1);
    for (std::size_t at = text.find("\r\n"); at != std::string::npos;) {
      const std::size_t end = text.find("\r\n", at + 2);
      const std::size_t colon = text.find(": ", at);
      if (end == std::string::npos || colon == std::string::npos || colon > end) break;
      std::string name = text.substr(at + 2, colon - at - 2);
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      request.headers[name] = text.substr(colon + 2, end - colon - 2);
      at = end;
    }
    return request;
  }

  int listener_;
  std::uint16_t port_ = 0;
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::map<std::string, Handler> handlers_;
  std::map<std::string, int> count_;
  std::thread thread_;
};

}  // namespace abatis::testing
