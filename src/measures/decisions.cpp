#include "abatis/measures/decisions.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "abatis/base/words.hpp"

namespace abatis {
namespace {

// The option that stands: of the measure decided, else the first; without cover, unless that is
// what is added.
std::vector<Option>::iterator standing(Site& site, const Decision& decision) {
  return std::find_if(site.options.begin(), site.options.end(), [&](const Option& o) {
    return (decision.measure < 0 || o.measure == decision.measure) &&
           (o.cover < 0 || o.upgrades >= 0);
  });
}

void stand(const Scenario& scenario, const Decision& decision, Option& option) {
  const auto age = static_cast<std::size_t>(scenario.first_year - decision.year);
  option.cost = Euro(0);
  for (auto& by_age : option.delay_s) {
    if (by_age.empty()) continue;
    std::vector<double> older;
    for (std::size_t a = 0; a < by_age.size(); ++a) {
      older.push_back(by_age[std::min(a + age, by_age.size() - 1)]);
    }
    by_age = std::move(older);
  }
}

// Of what stands as one option alone, the upgrades of others are gone.
void keep_upgrades_of(int site, int option, std::vector<Site>& sites) {
  for (Site& later : sites) {
    if (later.upgraded != site) continue;
    std::erase_if(later.options, [&](const Option& o) { return o.upgrades != option; });
    for (Option& o : later.options) o.upgrades = 0;
  }
}

}  // namespace

Status apply_decisions(const Scenario& scenario, SiteSet& sites) {
  for (const Decision& decision : scenario.decisions) {
    const auto site = std::find_if(sites.sites.begin(), sites.sites.end(),
                                   [&](const Site& s) { return s.id == decision.site; });
    if (site == sites.sites.end()) {
      std::vector<std::string> known;
      for (const Site& s : sites.sites) known.push_back(s.id);
      return input_error(fmt::format("there is no site {}", decision.site), decision.where,
                         nearest_hint(decision.site, known, "site") + "; `abatis sites` lists all");
    }
    const auto option = standing(*site, decision);
    if (option == site->options.end()) {
      std::vector<std::string> offered;
      for (const Option& o : site->options) {
        const std::string& id = scenario.catalogue.measures[static_cast<std::size_t>(o.measure)].id;
        if (std::find(offered.begin(), offered.end(), id) == offered.end()) offered.push_back(id);
      }
      return input_error(fmt::format("site {} does not offer this measure", decision.site),
                         decision.where, fmt::format("it offers {}", fmt::join(offered, ", ")));
    }
    if (decision.kind != Decision::Kind::built) continue;
    Option kept = *option;
    stand(scenario, decision, kept);
    const auto s = static_cast<int>(site - sites.sites.begin());
    const auto index = static_cast<int>(option - site->options.begin());
    // Conflicts name options by their place at the site.
    std::erase_if(sites.conflicts, [&](const SiteConflict& c) {
      return (c.site_a == s && c.option_a != index) || (c.site_b == s && c.option_b != index);
    });
    for (SiteConflict& c : sites.conflicts) {
      if (c.site_a == s) c.option_a = 0;
      if (c.site_b == s) c.option_b = 0;
    }
    site->options = {std::move(kept)};
    keep_upgrades_of(s, index, sites.sites);
    site->notes.push_back(fmt::format("stands since {}", decision.year));
  }
  return {};
}

Status check_districts(const Scenario& scenario, const SiteSet& sites) {
  std::vector<std::string> known = sites.districts.names;
  if (!known.empty()) known.pop_back();  // what lies in none
  const auto check = [&](const std::string& name, const Where& where) -> Status {
    if (name.empty() || name == kEachMunicipality) return {};
    if (std::find(known.begin(), known.end(), name) != known.end()) return {};
    return input_error(fmt::format("there is no municipality {}", name), where,
                       nearest_hint(name, known, "municipality"));
  };
  for (const HarmLimit& limit : scenario.harm_limits) {
    ABATIS_CHECK(check(limit.in, limit.where));
  }
  return check(scenario.tradeoffs.in,
               {.file = scenario.file.string(), .item = "tradeoffs.harm_in"});
}

int district_named(const SiteSet& sites, const std::string& name) {
  if (name.empty()) return -1;
  const std::vector<std::string>& names = sites.districts.names;
  return static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin());
}

}  // namespace abatis
