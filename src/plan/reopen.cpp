// How the tree keeps routes of friends open: cuts, and plans mended until they do.
#include <algorithm>

#include "tree.hpp"

namespace abatis::plan_detail {

namespace {
constexpr double kViolated = 1e-6;
constexpr int kMendedCuts = 200;  // cuts that one plan is mended by
}  // namespace

// From now on not all of it is bought together, neither in the relaxation nor in plans.
void Tree::close(RouteCut cut) {
  const auto& known = instance_.routes->cuts();
  if (cut.parts.empty() || std::find(known.begin(), known.end(), cut) != known.end()) return;
  master_.add(cut);
  ++cuts_;
  instance_.routes->add(std::move(cut));
}

// Of what closes a route together, what does least goes, until every route is open; what must be
// bought is filled again and the rest improved. True when that led to a new best plan.
bool Tree::reopen(const Incumbent& found) {
  RouteRules& routes = *instance_.routes;
  Books books(instance_);
  for (const int c : found.columns) {
    if (!books.is_fixed(c)) books.add(c);
  }
  int route = routes.broken(books.purchases());
  for (int n = 0; n < kMendedCuts && route >= 0 && !stop(); ++n) {
    RouteCut cut = routes.cut(route, books.purchases());
    int least = -1;
    for (const RouteCut::Part& part : cut.parts) {
      const int c = books.bought_at(part.site);
      if (c < 0 || !books.can_remove(c)) continue;
      const auto worth = [&](int column) {
        return weight_[at(instance_.columns[at(column)].option)];
      };
      if (least < 0 || worth(c) < worth(least)) least = c;
    }
    close(std::move(cut));
    if (least < 0) return false;
    books.remove(least);
    route = routes.broken(books.purchases());
  }
  if (route >= 0) return false;
  bool better = false;
  for (const Incumbent& mended : {heuristic_.measure(books), heuristic_.improve(books, x_, 2)}) {
    route = routes.broken(mended.purchases);
    if (route >= 0) {
      close(routes.cut(route, mended.purchases));
    } else {
      better = offer(mended) || better;
    }
  }
  return better;
}

// Looks at the purchases that x has by more than half: all that there is when x is whole.
int Tree::separate_routes(const std::vector<double>& x) {
  RouteRules& routes = *instance_.routes;
  std::vector<Purchase> purchases;
  for (std::size_t c = 0; c < x.size(); ++c) {
    if (x[c] > 0.5) purchases.push_back({instance_.columns[c].option, instance_.columns[c].year});
  }
  const int route = routes.broken(purchases);
  if (route < 0) return 0;
  RouteCut cut = routes.cut(route, purchases);
  double sum = 0;
  for (std::size_t c = 0; c < x.size(); ++c) {
    if (x[c] <= 0) continue;
    const Column& column = instance_.columns[c];
    const bool counts = std::any_of(cut.parts.begin(), cut.parts.end(), [&](const auto& part) {
      return routes.counts(cut, part, column.option, column.year);
    });
    if (counts) sum += x[c];
  }
  const std::size_t before = routes.cuts().size();
  if (sum > static_cast<double>(cut.parts.size()) - 1 + kViolated) close(std::move(cut));
  return static_cast<int>(routes.cuts().size() - before);
}

}  // namespace abatis::plan_detail
