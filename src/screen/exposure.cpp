#include "abatis/screen/exposure.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/sight/sight.hpp"
#include "stretches.hpp"

namespace abatis {
namespace {

constexpr double kSlack = 0.01;  // m: heights of sight are exact to a millimetre

// What one viewer sees, before it is put in order by sample.
struct Found {
  std::vector<std::int32_t> samples;
  std::vector<float> least_m;
  std::vector<std::uint32_t> needs_end;  // by line
  std::vector<LineNeed> needs;
};

struct Box {
  Bounds bounds;
  std::size_t row = 0;
};

class Looking {
 public:
  Looking(const std::vector<Viewer>& kinds, double refraction, const ScreenGround& ground,
          double tallest_m, double tallest_row_m, const RoadExposure& exposure)
      : kinds_(kinds),
        refraction_(refraction),
        ground_(ground),
        tallest_m_(tallest_m),
        tallest_row_m_(tallest_row_m),
        exposure_(exposure) {
    for (std::size_t r = 0; r < exposure.rows.size(); ++r) {
      if (exposure.rows[r].size() < 2) continue;
      boxes_.push_back({bounds_of({GeometryKind::line, {exposure.rows[r]}}), r});
    }
  }

  Found look(const PlacedViewer& placed) const {
    const Viewer& kind = kinds_[static_cast<std::size_t>(placed.viewer)];
    const Grid& grid = ground_.ground.grid;
    thread_local std::vector<float> least;
    if (least.size() != grid.size()) least.assign(grid.size(), nodata<float>());
    lower_heights({.rows = grid.rows,
                   .cols = grid.cols,
                   .cell_m = grid.cell,
                   .surface = ground_.surface.values.data(),
                   .ground = ground_.ground.values.data()},
                  {.cell = placed.cell, .height_m = kind.height_m},
                  {.radius_m = kind.range_m, .refraction = refraction_, .threads = 1},
                  least.data());
    Found found;
    const Point eye = grid.centre(placed.cell);
    const double eye_m = static_cast<double>(ground_.ground[placed.cell]) + kind.height_m;
    for (std::size_t s = 0; s < exposure_.samples.size(); ++s) {
      const RoadSample& sample = exposure_.samples[s];
      const float height = least[static_cast<std::size_t>(sample.cell)];
      if (!(static_cast<double>(height) <= tallest_m_)) continue;
      found.samples.push_back(static_cast<std::int32_t>(s));
      found.least_m.push_back(height);
      add_needs({.eye = eye,
                 .eye_m = eye_m,
                 .foot = sample.at,
                 .foot_m = height_at(ground_.ground, sample.at)},
                found);
      found.needs_end.push_back(static_cast<std::uint32_t>(found.needs.size()));
    }
    clear(placed.cell, kind.range_m, least);
    return found;
  }

 private:
  void add_needs(const SightEnds& ends, Found& found) const {
    const Bounds box{std::min(ends.eye.x, ends.foot.x), std::min(ends.eye.y, ends.foot.y),
                     std::max(ends.eye.x, ends.foot.x), std::max(ends.eye.y, ends.foot.y)};
    thread_local std::vector<RowNeed> crossings;
    for (const Box& one : boxes_) {
      if (!one.bounds.intersects(box)) continue;
      crossings.clear();
      add_row_needs(ground_.ground, ends, refraction_, exposure_.rows[one.row], crossings);
      for (const RowNeed& need : crossings) {
        if (need.base > tallest_row_m_) continue;  // for a target on the ground even
        found.needs.push_back({static_cast<std::int32_t>(one.row), static_cast<float>(need.base),
                               static_cast<float>(need.slope)});
      }
    }
  }

  // The window that a viewshed may have written to, as it was.
  void clear(Cell from, double range_m, std::vector<float>& least) const {
    const Grid& grid = ground_.ground.grid;
    const auto reach = static_cast<std::int32_t>(std::ceil(range_m / grid.cell)) + 1;
    const std::int32_t row = grid.row_of(from), col = grid.col_of(from);
    const std::int32_t left = std::max(0, col - reach);
    const std::int32_t right = std::min(grid.cols - 1, col + reach);
    for (std::int32_t r = std::max(0, row - reach); r <= std::min(grid.rows - 1, row + reach);
         ++r) {
      std::fill(least.begin() + grid.at(r, left), least.begin() + grid.at(r, right) + 1,
                nodata<float>());
    }
  }

  const std::vector<Viewer>& kinds_;
  double refraction_;
  const ScreenGround& ground_;
  double tallest_m_, tallest_row_m_;
  const RoadExposure& exposure_;
  std::vector<Box> boxes_;
};

// Lines by sample, then viewer: viewers come in order, so a counting sort keeps them so.
void put_in_order(const std::vector<Found>& found, RoadExposure& into) {
  const std::size_t samples = into.samples.size();
  into.first_line.assign(samples + 1, 0);
  for (const Found& one : found) {
    for (const std::int32_t s : one.samples) ++into.first_line[static_cast<std::size_t>(s) + 1];
  }
  for (std::size_t s = 0; s < samples; ++s) into.first_line[s + 1] += into.first_line[s];
  struct Source {
    std::uint32_t viewer = 0, index = 0;
  };
  std::vector<Source> source(into.first_line.back());
  std::vector<std::uint32_t> next(into.first_line.begin(), into.first_line.end() - 1);
  for (std::size_t v = 0; v < found.size(); ++v) {
    for (std::size_t i = 0; i < found[v].samples.size(); ++i) {
      const auto s = static_cast<std::size_t>(found[v].samples[i]);
      source[next[s]++] = {static_cast<std::uint32_t>(v), static_cast<std::uint32_t>(i)};
    }
  }
  into.lines.clear();
  into.needs.clear();
  into.first_need.assign(1, 0);
  into.lines.reserve(source.size());
  into.first_need.reserve(source.size() + 1);
  for (const Source& from : source) {
    const Found& one = found[from.viewer];
    into.lines.push_back({static_cast<std::int32_t>(from.viewer), one.least_m[from.index]});
    const std::uint32_t begin = from.index == 0 ? 0 : one.needs_end[from.index - 1];
    into.needs.insert(into.needs.end(), one.needs.begin() + begin,
                      one.needs.begin() + one.needs_end[from.index]);
    into.first_need.push_back(static_cast<std::uint32_t>(into.needs.size()));
  }
}

// The highest that a candidate row comes to within the plan.
double tallest_row(const Scenario& scenario, const RoadExposure& exposure) {
  double most = 0;
  for (const RowCandidate& row : exposure.candidates) {
    const Measure& measure = scenario.catalogue.measures[static_cast<std::size_t>(row.measure)];
    most = std::max(most, row_growth(scenario.catalogue, measure, scenario.years).height_m);
  }
  return most;
}

Status check_crowns(const Scenario& scenario, const RoadExposure& exposure) {
  for (const RowCandidate& row : exposure.candidates) {
    const Measure& measure = scenario.catalogue.measures[static_cast<std::size_t>(row.measure)];
    if (measure.species < 0) continue;
    const auto species = static_cast<std::size_t>(measure.species);
    if (scenario.catalogue.screening.crowns[species].species >= 0) continue;
    return input_error(fmt::format("no figures for the crowns of {}, which {} plants",
                                   scenario.catalogue.trees[species].id, measure.id),
                       {.file = "screening.toml", .item = "crowns"},
                       "add [[crowns]] with this species to the catalogue");
  }
  return {};
}

}  // namespace

void add_candidates(const Scenario& scenario, const SiteSet& sites, RoadExposure& into) {
  const double offset = scenario.catalogue.screening.row_offset_m;
  for (std::size_t s = 0; s < sites.sites.size(); ++s) {
    const Site& site = sites.sites[s];
    if (site.rule != SiteRule::roadside || site.geometry.parts.empty()) continue;
    const auto option =
        std::find_if(site.options.begin(), site.options.end(), [&](const Option& o) {
          return scenario.catalogue.measures[static_cast<std::size_t>(o.measure)].rule ==
                 SiteRule::roadside;
        });
    if (option == site.options.end()) continue;
    into.candidates.push_back({.site = static_cast<int>(s),
                               .option = static_cast<int>(option - site.options.begin()),
                               .measure = option->measure,
                               .length_m = site.length_m,
                               .cost = option->cost});
    into.rows.push_back(beside(site.geometry.parts.front(), offset));
    into.rows.push_back(beside(site.geometry.parts.front(), -offset));
  }
}

Status find_lines(const std::vector<Viewer>& kinds, double refraction, const ScreenGround& ground,
                  double tallest_m, double tallest_row_m, int threads, Monitor& monitor,
                  RoadExposure& into) {
  const Looking looking(kinds, refraction, ground, tallest_m + kSlack, tallest_row_m, into);
  std::vector<Found> found(into.viewers.size());
  monitor.begin("roads seen from the far side", static_cast<std::int64_t>(found.size()), "viewers");
  parallel_for(found.size(), threads, [&](std::size_t v) {
    if (monitor.stop_requested()) return;
    found[v] = looking.look(into.viewers[v]);
    monitor.advance(1);
  });
  if (monitor.stop_requested()) return fail(ErrorCode::interrupted, "stopped by the user");
  put_in_order(found, into);
  return {};
}

Result<RoadExposure> find_exposure(const Scenario& scenario, const Terrain& terrain,
                                   const SiteSet& sites, int threads, Monitor& monitor) {
  RoadExposure out;
  add_candidates(scenario, sites, out);
  ABATIS_CHECK(check_crowns(scenario, out));
  const ScreenGround ground = screen_ground(scenario, terrain);
  out.viewers = place_viewers(scenario, terrain, ground);
  if (out.viewers.empty()) {
    return input_error("no viewer of [screening] finds a place on the far side",
                       {.file = scenario.file.string(), .item = "screening"},
                       "raise `depth` or `height` of the viewers in screening.toml, or look "
                       "whether the region reaches across the border");
  }
  monitor.begin("people by road", 1, "layer");
  const Raster<float> people = people_on_roads(scenario, terrain, sites, threads);
  monitor.advance(1);
  screen_detail::add_stretches(scenario, terrain, people, out);
  ABATIS_CHECK(find_lines(scenario.catalogue.screening.viewers,
                          scenario.catalogue.screening.refraction, ground, tallest_target(scenario),
                          tallest_row(scenario, out), threads, monitor, out));
  return out;
}

}  // namespace abatis
