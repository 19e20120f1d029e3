#include "abatis/corridors/closure.hpp"

#include <algorithm>
#include <cstdint>

namespace abatis {
namespace {

// Unit flows through cells that carry one way each. A cell is two nodes, `in` and `out`: a way
// enters by one and leaves by the other. A new way may undo part of an older one: it then runs
// against it, from `in` of a used cell to `out` of the one before.
class Flow {
 public:
  Flow(const NearOptimal& set, double ends)
      : set_(set),
        kind_(set.grid.size(), Kind::outside),
        before_(set.grid.size(), kNoCell),
        after_(set.grid.size(), kNoCell) {
    for (std::size_t i = 0; i < kind_.size(); ++i) {
      const auto c = static_cast<Cell>(i);
      if (!set.holds(c)) continue;
      const double q = set.progress(c);
      kind_[i] = q <= ends ? Kind::entry : q >= 1 - ends ? Kind::goal : Kind::between;
      if (kind_[i] == Kind::entry) entries_.push_back(c);
    }
  }

  enum class Step : std::uint8_t { none, added, ends_touch };

  // One more way, if there is one; afterwards `seen` says what the last search reached.
  Step augment() {
    from_.assign(2 * kind_.size(), kUnseen);
    open_.clear();
    for (const Cell c : entries_) see(out(c), kRoot);
    for (std::size_t i = 0; i < open_.size(); ++i) {
      const std::int64_t node = open_[i];
      const auto c = static_cast<Cell>(node / 2);
      const Cell goal = (node & 1) != 0 ? leave(c) : undo(c);
      if (goal == kNoCell) continue;
      if (kind(c) == Kind::entry && kind(goal) == Kind::goal) return Step::ends_touch;
      trace(c, goal);
      return Step::added;
    }
    return Step::none;
  }

  // Cells the last search could enter and not leave: the cut.
  std::vector<Cell> cut() const {
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < kind_.size(); ++i) {
      if (kind_[i] == Kind::between && from_[2 * i] != kUnseen && from_[2 * i + 1] == kUnseen) {
        cells.push_back(static_cast<Cell>(i));
      }
    }
    return cells;
  }

  std::vector<std::vector<Cell>> ways() const {
    std::vector<std::vector<Cell>> all;
    for (std::size_t i = 0; i < kind_.size(); ++i) {
      // The first cell of a way stands beside its entry.
      if (before_[i] == kNoCell || kind(before_[i]) != Kind::entry) continue;
      std::vector<Cell> way{before_[i]};
      for (auto c = static_cast<Cell>(i); c != kNoCell && kind(c) != Kind::goal;
           c = after_[static_cast<std::size_t>(c)]) {
        way.push_back(c);
        const Cell next = after_[static_cast<std::size_t>(c)];
        if (kind(next) == Kind::goal) way.push_back(next);
      }
      all.push_back(std::move(way));
    }
    return all;
  }

 private:
  enum class Kind : std::uint8_t { outside, entry, between, goal };
  static constexpr std::int64_t kUnseen = -2, kRoot = -1;

  static std::int64_t in(Cell c) { return 2 * static_cast<std::int64_t>(c); }
  static std::int64_t out(Cell c) { return 2 * static_cast<std::int64_t>(c) + 1; }
  Kind kind(Cell c) const { return kind_[static_cast<std::size_t>(c)]; }
  bool used(Cell c) const { return after_[static_cast<std::size_t>(c)] != kNoCell; }

  void see(std::int64_t node, std::int64_t from) {
    auto& mark = from_[static_cast<std::size_t>(node)];
    if (mark != kUnseen) return;
    mark = from;
    open_.push_back(node);
  }

  // From `out` of a cell: to its neighbours, or back through itself against its own way. Returns a
  // goal when one is beside it.
  Cell leave(Cell c) {
    Cell goal = kNoCell;
    for_each_beside(set_.grid, c, [&](Cell n) {
      if (kind(n) == Kind::goal && goal == kNoCell) goal = n;
      if (kind(n) == Kind::between && after_[static_cast<std::size_t>(c)] != n) see(in(n), out(c));
    });
    if (goal == kNoCell && used(c)) see(in(c), out(c));
    return goal;
  }

  // From `in` of a cell: through it when it is free, else against the way that uses it.
  Cell undo(Cell c) {
    if (!used(c)) {
      see(out(c), in(c));
    } else if (const Cell b = before_[static_cast<std::size_t>(c)]; kind(b) == Kind::between) {
      see(out(b), in(c));
    }
    return kNoCell;
  }

  // Adds the way found from `last` to `goal`, following the marks back to its entry. Nodes
  // alternate so that each cell's links are set by the last step through it.
  void trace(Cell last, Cell goal) {
    std::vector<std::int64_t> nodes;
    for (std::int64_t n = out(last); n != kRoot; n = from_[static_cast<std::size_t>(n)]) {
      nodes.push_back(n);
    }
    std::reverse(nodes.begin(), nodes.end());
    // First take away what is undone, then add what is new.
    for (std::size_t i = 1; i < nodes.size(); ++i) {
      const auto a = static_cast<Cell>(nodes[i - 1] / 2);
      const auto b = static_cast<Cell>(nodes[i] / 2);
      const bool against = (nodes[i - 1] & 1) == 0 && (nodes[i] & 1) != 0 && a != b;
      if (!against) continue;
      before_[static_cast<std::size_t>(a)] = kNoCell;
      after_[static_cast<std::size_t>(b)] = kNoCell;
    }
    for (std::size_t i = 1; i < nodes.size(); ++i) {
      const auto a = static_cast<Cell>(nodes[i - 1] / 2);
      const auto b = static_cast<Cell>(nodes[i] / 2);
      const bool onward = (nodes[i - 1] & 1) != 0 && (nodes[i] & 1) == 0 && a != b;
      if (onward) link(a, b);
    }
    link(last, goal);
  }
  void link(Cell a, Cell b) {
    if (kind(a) == Kind::between) after_[static_cast<std::size_t>(a)] = b;
    if (kind(b) == Kind::between) before_[static_cast<std::size_t>(b)] = a;
  }

  const NearOptimal& set_;
  std::vector<Kind> kind_;
  std::vector<Cell> before_, after_;  // on the way through a cell; kNoCell where none runs
  std::vector<Cell> entries_;
  std::vector<std::int64_t> from_, open_;
};

}  // namespace

Closure least_closure(const NearOptimal& set, double ends, int most) {
  Closure closure;
  if (!set.reached()) return closure;
  Flow flow(set, ends);
  for (int ways = 0;; ++ways) {
    const Flow::Step step = flow.augment();
    if (step == Flow::Step::none) break;
    if (step == Flow::Step::ends_touch || ways == most) return closure;
  }
  closure.found = true;
  closure.cells = flow.cut();
  closure.ways = flow.ways();
  return closure;
}

}  // namespace abatis
