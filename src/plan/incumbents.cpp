// How the tree comes by whole plans: rounding, thinning of everything, and neighbours of the best.
#include <algorithm>
#include <array>

#include "abatis/base/parallel.hpp"
#include "belts.hpp"
#include "tree.hpp"

namespace abatis::plan_detail {

namespace {
constexpr int kExactLooks = 30;     // looks at exact paths while everything is thinned
constexpr int kFruitlessBelts = 6;  // sets of tries in a row after plans made of belts
// Of very large plans: shares of the time after which belts are not begun any more, and tries
// around plans of belts end; the bound has the rest.
constexpr double kBeltsEnd = 0.3, kTriesEnd = 0.6;
constexpr int kPatient = 400;         // at least, where other ways to plans take minutes
constexpr double kThreshold = 0.003;  // of what the plan buys: how much worse a step may be
constexpr double kPatientThreshold = 0.01;
// Shares from which on purchases of belts are made, of two plans beside each other: they decide
// where dives end, and what is best is chance.
constexpr std::array<std::array<double, 2>, 6> kShares{
    {{0.5, 0.95}, {0.7, 0.85}, {0.6, 0.8}, {0.4, 0.9}, {0.55, 0.75}, {0.65, 1}}};
constexpr double kLateShare = 0.5;  // the same where plans begin with a late year
constexpr double kLiking = 0.02;  // of what an option could at most do, where the relaxation has it
}  // namespace

void Tree::try_rounding(const std::vector<double>& x, int passes) {
  for (const double share : {0.5, 0.1}) {
    if (stop()) return;
    const std::optional<Books> books = heuristic_.round(x, share);
    if (books) offer(heuristic_.improve(*books, x, passes));
  }
}

// From everything bought at once down to what the money pays for. What the relaxation has in x is
// held on to where the known paths leave the choice open.
void Tree::thin_everything(const std::vector<double>& x) {
  if (stop()) return;
  std::vector<double> share(impact_.size(), 0.0), first(impact_.size()), liking(impact_.size());
  for (std::size_t c = 0; c < x.size(); ++c) share[at(instance_.columns[c].option)] += x[c];
  for (std::size_t o = 0; o < share.size(); ++o) {
    liking[o] = kLiking * share[o] * impact_[o];
    first[o] = (1e-3 + share[o]) * weight_[o];
  }
  thin(everything(instance_, first), liking, x);
  report("thinned");
}

// A plan of a similar problem, of more money or fewer rules: what is missed least goes.
void Tree::thin_start() {
  Books books(instance_);
  for (const Purchase& p : instance_.problem.start) {
    const int column = instance_.column(p.option, p.year);
    if (column >= 0 && books.may_stand(column) && books.bought_at(instance_.site_of(column)) < 0) {
      heuristic_.put(books, column);
    }
  }
  if (stop()) return;
  thin(std::move(books), std::vector<double>(impact_.size(), 0.0), {});
}

// Two plans of belts beside each other, each with known paths of its own, and tries around the best
// plan then known.
void Tree::build_belts(const std::array<BeltsWay, 2>& ways, const std::vector<double>& x,
                       std::vector<double>& reached) {
  if (stop() || gap_reached()) return;
  const auto stop = [this] { return this->stop(); };
  const auto known = [this](const BeltsWay& way) {
    return way.anew ? PathPool(instance_) : PathPool(pool_);
  };
  std::array<PathPool, 2> pools{known(ways[0]), known(ways[1])};
  std::array<std::vector<double>, 2> shares{reached, reached};
  std::array<std::optional<Books>, 2> made;
  parallel_for(ways.size(), instance_.problem.threads, [&](std::size_t i) {
    const auto& [late, share, anew] = ways[i];
    if (late >= instance_.problem.years) return;
    Heuristic heuristic(instance_, pools[i], stop);
    const Belts belts(instance_, pools[i], heuristic, Price::scarcity, share, stop);
    made[i] = late < 0 ? belts.build(shares[i]) : belts.build_late(late);
  });
  for (const PathPool& pool : pools) pool_.add(pool);
  for (std::size_t year = 0; year < reached.size(); ++year) {
    const auto [low, high] = std::minmax(shares[0][year], shares[1][year]);
    reached[year] = high < 1 ? high : low;  // 1 may be that nothing was found
  }
  for (const std::optional<Books>& books : made) {
    if (!books) continue;
    const Incumbent plan = heuristic_.improve(*books, x, 6, Heuristic::Effort::quick);
    neighbours_.remember(plan);
    offer(plan);
  }
  report("belts");
  search_neighbours(x, kFruitlessBelts, very_large() ? kTriesEnd : 1);
}

// Whole belts, year by year: as much as each year lets. Where each plan takes minutes, two begin
// with a year near the first whose top is in reach of shares instead, and tries do the rest. What
// the first of them leave open may be for single years to close.
void Tree::build_belts(const std::vector<double>& x) {
  std::vector<double> reached(at(instance_.problem.years), 1);
  if (!very_large()) {
    bool anew = true;  // known paths lead later ones, and keep the first from what they could find
    for (const auto& [one, other] : kShares) {
      build_belts({{{-1, one, anew}, {-1, other, anew}}}, x, reached);
      if (anew) bound_years();
      anew = false;
    }
    return;
  }
  if (stop() || gap_reached() || spent() > kBeltsEnd) return;
  const Belts belts(instance_, pool_, heuristic_, Price::money, kLateShare,
                    [this] { return this->stop(); });
  const int year = belts.first_year_near_top();
  if (year < 0) return;
  build_belts({{{year, kLateShare, false}, {year + 1, kLateShare, false}}}, x, reached);
}

void Tree::thin(Books books, const std::vector<double>& liking, const std::vector<double>& x) {
  Surrogate surrogate = heuristic_.surrogate(books);
  const auto look = [this](const Books& now, Surrogate& seen) {
    const std::vector<Answer> answers = instance_.separate(now.as_point());
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const int kase = instance_.cells[i].kase;
      const std::size_t before = pool_.of(kase).size();
      pool_.add(kase, answers[i].path);
      if (pool_.of(kase).size() > before) seen.add_path(kase, answers[i].path, now.plan());
    }
  };
  look(books, surrogate);
  const int every = 1 + static_cast<int>(books.plan().size()) * 3 / kExactLooks;
  Thinning thinning(instance_, [this] { return stop(); });
  if (!thinning.thin(books, surrogate, liking, every, look) || !books.lower_limits_met()) {
    thinning.forget_lows();
    if (!thinning.thin(books, surrogate, liking) || !heuristic_.fill(books)) return;
  }
  offer(heuristic_.improve(books, x, 6));
}

Incumbent Tree::polished(const Incumbent& plan, const std::vector<double>& x) {
  Books books(instance_);
  for (const int c : plan.columns) {
    if (!books.is_fixed(c)) books.add(c);
  }
  return heuristic_.improve(books, x, 2);
}

// Tries from plan to plan, each a little worse at most than the last, and by less and less
// (threshold accepting; Dueck & Scheuer 1990). After `fruitless` sets of them without a new best
// plan the full local search has a go at the best, and when that finds nothing the search ends.
void Tree::search_neighbours(const std::vector<double>& x, int fruitless, double until) {
  if (!best_ || stop() || gap_reached()) return;
  double threshold = kThreshold;
  if (very_large()) {
    fruitless = std::max(fruitless, kPatient);
    threshold = kPatientThreshold;
  }
  Incumbent now = *best_;
  int failed = 0;
  while (!stop() && !gap_reached() && spent() < until) {
    const double left = 1 - static_cast<double>(failed) / fruitless;
    const double loss = threshold * left * (best_->objective - instance_.baseline);
    if (std::optional<Incumbent> found = neighbours_.tries(now, x, loss)) now = std::move(*found);
    failed = offer(now) ? 0 : failed + 1;
    report("neighbours");
    if (failed < fruitless) continue;
    now = *best_;
    if (!offer(polished(now, x))) break;
    now = *best_;
    failed = 0;
  }
}

}  // namespace abatis::plan_detail
