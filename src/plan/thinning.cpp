#include "thinning.hpp"

#include <algorithm>
#include <cmath>
#include <queue>
#include <utility>

namespace abatis::plan_detail {

namespace {
constexpr double kCent = 1e-3;        // EUR below which a limit counts as kept
constexpr int kPutOff[] = {1, 2, 4};  // years by which a purchase may be put off at once
}  // namespace

// What a thinning has in hand.
struct Thinning::State {
  Books& books;
  Surrogate& surrogate;
  const std::vector<double>& liking;
  std::vector<double> over;  // by year, EUR above the limit; negative where there is room
  double pace = 0;           // the rate of the last move
};

bool Thinning::Move::operator<(const Move& other) const {
  if (rate != other.rate) return rate > other.rate;
  if (relief != other.relief) return relief < other.relief;
  return from > other.from;
}

Thinning::Thinning(const Instance& instance, std::function<bool()> stop)
    : instance_(instance),
      stop_(std::move(stop)),
      limit_(spendable(instance.problem)),
      scarcity_(at(instance.problem.years), 1.0) {}

// Money set free where it is short, EUR; 0 or less when the move breaks a limit that holds.
double Thinning::relief(const State& state, int from, int to) const {
  const PlanProblem& p = instance_.problem;
  double sum = 0;
  for (int t = 0; t < p.years; ++t) {
    const double freed = use(from, t) - use(to, t);
    if (freed < 0 && state.over[at(t)] - freed > std::max(kCent, state.over[at(t)])) return -1;
    if (state.over[at(t)] > kCent) {
      sum += scarcity_[at(t)] * std::min(freed, state.over[at(t)]);
    }
  }
  const Column old = instance_.columns[at(from)];
  const Column now = to < 0 ? Column{-1, 0} : instance_.columns[at(to)];
  const auto charge_of = [&](const Column& column, int budget_class) {
    if (column.option < 0) return 0.0;
    for (const PlanCharge& c : p.options[at(column.option)].charges) {
      if (c.budget_class == budget_class) return whole_charge(p, c, column.year);
    }
    return 0.0;
  };
  for (const PlanCharge& c : p.options[at(old.option)].charges) {
    const double lost = whole_charge(p, c, old.year) - charge_of(now, c.budget_class);
    if (lows_ && lost > 0 && state.books.room_to_lower_limit(c.budget_class) < lost) return -1;
    const double above = -state.books.room_to_upper_limit(c.budget_class);
    if (lost < 0 && -above < -lost) return -1;
    if (above > 0) sum += std::min(lost, above);
  }
  if (now.option >= 0) {
    for (const PlanCharge& c : p.options[at(now.option)].charges) {
      if (charge_of(old, c.budget_class) != 0) continue;
      if (state.books.room_to_upper_limit(c.budget_class) < whole_charge(p, c, now.year)) return -1;
    }
  }
  if (p.limits.empty()) return sum;
  const Books::LimitChange change = state.books.change_of_limits(from, to);
  const bool breaks = lows_ ? change.breaks_low || change.breaks_high : change.breaks_high;
  return breaks ? -1 : sum + change.relief;
}

// The cheapest way for one purchase to make room.
Thinning::Move Thinning::best_move(State& state, int from) const {
  const Column column = instance_.columns[at(from)];
  const double liking = state.liking[at(column.option)];
  Move best;
  const auto consider = [&](int to, double share_lost) {
    const double freed = relief(state, from, to);
    if (freed <= kCent) return;
    const double change =
        to < 0 ? state.surrogate.change({from}, {}) : state.surrogate.change({from}, {to});
    const double loss = std::max(0.0, -change) + liking * share_lost;
    const Move move{from, to, loss / freed, freed};
    if (best.from < 0 || best < move) best = move;
  };
  const int years = instance_.problem.years;
  for (const int by : kPutOff) {
    const int year = column.year + by;
    const int to = year < years ? instance_.column(column.option, year) : -1;
    if (to >= 0) consider(to, static_cast<double>(by) / years);
  }
  consider(-1, static_cast<double>(years - column.year) / years);
  for (const int other : instance_.site_options[at(instance_.site_of(from))]) {
    const int to = other == column.option ? -1 : instance_.column(other, column.year);
    if (to >= 0 && state.books.free_of_conflicts(other, column.option)) {
      consider(to, std::max(0.0, liking - state.liking[at(other)]) / std::max(liking, 1e-300));
    }
  }
  return best;
}

void Thinning::make(State& state, const Move& move) const {
  if (move.from >= 0) state.books.remove(move.from);
  if (move.to >= 0) state.books.add(move.to);
  const auto one = [](int column) {
    return column < 0 ? std::vector<int>{} : std::vector<int>{column};
  };
  state.surrogate.apply(one(move.from), one(move.to));
  for (int t = 0; t < instance_.problem.years; ++t) {
    state.over[at(t)] += use(move.to, t) - use(move.from, t);
  }
}

// What a purchase needed that is gone now may be needed by none.
template <class Push>
void Thinning::look_at_givers(State& state, int from, const Push& push) const {
  for (const LimitUse& use : instance_.limits.of(instance_.columns[at(from)].option)) {
    if (use.amount < 0) continue;
    for (const int option : instance_.limits.givers(use.limit)) {
      const int column = state.books.bought(option);
      if (column >= 0 && state.books.can_remove(column)) push(column);
    }
  }
}

// After a look: what was put off since the last one and is missed now comes back.
void Thinning::take_back(State& state, std::vector<Move>& recent) const {
  for (auto move = recent.rbegin(); move != recent.rend(); ++move) {
    const int site = instance_.site_of(move->from);
    if (state.books.bought_at(site) != move->to) continue;
    const int option = instance_.columns[at(move->from)].option;
    if (!state.books.free_of_conflicts(
            option, move->to < 0 ? option : instance_.columns[at(move->to)].option)) {
      continue;
    }
    if (state.books.change_of_limits(move->to, move->from).breaks()) continue;
    const double missed = move->to < 0 ? state.surrogate.change({}, {move->from})
                                       : state.surrogate.change({move->to}, {move->from});
    if (missed / move->relief > 4 * state.pace + 1e-300) make(state, {move->to, move->from, 0, 0});
  }
  recent.clear();
}

bool Thinning::thin(Books& books, Surrogate& surrogate, const std::vector<double>& liking,
                    int every, const Look& look) const {
  State state{books, surrogate, liking, limit_, 0};
  for (double& over : state.over) over = -over;
  for (const int c : books.plan()) {
    for (int t = 0; t < instance_.problem.years; ++t) state.over[at(t)] += use(c, t);
  }
  const auto broken = [&] {
    return books.upper_limits_broken() ||
           std::any_of(state.over.begin(), state.over.end(), [](double o) { return o > kCent; });
  };
  int steps = 0, looks = 0;
  std::vector<Move> recent;
  while (broken()) {
    // Rates only rise as money gets less short and paths get fewer, so old ones wait in a heap
    // and are looked at again when their turn comes.
    std::priority_queue<Move> heap;
    const auto push = [&](int column) {
      const Move move = best_move(state, column);
      if (move.from >= 0) heap.push(move);
    };
    std::vector<int> plan = books.plan();
    std::sort(plan.begin(), plan.end());
    for (const int c : plan) {
      if (!books.is_fixed(c)) push(c);
    }
    if (heap.empty()) return false;
    while (!heap.empty() && broken()) {
      if (stop_ && stop_()) return false;
      const Move old = heap.top();
      heap.pop();
      if (books.bought_at(instance_.site_of(old.from)) != old.from) continue;  // gone meanwhile
      const Move move = best_move(state, old.from);
      if (move.from < 0) continue;
      if (!heap.empty() && move < heap.top()) {
        heap.push(move);
        continue;
      }
      make(state, move);
      state.pace = std::max(state.pace, move.rate);
      recent.push_back(move);
      if (move.to >= 0) push(move.to);
      look_at_givers(state, move.from, push);
      if (every > 0 && ++steps % every == 0) {
        look(books, surrogate);
        if (++looks < 200) take_back(state, recent);
        break;  // rates may have changed everywhere
      }
    }
  }
  return true;
}

namespace {

// Where quotas lack something, options that count for them take the place of others, those first
// that are preferred most to what stands there.
void meet_quotas(const Instance& instance, const std::vector<double>& liking, Books& books) {
  std::vector<std::pair<double, int>> order;  // what is lost, option
  for (std::size_t o = 0; o < liking.size(); ++o) {
    if (instance.columns_of(static_cast<int>(o)).empty() ||
        !books.is_missed(static_cast<int>(o), true)) {
      continue;
    }
    const int there = books.bought_at(instance.problem.options[o].site);
    const double lost = there < 0 ? 0.0 : liking[at(instance.columns[at(there)].option)];
    order.emplace_back(lost - liking[o], static_cast<int>(o));
  }
  std::sort(order.begin(), order.end());
  for (const auto& entry : order) {
    const int column = instance.first_column[at(entry.second)];
    if (!books.is_missed(entry.second, true) || !books.may_stand(column)) continue;
    const int there = books.bought_at(instance.site_of(column));
    if (there == column) continue;
    const double before = books.missing();
    if (there >= 0) books.remove(there);
    books.add(column);
    if (books.missing() < before) continue;
    books.remove(column);
    if (there >= 0) books.add(there);
  }
}

}  // namespace

Books everything(const Instance& instance, const std::vector<double>& liking) {
  Books books(instance);
  std::vector<int> order;
  for (std::size_t o = 0; o < liking.size(); ++o) {
    if (!instance.columns_of(static_cast<int>(o)).empty()) order.push_back(static_cast<int>(o));
  }
  std::sort(order.begin(), order.end(), [&](int a, int b) {
    return liking[at(a)] != liking[at(b)] ? liking[at(a)] > liking[at(b)] : a < b;
  });
  for (const int o : order) {
    if (books.bought_at(instance.problem.options[at(o)].site) >= 0) continue;
    if (books.free_of_conflicts(o, o)) books.add(instance.first_column[at(o)]);
  }
  if (instance.limits.size() > 0 && !books.lower_limits_met()) {
    meet_quotas(instance, liking, books);
  }
  return books;
}

}  // namespace abatis::plan_detail
