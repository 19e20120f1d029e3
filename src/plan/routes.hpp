#pragma once
// Routes that a plan must leave usable: their least time with all that is bought stays below a
// limit. The set of such plans is not convex (a route may keep any of its ways), so the rule is
// kept by cuts: what is bought at a few sites together already closes a route, so not all of it may
// be.

#include <memory>
#include <optional>
#include <vector>

#include "abatis/network/network.hpp"
#include "abatis/plan/plan.hpp"

namespace abatis::plan_detail {

// At each of these sites some purchase delays friends at least so long in the last year: together
// they put a route over its limit, and no plan has all of them. No fewer would.
struct RouteCut {
  int route = 0;
  struct Part {
    int site = 0;
    double delay_s = 0;
  };
  std::vector<Part> parts;
  bool operator==(const RouteCut& other) const;
};

class RouteRules {
 public:
  explicit RouteRules(const PlanProblem& problem);

  bool empty() const { return searches_.empty(); }
  // Least time (s) of a route in the last year, when delays are longest.
  double time(int route, const std::vector<Purchase>& purchases) const;
  // The first route over its limit, -1 = none.
  int broken(const std::vector<Purchase>& purchases) const;
  // A cut that these purchases break, for purchases that break a route. O(sites that matter)
  // shortest paths on the part of the network that a way below the limit can use.
  RouteCut cut(int route, const std::vector<Purchase>& purchases) const;
  // Whether a purchase is one of those that a part speaks of.
  bool counts(const RouteCut& cut, const RouteCut::Part& part, int option, int year) const {
    return problem_.options[static_cast<std::size_t>(option)].site == part.site &&
           delay(cut.route, option, year) >= part.delay_s;
  }
  // Those found so far. Grows between parallel phases only.
  const std::vector<RouteCut>& cuts() const { return cuts_; }
  void add(RouteCut cut) { cuts_.push_back(std::move(cut)); }

 private:
  double delay(int route, int option, int year) const;
  std::vector<double> delays(int route, const std::vector<Purchase>& purchases) const;
  std::vector<double> by_place(const std::vector<double>& delay) const;
  bool over(int route, const std::vector<double>& delay) const;

  const PlanProblem& problem_;
  std::vector<std::unique_ptr<GraphSearch>> searches_;  // by route
  std::vector<RouteCut> cuts_;
};

}  // namespace abatis::plan_detail
