#pragma once
// Maximal covering location, solved to proof.
//
//   auto problem = CoverProblem{.radius = 5000, .choose = 10};
//   problem.demand = *read_demand("demand.csv");
//   problem.sites = *read_cover_sites("sites.csv");
//   const auto answer = cover(problem, {.time_s = 60}, silent_monitor());
//
// A demand point is covered by a site within its radius (Euclidean, in the unit of the
// coordinates; a distance equal to the radius covers). Wanted: the sites that make the covered
// weight as large as possible, either so many of them at most or for so much money at most. Sites
// that stand already cover and cost nothing. The method is in docs/model/cover.md.

#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"

namespace abatis {

struct DemandPoint {
  double x = 0;
  double y = 0;
  double weight = 1;  // >= 0
};

struct CoverSite {
  double x = 0;
  double y = 0;
  double cost = 1;                    // >= 0; money, counts against the budget only
  bool standing = false;              // covers already, costs nothing, is not counted
  std::optional<double> radius = {};  // >= 0; instead of the problem's
};

struct CoverProblem {
  std::vector<DemandPoint> demand;
  std::vector<CoverSite> sites;
  double radius = 0;
  // Exactly one of the two.
  std::optional<std::int64_t> choose = {};  // at most so many new sites
  std::optional<double> budget = {};        // their cost together is at most this
  // Backup cover (Hogan & ReVelle 1986): a point's weight counts by the share `backup_share` once
  // `backup` sites cover it, and by the rest once one does. 1 and 1: plain cover.
  int backup = 1;
  double backup_share = 1;  // 0 to 1, in steps of 0.0001
};

inline constexpr int kMaxBackup = 100;
inline constexpr double kMaxCoverValue = 1e15;  // of weights, costs, coordinates, radii in a file

// CSV with a head line, as documented in docs/reference/cover.md; `name` stands in the errors, of
// which there are at most 20. O(bytes).
tl::expected<std::vector<DemandPoint>, Errors> parse_demand(std::string_view text,
                                                            const std::string& name);
tl::expected<std::vector<CoverSite>, Errors> parse_cover_sites(std::string_view text,
                                                               const std::string& name);
tl::expected<std::vector<DemandPoint>, Errors> read_demand(const std::filesystem::path& path);
tl::expected<std::vector<CoverSite>, Errors> read_cover_sites(const std::filesystem::path& path);

// What a choice of new sites covers, by a plain loop that shares only the test of a distance with
// the solver. Errors: a row out of range, chosen twice or standing, more than may be chosen or
// spent, limits of the problem that make no sense. O(demand x (chosen + standing)).
struct CoverValue {
  double value = 0;   // as backup and backup_share say
  double once = 0;    // weight covered by one site at least
  double backed = 0;  // weight covered by `backup` sites at least
  double cost = 0;    // of the new sites
};
Result<CoverValue> cover_value(const CoverProblem& problem, const std::vector<int>& chosen);

enum class CoverStatus : std::uint8_t {
  optimal,      // value == bound
  gap,          // stopped at the gap asked for
  time_limit,   // stopped by time
  interrupted,  // stopped by the user
};

struct CoverOptions {
  int threads = 1;                                          // 0 = all cores
  double time_s = std::numeric_limits<double>::infinity();  // by the clock on the wall
  double gap = 0;                                           // (bound - value) / bound
  std::uint64_t seed = 0;                                   // of the search for good choices
};

struct CoverResult {
  CoverStatus status = CoverStatus::optimal;
  double value = 0;
  double bound = 0;           // no choice covers more
  bool exact = true;          // weights and costs were held exactly; else see docs/model/cover.md
  int decimals = 0;           // of value and bound, where exact
  std::vector<int> chosen;    // rows of the new sites, ascending
  std::vector<int> standing;  // rows of those that stand
  double once = 0, backed = 0, cost = 0, total = 0;  // as in CoverValue; all weight there is
  std::int64_t nodes = 0;                            // of the search tree
  // After reducing: groups of points with the same sites, sites worth asking, pairs of the two.
  std::int64_t groups = 0, open_sites = 0, pairs = 0;
};

// Errors as of cover_value. Everything but a stop by time or user is the same on any number of
// threads. Memory: about 40 bytes a point, and 12 bytes a pair after reducing.
Result<CoverResult> cover(const CoverProblem& problem, const CoverOptions& options,
                          Monitor& monitor);

// "optimal", "gap", "time_limit", "interrupted".
std::string_view to_word(CoverStatus status);

}  // namespace abatis
