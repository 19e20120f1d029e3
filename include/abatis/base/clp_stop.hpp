#pragma once
// Ends a solve of Clp between pivots once the search around it is to stop. For rooms that link Clp;
// base itself does not.

#include <functional>

#include <ClpEventHandler.hpp>

namespace abatis {

// `stop` is asked every 64 pivots and outlives the handler. A solve that it ends has status 5.
class ClpStop : public ClpEventHandler {
 public:
  explicit ClpStop(const std::function<bool()>& stop) : stop_(&stop) {}
  int event(Event which) override {
    constexpr int kEvery = 64;
    constexpr int kStop = 5;
    if (which != endOfIteration || ++pivots_ % kEvery != 0) return -1;
    return (*stop_)() ? kStop : -1;
  }
  ClpEventHandler* clone() const override { return new ClpStop(*this); }

 private:
  const std::function<bool()>* stop_;
  int pivots_ = 0;
};

}  // namespace abatis
