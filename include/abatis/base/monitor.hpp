#pragma once
// How a stage tells the outside where it is, and learns that it should stop.
// Stages never print; the command line and the server give their own Monitor.

#include <cstdint>
#include <string_view>

namespace abatis {

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
  // True once the user has asked to stop; a stage then returns what it has, or
  // ErrorCode::interrupted when it has nothing worth keeping. Thread safe.
  virtual bool stop_requested() const { return false; }
};

// A Monitor that says nothing and never stops.
Monitor& silent_monitor();

}  // namespace abatis
