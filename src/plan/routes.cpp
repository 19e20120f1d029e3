#include "routes.hpp"

#include <algorithm>
#include <cmath>

#include "rules.hpp"

namespace abatis::plan_detail {

namespace {
constexpr double kRounding = 1e-9;  // of the limit
}

bool RouteCut::operator==(const RouteCut& other) const {
  return route == other.route && std::equal(parts.begin(), parts.end(), other.parts.begin(),
                                            other.parts.end(), [](const Part& a, const Part& b) {
                                              return a.site == b.site && a.delay_s == b.delay_s;
                                            });
}

RouteRules::RouteRules(const PlanProblem& problem) : problem_(problem) {
  for (const PlanRoute& route : problem.routes) {
    searches_.push_back(std::make_unique<GraphSearch>(*problem.graphs[at(route.graph)],
                                                      route.sources, route.targets,
                                                      route.limit_s * (1 + kRounding)));
  }
}

double RouteRules::delay(int route, int option, int year) const {
  return delay_at(problem_.options[at(option)], problem_.routes[at(route)].speed,
                  problem_.years - 1 - year);
}

std::vector<double> RouteRules::delays(int route, const std::vector<Purchase>& purchases) const {
  std::vector<double> sum(at(problem_.sites), 0.0);
  for (const Purchase& p : purchases) {
    sum[at(problem_.options[at(p.option)].site)] += delay(route, p.option, p.year);
  }
  return sum;
}

std::vector<double> RouteRules::by_place(const std::vector<double>& delay) const {
  std::vector<double> sum(delay.size(), 0.0);
  for (std::size_t s = 0; s < delay.size(); ++s) {
    sum[at(problem_.place_of(static_cast<int>(s)))] += delay[s];
  }
  return sum;
}

bool RouteRules::over(int route, const std::vector<double>& delay) const {
  GraphSearch::Scratch scratch;
  const double limit = problem_.routes[at(route)].limit_s * (1 + kRounding);
  return !(searches_[at(route)]->least_time(by_place(delay), scratch, nullptr, limit) <= limit);
}

double RouteRules::time(int route, const std::vector<Purchase>& purchases) const {
  const PlanRoute& r = problem_.routes[at(route)];
  return least_time(*problem_.graphs[at(r.graph)], r.sources, r.targets,
                    by_place(delays(route, purchases)));
}

int RouteRules::broken(const std::vector<Purchase>& purchases) const {
  for (std::size_t r = 0; r < searches_.size(); ++r) {
    const int route = static_cast<int>(r);
    if (over(route, delays(route, purchases))) return route;
  }
  return -1;
}

// Sites go one at a time, as long as the route stays over its limit without them.
RouteCut RouteRules::cut(int route, const std::vector<Purchase>& purchases) const {
  std::vector<double> delay = delays(route, purchases);
  for (std::size_t s = 0; s < delay.size(); ++s) {
    if (delay[s] <= 0) continue;
    const double had = delay[s];
    delay[s] = 0;
    if (!over(route, delay)) delay[s] = had;
  }
  RouteCut cut{route, {}};
  for (std::size_t s = 0; s < delay.size(); ++s) {
    if (delay[s] > 0) cut.parts.push_back({static_cast<int>(s), delay[s]});
  }
  return cut;
}

}  // namespace abatis::plan_detail
