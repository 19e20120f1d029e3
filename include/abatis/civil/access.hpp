#pragma once
// Ways of people to services on roads, with and without the obstacles of a plan.

#include <array>
#include <cstdint>
#include <vector>

#include "abatis/geo/raster.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// What stands: nothing; what is built in peacetime; that and what is stored, emplaced, with all
// that is closed on order closed and gates shut.
enum class InPlace : std::uint8_t { nothing, built, all };
inline constexpr int kInPlace = 3;

// The option that stands at each site, by site: 0 = none, else 1 + its index.
using StandingOptions = std::vector<int>;

struct SettlementAccess {
  bool friendly = false;  // its point is on friendly land; times of others are not filled
  bool has_road = false;  // a road of friendly land lies within CivilFigures::to_road_m
  // Least time (s) by service and InPlace from there on; kUnreachable where no way is left.
  std::array<std::array<double, kInPlace>, kServiceKinds> time_s{};
};

struct Access {
  bool assessed = false;  // there is a layer of services
  int mover = -1, season = -1;
  std::array<int, kServiceKinds> services{};  // by kind, on roads
  int services_off_road = 0;                  // too far from any road: nobody gets there
  std::vector<SettlementAccess> settlements;  // by settlement of the terrain
};

// Speed (m/s) of the mover on roads outside the adversary's land, unknown ground rounded down; 0
// elsewhere.
Raster<float> road_speeds(const Scenario& scenario, const Terrain& terrain, int mover, int season,
                          int threads);

// The season of the scenario that weighs most, the first of equals.
int heaviest_season(const Scenario& scenario);

// The passable cell nearest to a point, its centre at most `reach` metres away; of equals the
// first; kNoCell where there is none.
Cell nearest_road(const Raster<float>& speed, Point at, double reach);

// Barrier delays (s) for people, by barrier id of `sites`: natural barriers at their mean delay; an
// obstacle that stands and delays the mover at all is closed to them (infinite), unless, before it
// is `ordered` closed, it is one that is closed on order or has gates (CivilFigures::gate_delay_s).
std::vector<double> people_delays(const Scenario& scenario, const SiteSet& sites, int mover,
                                  int season, const StandingOptions& stands, bool ordered);

// Least times of every friendly settlement to the nearest service of each kind, in the season of
// the scenario that weighs most. Three times four fields: O(cells log cells), 32 bytes a cell.
// `built` is what stands in peacetime, `all` what stands once what is stored is emplaced.
Access find_access(const Scenario& scenario, const Terrain& terrain, const SiteSet& sites,
                   const StandingOptions& built, const StandingOptions& all, int threads);

// What happens to the households of some settlements (population over CivilFigures::household).
struct AccessChange {
  double delayed = 0, cut_off = 0;                       // households; one is never both
  int settlements_delayed = 0, settlements_cut_off = 0;  // without a population, too
  double worst_s = 0;  // the longest delay of a settlement that is not cut off
};
struct AccessSummary {
  std::array<AccessChange, kServiceKinds> by_service;
  AccessChange any;         // each household once, by the worst that happens to it
  int without_road = 0;     // friendly settlements that have no road to begin with
  int without_service = 0;  // that cannot reach some kind of service with nothing built
};
// Of the settlements of `district`, or of all where it is below 0. A settlement is delayed where
// its way is longer by more than CivilFigures::delayed_s, cut off where it had one and has none.
AccessSummary summarise(const Scenario& scenario, const Terrain& terrain, const Access& access,
                        const std::vector<int>& district_of_settlement, int district,
                        InPlace in_place);

}  // namespace abatis
