#include "part_tree.hpp"

#include <cmath>

#include "abatis/base/numbers.hpp"
#include "part.hpp"

namespace abatis::interdiction {

PartSearch search_part(const TreeTask& task, std::vector<char> arcs) {
  const auto& layer = task.layer;
  const Label target = layer.root.hi[at(layer.sink)];
  PartSearch search;
  while (!task.stop()) {
    TreeTask part = task;
    part.layer = part_of(layer, arcs);
    // A plan for the part is what is looked for.
    part.objective = [&](const std::vector<InterdictPurchase>& plan) {
      const auto whole = task.objective(plan);
      if (whole < 0 || whole >= target) return whole;
      std::vector<int> way;
      const auto lengths = lengths_under(part.layer, *task.problem, plan);
      return short_way(part.layer, lengths, way) ? whole : target;
    };
    Tree tree(part);
    const bool refuted = tree.refuted_by_passes() || !std::isfinite(tree.root());
    search.end = refuted ? TreeEnd::nothing_left : TreeEnd::stopped;
    if (!refuted && !task.stop()) {
      search.end = tree.run([&](const FoundPlan& plan) { search.plan = plan; });
    }
    search.nodes += tree.nodes();
    search.cuts += tree.cuts();
    if (search.end != TreeEnd::found) return search;
    search.plan.objective = task.objective(search.plan.purchases);
    if (search.plan.objective >= target) return search;
    const auto lengths = lengths_under(layer, *task.problem, search.plan.purchases);
    for (const auto e : missing_arcs(layer, arcs, lengths)) arcs[e] = 1;
  }
  search.end = TreeEnd::stopped;
  return search;
}

}  // namespace abatis::interdiction
