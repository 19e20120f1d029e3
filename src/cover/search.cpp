#include "search.hpp"

#include <algorithm>
#include <cmath>

#include "abatis/base/numbers.hpp"

namespace abatis::covering {
namespace {

// Pairs and sites up to which the relaxation is worth its pivots.
constexpr std::size_t kMaxLpPairs = 3'000'000;
constexpr int kMaxLpSites = 6'000;

std::int64_t everything(const Instance& instance) {
  std::int64_t all = instance.base;
  for (int g = 0; g < instance.groups(); ++g) all += instance.cap[at(g)] * instance.weight[at(g)];
  for (const auto w : instance.own) all += w;
  return all;
}

// Operations of one round of exchanges, roughly.
double round_work(const Instance& instance, std::size_t chosen) {
  double near = 0;
  for (int g = 0; g < instance.groups(); ++g) {
    const auto size = static_cast<double>(instance.members[g].size());
    near += size * size;
  }
  const auto sites = static_cast<double>(std::max(1, instance.sites()));
  return static_cast<double>(chosen) * (2 * near / sites + 2 * sites) + 1;
}

}  // namespace

Search::Search(const CoverOptions& options, Monitor& monitor,
               std::function<double(std::int64_t)> told)
    : options_(options),
      monitor_(monitor),
      told_(std::move(told)),
      began_(std::chrono::steady_clock::now()) {}

bool Search::stop() {
  if (stopped_) return true;
  if (monitor_.stop_requested()) {
    stopped_ = by_user_ = true;
  } else if (std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count() >=
             options_.time_s) {
    stopped_ = true;
  }
  return stopped_;
}

// Parts worth no more than this are left aside.
std::int64_t Search::cutoff() const {
  if (options_.gap <= 0) return best_.value;
  const double most = std::floor(static_cast<double>(best_.value) / (1 - options_.gap));
  return std::max(best_.value, static_cast<std::int64_t>(std::min(most, 9e15)));
}

CoverStatus Search::status() const {
  if (bound() == best_.value) return CoverStatus::optimal;
  if (!stopped_) return CoverStatus::gap;
  return by_user_ ? CoverStatus::interrupted : CoverStatus::time_limit;
}

void Search::offer(const Choice& choice) {
  if (choice.value > best_.value) best_ = choice;
}

void Search::lower(std::int64_t bound, std::string_view what) {
  bound_ = std::min(bound_, std::max(bound, std::max(best_.value, dropped_)));
  monitor_.searched({.what = what, .best = told_(best_.value), .bound = told_(bound_)});
}

// Fixes open sites whose other side is not worth looking at; how many.
int Search::decide_by(const Bound& bound, std::vector<Fate>& fate) {
  int count = 0;
  for (std::size_t s = 0; s < fate.size(); ++s) {
    if (fate[s] != Fate::open || bound.against[s] > cutoff()) continue;
    dropped(bound.against[s]);
    fate[s] = bound.side[s];
    ++count;
  }
  return count;
}

// The sites given, as far as the money goes, filled up and perhaps improved.
void Search::from_sites(const Instance& instance, State& state, const std::vector<int>& sites,
                        bool thoroughly) {
  std::vector<char> wanted(instance.row.size(), 0);
  std::int64_t money = instance.budget;
  for (const int s : sites) {
    if (instance.cost[at(s)] > money) continue;
    money -= instance.cost[at(s)];
    wanted[at(s)] = 1;
  }
  const auto now = state.order();
  for (const int s : now) {
    if (wanted[at(s)] == 0) state.drop(s);
  }
  for (const int s : sites) {
    if (wanted[at(s)] != 0 && !state.has(s)) state.add(s);
  }
  state.fill();
  if (thoroughly) improve(instance, state, [this] { return stop(); });
  if (state.value() > best_.value) offer(state.choice());
}

// Greedy, and exchanges.
void Search::start(const Instance& instance) {
  const auto halt = [this] { return stop(); };
  State state(instance);
  state.fill();
  offer(state.choice());
  if (halt()) return;
  improve(instance, state, halt);
  offer(state.choice());
}

// Exchanges again and again after some chosen sites were given up at random.
void Search::shake(const Instance& instance) {
  const auto halt = [this] { return stop(); };
  State state(instance);
  state.fill();
  improve(instance, state, halt);
  if (state.value() > best_.value) offer(state.choice());
  constexpr double kWork = 6e7;
  const double rounds = kWork / (3 * round_work(instance, state.order().size()));
  auto kept = state.order();
  std::int64_t value = state.value();
  Random random(options_.seed, 0);
  for (int r = 0; r < std::min(60, static_cast<int>(rounds)) && !kept.empty() && !halt(); ++r) {
    const std::size_t away = 1 + kept.size() / 8 + random.below(2);
    for (std::size_t k = 0; k < away && !state.order().empty(); ++k) {
      state.drop(state.order()[random.below(state.order().size())]);
    }
    // One that is not of most promise sends the rest another way.
    const int any = static_cast<int>(random.below(at(instance.sites())));
    if (!state.has(any) && instance.cost[at(any)] <= state.left()) state.add(any);
    state.fill();
    improve(instance, state, halt);
    if (state.value() > best_.value) offer(state.choice());
    if (state.value() >= value) {
      value = state.value();
      kept = state.order();
    } else {
      from_sites(instance, state, kept, false);
    }
  }
}

void Search::run(Instance instance) {
  bound_ = everything(instance);
  offer({.value = instance.base, .rows = instance.taken});
  if (instance.sites() == 0) {
    lower(instance.base, "reducing");
    return;
  }
  start(instance);
  lower(bound_, "greedy choice");
  Prices prices = even_prices(instance);
  const auto done = [&] { return settled() || stop(); };
  bool shaken = false;
  for (bool more = true; more && !done();) {
    for (bool again = true; again && !done();) {
      again = by_descent(instance, prices);
      if (!shaken && !done()) {
        shake(instance);
        shaken = again = true;
      }
    }
    if (done()) return;
    if (instance.members.items.size() > kMaxLpPairs || instance.sites() > kMaxLpSites) {
      monitor_.note("too large for the relaxation: bounded by prices alone");
      return;
    }
    more = by_relaxation(instance, prices);
  }
}

// Prices by descent; decides sites and reduces. True when it is worth doing again.
bool Search::by_descent(Instance& instance, Prices& prices) {
  constexpr double kWork = 4e9;
  const double pass = 2.0 * static_cast<double>(instance.members.items.size()) + 1;
  State state(instance);
  const bool thoroughly = 10 * round_work(instance, at(instance.sites()) / 10) < 2e9;
  DescentOptions how{.iterations = static_cast<int>(std::clamp(kWork / pass, 100.0, 500.0)),
                     .threads = options_.threads,
                     .target = static_cast<double>(best_.value),
                     .gap = options_.gap};
  descend(
      instance, prices, how,
      [&](const std::vector<int>& sites) { from_sites(instance, state, sites, thoroughly); },
      [this] { return stop(); });
  const Bound bound = bound_by(instance, prices);
  lower(bound.value, "prices");
  if (settled()) return false;
  std::vector<Fate> fate(instance.row.size(), Fate::open);
  const int count = decide_by(bound, fate);
  // Reducing loses the prices: only where it is worth finding them anew.
  if (count * 10 < instance.sites()) return false;
  instance = decided(instance, fate);
  prices = even_prices(instance);
  offer({.value = instance.base, .rows = instance.taken});
  if (instance.sites() == 0) lower(instance.base, "prices");
  return instance.sites() > 0;
}

// The relaxation; decides sites, reduces, or hands the rest to the tree. True when sites were
// decided in such number that it is worth doing again.
bool Search::by_relaxation(Instance& instance, Prices& prices) {
  DualLp lp(instance, prices);
  const auto halt = [this] { return stop(); };
  State state(instance);
  Node root{.fate = std::vector<Fate>(instance.row.size(), Fate::open), .bound = bound_};
  for (;;) {
    const bool solved = lp.solve(halt);
    const Bound bound = bound_by(instance, lp.prices());
    lower(bound.value, "relaxation");
    if (!solved || settled()) return false;
    std::vector<int> order;
    for (int s = 0; s < instance.sites(); ++s) {
      if (lp.shares()[at(s)] > 1e-6) order.push_back(s);
    }
    std::sort(order.begin(), order.end(), [&](int a, int b) {
      const double ya = lp.shares()[at(a)], yb = lp.shares()[at(b)];
      return ya != yb ? ya > yb : a < b;
    });
    from_sites(instance, state, order, true);
    lower(bound_, "relaxation");
    if (settled()) return false;
    const int count = decide_by(bound, root.fate);
    if (count * 5 >= instance.sites()) {
      instance = decided(instance, root.fate);
      prices = even_prices(instance);
      offer({.value = instance.base, .rows = instance.taken});
      if (instance.sites() == 0) lower(instance.base, "relaxation");
      return instance.sites() > 0;
    }
    if (lp.add_columns() == 0) break;
  }
  root.bound = bound_;
  root.basis = std::make_shared<DualLp::Basis>(lp.basis());
  by_tree(instance, lp, std::move(root));
  return false;
}

}  // namespace abatis::covering
