#pragma once
// Shortest-path network interdiction, solved to proof.
//
//   const auto problem = read_interdiction("grid.spni");
//   const auto answer = interdict(*problem, {.threads = 2, .time_s = 60}, silent_monitor());
//
// An evader takes the shortest way from source to sink, after arcs were bought: a bought arc is
// longer by its delay. Each year has a budget of its own, which is not carried over; a purchase
// acts from its year on; an arc is bought at most once. Wanted: the purchases that make the sum of
// the yearly shortest lengths as large as possible. The method is in docs/model/interdict.md.

#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"

namespace abatis {

struct InterdictArc {
  int tail = 0;
  int head = 0;
  std::int64_t length = 0;  // >= 0
  std::int64_t delay = 0;   // >= 0, added once the arc is bought
  std::int64_t cost = 0;    // 0: cannot be bought
};

struct InterdictProblem {
  int nodes = 0;
  int source = 0;
  int sink = 0;
  std::vector<std::int64_t> budgets;  // one a year, at least one
  std::vector<InterdictArc> arcs;
};

struct InterdictPurchase {
  int arc = 0;   // index into InterdictProblem::arcs
  int year = 0;  // from 0
  friend bool operator==(const InterdictPurchase&, const InterdictPurchase&) = default;
};

// Largest values in a file: sums of them stay far inside 64 bits.
inline constexpr std::int64_t kMaxInterdictValue = 1'000'000'000;
inline constexpr int kMaxInterdictYears = 100;

// Text as documented in docs/reference/interdict.md; `name` stands in the errors, of which there
// are at most 20. O(bytes).
tl::expected<InterdictProblem, Errors> parse_interdiction(std::string_view text,
                                                          const std::string& name);
tl::expected<InterdictProblem, Errors> read_interdiction(const std::filesystem::path& path);

// Yearly shortest lengths under `purchases`, by a plain Dijkstra that shares no code with the
// solver. An arc out of range, bought twice or not for sale, a year out of range, a budget exceeded
// and a sink that cannot be reached are errors. O(years (arcs + nodes log nodes)).
Result<std::vector<std::int64_t>> yearly_lengths(const InterdictProblem& problem,
                                                 const std::vector<InterdictPurchase>& purchases);

enum class InterdictStatus : std::uint8_t {
  optimal,      // objective == bound
  gap,          // stopped at the gap asked for
  time_limit,   // stopped by time
  label_limit,  // lengths were too fine for memory and were rounded for the search
  interrupted,  // stopped by the user
};

struct InterdictOptions {
  int threads = 1;                                          // 0 = all cores
  double time_s = std::numeric_limits<double>::infinity();  // by the clock on the wall
  double gap = 0;                                           // (bound - objective) / bound
};

struct InterdictResult {
  InterdictStatus status = InterdictStatus::optimal;
  std::int64_t objective = 0;  // sum over years of the shortest length under `purchases`
  std::int64_t bound = 0;      // no purchases reach more
  std::vector<std::int64_t> lengths;
  std::vector<InterdictPurchase> purchases;  // by year, then arc
  std::int64_t nodes = 0;                    // of the search trees
  std::int64_t cuts = 0;                     // rows that the relaxations were given
};

// ErrorCode::infeasible when the sink cannot be reached from the source. Everything but a stop by
// time or user is the same on any number of threads.
Result<InterdictResult> interdict(const InterdictProblem& problem, const InterdictOptions& options,
                                  Monitor& monitor);

// The word that stands for a status in JSON: "optimal", "gap", "time_limit", "label_limit",
// "interrupted".
std::string_view to_word(InterdictStatus status);

}  // namespace abatis
