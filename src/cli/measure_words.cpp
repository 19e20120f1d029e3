#include "measure_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/measures/ditch.hpp"
#include "abatis/measures/trees.hpp"
#include "abatis/scenario/catalogue_files.hpp"

namespace abatis::cli {
std::string_view standing_words(Standing standing) {
  switch (standing) {
    case Standing::sourced:
      return "verified";
    case Standing::partly:
      return "partly unverified";
    case Standing::unverified:
      break;
  }
  return "unverified";
}

std::string short_money(double eur) {
  if (eur >= 999'500) return fmt::format("{:.3g} M", eur / 1e6);
  if (eur >= 1000) return fmt::format("{:.3g} k", eur / 1e3);
  return fmt::format("{:.3g}", eur);
}

std::string money_range(const Triangular& eur) {
  const bool millions = eur.max >= 1e6;
  const bool thousands = !millions && eur.max >= 1000;
  const double scale = millions ? 1e6 : thousands ? 1e3 : 1;
  return fmt::format("{:.4g}-{:.4g}-{:.4g}{}", eur.min / scale, eur.mode / scale, eur.max / scale,
                     millions    ? " M"
                     : thousands ? " k"
                                 : "");
}

std::string units_words(double count, const std::string& unit) {
  return fmt::format("{:.3g} {}{}", count, unit, unit == "piece" && count != 1 ? "s" : "");
}

std::string short_time(double seconds) {
  if (seconds > 0 && seconds < 60) return fmt::format("{:.3g} s", seconds);
  if (seconds < 100 * 60) return fmt::format("{:.3g} min", seconds / 60);
  return fmt::format("{:.3g} h", seconds / 3600);
}

std::string years_words(double years) {
  return fmt::format("{:g} year{}", years, years == 1 ? "" : "s");
}

std::string_view where_words(SiteRule rule) {
  switch (rule) {
    case SiteRule::belt_segment:
      return "pieces of the belts that a scenario draws through its echelons";
    case SiteRule::mapped_ditch:
      return "ditches and streams that are on the map";
    case SiteRule::bridge:
      return "roads over water that is a barrier";
    case SiteRule::road_point:
      return "places on a road that some mover cannot leave: forest, mire or water on both sides";
    case SiteRule::culvert:
      return "roads over a ditch or stream";
    case SiteRule::ford:
      return "roads through water";
    case SiteRule::standing_forest:
      return "blocks of standing forest on the ways of an axis";
    case SiteRule::peatland:
      return "blocks of drained peat on the ways of an axis";
    case SiteRule::open_land:
      return "blocks of open land on the ways of an axis";
    case SiteRule::roadside:
      return "stretches of road in open land";
    case SiteRule::park:
      return "roads beside a settlement";
    case SiteRule::sensor:
      return "high ground near the border with a road, chosen by what is covered from there";
    case SiteRule::cover:
      break;
  }
  return "no place of its own: it goes with an obstacle that it watches";
}

std::string how_words(const Measure& measure) {
  if (is_obstacle(measure.rule)) {
    return measure.emplacement.stored() ? "stored in a park, delays whoever crosses it once set out"
                                        : "delays whoever crosses it";
  }
  switch (measure.rule) {
    case SiteRule::standing_forest:
      return "slows whoever drives through, against the same block felled";
    case SiteRule::peatland:
      return "slows whoever drives through once it is wet";
    case SiteRule::open_land:
      return "slows whoever drives through once the trees are thick";
    case SiteRule::roadside:
      return "screens the road and delays nobody";
    case SiteRule::park:
      return "holds stock and crews for what is stored";
    case SiteRule::sensor:
      return is_effector(measure.sensor.modality) ? "reaches what flies, and delays nobody"
                                                  : "sees or hears who comes, and delays nobody";
    default:
      return "multiplies the delay of the obstacle it watches";
  }
}

std::string_view standing_words(const Provenance& provenance) {
  return standing_words(standing_of(provenance));
}

Standing standing_of_all(const Measure& measure) {
  int all = 0, sourced = 0, unverified = 0;
  const auto add = [&](const Provenance& provenance) {
    if (provenance.source.empty()) return;
    const Standing standing = standing_of(provenance);
    ++all;
    sourced += standing == Standing::sourced ? 1 : 0;
    unverified += standing == Standing::unverified ? 1 : 0;
  };
  add(measure.provenance);
  add(measure.acts);
  for (const MeasureDelay& delay : measure.delays) add(delay.provenance);
  if (sourced == all) return Standing::sourced;
  return unverified == all ? Standing::unverified : Standing::partly;
}

int stops_after(const Catalogue& catalogue, const Measure& measure, const Mover& mover) {
  const TreeSpecies& species = catalogue.trees[static_cast<std::size_t>(measure.species)];
  const int lead = static_cast<int>(std::ceil(measure.lead_years));
  for (int year = lead; year <= kLongestWatch; ++year) {
    const Stand stand = stand_at(species, measure.stems_per_ha, measure.stock_age + year - lead);
    if (stand_stops(mover, stand)) return year;
  }
  return -1;
}

Counted counted(const Catalogue& catalogue, const Measure& measure, const MeasureDelay& delay,
                const Measure* cover) {
  Counted c;
  c.mean_s = delay.delay_s.mean();
  if (measure.rule == SiteRule::mapped_ditch) {
    const Mover& mover = catalogue.movers[static_cast<std::size_t>(delay.mover)];
    const Season& season = catalogue.seasons[static_cast<std::size_t>(delay.season)];
    c.stopped = answer_to(section_after(measure), mover, season) == DitchAnswer::stops;
  }
  if (!c.stopped) return c;
  c.alone_s = std::min(c.mean_s, catalogue.effects.disrupt_at_most_s);
  if (cover != nullptr) c.covered_s = c.mean_s * cover->multiplier.mean();
  return c;
}

const Measure* first_cover(const Catalogue& catalogue) {
  const auto at = std::find_if(catalogue.measures.begin(), catalogue.measures.end(),
                               [](const Measure& m) { return m.rule == SiteRule::cover; });
  return at == catalogue.measures.end() ? nullptr : &*at;
}

}  // namespace abatis::cli
