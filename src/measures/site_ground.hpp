#pragma once
// What every search for sites asks of the ground, worked out once; and what a search gives.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "abatis/geo/raster.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/terrain/places.hpp"
#include "corridor.hpp"

namespace abatis::measures {

// Bits of SiteGround::flags.
inline constexpr std::uint8_t kFriendly = 1;
inline constexpr std::uint8_t kClosed = 2;  // water, a natural barrier, or no mover can stand on it
inline constexpr std::uint8_t kBuilt = 4;   // built-up
inline constexpr std::uint8_t kRoad = 8;
inline constexpr std::uint8_t kBridge = 16;  // or ford
inline constexpr std::uint8_t kFord = 32;
inline constexpr std::uint8_t kProtected = 64;  // in a protected area

inline constexpr double kRoadCrossing =
    200;  // m; a longer stretch shared with a road runs beside it

// By StandoffFrom: distance (m) of every cell from it; empty where no rule asks.
using StandoffDistances = std::array<Raster<float>, 4>;

struct SiteGround {
  const Scenario& scenario;
  const Terrain& terrain;
  const Mobility& mobility;
  const Corridor& corridor;
  Raster<std::uint8_t> flags;
  Raster<std::uint8_t> taken;      // 1 + SiteRule of the site that holds the cell; 0 = free
  Raster<float> built_distance_m;  // to the nearest built-up cell
  StandoffDistances standoff_m;
  Raster<std::uint8_t> far_views;  // by cell: kinds of viewers that see it; empty = not looked at

  const Grid& grid() const { return terrain.grid; }
  bool is(Cell c, std::uint8_t bits) const { return (flags[c] & bits) == bits; }
  bool any(Cell c, std::uint8_t bits) const { return (flags[c] & bits) != 0; }
  // The echelon whose band holds this distance from the border, or -1.
  int echelon_at(double border_distance_m) const;
};

SiteGround make_ground(const Scenario& scenario, const Terrain& terrain, const Mobility& mobility,
                       const Corridor& corridor, int threads);

// A site that could be, before it is ranked, named and priced.
struct Candidate {
  Site site;
  double usefulness = 0;  // more is better; ties by order of finding
  double quantity_km = 0, quantity_ha = 0;
  int chain = -1;           // of a ditch: the run of water that it is part of
  std::vector<int> chains;  // of a peat block: the runs of water that drain it
  int crossings = 0;        // roads that it closes
  std::size_t place_in_belt = 0;
  std::vector<double> from_park_s;  // travel of a convoy, by park found
};

// Keeps the `most` most useful, in their order of finding.
void keep_best(std::vector<Candidate>& candidates, int most);

// Free cells of the candidates become theirs, in order; `taken` is updated. Candidates that are
// left with less than `least_share` of their cells are dropped.
void claim(SiteGround& ground, std::vector<Candidate>& candidates, SiteRule rule,
           double least_share);

// The searches. Order of finding is fixed by the ground alone.
std::vector<Candidate> find_bridges(const SiteGround& ground);  // and fords
std::vector<Candidate> find_belts(const SiteGround& ground);
std::vector<Candidate> find_ditches(const SiteGround& ground, bool close_roads);
std::vector<Candidate> find_road_points(const SiteGround& ground);
std::vector<Candidate> find_culverts(const SiteGround& ground);
std::vector<Candidate> find_forests(const SiteGround& ground);
std::vector<Candidate> find_peatland(const SiteGround& ground);
std::vector<Candidate> find_open_land(const SiteGround& ground);
std::vector<Candidate> find_road_rows(const SiteGround& ground);

// Maximal runs of road cells in a chain, each one crossing.
int count_crossings(const SiteGround& ground, const std::vector<Cell>& chain);

// The same of roads that people keep.
int count_gates(const SiteGround& ground, const std::vector<Cell>& cells);

// Mean usage (Corridor::usage) of cells.
double mean_usage(const SiteGround& ground, const std::vector<Cell>& cells);

// The best road class among cells, or nullptr; and the cell of `cells` nearest to their middle.
const RoadClass* best_road(const SiteGround& ground, const std::vector<Cell>& cells);
Cell middle_cell(const Grid& grid, const std::vector<Cell>& cells);
// Of a forest, peat or farm cell.
bool is_kind(const SiteGround& ground, Cell c, CoverKind kind);
bool is_peat(const SiteGround& ground, Cell c);
bool is_farmed(const SiteGround& ground, Cell c);

// --- words ---
// "1.5 km", "750 m"
std::string distance_words(double metres);

}  // namespace abatis::measures
