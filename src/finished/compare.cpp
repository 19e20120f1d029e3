#include "abatis/finished/compare.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "run_folder.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

using finished::Json;
using finished::open_run_folder;
using finished::RunFolder;

const Json& at(const Json& from, const std::string& key) {
  static const Json kNone;
  if (!from.is_object()) return kNone;
  const auto found = from.find(key);
  return found == from.end() ? kNone : *found;
}

// By keys with dots between: "access.built.households_cut_off".
const Json& deep(const Json& from, const std::string& path) {
  const Json* here = &from;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    here = &at(*here, path.substr(begin, end - begin));
    begin = end + 1;
  }
  return *here;
}

std::optional<double> number(const Json& from, const std::string& path) {
  const Json& found = deep(from, path);
  if (!found.is_number()) return std::nullopt;
  return found.get<double>();
}
std::string text(const Json& from, const std::string& path) {
  const Json& found = deep(from, path);
  return found.is_string() ? found.get<std::string>() : std::string();
}

struct Metric {
  const char* path;
  const char* name;
  const char* unit;
};

// Every metric of the ledger, each by itself.
constexpr Metric kLedger[] = {
    {"land_ha", "land taken", "ha"},
    {"margin_eur_per_year", "yearly margin of that land", "EUR"},
    {"land_without_margin_ha", "land taken without a margin on record", "ha"},
    {"people_near_any_site.within_1km", "people within 1 km of any site", "people"},
    {"people_near_any_site.within_5km", "people within 5 km of any site", "people"},
    {"people_near_any_site.settlements_without_population_1km",
     "settlements without a population within 1 km of any site", "settlements"},
    {"people_near_mined_zones.within_1km", "people within 1 km of mined zones", "people"},
    {"people_near_mined_zones.within_5km", "people within 5 km of mined zones", "people"},
    {"people_near_mined_zones.settlements_without_population_1km",
     "settlements without a population within 1 km of mined zones", "settlements"},
    {"people_near_mined_zones.presumed_there_1km", "people presumed in those", "people"},
    {"mined_ha", "mined zones", "ha"},
    {"person_years", "person-years within 1 km until cleared", "person-years"},
    {"clearance_eur.p10", "clearance, P10", "EUR"},
    {"clearance_eur.p50", "clearance, median", "EUR"},
    {"clearance_eur.p90", "clearance, P90", "EUR"},
    {"clearance_eur.mean", "clearance, mean", "EUR"},
    {"clearance_years", "years of clearance", "years"},
    {"inspections", "inspections of marking", "inspections"},
    {"access.built.households_delayed", "households delayed, built", "households"},
    {"access.built.households_cut_off", "households cut off, built", "households"},
    {"access.with_stored.households_delayed", "households delayed, stored emplaced", "households"},
    {"access.with_stored.households_cut_off", "households cut off, stored emplaced", "households"},
    {"purchase_eur", "purchase", "EUR"},
    {"maintenance_eur", "upkeep in the plan", "EUR"},
    {"liability_eur", "liability at the end of life", "EUR"}};

constexpr Metric kProof[] = {{"result.objective_s", "objective", "s"},
                             {"result.bound_s", "proven bound", "s"},
                             {"result.baseline_s", "objective with nothing built", "s"},
                             {"result.gap", "gap", "share"},
                             {"mean_before_s", "mean time with nothing built", "s"},
                             {"mean_after_s", "mean time in the last year", "s"},
                             {"money.budget_eur", "budget", "EUR"},
                             {"money.purchases_eur", "purchases", "EUR"},
                             {"money.maintenance_eur", "upkeep", "EUR"},
                             {"money.liability_eur", "liability", "EUR"}};

template <std::size_t N>
std::vector<ComparedFigure> figures(const Metric (&metrics)[N], const Json& a, const Json& b) {
  std::vector<ComparedFigure> out;
  for (const Metric& metric : metrics) {
    out.push_back({metric.name, metric.unit, number(a, metric.path), number(b, metric.path)});
  }
  return out;
}

// Leaving, for the whole alone.
void add_leaving(const Json& a, const Json& b, std::vector<ComparedFigure>& into) {
  constexpr Metric kLeaving[] = {
      {"away.orders_wait.at_least_s", "leaving by road, not sooner than", "s"},
      {"away.orders_wait.at_most_s", "leaving by road, soon enough", "s"},
      {"away.orders_wait.people_cut_off", "people of the border zone cut off", "people"},
      {"away.orders_first.people_cut_off", "the same, all orders carried out first", "people"}};
  for (ComparedFigure& one : figures(kLeaving, at(a, "evacuation"), at(b, "evacuation"))) {
    into.push_back(std::move(one));
  }
}

Status same(const RunFolder& a, const RunFolder& b, const char* path, const char* what,
            const char* mend) {
  const Json& in_a = deep(a.plan, path);
  const Json& in_b = deep(b.plan, path);
  if (in_a == in_b) return {};
  return input_error(
      fmt::format("{} is {} here and {} in {}", what, in_b.dump(), in_a.dump(), a.folder.string()),
      {.file = b.folder.string()}, mend);
}

Status comparable(const RunFolder& a, const RunFolder& b) {
  constexpr const char* kRegion = "compare runs of one region on one grid";
  for (const auto& [path, what] :
       {std::pair{"scenario.crs", "the CRS"}, std::pair{"scenario.cell_m", "the cell (m)"},
        std::pair{"scenario.rows", "the number of rows"},
        std::pair{"scenario.cols", "the number of columns"},
        std::pair{"scenario.friendly", "the friendly side"},
        std::pair{"scenario.adversary", "the adversary"}}) {
    ABATIS_CHECK(same(a, b, path, what, kRegion));
  }
  ABATIS_CHECK(same(a, b, "scenario.price_year", "the price year",
                    "state the money of both at prices of one year"));
  if (text(a.civil, "by") != text(b.civil, "by")) {
    return input_error("tells its ledger by other places than the other run",
                       {.file = (b.folder / "civil.json").string()},
                       "give both a layer of role municipalities, or neither");
  }
  return {};
}

std::vector<ComparedPlace> places(const RunFolder& a, const RunFolder& b) {
  std::vector<ComparedPlace> out;
  ComparedPlace whole{"the plan", figures(kLedger, at(a.civil, "plan"), at(b.civil, "plan"))};
  add_leaving(a.civil, b.civil, whole.figures);
  out.push_back(std::move(whole));
  std::map<std::string, std::pair<const Json*, const Json*>> by_name;
  for (const Json& one : at(a.civil, "districts")) by_name[text(one, "name")].first = &one;
  for (const Json& one : at(b.civil, "districts")) by_name[text(one, "name")].second = &one;
  static const Json kNone;
  for (const auto& [name, pair] : by_name) {
    out.push_back({name, figures(kLedger, pair.first != nullptr ? *pair.first : kNone,
                                 pair.second != nullptr ? *pair.second : kNone)});
  }
  return out;
}

std::vector<ComparedMoney> money(const RunFolder& a, const RunFolder& b) {
  std::map<std::pair<int, std::string>, std::pair<double, double>> by;
  const auto add = [&](const RunFolder& run, bool second) {
    for (const Json& year : deep(run.plan, "money.years")) {
      for (const Json& one : at(year, "by_class")) {
        const int y = static_cast<int>(number(year, "year").value_or(0));
        auto& eur = by[{y, text(one, "class")}];
        (second ? eur.second : eur.first) +=
            number(one, "purchase_eur").value_or(0) + number(one, "maintenance_eur").value_or(0);
      }
    }
  };
  add(a, false);
  add(b, true);
  std::vector<ComparedMoney> out;
  for (const auto& [key, eur] : by) out.push_back({key.first, key.second, eur.first, eur.second});
  return out;
}

// Sites by measure, with the quantity bought of each.
struct Bought {
  std::map<std::string, std::set<std::string>> sites;
  std::map<std::string, double> quantity;
};
Bought bought_in(const RunFolder& run) {
  Bought out;
  for (const Json& one : at(run.plan, "purchases")) {
    const std::string measure = text(one, "measure");
    out.sites[measure].insert(text(one, "site"));
    out.quantity[measure] += number(one, "quantity").value_or(0);
  }
  return out;
}

std::vector<ComparedMeasure> measures(const RunFolder& a, const RunFolder& b) {
  const Bought in_a = bought_in(a);
  const Bought in_b = bought_in(b);
  std::vector<ComparedMeasure> out;
  std::set<std::string> seen;
  for (const RunFolder* run : {&a, &b}) {
    for (const Json& measure : at(run->plan, "measures")) {
      ComparedMeasure one{.measure = text(measure, "id"),
                          .name = text(measure, "name"),
                          .unit = text(measure, "unit")};
      if (!seen.insert(one.measure).second) continue;
      static const std::set<std::string> kNone;
      const auto of = [&](const Bought& bought) -> const std::set<std::string>& {
        const auto found = bought.sites.find(one.measure);
        return found == bought.sites.end() ? kNone : found->second;
      };
      const auto quantity = [&](const Bought& bought) {
        const auto found = bought.quantity.find(one.measure);
        return found == bought.quantity.end() ? 0.0 : found->second;
      };
      const std::set<std::string>& first = of(in_a);
      const std::set<std::string>& second = of(in_b);
      if (first.empty() && second.empty()) continue;
      std::set_difference(first.begin(), first.end(), second.begin(), second.end(),
                          std::back_inserter(one.sites_only_a));
      std::set_difference(second.begin(), second.end(), first.begin(), first.end(),
                          std::back_inserter(one.sites_only_b));
      one.only_a = static_cast<int>(one.sites_only_a.size());
      one.only_b = static_cast<int>(one.sites_only_b.size());
      one.both = static_cast<int>(first.size()) - one.only_a;
      one.quantity_a = quantity(in_a);
      one.quantity_b = quantity(in_b);
      out.push_back(std::move(one));
    }
  }
  return out;
}

}  // namespace

std::optional<double> ComparedFigure::difference() const {
  if (!a || !b) return std::nullopt;
  return *b - *a;
}

Result<Comparison> compare_runs(const fs::path& a, const fs::path& b) {
  ABATIS_TRY(const RunFolder first, open_run_folder(a));
  ABATIS_TRY(const RunFolder second, open_run_folder(b));
  ABATIS_CHECK(comparable(first, second));
  return Comparison{.a = a.string(),
                    .b = b.string(),
                    .title_a = text(first.plan, "scenario.title"),
                    .title_b = text(second.plan, "scenario.title"),
                    .proof = figures(kProof, first.plan, second.plan),
                    .places = places(first, second),
                    .money = money(first, second),
                    .measures = measures(first, second)};
}

}  // namespace abatis
