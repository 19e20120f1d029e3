#pragma once
// How a stage tells the outside where it is, and learns that it should stop.
// Stages never print; the command line and the server give their own Monitor.

#include <cstdint>
#include <optional>
#include <string_view>

namespace abatis {

// How far a search with a proof has come, in the unit of what it searches for.
struct SearchState {
  std::string_view what;       // the step it is at: "relaxation", "better plan", "tree"
  std::optional<double> best;  // found so far
  double bound = 0;            // nothing exceeds it
  double gap() const { return best && *best > 0 ? (bound - *best) / *best : 0; }
};

class Monitor {
 public:
  virtual ~Monitor() = default;
  // Starts a phase of `total` units (0 = unknown). Called from one thread.
  virtual void begin(std::string_view /*phase*/, std::int64_t /*total*/,
                     std::string_view /*unit*/) {}
  // `done` more units are finished. Thread safe.
  virtual void advance(std::int64_t /*done*/) {}
  // A line worth reading (an incumbent, a cell count decided by a bound). Thread safe.
  virtual void note(std::string_view /*line*/) {}
  // What a search knows by now, as often as it likes to say it. Called from one thread.
  virtual void searched(const SearchState& /*state*/) {}
  // True once the user has asked to stop; a stage then returns what it has, or
  // ErrorCode::interrupted when it has nothing worth keeping. Thread safe.
  virtual bool stop_requested() const { return false; }
};

// A Monitor that says nothing and never stops.
Monitor& silent_monitor();

}  // namespace abatis
