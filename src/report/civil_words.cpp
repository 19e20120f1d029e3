#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "civil.hpp"
#include "evacuation.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

double hectares(const std::vector<double>& m2) {
  return std::accumulate(m2.begin(), m2.end(), 0.0) / 1e4;
}

std::string mined_line(const Ledger& ledger) {
  const Totals& t = ledger.plan;
  if (ledger.zones == 0) return "No mined zone is in the plan.";
  return fmt::format(
      "{} mined zones, {} of them stored until an order, cover {} ha; {} people live within 1 "
      "km{}: "
      "{} person-years if all were emplaced, until the last is cleared.",
      ledger.zones, ledger.stored_zones, fixed(t.mined_m2 / 1e4, 0),
      grouped(t.near_mined.within_1km),
      presumed_words(t.near_mined.unknown_1km, t.near_mined.presumed_1km),
      grouped(std::llround(t.person_years)));
}

std::string clearance_line(const Ledger& ledger) {
  const Totals& t = ledger.plan;
  return fmt::format(
      "Clearing costs {} to {} (from the tenth to the ninetieth percentile of its price, median "
      "{}) "
      "and takes {} years at the stated capacity; {} inspections of marking are due until then.",
      million_eur(t.clearance_eur.p10), million_eur(t.clearance_eur.p90),
      million_eur(t.clearance_eur.p50), fixed(t.clearance_years, 1), grouped(t.inspections));
}

std::string access_line(const CivilView& view) {
  const Ledger& ledger = view.ledger;
  if (!ledger.access.assessed) {
    return "Ways to clinic, school, shelter and crossing are not assessed: the scenario has no "
           "layer of role services.";
  }
  const auto say = [&](InPlace in_place) {
    const AccessSummary s = summarise(view.scenario, view.terrain, ledger.access,
                                      ledger.districts.of_settlement, -1, in_place);
    return fmt::format("{} households are cut off and {} are delayed by more than {}",
                       grouped(std::llround(s.any.cut_off)), grouped(std::llround(s.any.delayed)),
                       duration(view.scenario.catalogue.civil.delayed_s));
  };
  return fmt::format(
      "On their way to clinic, school, shelter or crossing, {} by what is built; with what is "
      "stored emplaced, {}.",
      say(InPlace::built), say(InPlace::all));
}

}  // namespace

std::string presumed_words(int settlements, std::int64_t presumed) {
  if (settlements == 0) return {};
  return fmt::format(" and about {} presumed in {} settlement{} without a population on record",
                     grouped(presumed), grouped(settlements), settlements == 1 ? "" : "s");
}

std::string civil_line(const CivilView& view) {
  const Totals& t = view.ledger.plan;
  return fmt::format(
      "To those who live there: {} ha of land taken; {} people within 1 km of mined zones{}; "
      "clearing costs {} to {}.",
      fixed(hectares(t.land_m2), 0), grouped(t.near_mined.within_1km),
      presumed_words(t.near_mined.unknown_1km, t.near_mined.presumed_1km),
      million_eur(t.clearance_eur.p10), million_eur(t.clearance_eur.p90));
}

std::vector<std::string> civil_words(const CivilView& view) {
  const Ledger& ledger = view.ledger;
  const Totals& t = ledger.plan;
  std::vector<std::string> lines;
  lines.push_back(fmt::format(
      "Each figure stands by itself: none is set off against delay or against another."));
  lines.push_back(
      fmt::format("{} ha of land are taken, which yielded {} EUR a year ({} ha have no "
                  "margin on record).",
                  fixed(hectares(t.land_m2), 0), grouped(std::llround(t.margin_eur_year)),
                  fixed(t.unpriced_m2 / 1e4, 0)));
  lines.push_back(mined_line(ledger));
  if (ledger.zones > 0) lines.push_back(clearance_line(ledger));
  lines.push_back(access_line(view));
  for (std::string& line : evacuation_words(view)) lines.push_back(std::move(line));
  lines.push_back(fmt::format(
      "Bought for {}, the plan costs {} with upkeep to its last year and liability at the end.",
      million_eur(t.purchase_eur),
      million_eur(t.purchase_eur + t.maintenance_eur + t.liability_eur)));
  lines.push_back(fmt::format(
      "{} of {} friendly settlements have no population on record: their people are not counted.",
      grouped(ledger.without_population), grouped(ledger.settlements)));
  if (!ledger.districts.municipalities) {
    lines.emplace_back(
        "Without a layer of role municipalities, figures are told by the nearest town.");
  }
  return lines;
}

}  // namespace abatis::report
