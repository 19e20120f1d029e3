#include "fetch_transfer.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <thread>

#include <unistd.h>

#include <curl/curl.h>
#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/version.hpp"

namespace abatis::gather {
namespace fs = std::filesystem;
namespace {

struct FreeCurl {
  void operator()(CURL* c) const { curl_easy_cleanup(c); }
};
struct FreeList {
  void operator()(curl_slist* l) const { curl_slist_free_all(l); }
};
struct CloseFile {
  void operator()(std::FILE* f) const { std::fclose(f); }
};

fs::path note_of(const fs::path& part) {
  return part.string() + ".from";
}

// What tells a file from a later one at the same address: a strong ETag, else Last-Modified.
struct Origin {
  std::string url;
  std::string validator;
};

std::optional<Origin> origin_of_part(const fs::path& part) {
  const auto text = read_file(note_of(part), 1U << 16U);
  if (!text) return std::nullopt;
  const std::size_t line = text->find('\n');
  if (line == std::string::npos) return std::nullopt;
  Origin origin{text->substr(0, line), text->substr(line + 1)};
  if (origin.validator.empty()) return std::nullopt;
  return origin;
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

using Clock = std::chrono::steady_clock;

// One attempt: what libcurl's callbacks see and decide.
struct Attempt {
  const Transfer& what;
  Monitor& monitor;
  double stall_timeout_s = 30;
  Clock::time_point last_byte = Clock::now();
  std::FILE* out = nullptr;
  std::uint64_t offset = 0;  // bytes in the part when it began
  Origin origin;

  long status = 0;
  std::string etag, modified;
  std::optional<std::uint64_t> length, range_start, range_total;
  bool body_begun = false;
  std::uint64_t received = 0;
  std::string fault;  // why a callback stopped the transfer
  bool fault_is_disk = false;
  bool fault_is_limit = false;
  bool stalled = false;

  void header(std::string_view line) {
    last_byte = Clock::now();
    if (line.rfind("HTTP/", 0) == 0) {  // a new answer: after a redirect, say
      const std::size_t space = line.find(' ');
      const auto code =
          space == std::string_view::npos ? std::nullopt : whole_number(line.substr(space + 1, 3));
      status = static_cast<long>(code.value_or(0));
      etag.clear();
      modified.clear();
      length = range_start = range_total = std::nullopt;
      return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::string value = trimmed(line.substr(colon + 1));
    if (name == "etag") etag = value;
    if (name == "last-modified") modified = value;
    if (name == "content-length") length = whole_number(value);
    if (name == "content-range") content_range(value);
  }

  // "bytes 100-199/200", or "bytes */200" with 416
  void content_range(std::string_view value) {
    if (value.rfind("bytes ", 0) != 0) return;
    value.remove_prefix(6);
    const std::size_t dash = value.find('-');
    const std::size_t slash = value.find('/');
    if (slash == std::string_view::npos) return;
    if (dash != std::string_view::npos) range_start = whole_number(value.substr(0, dash));
    range_total = whole_number(value.substr(slash + 1));
  }

  // A weak ETag does not promise equal bytes.
  std::string validator() const {
    if (!etag.empty() && etag.rfind("W/", 0) != 0) return etag;
    return modified;
  }

  // Before the first byte of a body that counts.
  bool begin_body() {
    body_begun = true;
    if (status == 206) {
      if (range_start != offset) {
        fault = fmt::format("the server sent another range than bytes {} on", offset);
        return false;
      }
    } else if (offset > 0) {  // it ignored the range: the file begins anew
      if (std::fseek(out, 0, SEEK_SET) != 0 || ::ftruncate(::fileno(out), 0) != 0) {
        return disk_fault();
      }
      offset = 0;
    }
    const std::uint64_t whole = status == 206 ? range_total.value_or(0) : length.value_or(0);
    if (whole > what.max_bytes) return limit_fault(whole);
    if (!write_file(note_of(what.part), what.url + "\n" + validator())) return disk_fault();
    monitor.begin("fetch " + what.part.stem().string(), static_cast<std::int64_t>(whole), "B");
    monitor.advance(static_cast<std::int64_t>(offset));
    return true;
  }

  bool disk_fault() {
    fault = fmt::format("writing failed: {}", std::strerror(errno));
    fault_is_disk = true;
    return false;
  }
  bool limit_fault(std::uint64_t bytes) {
    fault = fmt::format("the file has {} bytes or more; {} are allowed (max_bytes)", bytes,
                        what.max_bytes);
    fault_is_limit = true;
    return false;
  }

  bool body(const char* data, std::size_t size) {
    last_byte = Clock::now();
    // The page that comes with an error is read past, up to a point.
    if (status != 200 && status != 206) {
      received += size;
      return received < (1U << 20U);
    }
    if (!body_begun && !begin_body()) return false;
    if (offset + received + size > what.max_bytes) return limit_fault(offset + received + size);
    if (std::fwrite(data, 1, size, out) != size) return disk_fault();
    received += size;
    monitor.advance(static_cast<std::int64_t>(size));
    return true;
  }
};

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) {
  static_cast<Attempt*>(user)->header({data, size * count});
  return size * count;
}
std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
  // Another number than was given makes libcurl stop.
  return static_cast<Attempt*>(user)->body(data, size * count) ? size * count
                                                               : CURL_WRITEFUNC_ERROR;
}
// libcurl's own limit of speed averages over several seconds; this one does not.
int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto* attempt = static_cast<Attempt*>(user);
  const std::chrono::duration<double> quiet = Clock::now() - attempt->last_byte;
  if (quiet.count() > attempt->stall_timeout_s) attempt->stalled = true;
  return attempt->stalled || attempt->monitor.stop_requested() ? 1 : 0;
}

void set_up(CURL* curl, Attempt& attempt, const FetchOptions& options, char* error) {
  const std::string agent = fmt::format("abatis/{}", version());
  const bool secure = attempt.what.url.rfind("https://", 0) == 0;
  curl_easy_setopt(curl, CURLOPT_URL, attempt.what.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  // From https only to https: a redirect must not take the lock off.
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, static_cast<long>(options.max_redirects));
  curl_easy_setopt(curl, CURLOPT_USERAGENT, agent.c_str());
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(options.connect_timeout_s * 1000));
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &attempt);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &attempt);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &attempt);
}

enum class Outcome { done, absent, again, restart, stopped, hopeless };

struct Verdict {
  Outcome outcome;
  ErrorCode code = ErrorCode::io;
  std::string message;
};

Verdict judge_status(const Attempt& attempt) {
  const long status = attempt.status;
  if (status == 200 || status == 206) return {Outcome::done, {}, ""};
  // Nothing is missing from a part that is as long as the file; If-Range has vouched for it.
  if (status == 416 && attempt.offset > 0 && attempt.range_total == attempt.offset) {
    return {Outcome::done, {}, ""};
  }
  if (status == 416) return {Outcome::restart, ErrorCode::io, "the server has no such range"};
  if ((status == 404 || status == 410) && attempt.what.may_be_absent) {
    return {Outcome::absent, {}, ""};
  }
  const bool may_pass = status >= 500 || status == 408 || status == 425 || status == 429;
  return {may_pass ? Outcome::again : Outcome::hopeless, ErrorCode::io,
          fmt::format("the server answers {}", status)};
}

Verdict judge(CURLcode code, const Attempt& attempt, const char* error) {
  if (!attempt.fault.empty()) {
    if (attempt.fault_is_limit) return {Outcome::hopeless, ErrorCode::limit, attempt.fault};
    if (attempt.fault_is_disk) return {Outcome::hopeless, ErrorCode::io, attempt.fault};
    return {Outcome::restart, ErrorCode::io, attempt.fault};
  }
  switch (code) {
    case CURLE_OK:
      break;
    case CURLE_ABORTED_BY_CALLBACK:
      if (!attempt.stalled) return {Outcome::stopped, ErrorCode::interrupted, "stopped"};
      return {Outcome::again, ErrorCode::io,
              fmt::format("no byte came for {} s", attempt.stall_timeout_s)};
    case CURLE_TOO_MANY_REDIRECTS:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return {Outcome::hopeless, ErrorCode::io, error};
    default:
      return {Outcome::again, ErrorCode::io, *error != '\0' ? error : curl_easy_strerror(code)};
  }
  Verdict verdict = judge_status(attempt);
  if (verdict.outcome != Outcome::done || attempt.status == 416) return verdict;
  const std::uint64_t have = attempt.offset + attempt.received;
  const auto whole = attempt.status == 206 ? attempt.range_total : attempt.length;
  if (whole && *whole != have) {
    return {Outcome::again, ErrorCode::io, fmt::format("{} of {} bytes came", have, *whole)};
  }
  return verdict;
}

// An earlier part of the same address that the server can vouch for, or nothing.
std::optional<Origin> usable_part(const Transfer& what, std::uint64_t& bytes) {
  std::error_code ec;
  const std::uint64_t size = fs::file_size(what.part, ec);
  if (ec || size == 0 || size >= what.max_bytes) return std::nullopt;
  auto origin = origin_of_part(what.part);
  if (!origin || origin->url != what.url) return std::nullopt;
  bytes = size;
  return origin;
}

Verdict attempt_once(const Transfer& what, const FetchOptions& options, Monitor& monitor,
                     Transferred& done) {
  Attempt attempt{what, monitor, options.stall_timeout_s};
  const auto earlier = usable_part(what, attempt.offset);
  const std::unique_ptr<std::FILE, CloseFile> out(
      std::fopen(what.part.c_str(), earlier ? "r+b" : "wb"));
  if (!out || std::fseek(out.get(), 0, SEEK_END) != 0) {
    return {Outcome::hopeless, ErrorCode::io,
            fmt::format("cannot write: {}", std::strerror(errno))};
  }
  attempt.out = out.get();
  const std::unique_ptr<CURL, FreeCurl> curl(curl_easy_init());
  if (!curl) return {Outcome::hopeless, ErrorCode::internal, "libcurl cannot start"};
  char error[CURL_ERROR_SIZE] = {};
  set_up(curl.get(), attempt, options, error);
  std::unique_ptr<curl_slist, FreeList> headers;
  if (earlier) {
    const std::string range = fmt::format("{}-", attempt.offset);
    curl_easy_setopt(curl.get(), CURLOPT_RANGE, range.c_str());
    headers.reset(curl_slist_append(nullptr, ("If-Range: " + earlier->validator).c_str()));
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  }
  const CURLcode code = curl_easy_perform(curl.get());
  Verdict verdict = judge(code, attempt, error);
  if (std::fflush(out.get()) != 0) {
    verdict = {Outcome::hopeless, ErrorCode::io,
               fmt::format("writing failed: {}", std::strerror(errno))};
  }
  if (attempt.status == 200 || attempt.status == 206) {
    done.received += attempt.received;
    done.bytes = attempt.offset + attempt.received;
    if (attempt.status == 206) done.resumed_at = std::max(done.resumed_at, attempt.offset);
    if (attempt.status == 200 && attempt.body_begun) done.resumed_at = 0;
  } else if (verdict.outcome == Outcome::done) {
    done.bytes = done.resumed_at = attempt.offset;
  }
  return verdict;
}

// False when the user stopped meanwhile.
bool wait(double seconds, const Monitor& monitor) {
  const auto until = Clock::now() + std::chrono::duration<double>(seconds);
  while (Clock::now() < until) {
    if (monitor.stop_requested()) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return !monitor.stop_requested();
}

}  // namespace

void forget_part(const fs::path& part) {
  std::error_code ignored;
  fs::remove(part, ignored);
  fs::remove(note_of(part), ignored);
}

Result<Transferred> transfer(const Transfer& what, const FetchOptions& options, Monitor& monitor) {
  static std::once_flag started;
  std::call_once(started, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const auto error = [&](const Verdict& v, std::string hint = {}) {
    return fail(v.code, fmt::format("{}: {}", what.url, v.message),
                {.file = (what.part.parent_path() / what.part.stem()).string()}, std::move(hint));
  };
  Transferred done;
  double pause = options.backoff_s;
  for (int attempt = 0;; ++attempt) {
    if (monitor.stop_requested()) {
      return error({Outcome::stopped, ErrorCode::interrupted, "stopped"}, "run it again to go on");
    }
    const Verdict verdict = attempt_once(what, options, monitor, done);
    switch (verdict.outcome) {
      case Outcome::done:
        return done;
      case Outcome::absent:
        forget_part(what.part);
        done.absent = true;
        return done;
      case Outcome::stopped:
        return error(verdict, "run it again to go on");
      case Outcome::hopeless:
        if (std::error_code ec;
            verdict.code == ErrorCode::limit || fs::file_size(what.part, ec) == 0) {
          forget_part(what.part);
        }
        return error(verdict);
      case Outcome::restart:
        forget_part(what.part);
        break;
      case Outcome::again:
        break;
    }
    if (attempt >= options.retries) {
      return error(verdict,
                   fmt::format("given up after {} attempts; run it again later", attempt + 1));
    }
    monitor.note(fmt::format("{}: {}; trying again in {:.1f} s", what.url, verdict.message, pause));
    if (!wait(pause, monitor)) {
      return error({Outcome::stopped, ErrorCode::interrupted, "stopped"}, "run it again to go on");
    }
    pause = std::min(30.0, 2.0 * pause);
  }
}

}  // namespace abatis::gather
