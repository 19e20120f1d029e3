// How the tree comes by whole plans: rounding, thinning of everything, and neighbours of the best.
#include <algorithm>

#include "tree.hpp"

namespace abatis::plan_detail {

namespace {
constexpr int kLooks = 30;          // looks at exact paths while everything is thinned
constexpr int kPolishAfter = 3;     // fruitless sets of tries
constexpr double kLiking = 0.02;    // of what an option could at most do, where the relaxation has it
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
    first[o] = (1e-3 + share[o]) * impact_[o];
  }
  Books books = everything(instance_, first);
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
  const int every = 1 + static_cast<int>(books.plan().size()) * 3 / kLooks;
  const Thinning thinning(instance_);
  if (!thinning.thin(books, surrogate, liking, every, look) || !books.lower_limits_met()) return;
  report("thinned");
  offer(heuristic_.improve(books, x, 6));
}

// Tries around the best plan until `fruitless` sets of them in a row have found nothing better.
// After some that failed, the full local search has a go at the best plan.
void Tree::search_neighbours(const std::vector<double>& x, int fruitless) {
  int failed = 0;
  double polished = 0;  // objective of the plan that the full local search began with
  while (best_ && failed < fruitless && !stop() && !gap_reached()) {
    const std::optional<Incumbent> found = neighbours_.tries(*best_, x);
    failed = found && offer(*found) ? 0 : failed + 1;
    if (failed >= kPolishAfter && polished < best_->objective) {
      polished = best_->objective;
      Books books(instance_);
      for (const int c : best_->columns) {
        if (!books.is_fixed(c)) books.add(c);
      }
      if (offer(heuristic_.improve(books, x, 2))) failed = 0;
    }
  }
}

}  // namespace abatis::plan_detail
