#pragma once
// What a command may say and where: data on standard output, progress on standard error and only
// on a terminal (but for a search that takes long: a line every few seconds), events as JSON lines
// when asked.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"

namespace abatis::cli {

class Console : public Monitor {
 public:
  enum class Mode : std::uint8_t { normal, quiet, json };

  // Installs the handler of SIGINT and SIGTERM: the first asks the work to stop and keep what it
  // has, the second ends the program at once.
  static void catch_signals();

  void set_mode(Mode mode) { mode_ = mode; }
  bool json() const { return mode_ == Mode::json; }
  bool quiet() const { return mode_ == Mode::quiet; }

  // A line of results on standard output; not in quiet or JSON mode.
  void say(std::string_view line);
  // A JSON object as one line on standard output; only in JSON mode.
  void event(std::string_view json_line);
  // Standard output whatever the mode: what the command exists to print.
  void data(std::string_view text);
  // A line on standard error whatever the mode: what a user must not miss.
  void warn(std::string_view line);
  // Prints each on standard error (and as events in JSON mode); returns the exit code.
  int report(const Errors& errors);
  int report(const Error& error) { return report(Errors{error}); }

  void begin(std::string_view phase, std::int64_t total, std::string_view unit) override;
  void advance(std::int64_t done) override;
  void note(std::string_view line) override;
  // Best, bound, gap and time on the line that is drawn over; where standard error is no terminal,
  // as a line every few seconds.
  void searched(const SearchState& state) override;
  bool stop_requested() const override;
  // Wipes the progress line, if there is one.
  void clear_line();

 private:
  using Clock = std::chrono::steady_clock;
  struct Search {
    std::string what;
    std::optional<double> best;
    double bound = 0, gap = 0;
  };

  void draw();
  std::string phase_line() const;
  std::string search_line() const;
  double search_seconds() const;

  Mode mode_ = Mode::normal;
  std::mutex mutex_;
  std::string phase_, unit_;
  std::int64_t total_ = 0;
  std::atomic<std::int64_t> done_{0};
  Clock::time_point started_, drawn_;
  std::optional<Search> search_;
  std::optional<Clock::time_point> search_began_, search_said_;
  bool line_shown_ = false;
};

// Text as a JSON string with its quotes.
std::string json_quote(std::string_view text);

}  // namespace abatis::cli
