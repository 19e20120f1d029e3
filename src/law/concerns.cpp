// Which actions a check is about, and what they come to.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "checker.hpp"

namespace abatis {
namespace {

bool is_works(const Measure& m) {
  return m.rule != SiteRule::cover && m.rule != SiteRule::park &&
         m.rule != SiteRule::standing_forest && !m.emplacement.stored();
}
bool is_water(const Measure& m) {
  return m.rule == SiteRule::mapped_ditch || m.rule == SiteRule::culvert ||
         m.rule == SiteRule::ford || m.rule == SiteRule::peatland;
}

}  // namespace

bool is_explosive(const LawAction& action) {
  return action.device != nullptr && is_mine_or_trap(action.device->device);
}

std::vector<int> sites_of(const Actions& actions) {
  std::set<int> sites;
  for (const LawAction* a : actions) sites.insert(a->site);
  return {sites.begin(), sites.end()};
}

bool Checker::concerns(Concerns about, const LawAction& a) const {
  const Measure& m = measure(a);
  switch (about) {
    case Concerns::all:
      return true;
    case Concerns::mined:
      return is_explosive(a);
    case Concerns::anti_personnel:
      return a.device != nullptr && a.device->device == DeviceClass::anti_personnel_mine;
    case Concerns::demolition:
      return a.device != nullptr && a.device->device == DeviceClass::demolition_prepared;
    case Concerns::near_settlements:
      return (is_explosive(a) || m.rule == SiteRule::park) && !site(a).settlements_1km.empty();
    case Concerns::works:
      return is_works(m);
    case Concerns::water:
      return is_water(m);
    case Concerns::wetland:
      return m.rule == SiteRule::peatland || m.rule == SiteRule::mapped_ditch;
    case Concerns::protected_areas:
      return (is_works(m) || m.emplacement.stored()) &&
             (a.in_protected_area || view_.scenario.layer(LayerRole::protected_areas) == nullptr);
    case Concerns::border_works:
      return is_works(m) && a.border_m <= kNearBorder;
    case Concerns::land:
      return m.rule != SiteRule::cover;
  }
  return false;
}

std::string Checker::amount(const Actions& actions) const {
  double km = 0, ha = 0;
  int first = 9999, last = 0;
  for (const LawAction* a : actions) {
    if (measure(*a).kind == SiteKind::segment) km += site(*a).length_m / 1000;
    if (measure(*a).kind == SiteKind::block) ha += site(*a).area_m2 / 1e4;
    first = std::min(first, a->year);
    last = std::max(last, a->year);
  }
  std::string words = fmt::format("{} {}", actions.size(), actions.size() == 1 ? "site" : "sites");
  if (km > 0) words += fmt::format(", {:.1f} km", km);
  if (ha > 0) words += fmt::format(", {:.0f} ha", ha);
  if (actions.empty()) return words;
  return words + (first == last ? fmt::format(", bought in {}", first)
                                : fmt::format(", bought {} to {}", first, last));
}

// Settlements whose centre lies within 1 km, each counted once.
std::string Checker::people(const Actions& actions) const {
  std::set<int> places;
  for (const LawAction* a : actions) {
    places.insert(site(*a).settlements_1km.begin(), site(*a).settlements_1km.end());
  }
  if (places.empty()) return "no settlement within 1 km of them";
  std::int64_t people = 0;
  int unknown = 0;
  for (const int p : places) {
    const auto at = static_cast<std::size_t>(p);
    const std::int64_t n = at < view_.sites.people.size() ? view_.sites.people[at] : -1;
    if (n < 0) ++unknown;
    people += std::max<std::int64_t>(0, n);
  }
  const auto all = static_cast<int>(places.size());
  std::string words =
      fmt::format("{} {} within 1 km of them, ", all, all == 1 ? "settlement" : "settlements");
  if (unknown == all) return words + "no population on record";
  words += fmt::format("{} people on record", people);
  if (unknown > 0) words += fmt::format(", {} without a figure", unknown);
  return words;
}

double Checker::liability(const Actions& actions) const {
  double sum = 0;
  for (const LawAction* a : actions) sum += option(*a).liability.value;
  return sum;
}

// What a check's reader must know beside the amount.
std::string Checker::of_concern(Concerns about, const Actions& actions) const {
  switch (about) {
    case Concerns::mined:
    case Concerns::near_settlements:
      return "; " + people(actions);
    case Concerns::protected_areas:
      return view_.scenario.layer(LayerRole::protected_areas) == nullptr
                 ? "; the scenario has no protected_areas layer, so all of them are open"
                 : ", in protected areas";
    case Concerns::land: {
      double farmed = 0;
      for (const LawAction* a : actions) farmed += site(*a).farmed_m2 / 1e4;
      return fmt::format("; {:.0f} ha of farm land among it", farmed);
    }
    case Concerns::water: {
      double earth = 0;
      for (const LawAction* a : actions) earth += site(*a).earthwork_m3;
      return fmt::format("; {:.0f} thousand m3 of earthwork", earth / 1000);
    }
    default:
      return {};
  }
}

}  // namespace abatis
