#include "console.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>

#include <unistd.h>

#include <fmt/format.h>

namespace abatis::cli {
namespace {

constexpr auto kDrawEvery = std::chrono::milliseconds(200);
constexpr auto kSayEvery = std::chrono::seconds(5);  // a search, where there is no terminal
constexpr auto kEventEvery = std::chrono::seconds(1);
constexpr std::size_t kLine = 100;

std::atomic<int> stop_signals{0};
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void on_signal(int /*signal*/) {
  if (stop_signals.fetch_add(1) > 0) _exit(130);
}

bool is_terminal() {
  static const bool terminal = isatty(STDERR_FILENO) == 1;
  return terminal;
}

void write_line(std::FILE* to, std::string_view line) {
  std::fwrite(line.data(), 1, line.size(), to);
  std::fputc('\n', to);
  std::fflush(to);
}

// Coarse on purpose: a figure that jumps about is worse than none.
std::string coarse_duration(double seconds) {
  if (seconds < 10) return "a few seconds left";
  if (seconds < 50)
    return fmt::format("about {} s left", static_cast<int>(seconds / 10 + 0.5) * 10);
  if (seconds < 3000) return fmt::format("about {} min left", static_cast<int>(seconds / 60 + 0.7));
  return fmt::format("about {} h left", static_cast<int>(seconds / 3600 + 0.7));
}

std::string rate_text(double per_second, std::string_view unit) {
  if (per_second >= 1e6) return fmt::format("{:.1f} M {}/s", per_second / 1e6, unit);
  if (per_second >= 1e3) return fmt::format("{:.1f} k {}/s", per_second / 1e3, unit);
  return fmt::format("{:.1f} {}/s", per_second, unit);
}

}  // namespace

void Console::catch_signals() {
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

std::string json_quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

void Console::say(std::string_view line) {
  if (mode_ != Mode::normal) return;
  clear_line();
  write_line(stdout, line);
}

void Console::event(std::string_view json_line) {
  if (mode_ == Mode::json) write_line(stdout, json_line);
}

void Console::data(std::string_view text) {
  clear_line();
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

void Console::warn(std::string_view line) {
  clear_line();
  write_line(stderr, fmt::format("warning: {}", line));
}

int Console::report(const Errors& errors) {
  clear_line();
  int code = 0;
  for (const auto& error : errors) {
    write_line(stderr, to_string(error));
    if (json()) {
      event(fmt::format(
          R"({{"event":"error","message":{},"file":{},"line":{},"column":{},"item":{},"hint":{}}})",
          json_quote(error.message), json_quote(error.where.file), error.where.line,
          error.where.column, json_quote(error.where.item), json_quote(error.hint)));
    }
    if (code == 0) code = exit_code(error.code);
  }
  return code;
}

void Console::begin(std::string_view phase, std::int64_t total, std::string_view unit) {
  const std::scoped_lock lock(mutex_);
  phase_ = phase;
  if (!phase.starts_with("plan")) search_.reset();
  unit_ = unit;
  total_ = total;
  done_ = 0;
  started_ = std::chrono::steady_clock::now();
  drawn_ = started_;
  event(fmt::format(R"({{"event":"phase","phase":{},"total":{},"unit":{}}})", json_quote(phase),
                    total, json_quote(unit)));
  draw();
}

void Console::advance(std::int64_t done) {
  done_.fetch_add(done, std::memory_order_relaxed);
  if (!is_terminal() || mode_ != Mode::normal) return;
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - drawn_ < kDrawEvery) return;
  drawn_ = now;
  draw();
}

std::string Console::phase_line() const {
  const auto done = done_.load(std::memory_order_relaxed);
  const double elapsed = std::chrono::duration<double>(Clock::now() - started_).count();
  std::string line = phase_;
  if (total_ > 0) {
    const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total_));
    line += fmt::format("  {:3.0f} %", 100 * share);
    if (elapsed > 1 && done > 0) {
      line += fmt::format("  {}  {}", rate_text(static_cast<double>(done) / elapsed, unit_),
                          coarse_duration(elapsed * (1 - share) / std::max(share, 1e-9)));
    }
  } else if (done > 0) {
    line += fmt::format("  {} {}", done, unit_);
  }
  return line;
}

std::string Console::search_line() const {
  const auto seconds = static_cast<int>(search_seconds());
  const std::string time = fmt::format("{}:{:02}", seconds / 60, seconds % 60);
  if (!search_->best) {
    return fmt::format("plan: none yet  bound {:.1f} s  {}  {}", search_->bound, time,
                       search_->what);
  }
  return fmt::format("plan: best {:.1f} s  bound {:.1f} s  gap {:.2f} %  {}  {}", *search_->best,
                     search_->bound, 100 * search_->gap, time, search_->what);
}

double Console::search_seconds() const {
  return std::chrono::duration<double>(Clock::now() - *search_began_).count();
}

void Console::draw() {
  if (!is_terminal() || mode_ != Mode::normal) return;
  const std::string line = search_ ? search_line() : phase_line();
  fmt::print(stderr, "\r\x1b[2K{}", line.substr(0, kLine));
  std::fflush(stderr);
  line_shown_ = true;
}

void Console::searched(const SearchState& state) {
  const std::scoped_lock lock(mutex_);
  const auto now = Clock::now();
  if (!search_began_) search_began_ = now;
  search_ = Search{std::string(state.what), state.best, state.bound, state.gap()};
  if (mode_ == Mode::json) {
    if (search_said_ && now - *search_said_ < kEventEvery) return;
    search_said_ = now;
    event(fmt::format(
        R"({{"event":"search","step":{},"objective_s":{},"bound_s":{},"gap":{},"seconds":{:.1f}}})",
        json_quote(state.what), state.best ? fmt::format("{}", *state.best) : "null", state.bound,
        state.best ? fmt::format("{}", state.gap()) : "null", search_seconds()));
  } else if (mode_ == Mode::normal && is_terminal()) {
    if (now - drawn_ < kDrawEvery) return;
    drawn_ = now;
    draw();
  } else if (mode_ == Mode::normal) {
    if (!search_said_) search_said_ = search_began_;  // what is over sooner needs no line
    if (now - *search_said_ < kSayEvery) return;
    search_said_ = now;
    write_line(stderr, search_line());
  }
}

void Console::note(std::string_view line) {
  const std::scoped_lock lock(mutex_);
  event(fmt::format(R"({{"event":"note","text":{}}})", json_quote(line)));
  if (!is_terminal() || mode_ != Mode::normal) return;
  if (line_shown_) fmt::print(stderr, "\r\x1b[2K");
  line_shown_ = false;
  write_line(stderr, line);
}

bool Console::stop_requested() const {
  return stop_signals.load(std::memory_order_relaxed) > 0;
}

void Console::clear_line() {
  if (!line_shown_) return;
  fmt::print(stderr, "\r\x1b[2K");
  std::fflush(stderr);
  line_shown_ = false;
}

}  // namespace abatis::cli
