#pragma once
// A user who has asked to stop before anything begins.

#include "abatis/base/monitor.hpp"

namespace abatis::testing {

class StoppedMonitor : public Monitor {
 public:
  bool stop_requested() const override { return true; }
};

}  // namespace abatis::testing
