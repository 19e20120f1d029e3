#pragma once
// The published grids: Israeli & Wood (2002) `iw`, Lozano & Smith (2017) `ls`, Matta, Liu & Safro
// (2023) `ma`, with the random numbers of ../shared/instances/spni_instances.py, so that its known
// values hold here.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "abatis/interdict/interdict.hpp"

namespace abatis::testing {

// Of random cases, printed: ABATIS_SEED, or another each time.
inline std::uint64_t fresh_seed() {
  const char* given = std::getenv("ABATIS_SEED");
  const std::uint64_t seed = given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  return seed;
}

class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  std::int64_t upto(std::int64_t most) {  // 1 .. most
    return 1 + static_cast<std::int64_t>((next() >> 33U) % static_cast<std::uint64_t>(most));
  }

 private:
  std::uint64_t state_;
};

struct GridKind {
  std::string family = "iw";
  int rows = 3;
  int cols = 3;
  std::int64_t length = 10, delay = 10, cost = 1;
  std::uint64_t seed = 1;
};

inline InterdictProblem make_grid(const GridKind& kind, std::vector<std::int64_t> budgets) {
  const std::uint64_t family = kind.family == "iw" ? 1 : kind.family == "ls" ? 2 : 3;
  std::uint64_t hash = 1469598103934665603U;
  for (const std::uint64_t value :
       {family, static_cast<std::uint64_t>(kind.rows), static_cast<std::uint64_t>(kind.cols),
        static_cast<std::uint64_t>(kind.length), static_cast<std::uint64_t>(kind.delay),
        static_cast<std::uint64_t>(kind.cost), kind.seed}) {
    hash = (hash ^ value) * 1099511628211U;
  }
  SplitMix random(hash);
  InterdictProblem problem;
  problem.nodes = kind.rows * kind.cols + 2;
  problem.sink = problem.nodes - 1;
  problem.budgets = std::move(budgets);
  const auto node = [&](int row, int col) { return 1 + row * kind.cols + col; };
  for (int row = 0; row < kind.rows; ++row) problem.arcs.push_back({0, node(row, 0), 0, 0, 0});
  for (int row = 0; row < kind.rows; ++row) {
    problem.arcs.push_back({node(row, kind.cols - 1), problem.sink, 0, 0, 0});
  }
  const auto add = [&](int row, int col, int to_row, int to_col) {
    if (to_row < 0 || to_row >= kind.rows || to_col >= kind.cols) return;
    InterdictArc arc{node(row, col), node(to_row, to_col), 0, 0, 1};
    arc.length = random.upto(kind.length);
    arc.delay = random.upto(kind.delay);
    if (kind.cost > 1) arc.cost = random.upto(kind.cost);
    problem.arcs.push_back(arc);
  };
  for (int row = 0; row < kind.rows; ++row) {
    for (int col = 0; col < kind.cols; ++col) {
      if (family == 3) {
        add(row, col, row, col + 1);
        add(row, col, row + 1, col);
        continue;
      }
      if (family == 2 || (col > 0 && col < kind.cols - 1)) {
        add(row, col, row - 1, col);
        add(row, col, row + 1, col);
      }
      add(row, col, row, col + 1);
      add(row, col, row - 1, col + 1);
      add(row, col, row + 1, col + 1);
    }
  }
  return problem;
}

}  // namespace abatis::testing
