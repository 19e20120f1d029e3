#include "nested.hpp"

#include <algorithm>
#include <limits>

#include "abatis/base/numbers.hpp"

namespace abatis::interdiction {
namespace {

constexpr int kFirstPasses = 200;
constexpr int kRounds = 4;  // between checks of the gain
constexpr int kTried = 6;   // for another worth of money
constexpr double kBetter = 0.99;
constexpr Cost kMostGap = kUnit;  // with more a tree is not begun
constexpr double kRootPatience = 40;
constexpr double kLongPatience = 200;
constexpr std::int64_t kManyNodes = 300;
constexpr double kStatePatience = 25;
constexpr std::size_t kYearSplits = 4;  // by year
constexpr int kSidePasses = 4;

}  // namespace

std::optional<NestedYears> NestedYears::make(const InterdictProblem& problem,
                                             const std::vector<Layer>& layers,
                                             const std::vector<std::int64_t>& money) {
  NestedYears made;
  made.problem_ = &problem;
  made.money_ = money;
  made.worth_.assign(layers.size(), kUnit);
  for (const auto sum : money) made.limit_ += kUnit * sum;
  made.uses_.resize(problem.arcs.size());
  made.price_.assign(problem.arcs.size(), std::vector<Cost>(layers.size(), 0));
  std::vector<LayerState> states;
  Cost all = 0;
  for (std::size_t y = 0; y < layers.size(); ++y) {
    const auto& layer = layers[y];
    LayerState state;
    state.domains = layer.root;
    for (std::size_t e = 0; e < layer.arcs.size(); ++e) {
      const auto id = at(layer.arcs[e].id);
      const Cost price = kUnit * problem.arcs[id].cost;
      state.price.push_back(price);
      made.price_[id][y] = price;
      made.uses_[id].push_back({y, e});
    }
    Ascent ascent(layer, 0, 4 * kUnit * (money[y] + 1));
    ascent.clear(state);
    if (!propagate(layer, state.domains)) {
      made.refuted_ = true;
      return made;
    }
    ascent.sum_up(state);
    if (!ascent.settle(state, kFirstPasses, 0, kUnit * money[y])) {
      made.refuted_ = true;  // not even alone
      return made;
    }
    all += state.messages.value;
    states.push_back(std::move(state));
  }
  for (std::size_t y = 0; y < layers.size(); ++y) {
    const Cost room = made.limit_ - all + states[y].messages.value;
    auto year = Clusters::make(layers[y], states[y], room, kMostWork);
    if (!year) return std::nullopt;
    made.grain_ = std::max(made.grain_, year->grain());
    made.years_.push_back(std::move(*year));
  }
  return made;
}

Cost NestedYears::bound() const {
  Cost sum = 0;
  for (const auto& year : years_) sum += year.bound();
  return sum;
}

bool NestedYears::set_limits() {
  const Cost left = limit_ - bound();
  refuted_ = refuted_ || left < 0;
  for (auto& year : years_) year.set_limit(year.bound() + left);
  return !refuted_;
}

// What an arc costs in the years up to some year must not exceed what it is worth to have it from
// the first of them on. Years that do without it hand over what it costs there.
void NestedYears::shift_prices(std::size_t arc, bool forward) {
  const auto& uses = uses_[arc];
  if (uses.empty() || problem_->arcs[arc].cost <= 0) return;
  const auto cost = problem_->arcs[arc].cost;
  auto& price = price_[arc];
  const std::size_t count = worth_.size();
  std::vector<Cost> least = price, want(count, 0);
  for (const auto& use : uses) {
    const auto slack = years_[use.year].open_arc(use.arc);
    least[use.year] -= std::min(price[use.year], slack.with / grain_ * grain_);
    want[use.year] = slack.without / grain_ * grain_;
  }
  const auto spare = [&](std::size_t year) {  // by how much it may become dearer in a year
    Cost room = std::numeric_limits<Cost>::max() / 4, tail = 0;
    for (std::size_t y = count; y-- > 0;) {
      tail += cost * worth_[y] - least[y];
      if (y <= year) room = std::min(room, tail);
    }
    return room;
  };
  Cost tail = 0;  // what money has become worth less
  for (std::size_t k = count; k-- > 0;) {
    tail += cost * worth_[k] - least[k];
    for (std::size_t y = k; y < count && tail < 0; ++y) {
      const Cost less = std::min(least[y], -tail);
      least[y] -= less;
      tail += less;
    }
  }
  const auto raise = [&](const Use& use, Cost most) {
    least[use.year] += std::max<Cost>(0, std::min(most, spare(use.year)));
  };
  for (std::size_t i = 0; i < uses.size(); ++i) {
    const auto& use = uses[forward ? i : uses.size() - 1 - i];
    if (want[use.year] > 0) raise(use, want[use.year]);
  }
  for (const auto& use : uses) {
    if (least[use.year] < price[use.year]) raise(use, price[use.year] - least[use.year]);
  }
  for (const auto& use : uses) {
    years_[use.year].close_arc(use.arc, least[use.year] - price[use.year]);
    refuted_ = refuted_ || years_[use.year].refuted();
  }
  price = std::move(least);
}

// Passes over the years and shifts of prices, by turns.
bool NestedYears::round(int count) {
  for (int i = 0; i < count; ++i) {
    const bool forward = i % 2 == 0;
    for (auto& year : years_) {
      if (!set_limits() || !year.pass(forward)) return false;
    }
    if (!set_limits()) return false;
    for (std::size_t a = 0; a < uses_.size() && !refuted_; ++a) {
      shift_prices(forward ? a : uses_.size() - 1 - a, forward);
    }
    if (!set_limits()) return false;
  }
  for (auto& year : years_) {
    if (!set_limits() || !year.shrink()) return false;
  }
  return set_limits();
}

bool NestedYears::settle(double patience, const std::function<bool()>& stop) {
  for (int rounds = 0; !stop() && !refuted(); ++rounds) {
    const Cost before = bound();
    if (!round(kRounds)) return false;
    const Cost gain = bound() - before;
    if (rounds > 0 &&
        static_cast<double>(gain) * patience <= static_cast<double>(limit_ - bound())) {
      break;
    }
  }
  return !refuted();
}

// How far the bound is from the limit.
double NestedYears::share() const {
  return static_cast<double>(limit_ - bound()) / static_cast<double>(limit_);
}

// Prices keep to what money is worth at any time, so nothing is ruled out that may be.
bool NestedYears::shift_worth(std::size_t year, Cost by) {
  if (by > 0) {
    limit_ += by * money_[year];
    if (!set_limits()) return false;
  }
  worth_[year] += by;
  for (std::size_t a = 0; a < uses_.size() && !refuted_; ++a) shift_prices(a, true);
  if (by < 0) limit_ += by * money_[year];
  return set_limits();
}

bool NestedYears::settle_worth(double patience, const std::function<bool()>& stop) {
  if (!settle(patience, stop)) return false;
  for (Cost step = kUnit / 2; step >= kUnit / 16 && !stop();) {
    std::optional<NestedYears> best;
    for (std::size_t y = 0; y < years_.size() && !stop(); ++y) {
      for (const Cost by : {-step, step}) {
        if (worth_[y] + by < 0) continue;
        NestedYears tried = *this;
        if (!tried.shift_worth(y, by) || !tried.round(kTried)) return false;
        if (!best || tried.share() < best->share()) best = std::move(tried);
      }
    }
    NestedYears same = *this;
    if (!same.round(kTried)) return false;
    if (best && best->share() < same.share() * kBetter) {
      *this = std::move(*best);
    } else {
      *this = std::move(same);
      step /= 2;
    }
  }
  return settle(patience, stop);
}

std::optional<NestedYears::Split> NestedYears::choose(std::array<bool, 2>& alive) const {
  double best = -1;
  std::optional<Split> chosen;
  for (std::size_t y = 0; y < years_.size(); ++y) {
    for (const auto& split : years_[y].splits(kYearSplits)) {
      std::array<double, 2> gain{};
      std::array<bool, 2> lives{true, true};
      for (const bool up : {false, true}) {
        Clusters side = years_[y];
        side.restrict_node(split.node, split.label, up);
        for (int i = 0; i < kSidePasses && lives[up ? 1 : 0]; ++i) {
          lives[up ? 1 : 0] = side.pass_near(split.node, i % 2 == 0);
        }
        gain[up ? 1 : 0] =
            static_cast<double>(side.bound() - years_[y].bound()) / static_cast<double>(kUnit);
      }
      const bool both = lives[0] && lives[1];
      const double score = std::max(gain[0], 1e-3) * std::max(gain[1], 1e-3);
      if (both && score <= best) continue;
      best = score;
      chosen = {y, split};
      alive = lives;
      if (!both) return chosen;
    }
  }
  return chosen;
}

bool NestedYears::restrict(const Split& split, bool up) {
  auto& year = years_[split.year];
  year.restrict_node(split.labels.node, split.labels.label, up);
  refuted_ = refuted_ || !year.shrink();
  return set_limits();
}

bool NestedYears::within_money(const std::vector<Layer>& layers) const {
  std::vector<char> bought(uses_.size(), 0);
  std::int64_t cost = 0;
  for (std::size_t y = 0; y < layers.size(); ++y) {
    const auto labels = years_[y].cheapest();
    for (const auto& arc : layers[y].arcs) {
      const Label longer = labels[at(arc.head)] - labels[at(arc.tail)] - arc.length;
      const auto& one = problem_->arcs[at(arc.id)];
      if (longer > (one.cost > 0 ? one.delay : 0)) return false;
      if (bought[at(arc.id)] != 0 || longer <= 0) continue;
      bought[at(arc.id)] = 1;
      cost += problem_->arcs[at(arc.id)].cost;
    }
    if (cost > money_[y]) return false;
  }
  return true;
}

// Deep first.
Answer search_nested(NestedYears root, const std::vector<Layer>& layers, std::int64_t most,
                     const std::function<bool()>& stop) {
  const double patience = most < kManyNodes ? kRootPatience : kLongPatience;
  if (!root.settle_worth(patience, stop)) return Answer::no;
  if (root.limit() - root.bound() > kMostGap) return Answer::open;
  std::vector<NestedYears> open;
  open.push_back(std::move(root));
  for (std::int64_t nodes = 0; !open.empty(); ++nodes) {
    if (nodes >= most || stop()) return Answer::open;
    NestedYears state = std::move(open.back());
    open.pop_back();
    if (nodes > 0 && !state.settle(kStatePatience, stop)) continue;
    for (;;) {
      if (state.within_money(layers)) return Answer::yes;
      std::array<bool, 2> alive{};
      const auto split = state.choose(alive);
      if (!split) break;
      if (alive[0] && alive[1]) {
        for (const bool up : {false, true}) {
          NestedYears side = state;
          if (side.restrict(*split, up)) open.push_back(std::move(side));
        }
        break;
      }
      if (!alive[0] && !alive[1]) break;
      if (!state.restrict(*split, alive[1]) || !state.settle(kStatePatience, stop)) break;
    }
  }
  return stop() ? Answer::open : Answer::no;
}

}  // namespace abatis::interdiction
