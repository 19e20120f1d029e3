#include "builder.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "abatis/travel/travel.hpp"
#include "case_graph.hpp"
#include "node_choice.hpp"

namespace abatis::network_detail {
namespace {

std::string tried_name(std::size_t plan) {
  if (plan == 0) return "nothing built";
  if (plan == 1) return "everything built";
  return fmt::format("trial plan {}", plan - 1);
}

std::string state_name(std::size_t plan) {
  return fmt::format("plan state {}", plan);
}

tl::unexpected<Error> interrupted() {
  return fail(ErrorCode::interrupted, "network: stopped before it was whole");
}

// Errors of every (plan, case), plan-major, told as one figure each.
NetworkError summary(const NetworkInput& input, const std::vector<double>& errors,
                     std::size_t plans, std::string (*plan_name)(std::size_t)) {
  NetworkError result;
  result.plans = static_cast<int>(plans);
  const std::size_t cases = input.cases.size();
  double sum = 0;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    sum += errors[i];
    if (errors[i] > result.worst || i == 0) {
      result.worst = errors[i];
      result.worst_case = fmt::format("{}, {}", input.cases[i % cases].name, plan_name(i / cases));
    }
  }
  if (!errors.empty()) result.mean = sum / static_cast<double>(errors.size());
  return result;
}

double relative_error(double network_s, double grid_s) {
  if (network_s == kUnreachable) return kUnreachable;
  const double difference = network_s - grid_s;
  if (std::abs(difference) <= 1e-10 * grid_s) return 0;  // sums in another order
  return difference / std::max(grid_s, 1e-9);
}

class Builder {
 public:
  Builder(const NetworkInput& input, int threads, Monitor& monitor)
      : input_(input), threads_(threads), monitor_(monitor) {}

  Status probe() {
    probes_.resize(input_.cases.size());
    std::vector<Status> status(input_.cases.size());
    monitor_.begin("network: exact times", static_cast<std::int64_t>(input_.cases.size()), "cases");
    parallel_for(input_.cases.size(), threads_, [&](std::size_t i) {
      if (monitor_.stop_requested()) return;
      auto probed = probe_case(input_, input_.cases[i], input_.plans);
      if (probed) {
        probes_[i] = std::move(*probed);
      } else {
        status[i] = tl::unexpected<Error>(std::move(probed).error());
      }
      monitor_.advance(1);
    });
    for (const Status& s : status) ABATIS_CHECK(s);
    if (monitor_.stop_requested()) return interrupted();
    return {};
  }

  void make_nets(const std::vector<std::vector<Cell>>& extra) {
    std::vector<std::vector<bool>> open(input_.speeds.size());
    for (std::size_t i = 0; i < input_.cases.size(); ++i) {
      std::vector<bool>& all = open[at(input_.cases[i].speed)];
      std::vector<bool>& own = probes_[i].open;
      if (all.empty()) {
        all = std::move(own);
      } else {
        for (std::size_t c = 0; c < all.size(); ++c) {
          if (own[c]) all[c] = true;
        }
      }
      own = {};
    }
    for (std::size_t k = 0; k < open.size(); ++k) {
      if (open[k].empty()) open[k].assign(input_.grid.size(), false);  // a speed of no case
      nets_.emplace_back(input_, static_cast<int>(k), std::move(open[k]),
                         k < extra.size() ? extra[k] : std::vector<Cell>{});
    }
    for (std::size_t i = 0; i < input_.cases.size(); ++i) {
      SpeedNet& net = nets_[at(input_.cases[i].speed)];
      for (const auto& path : probes_[i].rehearsed) {
        net.add_nodes(nodes_on_path(input_, net.tiles(), path));
      }
      probes_[i].rehearsed = {};
    }
  }

  Status search() {
    std::int64_t tiles = 0;
    for (const SpeedNet& net : nets_) tiles += net.pending();
    monitor_.begin("network: tiles", tiles, "tiles");
    for (SpeedNet& net : nets_) {
      if (!net.build(threads_, monitor_)) return interrupted();
    }
    return {};
  }

  void assemble() {
    const std::size_t cases = input_.cases.size();
    graphs_.resize(cases);
    errors_.assign(cases * input_.plans.size(), 0.0);
    parallel_for(cases, threads_, [&](std::size_t i) {
      const CaseInput& c = input_.cases[i];
      graphs_[i] = case_graph(nets_[at(c.speed)], c, input_.most[at(c.speed)]);
      for (std::size_t p = 0; p < input_.plans.size(); ++p) {
        const double time = least_time(graphs_[i].graph, {0}, {1}, input_.plans[p][at(c.speed)]);
        errors_[p * cases + i] = relative_error(time, probes_[i].plans[p].time_s);
      }
    });
  }

  // Nodes from the grid paths of the plans that are off. False when none is.
  bool refine() {
    std::vector<std::vector<Cell>> more(nets_.size());
    bool any = false;
    const std::size_t cases = input_.cases.size();
    for (std::size_t e = 0; e < errors_.size(); ++e) {
      if (errors_[e] <= input_.rules.tolerance) continue;
      any = true;
      const auto k = at(input_.cases[e % cases].speed);
      const auto& path = probes_[e % cases].plans[e / cases].path;
      const auto nodes = nodes_on_path(input_, nets_[k].tiles(), path);
      more[k].insert(more[k].end(), nodes.begin(), nodes.end());
    }
    for (std::size_t k = 0; k < nets_.size(); ++k) nets_[k].add_nodes(std::move(more[k]));
    return any;
  }

  Result<Network> network(int rounds) {
    Network result;
    result.error = summary(input_, errors_, input_.plans.size(), tried_name);
    result.error.rounds = rounds;
    for (std::size_t i = 0; i < input_.cases.size(); ++i) {
      const CaseInput& c = input_.cases[i];
      CaseGraph& g = graphs_[i];
      const auto& way = probes_[i].plans[0].path;
      g.node_cell[0] = way.empty() ? c.sources.front() : way.front();
      g.node_cell[1] = way.empty() ? c.targets.front() : way.back();
      NetworkCase out;
      out.axis = c.axis;
      out.mover = c.mover;
      out.season = c.season;
      out.speed = c.speed;
      out.graph = static_cast<int>(i);
      out.weight = c.weight;
      out.sources = {0};
      out.targets = {1};
      result.cases.push_back(std::move(out));
      result.graphs.push_back(std::move(g.graph));
      result.node_cell.push_back(std::move(g.node_cell));
    }
    for (const SpeedNet& net : nets_) result.extra_nodes.push_back(net.extra_nodes());
    return result;
  }

  const std::vector<double>& errors() const { return errors_; }

 private:
  const NetworkInput& input_;
  int threads_;
  Monitor& monitor_;
  std::vector<CaseProbe> probes_;
  std::vector<SpeedNet> nets_;
  std::vector<CaseGraph> graphs_;
  std::vector<double> errors_;  // [plan * cases + case]
};

}  // namespace

Result<Network> build(const NetworkInput& input, const std::vector<std::vector<Cell>>& extra,
                      int threads, Monitor& monitor) {
  Builder builder(input, threads, monitor);
  ABATIS_CHECK(builder.probe());
  builder.make_nets(extra);
  for (int round = 0;; ++round) {
    ABATIS_CHECK(builder.search());
    builder.assemble();
    const NetworkError error = summary(input, builder.errors(), input.plans.size(), tried_name);
    const double least = *std::min_element(builder.errors().begin(), builder.errors().end());
    if (least < 0) {
      return fail(ErrorCode::internal,
                  fmt::format("network: a path beats the grid by {:.2g} of its time", -least));
    }
    if (round == kMaxRounds && error.worst > input.rules.tolerance) {
      return fail(ErrorCode::limit,
                  fmt::format("network: {:.2f} % above the grid for {}, {:.2f} % allowed",
                              100 * error.worst, error.worst_case, 100 * input.rules.tolerance),
                  {}, "lower network.portal_spacing, or raise network.tolerance");
    }
    if (!builder.refine()) return builder.network(round);
    monitor.note(fmt::format("network: {:.2f} % above the grid for {}; refined by the grid's path",
                             100 * error.worst, error.worst_case));
  }
}

Result<NetworkError> measure(const NetworkInput& input, const Network& network,
                             std::span<const SiteDelays> plans, int threads, Monitor& monitor) {
  const std::size_t cases = input.cases.size();
  std::vector<double> errors(cases * plans.size(), 0.0);
  monitor.begin("network: check against the grid", static_cast<std::int64_t>(errors.size()),
                "paths");
  parallel_for(errors.size(), threads, [&](std::size_t e) {
    if (monitor.stop_requested()) return;
    const CaseInput& c = input.cases[e % cases];
    const NetworkCase& n = network.cases[e % cases];
    const SiteDelays& plan = plans[e / cases];
    const double time =
        least_time(network.graphs[at(n.graph)], n.sources, n.targets, plan[at(c.speed)]);
    errors[e] = relative_error(time, grid_time(input, c, plan));
    monitor.advance(1);
  });
  if (monitor.stop_requested()) return interrupted();
  return summary(input, errors, plans.size(), state_name);
}

}  // namespace abatis::network_detail
