#include "abatis/mobility/mobility.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"

namespace abatis {
namespace {

constexpr std::size_t kBlock = 1U << 16U;  // cells worked on at a time

struct Counts {
  std::int64_t unknown = 0;
  std::array<std::int64_t, 4> classes{};
};

int index_or_unknown(std::uint8_t value) {
  return is_nodata(value) ? -1 : value;
}

int speed_class(double mps) {
  const double kmh = mps * 3.6;
  return kmh > 30 ? 0 : kmh >= 5 ? 1 : kmh >= 1.5 ? 2 : 3;
}

// One cell. The order is the rule: a road carries, then water stops, then a barrier slows.
OffRoadSpeed cell_speed(const SpeedModel& model, const Terrain& terrain, Cell c) {
  const int road = terrain.road[c];
  const bool wet = terrain.water[c] != 0;
  const bool barrier = terrain.natural[c] != 0;
  const bool standing_water = terrain.water[c] == 1 || terrain.water[c] == 3;
  if (road != 0 && (wet || barrier)) return {model.on_road(road - 1), false};
  // A mapped river is crossed along its line at the price of its delay; lakes and the sea, and the
  // rest of a wide river, only on ice or afloat.
  if (barrier && !standing_water) return {model.in_barrier(), false};
  if (wet) return {model.on_water(), false};

  OffRoadSpeed speed =
      model.off_road({.slope_percent = static_cast<double>(terrain.slope_percent[c]),
                      .intercepts_per_km = static_cast<double>(terrain.intercepts_per_km[c]),
                      .cover = index_or_unknown(terrain.cover[c]),
                      .soil = index_or_unknown(terrain.soil[c])});
  if (road != 0 && model.on_road(road - 1) >= speed.mps) {
    speed = {model.on_road(road - 1), false};
  }
  return speed;
}

Result<std::vector<double>> natural_delays(const Catalogue& catalogue, int mover, int season) {
  std::vector<double> out(catalogue.naturals.size(), 0.0);
  for (std::size_t n = 0; n < out.size(); ++n) {
    if (!catalogue.naturals[n].barrier) continue;
    const auto found = std::find_if(catalogue.natural_delays.begin(),
                                    catalogue.natural_delays.end(), [&](const NaturalDelay& d) {
                                      return d.obstacle == static_cast<int>(n) &&
                                             d.mover == mover && d.season == season;
                                    });
    if (found == catalogue.natural_delays.end()) {
      return input_error(fmt::format("no delay for crossing '{}' with mover '{}' in season '{}'",
                                     catalogue.naturals[n].id,
                                     catalogue.movers[static_cast<std::size_t>(mover)].id,
                                     catalogue.seasons[static_cast<std::size_t>(season)].id),
                         {.item = "natural obstacle " + catalogue.naturals[n].id},
                         "add the mover and season to one of its delays in the catalogue");
    }
    out[n] = found->delay_s.mean();
  }
  return out;
}

}  // namespace

SpeedRaster speed_raster(const Catalogue& catalogue, const Terrain& terrain, int mover, int season,
                         Combine combine, Rounding rounding, int threads) {
  const SpeedModel model(catalogue, mover, season, combine, rounding);
  SpeedRaster out;
  out.mover = mover;
  out.season = season;
  out.speed_mps = Raster<float>(terrain.grid, 0.0F);
  const std::size_t cells = terrain.grid.size();
  std::vector<Counts> counts((cells + kBlock - 1) / kBlock);
  parallel_for(counts.size(), threads, [&](std::size_t block) {
    Counts& count = counts[block];
    const std::size_t end = std::min(cells, (block + 1) * kBlock);
    for (std::size_t c = block * kBlock; c < end; ++c) {
      const OffRoadSpeed speed = cell_speed(model, terrain, static_cast<Cell>(c));
      out.speed_mps.values[c] = static_cast<float>(speed.mps);
      count.unknown += speed.bounded ? 1 : 0;
      ++count.classes[static_cast<std::size_t>(speed_class(speed.mps))];
    }
  });
  for (const Counts& count : counts) {
    out.unknown_cells += count.unknown;
    for (std::size_t k = 0; k < 4; ++k) out.class_cells[k] += count.classes[k];
  }
  return out;
}

Result<Mobility> build_mobility(const Scenario& scenario, const Terrain& terrain, Combine combine,
                                int threads, Monitor& monitor) {
  Mobility out;
  out.seasons = static_cast<int>(scenario.seasons.size());
  const std::size_t total = scenario.movers.size() * scenario.seasons.size();
  monitor.begin("mobility", static_cast<std::int64_t>(total), "speed rasters");
  for (const MoverUse& mover : scenario.movers) {
    for (const SeasonUse& season : scenario.seasons) {
      if (monitor.stop_requested()) {
        return fail(ErrorCode::interrupted, "stopped while working out speeds");
      }
      ABATIS_TRY(std::vector<double> delays,
                 natural_delays(scenario.catalogue, mover.mover, season.season));
      SpeedRaster raster = speed_raster(scenario.catalogue, terrain, mover.mover, season.season,
                                        combine, Rounding::upper, threads);
      if (raster.unknown_cells > 0) {
        monitor.note(fmt::format(
            "{} in {}: {} cells of unknown ground taken at the fastest that is plausible",
            scenario.catalogue.movers[static_cast<std::size_t>(mover.mover)].name,
            scenario.catalogue.seasons[static_cast<std::size_t>(season.season)].name,
            raster.unknown_cells));
      }
      out.speeds.push_back(std::move(raster));
      out.natural_delay_s.push_back(std::move(delays));
      monitor.advance(1);
    }
  }
  return out;
}

}  // namespace abatis
