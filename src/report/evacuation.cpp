#include "evacuation.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "csv.hpp"
#include "evacuation_names.hpp"
#include "styles.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

constexpr std::size_t kAway = static_cast<std::size_t>(LeavingGoal::away);
constexpr Rgb kOtherGrey{120, 120, 120}, kAmber{214, 126, 20};

const LeavingTotals& away(const CivilView& view, InPlace in_place) {
  return view.evacuation->totals[kAway][static_cast<std::size_t>(in_place)];
}

// "2 h 10 min", or between the bounds where they differ for a reader.
std::string between(double least, double most) {
  if (most - least < 60) return duration(most);
  return fmt::format("{} to {}", duration(least), duration(most));
}

std::string settlements_csv(const CivilView& view) {
  Csv csv({"settlement", "district", "population", "way_s_nothing_built", "way_s_orders_wait",
           "way_s_orders_first", "gone_s_nothing_built", "gone_s_orders_wait",
           "gone_s_orders_first"});
  for (const LeavingSettlement& one : view.evacuation->places) {
    const Settlement& place = view.terrain.settlements[index(one.settlement)];
    csv.text(place.name);
    csv.text(view.ledger.districts
                 .names[index(view.ledger.districts.of_settlement[index(one.settlement)])]);
    place.population < 0 ? csv.empty() : csv.whole(place.population);
    for (const double s : one.free_s[kAway]) csv.number(std::round(s));
    for (const double s : one.cleared_s[kAway]) csv.number(std::round(s));
    csv.end();
  }
  return csv.take();
}

std::string names_of(const CivilView& view, const std::vector<int>& settlements) {
  std::string out;
  for (const int s : settlements) {
    out += (out.empty() ? "" : "; ") + view.terrain.settlements[index(s)].name;
  }
  return out;
}

std::string orders_csv(const CivilView& view) {
  Csv csv({"site", "measure", "kind", "not_before_s", "settlements", "people",
           "settlements_without_population", "presumed_there", "settlements_only_way",
           "people_only_way", "longest_detour_s", "work_s", "stands_s", "needed_s", "impossible"});
  for (const LeavingOrder& one : view.evacuation->orders) {
    const SiteLedger& site = view.ledger.sites[index(one.purchase)];
    csv.text(view.sites.sites[index(site.bought.site)].id);
    csv.text(view.scenario.catalogue.measures[index(site.measure)].id);
    csv.text(one.stored ? "stored" : "in_place").number(std::round(one.not_before_s));
    csv.text(names_of(view, one.settlements))
        .whole(one.people)
        .whole(one.unknown)
        .whole(one.presumed);
    csv.whole(one.settlements_only_way).whole(one.people_only_way);
    csv.number(std::round(one.detour_s)).number(std::round(one.work_s));
    csv.number(std::round(one.stands_s)).number(std::round(one.needed_s));
    csv.text(one.impossible ? "yes" : "no").end();
  }
  return csv.take();
}

std::string bottlenecks_csv(const CivilView& view) {
  Csv csv({"when", "class", "ref", "length_m", "capacity_per_h", "vehicles", "wait_s",
           "relief_s_per_100_vehicles_per_h"});
  for (const Bottleneck& one : view.evacuation->bottlenecks) {
    csv.text(leaving_key(one.in_place));
    csv.text(view.scenario.catalogue.roads[index(one.road)].id).text(one.ref);
    csv.number(std::round(one.length_m)).number(one.capacity_per_h);
    csv.number(std::round(one.vehicles)).number(std::round(one.wait_s));
    csv.number(std::round(one.relief_s * 10) / 10).end();
  }
  return csv.take();
}

}  // namespace

std::vector<Table> evacuation_tables(const CivilView& view) {
  if (view.evacuation == nullptr) return {};
  return {{"tables/evacuation.csv", "leaving the border zone by settlement", settlements_csv(view)},
          {"tables/evacuation_orders.csv", "orders that must wait for those who leave",
           orders_csv(view)},
          {"tables/evacuation_bottlenecks.csv", "roads that hold up those who leave",
           bottlenecks_csv(view)}};
}

std::vector<std::string> evacuation_words(const CivilView& view) {
  if (view.evacuation == nullptr) return {};
  const Evacuation& e = *view.evacuation;
  if (e.settlements == 0) {
    return {fmt::format("No settlement lies within {} km of the border: nobody has to leave.",
                        fixed(e.rules.within_m / 1000, 0))};
  }
  const LeavingTotals& today = away(view, InPlace::nothing);
  const LeavingTotals& wait = away(view, InPlace::built);
  const LeavingTotals& first = away(view, InPlace::all);
  std::vector<std::string> lines;
  lines.push_back(fmt::format(
      "{} people{} within {} km of the border leave by road to {} km from it: the last within {} "
      "with nothing built, {} while every order waits for them ({} if nobody is directed).",
      grouped(e.people), presumed_words(e.without_population, e.presumed),
      fixed(e.rules.within_m / 1000, 0), fixed(e.rules.safe_m / 1000, 0),
      between(today.at_least_s, today.at_most_s), between(wait.at_least_s, wait.at_most_s),
      duration(wait.undirected_s)));
  lines.push_back(fmt::format(
      "What stands for good cuts off {} people{}; were all orders carried out first, {}{}.",
      grouped(wait.people_cut_off), presumed_words(wait.unknown_cut_off, wait.presumed_cut_off),
      grouped(first.people_cut_off),
      presumed_words(first.unknown_cut_off, first.presumed_cut_off)));
  const auto late = std::count_if(e.orders.begin(), e.orders.end(),
                                  [](const LeavingOrder& o) { return o.impossible; });
  if (e.orders.empty()) {
    lines.push_back(fmt::format("None of {} orders closes a road that somebody leaves by.",
                                grouped(e.orders_free)));
  } else {
    lines.push_back(fmt::format(
        "{} of {} orders must wait for somebody, the longest for {}; {} of them would then stand "
        "too late.",
        grouped(static_cast<std::int64_t>(e.orders.size())),
        grouped(static_cast<std::int64_t>(e.orders.size()) + e.orders_free),
        duration(e.orders.front().not_before_s), grouped(late)));
  }
  return lines;
}

StyledLayer bottleneck_layer(const CivilView& view) {
  Layer layer{"evacuation_bottlenecks",
              view.scenario.grid.epsg,
              {"when", "class", "ref", "capacity_per_h", "vehicles", "wait_min",
               "relief_s_per_100_vehicles_per_h", "proof"},
              {}};
  for (const Bottleneck& one : view.evacuation->bottlenecks) {
    layer.features.push_back(
        {{GeometryKind::line, {one.line}},
         {leaving_key(one.in_place), valid_utf8(view.scenario.catalogue.roads[index(one.road)].id),
          valid_utf8(one.ref), one.capacity_per_h, std::round(one.vehicles),
          std::round(one.wait_s / 6) / 10, std::round(one.relief_s * 10) / 10,
          std::string(one.relief_s > 0 ? "cut" : "queue")}});
  }
  return {
      std::move(layer), GeometryKind::line,
      "Roads that hold up those who leave the border zone: queues on the quickest ways, and the "
      "cut that no schedule gets past",
      qml(GeometryKind::line, "proof",
          {{"cut", "of the cut that bounds the time", kRed, 1.4, false},
           {"queue", "queue on the quickest ways", kAmber, 0.9, false},
           {"", "other", kOtherGrey, 0.6, false}},
          "ref"),
      ""};
}

std::string evacuation_leaf(const CivilView& view, int district) {
  if (view.evacuation == nullptr) return {};
  const Evacuation& e = *view.evacuation;
  std::int64_t people = 0;
  std::int64_t presumed = 0;
  int settlements = 0;
  int without = 0;
  std::array<double, kInPlace> last{};
  std::array<int, kInPlace> stuck{};
  for (const LeavingSettlement& one : e.places) {
    if (view.ledger.districts.of_settlement[index(one.settlement)] != district) continue;
    const std::int64_t here = view.terrain.settlements[index(one.settlement)].population;
    ++settlements;
    people += std::max<std::int64_t>(0, here);
    if (here < 0) {
      ++without;
      presumed += view.scenario.catalogue.civil.presumed_in(
          view.terrain.settlements[index(one.settlement)].kind);
    }
    for (std::size_t k = 0; k < kInPlace; ++k) {
      const double gone = one.cleared_s[kAway][k];
      if (std::isfinite(gone))
        last[k] = std::max(last[k], gone);
      else
        ++stuck[k];
    }
  }
  if (settlements == 0) return {};
  std::string out = fmt::format(
      "<h2>Leaving by road</h2><p>{} people{} live within {} km of the "
      "border.</p><table><tr><th>If "
      "the order to leave comes</th><th class=\"n\">the last is {} km away after</th><th "
      "class=\"n\">settlements without a way</th></tr>",
      grouped(people), presumed_words(without, presumed), fixed(e.rules.within_m / 1000, 0),
      fixed(e.rules.safe_m / 1000, 0));
  const char* kWhen[] = {"today, with nothing built", "under the plan, while orders to close wait",
                         "under the plan, after all is closed"};
  for (std::size_t k = 0; k < kInPlace; ++k) {
    out += fmt::format("<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
                       kWhen[k], last[k] > 0 ? duration(last[k]) : "\u2013", stuck[k]);
  }
  int orders = 0;
  for (const LeavingOrder& order : e.orders) {
    const bool here = std::any_of(order.settlements.begin(), order.settlements.end(), [&](int s) {
      return view.ledger.districts.of_settlement[index(s)] == district;
    });
    if (here) ++orders;
  }
  return out + fmt::format(
                   "</table><p class=\"note\">{} order{} to close a road must wait until "
                   "people from here have passed. Everybody by car, each on the road that "
                   "is quickest when empty.</p>",
                   grouped(orders), orders == 1 ? "" : "s");
}

}  // namespace abatis::report
