#include "abatis/civil/evacuation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "abatis/civil/ledger.hpp"
#include "abatis/measures/readiness.hpp"
#include "gates.hpp"
#include "leaving_ground.hpp"

namespace abatis {
namespace {

using namespace civil_detail;

constexpr double kWorthTelling = 60;   // s of waiting that make a piece of road a bottleneck
constexpr double kMoreVehicles = 100;  // an hour, of Bottleneck::relief_s

template <class Enum>
std::size_t of(Enum e) {
  return static_cast<std::size_t>(e);
}
double seconds(std::int64_t ms) {
  return ms >= kNever ? kInfinity : static_cast<double>(ms) / 1000;
}

const Option& option_of(const SiteSet& sites, const CivilPurchase& p) {
  return sites.sites[at(p.site)].options[at(p.option)];
}

// Open to people until an order: stored, prepared, or with gates.
bool by_order(const Scenario& scenario, const SiteSet& sites, const CivilPurchase& p) {
  const Option& option = option_of(sites, p);
  return option.park >= 0 || scenario.catalogue.measures[at(option.measure)].closed_on_order ||
         has_gates(scenario, sites.sites[at(p.site)], p.option);
}

// What stands of the plan when people leave: all but what is stored, or all of it.
StandingOptions standing(const SiteSet& sites, const std::vector<CivilPurchase>& bought,
                         InPlace in_place) {
  StandingOptions out(sites.sites.size(), 0);
  if (in_place == InPlace::nothing) return out;
  for (const CivilPurchase& p : bought) {
    const bool stored = option_of(sites, p).park >= 0;
    if (in_place == InPlace::all || !stored) out[at(p.site)] = p.option + 1;
  }
  return out;
}

// By barrier: gates stand open in it.
std::vector<bool> gated(const Scenario& scenario, const SiteSet& sites,
                        const StandingOptions& stands) {
  std::vector<bool> out(at(sites.barrier_count()), false);
  for (std::size_t s = 0; s < sites.sites.size(); ++s) {
    const Site& site = sites.sites[s];
    if (stands[s] == 0 || !has_gates(scenario, site, stands[s] - 1)) continue;
    const int place = site.upgraded >= 0 ? site.upgraded : static_cast<int>(s);
    out[at(sites.barrier_of_site(place))] = true;
  }
  return out;
}

class Leaving {
 public:
  Leaving(const Scenario& scenario, const Terrain& terrain, const SiteSet& sites,
          const std::vector<CivilPurchase>& bought, const Districts& districts,
          const LeavingRules& rules, int threads, Monitor& monitor)
      : scenario_(scenario),
        terrain_(terrain),
        sites_(sites),
        bought_(bought),
        districts_(districts),
        threads_(threads),
        monitor_(monitor) {
    out_.rules = rules;
    out_.mover = scenario.catalogue.civil.mover;
    out_.season = heaviest_season(scenario);
    ground_ = make_leaving_ground(scenario, terrain, sites, rules, out_.season);
    for (std::size_t k = 0; k < kInPlace; ++k) {
      const auto in_place = static_cast<InPlace>(k);
      const bool ordered = in_place == InPlace::all;
      const StandingOptions stands = standing(sites, bought, in_place);
      delays_[k] = people_delays(scenario, sites, out_.mover, out_.season, stands, ordered);
      const std::vector<bool> open = ordered ? std::vector<bool>(at(sites.barrier_count()), false)
                                             : gated(scenario, sites, stands);
      closed_[k] = closed_links(scenario, ground_, delays_[k], open);
    }
  }

  Result<Evacuation> go() {
    out_.shelters = ground_.shelters;
    out_.unknown_capacity = ground_.unknown_capacity;
    count_zone();
    const int goals = ground_.shelters ? kLeavingGoals : 1;
    for (int goal = 0; goal < goals; ++goal) {
      for (int k = 0; k < kInPlace && !monitor_.stop_requested(); ++k) assess(at(goal), at(k));
    }
    if (monitor_.stop_requested()) return fail(ErrorCode::interrupted, "stopped by the user");
    give_orders();
    return std::move(out_);
  }

 private:
  std::int64_t people_at(std::size_t place) const {
    return std::max<std::int64_t>(0, terrain_.settlements[at(ground_.places[place])].population);
  }
  bool unknown_at(std::size_t place) const {
    return terrain_.settlements[at(ground_.places[place])].population < 0;
  }
  // People presumed where none are on record.
  std::int64_t presumed_at(std::size_t place) const {
    const Settlement& here = terrain_.settlements[at(ground_.places[place])];
    return here.population < 0 ? scenario_.catalogue.civil.presumed_in(here.kind) : 0;
  }
  std::int64_t all_at(std::size_t place) const { return people_at(place) + presumed_at(place); }
  int district_of(std::size_t place) const {
    return districts_.of_settlement[at(ground_.places[place])];
  }
  double vehicles_at(std::size_t place) const {
    return static_cast<double>(all_at(place)) / out_.rules.people_per_vehicle;
  }

  void count_zone();
  void assess(std::size_t goal, std::size_t in_place);
  QuickestBound bound(std::size_t goal, std::size_t in_place,
                      const std::vector<std::size_t>& places) const;
  void prove(std::size_t goal, std::size_t in_place, const TreeTraffic& traffic,
             const std::vector<double>& alone_s);
  void add_bottlenecks(std::size_t in_place, const TreeTraffic& traffic,
                       const QuickestBound& proof);
  void give_orders();
  bool pass_order(std::size_t purchase, LeavingOrder& order) const;
  void stand(LeavingOrder& order, const std::vector<Emplaced>& stored) const;

  const Scenario& scenario_;
  const Terrain& terrain_;
  const SiteSet& sites_;
  const std::vector<CivilPurchase>& bought_;
  const Districts& districts_;
  int threads_;
  Monitor& monitor_;
  LeavingGround ground_;
  std::array<std::vector<double>, kInPlace> delays_;  // s, by barrier
  std::array<Closed, kInPlace> closed_;
  TreeTraffic leaving_;  // for safe ground, while all orders wait
  Evacuation out_;
};

void Leaving::count_zone() {
  const QuickestTree today = quickest_tree(ground_.nets[0], {});
  for (std::size_t p = 0; p < ground_.places.size(); ++p) {
    const int node = ground_.node_of_place[0][p];
    LeavingSettlement place;
    place.settlement = ground_.places[p];
    place.has_road = node >= 0;
    for (auto* times : {&place.free_s, &place.cleared_s}) {
      for (auto& by_goal : *times) by_goal.fill(kInfinity);
    }
    out_.places.push_back(place);
    ++out_.settlements;
    out_.people += people_at(p);
    out_.presumed += presumed_at(p);
    if (unknown_at(p)) ++out_.without_population;
    if (node >= 0 && today.time_ms[at(node)] < kNever) continue;
    ++(node < 0 ? out_.without_road : out_.without_way);
    out_.people_without_way += all_at(p);
  }
}

void Leaving::assess(std::size_t goal, std::size_t in_place) {
  const LeavingNet& net = ground_.nets[goal];
  const QuickestTree tree = quickest_tree(net, closed_[in_place]);
  LeavingTotals& totals = out_.totals[goal][in_place];
  std::vector<LeavingSource> sources;
  std::vector<std::size_t> place_of;  // by source
  for (std::size_t p = 0; p < ground_.places.size(); ++p) {
    const int node = ground_.node_of_place[goal][p];
    if (node < 0) continue;
    LeavingSettlement& place = out_.places[p];
    place.free_s[goal][in_place] = seconds(tree.time_ms[at(node)]);
    if (tree.time_ms[at(node)] >= kNever) {
      if (!std::isfinite(place.free_s[goal][of(InPlace::nothing)])) continue;
      ++totals.settlements_cut_off;
      totals.people_cut_off += people_at(p);
      totals.presumed_cut_off += presumed_at(p);
      if (unknown_at(p)) ++totals.unknown_cut_off;
      continue;
    }
    ++totals.settlements;
    totals.people += people_at(p);
    totals.presumed += presumed_at(p);
    if (unknown_at(p)) ++totals.unknown;
    totals.free_s = std::max(totals.free_s, place.free_s[goal][in_place]);
    sources.push_back({node, vehicles_at(p)});
    place_of.push_back(p);
  }
  TreeTraffic traffic = tree_traffic(net, tree, sources);
  std::vector<double> alone_s(ground_.places.size(), 0);
  for (std::size_t s = 0; s < sources.size(); ++s) {
    const double cleared = traffic.passed_s[s].empty() ? 0 : traffic.passed_s[s].back();
    out_.places[place_of[s]].cleared_s[goal][in_place] = cleared;
    double per_h = kInfinity;
    for (const int link : traffic.way[s]) {
      per_h = std::min(per_h, static_cast<double>(net.links[at(link)].capacity_per_h));
    }
    alone_s[place_of[s]] =
        out_.places[place_of[s]].free_s[goal][in_place] + sources[s].vehicles / per_h * 3600;
    if (sources[s].vehicles > 0) totals.undirected_s = std::max(totals.undirected_s, cleared);
  }
  prove(goal, in_place, traffic, alone_s);
  totals.at_most_s =
      shared_out(net, closed_[in_place], sources, totals.at_least_s, totals.undirected_s);
  if (goal == of(LeavingGoal::away) && in_place == of(InPlace::built)) {
    // Orders are about places, not about sources.
    leaving_ = TreeTraffic{};
    leaving_.way.resize(ground_.places.size());
    leaving_.passed_s.resize(ground_.places.size());
    for (std::size_t s = 0; s < sources.size(); ++s) {
      leaving_.way[place_of[s]] = std::move(traffic.way[s]);
      leaving_.passed_s[place_of[s]] = std::move(traffic.passed_s[s]);
    }
  }
}

// The bound of the people of some settlements.
QuickestBound Leaving::bound(std::size_t goal, std::size_t in_place,
                             const std::vector<std::size_t>& places) const {
  std::vector<LeavingSource> sources;
  for (const std::size_t p : places) {
    const int node = ground_.node_of_place[goal][p];
    if (node >= 0) sources.push_back({node, vehicles_at(p)});
  }
  return quickest_bound(ground_.nets[goal], closed_[in_place], sources);
}

// Each part of the people needs its time, whatever the others do: the longest of these holds.
// Tried are everyone, each district, each settlement; those first that could need longest by the
// ways they would go undirected (`alone_s`: each settlement with the roads to itself), until none
// that is left could need longer than what is proven.
void Leaving::prove(std::size_t goal, std::size_t in_place, const TreeTraffic& traffic,
                    const std::vector<double>& alone_s) {
  constexpr std::size_t kTogether = 8;  // parts tried at a time, whatever the threads
  const std::size_t districts = at(districts_.count());
  std::vector<std::vector<std::size_t>> parts(1 + districts + ground_.places.size());
  std::vector<double> most_s(parts.size(), 0);
  most_s[0] = kInfinity;
  for (std::size_t p = 0; p < ground_.places.size(); ++p) {
    parts[0].push_back(p);
    parts[1 + districts + p].push_back(p);
    most_s[1 + districts + p] = alone_s[p];
    if (district_of(p) < 0) continue;
    const std::size_t district = 1 + at(district_of(p));
    parts[district].push_back(p);
    const double cleared = out_.places[p].cleared_s[goal][in_place];
    if (std::isfinite(cleared)) most_s[district] = std::max(most_s[district], cleared);
  }
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return most_s[a] > most_s[b]; });
  std::vector<QuickestBound> bounds(parts.size());
  std::size_t best = 0;
  for (std::size_t from = 0; from < order.size(); from += kTogether) {
    const bool proven = from > 0 && most_s[order[from]] <= bounds[best].time_s;
    if (proven || (from > 0 && monitor_.stop_requested())) break;
    const std::size_t count = std::min(kTogether, order.size() - from);
    parallel_for(count, threads_, [&](std::size_t k) {
      const std::size_t i = order[from + k];
      bounds[i] = bound(goal, in_place, parts[i]);
    });
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t i = order[from + k];
      if (bounds[i].time_s > bounds[best].time_s) best = i;
    }
  }
  LeavingTotals& totals = out_.totals[goal][in_place];
  if (best > districts) {
    totals.bound_by_settlement = ground_.places[best - districts - 1];
  } else {
    totals.bound_by = static_cast<int>(best) - 1;
  }
  totals.at_least_s = bounds[best].time_s;
  for (std::size_t p = 0; p < ground_.places.size(); ++p) {
    const double way = out_.places[p].free_s[goal][in_place];
    if (all_at(p) > 0 && std::isfinite(way)) totals.at_least_s = std::max(totals.at_least_s, way);
  }
  if (goal == of(LeavingGoal::away)) add_bottlenecks(in_place, traffic, bounds[best]);
}

void Leaving::add_bottlenecks(std::size_t in_place, const TreeTraffic& traffic,
                              const QuickestBound& proof) {
  const auto first = static_cast<std::ptrdiff_t>(out_.bottlenecks.size());
  for (std::size_t l = 0; l < ground_.edge_of.size(); ++l) {
    if (traffic.wait_s[l] < kWorthTelling && !(proof.price_s[l] > 0)) continue;
    const RoadEdge& edge = ground_.graph.edges[ground_.edge_of[l]];
    Bottleneck one;
    one.in_place = static_cast<InPlace>(in_place);
    one.line = edge.line;
    one.road = edge.road;
    one.ref = edge.ref;
    one.length_m = edge.length_m;
    one.capacity_per_h = static_cast<double>(ground_.nets[0].links[l].capacity_per_h);
    one.vehicles = traffic.vehicles[l];
    one.wait_s = traffic.wait_s[l];
    if (proof.flow_per_h > 0) one.relief_s = proof.price_s[l] * kMoreVehicles / proof.flow_per_h;
    out_.bottlenecks.push_back(std::move(one));
  }
  std::stable_sort(out_.bottlenecks.begin() + first, out_.bottlenecks.end(),
                   [](const Bottleneck& a, const Bottleneck& b) {
                     return std::pair(a.wait_s, a.relief_s) > std::pair(b.wait_s, b.relief_s);
                   });
}

// Whose way leads through what the order closes; false where nobody's does.
bool Leaving::pass_order(std::size_t purchase, LeavingOrder& order) const {
  const Site& site = sites_.sites[at(bought_[purchase].site)];
  const int place = site.upgraded >= 0 ? site.upgraded : bought_[purchase].site;
  const int id = sites_.barrier_of_site(place);
  const bool closes = !std::isfinite(delays_[of(InPlace::all)][at(id)]) &&
                      std::isfinite(delays_[of(InPlace::built)][at(id)]);
  if (!closes) return false;
  const auto shut = [&](int link) {
    const auto& ids = ground_.ids_of_edge[ground_.edge_of[at(link)]];
    return std::binary_search(ids.begin(), ids.end(), id);
  };
  Closed closed = closed_[of(InPlace::built)];
  for (std::size_t l = 0; l < closed.size(); ++l) {
    if (shut(static_cast<int>(l))) closed[l] = true;
  }
  std::vector<std::size_t> places;
  for (std::size_t p = 0; p < ground_.places.size(); ++p) {
    double passed = -1;
    for (std::size_t i = 0; i < leaving_.way[p].size(); ++i) {
      if (shut(leaving_.way[p][i])) passed = leaving_.passed_s[p][i];
    }
    if (passed < 0) continue;
    places.push_back(p);
    order.not_before_s = std::max(order.not_before_s, passed);
  }
  if (places.empty()) return false;
  const QuickestTree without = quickest_tree(ground_.nets[0], closed);
  for (const std::size_t p : places) {
    order.settlements.push_back(ground_.places[p]);
    order.people += people_at(p);
    order.presumed += presumed_at(p);
    if (unknown_at(p)) ++order.unknown;
    const std::int64_t round = without.time_ms[at(ground_.node_of_place[0][p])];
    if (round >= kNever) {
      ++order.settlements_only_way;
      order.people_only_way += all_at(p);
    } else {
      const double way = out_.places[p].free_s[0][of(InPlace::built)];
      order.detour_s = std::max(order.detour_s, seconds(round) - way);
    }
  }
  return true;
}

// When the obstacle stands at the earliest if its crew begins once all have passed.
void Leaving::stand(LeavingOrder& order, const std::vector<Emplaced>& stored) const {
  const CivilPurchase& bought = bought_[at(order.purchase)];
  const Site& site = sites_.sites[at(bought.site)];
  const Option& option = option_of(sites_, bought);
  order.stands_s = order.not_before_s;
  order.needed_s = kInfinity;
  if (scenario_.warning.given) {
    double arrival = site.arrival_s.empty() ? 0 : kInfinity;
    for (const double one : site.arrival_s) arrival = std::min(arrival, one);
    order.needed_s = scenario_.warning.time_s.mean() + arrival;
  }
  if (order.stored) {
    order.work_s = option.emplace_s;
    order.stands_s += option.emplace_s;
    const auto mine = std::find_if(stored.begin(), stored.end(), [&](const Emplaced& e) {
      return e.site == bought.site && e.option == bought.option;
    });
    if (mine != stored.end()) {
      order.stands_s = std::max(order.stands_s, mine->ready_s);
      if (scenario_.warning.given) order.needed_s = mine->needed_s;
    }
  }
  order.impossible = order.stands_s > order.needed_s;
}

void Leaving::give_orders() {
  std::vector<std::pair<int, int>> chosen;
  for (const CivilPurchase& p : bought_) chosen.emplace_back(p.site, p.option);
  const std::vector<Emplaced> stored = emplace(
      scenario_, sites_, chosen, scenario_.warning.given ? scenario_.warning.time_s.mean() : 0);
  std::vector<LeavingOrder> orders(bought_.size());
  std::vector<char> waits(bought_.size(), 0);
  parallel_for(bought_.size(), threads_, [&](std::size_t i) {
    const Option& option = option_of(sites_, bought_[i]);
    if (!by_order(scenario_, sites_, bought_[i])) return;
    orders[i].purchase = static_cast<int>(i);
    orders[i].stored = option.park >= 0;
    if (!pass_order(i, orders[i])) return;
    stand(orders[i], stored);
    waits[i] = 1;
  });
  for (std::size_t i = 0; i < orders.size(); ++i) {
    if (waits[i] != 0) {
      out_.orders.push_back(std::move(orders[i]));
    } else if (by_order(scenario_, sites_, bought_[i])) {
      ++out_.orders_free;
    }
  }
  std::stable_sort(
      out_.orders.begin(), out_.orders.end(),
      [](const LeavingOrder& a, const LeavingOrder& b) { return a.not_before_s > b.not_before_s; });
}

}  // namespace

Result<Evacuation> plan_evacuation(const Scenario& scenario, const Terrain& terrain,
                                   const SiteSet& sites, const std::vector<CivilPurchase>& bought,
                                   const Districts& districts, const LeavingRules& rules,
                                   int threads, Monitor& monitor) {
  return Leaving(scenario, terrain, sites, bought, districts, rules, threads, monitor).go();
}

}  // namespace abatis
