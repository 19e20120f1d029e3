#pragma once
// Leaving the border zone by road, or reaching a shelter, with a plan in place: how soon, past
// which bottlenecks, and which orders to close a road must wait for whom
// (docs/model/evacuation.md).

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/civil/access.hpp"
#include "abatis/scenario/figures.hpp"
#include "abatis/terrain/districts.hpp"

namespace abatis {

struct CivilPurchase;  // civil/ledger.hpp

// data/evacuation/evacuation.toml.
struct LeavingRules {
  double within_m = 0;  // settlements so far from the border at most leave
  double safe_m = 0;    // they have left where the border is so far away
  Provenance zone;
  double people_per_vehicle = 1;
  Provenance traffic;
  std::string file, digest;  // as shown; SHA-256
};

// `own` where given, else the built-in copy. Errors, all at once with file:line:column: unknown and
// missing keys, figures out of range, a zone that reaches beyond safe ground.
tl::expected<LeavingRules, Errors> load_leaving_rules(
    const std::optional<std::filesystem::path>& own);
// The evacuation.toml beside a scenario file, where there is one.
std::optional<std::filesystem::path> own_leaving_file(const std::filesystem::path& scenario);

// Where people go: to safe ground, or to the nearest of that and a shelter.
enum class LeavingGoal : std::uint8_t { away, shelter };
inline constexpr int kLeavingGoals = 2;

// A settlement of the zone. Times (s) from the order to leave, by goal and InPlace; infinite where
// no way is left. All obstacles of InPlace::built stand for good; those of `all` were closed first.
struct LeavingSettlement {
  int settlement = 0;  // index into Terrain::settlements
  bool has_road = false;
  std::array<std::array<double, kInPlace>, kLeavingGoals> free_s{};     // on empty roads
  std::array<std::array<double, kInPlace>, kLeavingGoals> cleared_s{};  // its last vehicle, queues
};

// Of all who leave for one goal under one InPlace.
struct LeavingTotals {
  std::int64_t people = 0;    // on record, that have a way
  int settlements = 0;        // that have a way, without a population on record too
  int unknown = 0;            // of them, without a population on record
  std::int64_t presumed = 0;  // people presumed in those (CivilFigures::presumed_in)
  // That have a way with nothing built, and none now.
  std::int64_t people_cut_off = 0, presumed_cut_off = 0;
  int settlements_cut_off = 0, unknown_cut_off = 0;
  double free_s = 0;  // the longest way, on empty roads
  // No schedule clears the zone sooner; and one that does: everybody is told when to
  // set out and by which way.
  double at_least_s = 0, at_most_s = 0;
  double undirected_s = 0;  // all at once, each by the way that is quickest when empty
  // Whose bound at_least_s is: index into Terrain::settlements, else into Districts::names, else
  // (both -1) everyone's.
  int bound_by_settlement = -1, bound_by = -1;
};

// A piece of road that holds up those who leave for safe ground.
struct Bottleneck {
  InPlace in_place = InPlace::nothing;
  std::vector<Point> line;
  int road = 0;  // index into Catalogue::roads
  std::string ref;
  double length_m = 0;
  double capacity_per_h = 0;  // vehicles, one way
  double vehicles = 0;        // that pass it, each on its quickest way
  double wait_s = 0;          // the longest there
  // Of the cut over time that proves at_least_s: what 100 vehicles an hour more would take off it,
  // at first; 0 = not of the cut.
  double relief_s = 0;
};

// An order to close what a plan stored, prepared or gave gates, that stands on a way to safe
// ground.
struct LeavingOrder {
  int purchase = 0;              // index into the purchases
  bool stored = false;           // emplaced from a park; else closed where it is
  std::vector<int> settlements;  // that pass it, indices into Terrain::settlements
  std::int64_t people = 0;
  int unknown = 0;                   // of these settlements, without a population on record
  std::int64_t presumed = 0;         // people presumed in those
  double not_before_s = 0;           // their last vehicle has passed, after the order to leave
  std::int64_t people_only_way = 0;  // that have no other way, on record and presumed
  int settlements_only_way = 0;
  double detour_s = 0;      // the longest of the others, on empty roads
  double work_s = 0;        // of the crew on the spot; 0 where it is prepared
  double stands_s = 0;      // at the earliest, when its order has waited
  double needed_s = 0;      // the first mover is there; infinite = not known
  bool impossible = false;  // it stands only after it is needed
};

struct Evacuation {
  LeavingRules rules;
  int mover = -1, season = -1;
  bool shelters = false;                        // some are known, on roads
  int settlements = 0, without_population = 0;  // of the zone
  std::int64_t people = 0;                      // on record
  std::int64_t presumed = 0;                    // in settlements without a population
  int without_road = 0, without_way = 0;        // with nothing built; no way though there is a road
  std::int64_t people_without_way = 0;          // of both, on record and presumed
  int unknown_capacity = 0;  // pieces of road whose class has none: taken as the least of any
  std::vector<LeavingSettlement> places;
  std::array<std::array<LeavingTotals, kInPlace>, kLeavingGoals> totals;
  std::vector<Bottleneck> bottlenecks;  // by InPlace, then the longest wait first
  std::vector<LeavingOrder> orders;     // by not_before_s, the last first
  int orders_free = 0;                  // that close no road on anybody's way
};

// On roads outside the adversary's land, in the season that weighs most, by the mover of
// CivilFigures. The same on any number of threads. Error: ErrorCode::interrupted, when `monitor`
// asks to stop. O((districts + orders) x ways x roads log roads).
Result<Evacuation> plan_evacuation(const Scenario& scenario, const Terrain& terrain,
                                   const SiteSet& sites, const std::vector<CivilPurchase>& bought,
                                   const Districts& districts, const LeavingRules& rules,
                                   int threads, Monitor& monitor);

}  // namespace abatis
