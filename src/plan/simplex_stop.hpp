#pragma once
// Ends a run of the simplex when asked to, with a status that is neither optimal nor infeasible.

#include <functional>
#include <utility>

#include <ClpEventHandler.hpp>

namespace abatis::plan_detail {

class SimplexStop : public ClpEventHandler {
 public:
  explicit SimplexStop(std::function<bool()> asked) : asked_(std::move(asked)) {}
  // Polled when the basis is factorised anew, every hundred steps or so.
  int event(Event which) override { return which == endOfFactorization && asked_() ? 0 : -1; }
  ClpEventHandler* clone() const override { return new SimplexStop(*this); }

 private:
  std::function<bool()> asked_;
};

}  // namespace abatis::plan_detail
