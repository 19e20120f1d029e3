#include "tree.hpp"

#include <algorithm>
#include <atomic>

#include "abatis/base/parallel.hpp"

namespace abatis::interdiction {
namespace {

constexpr std::int64_t kRoundNodes = 6;            // of each subtree
constexpr std::int64_t kMostSubtrees = 24;         // at once
constexpr std::int64_t kMostEntries = 40'000'000;  // of all their relaxations

}  // namespace

Tree::Tree(TreeTask task) : task_(std::move(task)), root_(std::make_unique<Subtree>(task_)) {}

// Each subtree by itself. Where plans of one objective are all that is asked for, what comes after
// the first that finds one does not count.
bool Tree::search_round(std::int64_t nodes) {
  const auto count = subtrees_.size();
  std::atomic<std::size_t> first_over = count;
  parallel_for(count, task_.threads, [&](std::size_t i) {
    const auto stop = [&] { return first_over.load() < i || task_.stop(); };
    subtrees_[i]->search(nodes, stop);
    if (!subtrees_[i]->over()) return;
    auto first = first_over.load();
    while (i < first && !first_over.compare_exchange_weak(first, i)) {
    }
  });
  const bool over = first_over < count;
  if (over) subtrees_.resize(first_over + 1);
  return over;
}

// Until there are enough of them, the subtree with most open states is cut in two.
void Tree::split() {
  const auto most = std::clamp<std::int64_t>(
      kMostEntries / std::max<std::int64_t>(1, subtrees_[0]->size()), 1, kMostSubtrees);
  while (static_cast<std::int64_t>(subtrees_.size()) < most) {
    const auto widest =
        std::max_element(subtrees_.begin(), subtrees_.end(),
                         [](const auto& a, const auto& b) { return a->open() < b->open(); });
    if ((*widest)->open() < 2) return;
    subtrees_.insert(widest + 1, (*widest)->split());
  }
}

std::int64_t Tree::nodes() const {
  std::int64_t sum = nodes_;
  for (const auto& subtree : subtrees_) sum += subtree->nodes();
  return sum;
}

TreeEnd Tree::run(const std::function<void(const FoundPlan&)>& found) {
  subtrees_.push_back(std::move(root_));
  for (auto nodes = task_.first_nodes;; nodes = kRoundNodes) {
    const bool over = search_round(nodes);
    bool stopped = false, better = false;
    for (const auto& subtree : subtrees_) {
      stopped = stopped || subtree->stopped();
      if (subtree->best().objective <= best_.objective) continue;
      best_ = subtree->best();
      better = true;
    }
    if (better) found(best_);
    const auto done = [&](const std::unique_ptr<Subtree>& subtree) {
      if (!over && !stopped && subtree->open() > 0) return false;
      nodes_ += subtree->nodes();
      cuts_ += subtree->cuts();
      return true;
    };
    std::erase_if(subtrees_, done);
    if (over) return TreeEnd::found;
    if (stopped) return TreeEnd::stopped;
    if (subtrees_.empty()) return TreeEnd::nothing_left;
    if (best_.objective >= 0) {
      for (const auto& subtree : subtrees_) subtree->look_above(best_.objective);
    }
    split();
  }
}

}  // namespace abatis::interdiction
