#include "abatis/measures/readiness.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace abatis {
namespace {

const Option& option_of(const SiteSet& sites, int site, int option) {
  return sites.sites[static_cast<std::size_t>(site)].options[static_cast<std::size_t>(option)];
}

// The mover that comes first among those the option ever delays.
double first_arrival(const Site& site, const Option& option) {
  double first = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < site.arrival_s.size(); ++k) {
    const auto& by_age = option.delay_s[k];
    if (!by_age.empty() && by_age.back() > 0) first = std::min(first, site.arrival_s[k]);
  }
  return first;
}

const Measure& park_measure(const Scenario& scenario, const SiteSet& sites, int park) {
  const Site& site = sites.sites[static_cast<std::size_t>(park)];
  return scenario.catalogue.measures[static_cast<std::size_t>(site.options.front().measure)];
}

}  // namespace

double crew_hours(const Measure& park, double warning_s) {
  return park.park.crews * std::max(0.0, warning_s - park.park.call_out_s.mean()) / 3600;
}

std::vector<Emplaced> emplace(const Scenario& scenario, const SiteSet& sites,
                              const std::vector<std::pair<int, int>>& chosen, double warning_s) {
  std::map<int, std::vector<Emplaced>> by_park;
  for (const auto& [s, o] : chosen) {
    const Option& option = option_of(sites, s, o);
    if (option.park < 0) continue;
    Emplaced one{.site = s, .option = o, .park = option.park};
    one.needed_s = warning_s + first_arrival(sites.sites[static_cast<std::size_t>(s)], option);
    by_park[option.park].push_back(one);
  }
  std::vector<Emplaced> all;
  for (auto& [park, queue] : by_park) {
    const ParkWorks& works = park_measure(scenario, sites, park).park;
    std::sort(queue.begin(), queue.end(), [](const Emplaced& a, const Emplaced& b) {
      return std::tie(a.needed_s, a.site, a.option) < std::tie(b.needed_s, b.site, b.option);
    });
    struct Crew {
      double free_s = 0;
      int tasks = 0;
    };
    std::vector<Crew> crews(static_cast<std::size_t>(works.crews), {works.call_out_s.mean(), 0});
    for (Emplaced& one : queue) {
      const Option& option = option_of(sites, one.site, one.option);
      const auto next =
          std::min_element(crews.begin(), crews.end(),
                           [](const Crew& a, const Crew& b) { return a.free_s < b.free_s; });
      one.crew = static_cast<int>(next - crews.begin());
      one.place = next->tasks++;
      one.alone_s = works.call_out_s.mean() + option.travel_s + option.emplace_s;
      one.ready_s = next->free_s + option.travel_s + option.emplace_s;
      next->free_s = one.ready_s + option.travel_s;
    }
    std::stable_sort(queue.begin(), queue.end(),
                     [](const Emplaced& a, const Emplaced& b) { return a.ready_s < b.ready_s; });
    all.insert(all.end(), queue.begin(), queue.end());
  }
  return all;
}

}  // namespace abatis
