#include "abatis/screen/choice.hpp"

#include <algorithm>
#include <map>
#include <queue>
#include <utility>

namespace abatis {
namespace {

constexpr double kEnough = 1e-9;  // relative: two values that are the same

enum class Take : std::int8_t { free, in, out };

struct Node {
  double bound = 0;
  std::int64_t order = 0;  // of making, so that equal bounds come in order
  std::vector<Take> take;
};
struct WorseNode {
  bool operator()(const Node& a, const Node& b) const {
    return a.bound != b.bound ? a.bound < b.bound : a.order > b.order;
  }
};

// What a node comes to.
struct Bounded {
  double bound = 0;
  std::vector<int> rounded;  // rows of the relaxation that are whole, with those in
  int branch = -1;           // the row that is split; -1 = none: `rounded` is best
};

bool covers_less(const RowCover& a, const RowCover& b) {
  return a.row != b.row ? a.row < b.row : a.opacity < b.opacity;
}

// A line whose rows are all across another one, no denser there, says less than that other.
bool implied(const std::vector<RowCover>& line, const std::vector<RowCover>& by) {
  return std::all_of(by.begin(), by.end(), [&](const RowCover& b) {
    return std::any_of(line.begin(), line.end(),
                       [&](const RowCover& a) { return a.row == b.row && a.opacity >= b.opacity; });
  });
}

// Points that can be hidden at all, lines that say nothing of their own left out, equal points as
// one.
std::vector<RowPoint> reduced(const std::vector<RowPoint>& points) {
  using Lines = std::vector<std::vector<std::pair<int, double>>>;
  std::map<Lines, double> merged;
  for (const RowPoint& point : points) {
    if (!(point.weight > 0) || point.lines.empty()) continue;
    std::vector<std::vector<RowCover>> lines = point.lines;
    for (auto& line : lines) std::sort(line.begin(), line.end(), covers_less);
    std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
      if (a.size() != b.size()) return a.size() < b.size();
      return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), covers_less);
    });
    if (lines.front().empty()) continue;
    Lines kept;
    std::vector<std::size_t> at;
    for (std::size_t l = 0; l < lines.size(); ++l) {
      if (std::any_of(at.begin(), at.end(),
                      [&](std::size_t k) { return implied(lines[l], lines[k]); })) {
        continue;
      }
      at.push_back(l);
      kept.emplace_back();
      for (const RowCover& cover : lines[l]) kept.back().emplace_back(cover.row, cover.opacity);
    }
    merged[std::move(kept)] += point.weight;
  }
  std::vector<RowPoint> out;
  for (const auto& [lines, weight] : merged) {
    RowPoint point{.weight = weight};
    for (const auto& line : lines) {
      point.lines.emplace_back();
      for (const auto& [row, opacity] : line) point.lines.back().push_back({row, opacity});
    }
    out.push_back(std::move(point));
  }
  return out;
}

double value_of(const std::vector<RowPoint>& points, const std::vector<bool>& has) {
  double sum = 0;
  for (const RowPoint& point : points) {
    double least = 1;
    for (const auto& line : point.lines) {
      double densest = 0;
      for (const RowCover& cover : line) {
        if (has[static_cast<std::size_t>(cover.row)]) densest = std::max(densest, cover.opacity);
      }
      least = std::min(least, densest);
      if (least == 0) break;
    }
    if (!point.lines.empty()) sum += point.weight * least;
  }
  return sum;
}

class Search {
 public:
  Search(const RowProblem& problem, const RowChoiceOptions& options)
      : problem_(problem), options_(options), points_(reduced(problem.points)) {}

  RowChoiceResult go() {
    Node root{.take = std::vector<Take>(problem_.costs.size(), Take::free)};
    for (const int row : problem_.taken) at(root.take, row) = Take::in;
    for (const int row : problem_.barred) {
      if (at(root.take, row) == Take::free) at(root.take, row) = Take::out;
    }
    given_ = root.take;
    consider(rows_in(root.take));
    root.bound = bound(root.take).bound;
    queue_.push(std::move(root));
    while (!queue_.empty() && nodes_ < options_.node_limit) {
      Node node = queue_.top();
      queue_.pop();
      if (node.bound <= best_.value * (1 + kEnough)) {
        queue_ = {};
        break;
      }
      ++nodes_;
      expand(std::move(node));
    }
    best_.bound = queue_.empty() ? best_.value : std::max(best_.value, queue_.top().bound);
    best_.nodes = nodes_;
    return std::move(best_);
  }

 private:
  static Take& at(std::vector<Take>& take, int row) { return take[static_cast<std::size_t>(row)]; }
  double cost(int row) const { return problem_.costs[static_cast<std::size_t>(row)]; }
  bool given(int row) const { return given_[static_cast<std::size_t>(row)] == Take::in; }

  static std::vector<int> rows_in(const std::vector<Take>& take) {
    std::vector<int> rows;
    for (std::size_t r = 0; r < take.size(); ++r) {
      if (take[r] == Take::in) rows.push_back(static_cast<int>(r));
    }
    return rows;
  }

  double spent(const std::vector<int>& rows) const {
    double sum = 0;
    for (const int row : rows) sum += given(row) ? 0 : cost(row);
    return sum;
  }

  // Keeps the rows where they hide more than the best so far, or as much for less.
  void consider(std::vector<int> rows) {
    std::vector<bool> has(problem_.costs.size(), false);
    for (const int row : rows) has[static_cast<std::size_t>(row)] = true;
    const double value = value_of(points_, has);
    if (best_known_ && value <= best_.value) return;
    best_known_ = true;
    best_.value = value;
    std::sort(rows.begin(), rows.end());
    best_.cost = spent(rows);
    best_.rows = std::move(rows);
  }

  // What is hidden by what is in; and by how much each free row could add to it at most.
  double gains(const std::vector<Take>& take, std::vector<double>& gain) const {
    gain.assign(take.size(), 0);
    double hidden = 0;
    for (const RowPoint& point : points_) {
      double least = 2;
      std::size_t fewest = 0, weakest = 0;
      for (std::size_t l = 0; l < point.lines.size(); ++l) {
        double densest = 0;
        std::size_t open = 0;
        for (const RowCover& cover : point.lines[l]) {
          const Take now = take[static_cast<std::size_t>(cover.row)];
          if (now == Take::in) densest = std::max(densest, cover.opacity);
          if (now == Take::free) ++open;
        }
        if (densest < least || (densest == least && open < fewest)) {
          least = densest;
          fewest = open;
          weakest = l;
        }
      }
      hidden += point.weight * least;
      for (const RowCover& cover : point.lines[weakest]) {
        const auto row = static_cast<std::size_t>(cover.row);
        if (take[row] != Take::free || cover.opacity <= least) continue;
        gain[row] += point.weight * (cover.opacity - least);
      }
    }
    return hidden;
  }

  Bounded bound(const std::vector<Take>& take) const {
    std::vector<double> gain;
    Bounded out{.rounded = rows_in(take)};
    out.bound = gains(take, gain);
    double left = problem_.budget - spent(out.rounded);
    std::vector<int> order;
    for (std::size_t r = 0; r < take.size(); ++r) {
      const int row = static_cast<int>(r);
      if (take[r] == Take::free && gain[r] > 0 && cost(row) <= left) order.push_back(row);
    }
    std::sort(order.begin(), order.end(), [&](int a, int b) {
      const double x = gain[static_cast<std::size_t>(a)] * cost(b);
      const double y = gain[static_cast<std::size_t>(b)] * cost(a);
      return x != y ? x > y : a < b;
    });
    for (const int row : order) {
      const double worth = gain[static_cast<std::size_t>(row)];
      if (cost(row) <= left) {
        left -= cost(row);
        out.bound += out.branch < 0 ? worth : 0;
        out.rounded.push_back(row);
      } else if (out.branch < 0) {
        out.bound += worth * left / cost(row);
        out.branch = row;
      }
    }
    // A point rests on one of its lines here; others of its lines may need further rows.
    if (out.branch < 0) out.branch = row_left(take, out.rounded);
    return out;
  }

  // A free row that fits into what is in, not among `rounded`, across the least hidden line of the
  // heaviest point that has one. -1: there is none, so `rounded` hides all that can be hidden.
  int row_left(const std::vector<Take>& take, const std::vector<int>& rounded) const {
    const double left = problem_.budget - spent(rows_in(take));
    std::vector<bool> has(take.size(), false);
    for (const int row : rounded) has[static_cast<std::size_t>(row)] = true;
    int best = -1;
    double heaviest = 0;
    for (const RowPoint& point : points_) {
      if (point.weight <= heaviest) continue;
      for (const auto& line : point.lines) {
        double densest = 0;
        for (const RowCover& cover : line) {
          if (has[static_cast<std::size_t>(cover.row)]) densest = std::max(densest, cover.opacity);
        }
        for (const RowCover& cover : line) {
          const auto row = static_cast<std::size_t>(cover.row);
          if (take[row] != Take::free || has[row] || cost(cover.row) > left) continue;
          if (cover.opacity <= densest) continue;
          best = cover.row;
          heaviest = point.weight;
        }
      }
    }
    return best;
  }

  void expand(Node node) {
    const Bounded now = bound(node.take);
    consider(now.rounded);
    if (now.branch < 0 || now.bound <= best_.value * (1 + kEnough)) return;
    for (const Take way : {Take::in, Take::out}) {
      Node child{.order = ++made_, .take = node.take};
      at(child.take, now.branch) = way;
      if (way == Take::in && spent(rows_in(child.take)) > problem_.budget) continue;
      child.bound = std::min(now.bound, bound(child.take).bound);
      if (child.bound > best_.value * (1 + kEnough)) queue_.push(std::move(child));
    }
  }

  const RowProblem& problem_;
  RowChoiceOptions options_;
  std::vector<RowPoint> points_;
  std::vector<Take> given_;
  std::priority_queue<Node, std::vector<Node>, WorseNode> queue_;
  RowChoiceResult best_;
  bool best_known_ = false;
  std::int64_t nodes_ = 0, made_ = 0;
};

}  // namespace

double hidden_by(const RowProblem& problem, const std::vector<int>& rows) {
  std::vector<bool> has(problem.costs.size(), false);
  for (const int row : rows) has[static_cast<std::size_t>(row)] = true;
  return value_of(problem.points, has);
}

RowChoiceResult choose_rows(const RowProblem& problem, const RowChoiceOptions& options) {
  return Search(problem, options).go();
}

}  // namespace abatis
