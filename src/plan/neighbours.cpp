#include "neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "abatis/base/parallel.hpp"
#include "abatis/base/sort.hpp"

namespace abatis::plan_detail {

namespace {
constexpr std::size_t kTries = 8;     // at a time; the same on any number of threads
constexpr std::size_t kMeasured = 2;  // of them, measured by shortest paths
constexpr std::uint64_t kSeed = 20260209;
constexpr std::size_t kLongest = 60;  // sites of a belt
constexpr double kClose = 0.15;       // share of tries that close what others need
constexpr double kRelink = 0.15;      // of the others, share that go towards another good plan
constexpr std::size_t kElite = 6;
constexpr double kApart = 0.05;  // share of purchases by which good plans differ at least

// Purchases of one that the other does not make in the same year, as a share. Both are sorted.
double apart(const std::vector<int>& a, const std::vector<int>& b) {
  std::vector<int> same;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(same));
  const std::size_t most = std::max<std::size_t>({a.size(), b.size(), 1});
  return 1 - static_cast<double>(same.size()) / static_cast<double>(most);
}

std::vector<int> sorted(std::vector<int> columns) {
  std::sort(columns.begin(), columns.end());
  return columns;
}
}  // namespace

Neighbours::Neighbours(const Instance& instance, PathPool& pool, Heuristic& heuristic,
                       std::function<bool()> stop)
    : instance_(instance),
      pool_(pool),
      heuristic_(heuristic),
      givers_(instance),
      stop_(std::move(stop)) {}

// A cell, the more likely the more could still be bought there.
int Neighbours::draw_cell(const std::vector<double>& time, Random& random) const {
  double all = 0;
  for (std::size_t i = 0; i < time.size(); ++i) {
    all += instance_.cells[i].weight * std::max(0.0, instance_.cells[i].top - time[i]);
  }
  double left = all * random.uniform();
  for (std::size_t i = 0; i < time.size(); ++i) {
    left -= instance_.cells[i].weight * std::max(0.0, instance_.cells[i].top - time[i]);
    if (left < 0) return static_cast<int>(i);
  }
  return static_cast<int>(time.size()) - 1;
}

// Buys a column in the place of whatever stands at its site, with what it needs; where that is not
// to be had, thinning makes room later.
void Neighbours::put(Books& books, Surrogate& surrogate, int column) const {
  std::optional<Change> change = givers_.put(books, column);
  if (!change) {
    const int old = books.bought_at(instance_.site_of(column));
    change = Change{old >= 0 ? std::vector<int>{old} : std::vector<int>{}, {column}};
    apply(books, *change);
  }
  surrogate.apply(change->drop, change->take);
}

// Something that others need goes; thinning then takes those of them that are missed least.
void Neighbours::close(Books& books, Surrogate& surrogate, Random& random) const {
  std::vector<int> open;
  for (const int c : books.plan()) {
    if (!books.is_fixed(c) && instance_.limits.gives(instance_.columns[at(c)].option)) {
      open.push_back(c);
    }
  }
  if (open.empty()) return;
  std::sort(open.begin(), open.end());
  const int gone = open[random.below(open.size())];
  books.remove(gone);
  surrogate.apply({gone}, {});
}

// Lifts every known path of one cell above a level between its time now and the most there can be.
void Neighbours::buy_belt(Books& books, Surrogate& surrogate, const std::vector<double>& time,
                          Random& random) const {
  const int cell = draw_cell(time, random);
  const PlanCell& where = instance_.cells[at(cell)];
  const double now = time[at(cell)];
  const double level = now + (where.top - now) * std::pow(random.uniform(), 1.5);
  const int year = std::max(0, where.year - static_cast<int>(random.below(4)));
  const auto& paths = pool_.of(where.kase);
  std::vector<std::pair<std::size_t, double>> open;  // path, what it lacks
  for (std::size_t p = 0; p < paths.size(); ++p) {
    double length = paths[p].length;
    for (const auto& [site, count] : paths[p].steps) {
      const int c = books.bought_at(site);
      if (c >= 0) length += count * instance_.effect(c, cell);
    }
    if (length < level) open.emplace_back(p, level - length);
  }
  std::vector<double> score(at(instance_.problem.sites));
  for (std::size_t taken = 0; taken < kLongest && !open.empty(); ++taken) {
    std::fill(score.begin(), score.end(), 0.0);
    for (const auto& [p, lack] : open) {
      for (const auto& step : paths[p].steps) score[at(step.first)] += 1;
    }
    double best = 0, gained = 0;
    int take = -1;
    for (std::size_t s = 0; s < score.size(); ++s) {
      if (score[s] <= 0) continue;
      const int old = books.bought_at(static_cast<int>(s));
      const double has = old >= 0 ? instance_.effect(old, cell) : 0.0;
      for (const int o : instance_.site_options[s]) {
        const int c = instance_.column(o, year);
        if (c < 0 || !books.may_stand(c)) continue;
        const double more = instance_.effect(c, cell) - has;
        if (more <= 0 || books.change_of_limits(old, c).breaks_low) continue;
        const double price = old >= 0 && instance_.columns[at(old)].option == o
                                 ? 0.3 * instance_.problem.options[at(o)].cost()
                                 : instance_.problem.options[at(o)].cost();
        const double rate = score[s] * std::min(more, level - now) / std::max(1.0, price);
        if (rate > best) {
          best = rate;
          gained = more;
          take = c;
        }
      }
    }
    if (take < 0) break;
    put(books, surrogate, take);
    const int site = instance_.site_of(take);
    std::erase_if(open, [&](auto& entry) {
      for (const auto& [s, count] : paths[entry.first].steps) {
        if (s == site) entry.second -= count * gained;
      }
      return entry.second <= 0;
    });
  }
}

// Buys a random part of the plan some years earlier.
void Neighbours::buy_earlier(Books& books, Surrogate& surrogate, Random& random) const {
  const int by = 1 + static_cast<int>(random.below(3));
  const double share = 0.1 + 0.6 * random.uniform();
  std::vector<int> plan = books.plan();
  std::sort(plan.begin(), plan.end());
  for (const int c : plan) {
    if (random.uniform() > share || books.is_fixed(c)) continue;
    if (books.bought_at(instance_.site_of(c)) != c) continue;  // moved with what needs it
    const Column column = instance_.columns[at(c)];
    const int to = instance_.column(column.option, std::max(0, column.year - by));
    if (to >= 0 && to != c) put(books, surrogate, to);
  }
}

// Some of what another good plan buys otherwise is bought as it has it.
void Neighbours::relink(Books& books, Surrogate& surrogate, Random& random) const {
  const std::vector<int>& guide = elite_[random.below(elite_.size())].columns;
  const double share = 0.1 + 0.5 * random.uniform();
  for (const int c : sorted(guide)) {
    const bool same = books.bought_at(instance_.site_of(c)) == c;
    if (same || random.uniform() > share || !books.may_stand(c)) continue;
    put(books, surrogate, c);
  }
}

// Keeps the plan among the good ones: in the place of those near it that are worse.
void Neighbours::remember(const Incumbent& plan) {
  const std::vector<int> columns = sorted(plan.columns);
  const auto near = [&](const Incumbent& other) {
    return apart(columns, sorted(other.columns)) < kApart;
  };
  if (std::any_of(elite_.begin(), elite_.end(), [&](const Incumbent& other) {
        return near(other) && other.objective >= plan.objective;
      })) {
    return;
  }
  std::erase_if(elite_, near);
  const auto place = std::find_if(elite_.begin(), elite_.end(), [&](const Incumbent& other) {
    return other.objective < plan.objective;
  });
  elite_.insert(place, plan);
  if (elite_.size() > kElite) elite_.pop_back();
}

// `surrogate`: of what is in `books`.
Neighbours::Try Neighbours::attempt(Books books, Surrogate surrogate, const std::vector<double>& x,
                                    Random random) const {
  if (instance_.limits.any_gives() && random.uniform() < kClose) {
    close(books, surrogate, random);
  } else if (elite_.size() > 1 && random.uniform() < kRelink) {
    relink(books, surrogate, random);
  } else if (random.uniform() < 0.75) {
    buy_belt(books, surrogate, surrogate.times(), random);
  } else {
    buy_earlier(books, surrogate, random);
  }
  Thinning thinning(instance_);
  std::vector<double> scarcity;
  for (int t = 0; t < instance_.problem.years; ++t) scarcity.push_back(random.uniform(0.3, 1));
  thinning.count_years(std::move(scarcity));
  const std::vector<double> liking(instance_.problem.options.size(), 0.0);
  if (!thinning.thin(books, surrogate, liking) || !books.lower_limits_met()) return {};
  heuristic_.settle(books, surrogate, x);
  return {surrogate.value(), std::move(books)};
}

std::optional<Incumbent> Neighbours::tries(const Incumbent& from, const std::vector<double>& x,
                                           double loss) {
  Books books(instance_);
  for (const int c : from.columns) {
    if (!books.is_fixed(c)) books.add(c);
  }
  const Surrogate surrogate = heuristic_.surrogate(books);
  std::vector<Try> all(kTries);
  parallel_for(kTries, instance_.problem.threads, [&](std::size_t i) {
    if (stop_()) return;
    all[i] = attempt(books, surrogate, x, Random(kSeed + instance_.problem.seed, count_ + i));
  });
  count_ += kTries;
  const double least = from.objective - loss;
  const std::vector<int> same = sorted(from.columns);
  std::erase_if(all, [&](const Try& t) {
    return !t.books || t.value < least || sorted(t.books->plan()) == same;
  });
  sort_stably(all, [](const Try& a, const Try& b) { return a.value > b.value; });
  std::optional<Incumbent> found;
  for (std::size_t i = 0; i < std::min(all.size(), kMeasured) && !stop_(); ++i) {
    Incumbent now = heuristic_.improve(*all[i].books, x, 3, Heuristic::Effort::quick);
    if (now.objective < least || sorted(now.columns) == same) continue;
    if (!found || now.objective > found->objective) found = std::move(now);
  }
  if (found) remember(*found);
  return found;
}

}  // namespace abatis::plan_detail
