#pragma once
// What a command may say and where: data on standard output, progress on standard error and only
// on a terminal, events as JSON lines when asked.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
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
  bool stop_requested() const override;
  // Wipes the progress line, if there is one.
  void clear_line();

 private:
  void draw();

  Mode mode_ = Mode::normal;
  std::mutex mutex_;
  std::string phase_, unit_;
  std::int64_t total_ = 0;
  std::atomic<std::int64_t> done_{0};
  std::chrono::steady_clock::time_point started_, drawn_;
  bool line_shown_ = false;
};

// Text as a JSON string with its quotes.
std::string json_quote(std::string_view text);

}  // namespace abatis::cli
