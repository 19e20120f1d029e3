// What stored obstacles are worth with the warning that the sensors give.

#include <algorithm>

#include "abatis/measures/readiness.hpp"
#include "abatis/watch/watch.hpp"
#include "ground.hpp"

namespace abatis {
namespace {

// Orders that go out so long before the crossing, on other grounds than sight.
constexpr double kBase_h[] = {0, 1, 2, 3, 4, 6, 12};

class Reckoner {
 public:
  Reckoner(const Scenario& scenario, const SiteSet& sites, const Watch& watch)
      : scenario_(scenario), sites_(sites), watch_(watch) {}

  YearReadiness of(const std::vector<WatchPurchase>& bought, int year) const {
    std::vector<std::pair<int, int>> stored;
    std::vector<int> age;
    for (const WatchPurchase& one : bought) {
      const Option& option = sites_.sites[at(one.site)].options[at(one.option)];
      const Measure& measure = scenario_.catalogue.measures[at(option.measure)];
      const int acts = one.year + static_cast<int>(measure.lead_years);
      if (option.park < 0 || acts > year) continue;
      stored.emplace_back(one.site, one.option);
      age.push_back(year - one.year);
    }
    YearReadiness out{.stored = static_cast<int>(stored.size()), .counts = {}};
    for (const double hours : kBase_h) out.counts.push_back(count(stored, age, hours * 3600, year));
    return out;
  }

 private:
  struct Ready {
    double count = 0, hours = 0;
  };
  // What stands in time of an order so long before the crossing, for the speed of a case.
  Ready ready(const std::vector<std::pair<int, int>>& stored, const std::vector<int>& age,
              double warning, std::size_t speed) const {
    Ready sum;
    for (const Emplaced& one : emplace(scenario_, sites_, stored, warning)) {
      if (!one.in_time()) continue;
      const auto here = std::find(stored.begin(), stored.end(), std::pair{one.site, one.option});
      const auto& delays = sites_.sites[at(one.site)].options[at(one.option)].delay_s[speed];
      if (delays.empty()) continue;
      const auto years =
          static_cast<std::size_t>(age[static_cast<std::size_t>(here - stored.begin())]);
      sum.count += 1;
      sum.hours += delays[std::min(years, delays.size() - 1)] / 3600;
    }
    return sum;
  }

  ReadyCount count(const std::vector<std::pair<int, int>>& stored, const std::vector<int>& age,
                   double base_s, int year) const {
    ReadyCount out{.base_s = base_s};
    const SurveillanceRules& rules = scenario_.surveillance;
    const double reaction = rules.confirm_s + rules.disseminate_s;
    const std::size_t speeds = scenario_.movers.size() * scenario_.seasons.size();
    for (const CorridorWarning& corridor : watch_.corridors) {
      const auto index = at(corridor.case_index);
      const double weight = scenario_.cases[index].weight;
      const std::size_t speed = index % speeds;
      const Ready without = ready(stored, age, base_s - reaction, speed);
      out.ready_without += weight * without.count;
      out.hours_without += weight * without.hours;
      for (const double lead : corridor.lead_s[at(year)]) {
        const double order = std::max(base_s, lead) - reaction;
        const Ready with = order > base_s - reaction ? ready(stored, age, order, speed) : without;
        out.ready_with += weight / kConditions * with.count;
        out.hours_with += weight / kConditions * with.hours;
      }
    }
    return out;
  }

  const Scenario& scenario_;
  const SiteSet& sites_;
  const Watch& watch_;
};

}  // namespace

std::vector<YearReadiness> watch_readiness(const Scenario& scenario, const SiteSet& sites,
                                           const std::vector<WatchPurchase>& bought,
                                           const Watch& watch) {
  std::vector<YearReadiness> years;
  const Reckoner reckoner(scenario, sites, watch);
  for (std::size_t y = 0; y < watch.years.size(); ++y) {
    years.push_back(reckoner.of(bought, static_cast<int>(y)));
  }
  return years;
}

}  // namespace abatis
