#pragma once
// A Monitor for the many small searches inside one: it passes on the wish to stop, and nothing of
// what they say.

#include "abatis/base/monitor.hpp"

namespace abatis {

class Quiet : public Monitor {
 public:
  explicit Quiet(const Monitor& outer) : outer_(outer) {}
  bool stop_requested() const override { return outer_.stop_requested(); }

 private:
  const Monitor& outer_;
};

}  // namespace abatis
