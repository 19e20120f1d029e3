#pragma once
// Which stretches of road are seen from the far side, and across which rows of trees.
//
//   RoadExposure e = *find_exposure(scenario, terrain, sites, threads, monitor);
//
// A road is looked at every cell along it. A sample counts as seen by a viewer when the line from
// its eye to the top of the target stays above terrain, canopy and buildings (room sight, exact on
// the grid's bilinear surface); rows of trees are not on that surface: they are crossed or not
// where they stand, beside the road. docs/model/screen.md has it in full.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/measures/far_view.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/screen/rows.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

struct RoadStretch {
  std::string id;           // "R-0001"
  int road = 0;             // index into catalogue.roads
  std::vector<Point> line;  // grid CRS
  double length_m = 0;      // looked at, inside the zone
  double border_m = 0;      // least distance from the border
  std::string near;         // "3 km north-east of Kalvarija"
};

// A piece of a stretch about a cell long, looked at in its middle.
struct RoadSample {
  int stretch = 0;
  Point at;
  Cell cell = kNoCell;  // where the target stands on the surface: over the centre of this cell
  double length_m = 0;
  double people = 0;  // whose way it is
};

// A site that could be lined with trees: its rows are 2 i on the left and 2 i + 1 on the right.
struct RowCandidate {
  int site = 0, option = 0;  // indices into SiteSet::sites and Site::options
  int measure = 0;
  double length_m = 0;
  Euro cost;
};

struct SightLine {
  std::int32_t viewer = 0;  // index into RoadExposure::viewers
  float least_m = 0;        // height over the ground from which on a target is seen
};
struct LineNeed {
  std::int32_t row = 0;
  float base = 0, slope = 0;  // as of RowNeed
};

struct RoadExposure {
  std::vector<RoadStretch> stretches;
  std::vector<RoadSample> samples;    // by stretch, along it
  std::vector<PlacedViewer> viewers;  // by kind, then cell
  std::vector<RowCandidate> candidates;
  std::vector<std::vector<Point>> rows;  // two for each candidate
  // Lines of sample s: [first_line[s], first_line[s + 1]), by viewer; needs of line l likewise.
  std::vector<std::uint32_t> first_line, first_need;
  std::vector<SightLine> lines;
  std::vector<LineNeed> needs;

  std::span<const SightLine> lines_of(std::size_t sample) const {
    return std::span(lines).subspan(first_line[sample],
                                    first_line[sample + 1] - first_line[sample]);
  }
  std::span<const LineNeed> needs_of(std::size_t line) const {
    return std::span(needs).subspan(first_need[line], first_need[line + 1] - first_need[line]);
  }
};

// Rows along the sites of `sites` whose measure lines roads, both sides of each.
void add_candidates(const Scenario& scenario, const SiteSet& sites, RoadExposure& into);

// Every line between a sample and a viewer in its range by which a target of `tallest_m` or less is
// seen, with the rows that it crosses no higher than `tallest_row_m` over the ground. One viewshed
// (sight: lower_heights) for each viewer: O(viewers x cells in range + lines x rows). The same on
// any number of threads. Fills first_line, first_need, lines and needs. Errors: interrupted.
Status find_lines(const std::vector<Viewer>& kinds, double refraction, const ScreenGround& ground,
                  double tallest_m, double tallest_row_m, int threads, Monitor& monitor,
                  RoadExposure& into);

// People by cell whose least-time way by road to the nearest clinic, school, shelter, crossing or
// town leads over it; each settlement counts once in a cell, with
// those presumed where none are on record. Natural barriers and fords as they
// are, nothing built. O(kinds x cells log cells + settlements x way).
Raster<float> people_on_roads(const Scenario& scenario, const Terrain& terrain,
                              const SiteSet& sites, int threads);

// All of it. Errors: no viewer finds a place; a tree of a row without crown figures; interrupted.
Result<RoadExposure> find_exposure(const Scenario& scenario, const Terrain& terrain,
                                   const SiteSet& sites, int threads, Monitor& monitor);

}  // namespace abatis
