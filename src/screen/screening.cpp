#include "abatis/screen/screening.hpp"

#include <algorithm>
#include <utility>

#include "abatis/base/parallel.hpp"
#include "abatis/screen/choice.hpp"
#include "sensors.hpp"

namespace abatis {
namespace {

using screen_detail::find_sensor_conflicts;

const Site& site_of(const SiteSet& sites, const RowCandidate& candidate) {
  return sites.sites[static_cast<std::size_t>(candidate.site)];
}

double height_of(const Scenario& scenario, int target) {
  return scenario.catalogue.screening.targets[static_cast<std::size_t>(target)].height_m;
}

bool felled(const Scenario& scenario, const SiteSet& sites, int site) {
  return std::any_of(scenario.decisions.begin(), scenario.decisions.end(), [&](const Decision& d) {
    return d.kind != Decision::Kind::never &&
           d.site == sites.sites[static_cast<std::size_t>(site)].id;
  });
}

// Whether a row excludes something that a decision builds.
bool excludes_decided(const Scenario& scenario, const SiteSet& sites, int site) {
  return std::any_of(sites.conflicts.begin(), sites.conflicts.end(), [&](const SiteConflict& c) {
    return (c.site_a == site && felled(scenario, sites, c.site_b)) ||
           (c.site_b == site && felled(scenario, sites, c.site_a));
  });
}

// What a decision says of a candidate: 1 = it is there, -1 = it is not to be, 0 = nothing.
int decided(const Scenario& scenario, const Site& site) {
  for (const Decision& d : scenario.decisions) {
    if (d.site == site.id) return d.kind == Decision::Kind::never ? -1 : 1;
  }
  return 0;
}

// Years since each candidate was bought, were it so in the year planted.
std::vector<double> years_in(const std::vector<int>& planted, int year) {
  std::vector<double> years;
  for (const int p : planted) years.push_back(p == 0 ? -1.0 : static_cast<double>(year - p));
  return years;
}

// The points of the choice: each sample that is seen, with the rows across its lines.
std::vector<RowPoint> points_of(const Scenario& scenario, const RoadExposure& roads) {
  const RowChoice& choice = scenario.screening.choice;
  const double target_m = height_of(scenario, choice.target);
  const RowsNow rows = rows_at(
      scenario, roads, std::vector<double>(roads.candidates.size(), choice.by_year - choice.plant),
      choice.bare);
  std::vector<RowPoint> points;
  for (std::size_t s = 0; s < roads.samples.size(); ++s) {
    RowPoint point{.weight =
                       weight_of(scenario, roads, s)[static_cast<std::size_t>(choice.metric)]};
    for (std::size_t l = roads.first_line[s]; l < roads.first_line[s + 1]; ++l) {
      const SightLine& line = roads.lines[l];
      const int kind = roads.viewers[static_cast<std::size_t>(line.viewer)].viewer;
      if (kind != choice.viewer || static_cast<double>(line.least_m) > target_m) continue;
      point.lines.emplace_back();
      for (const LineNeed& need : roads.needs_of(l)) {
        const auto row = static_cast<std::size_t>(need.row);
        if (!(rows.opacity[row] > 0) ||
            rows.height_m[row] < RowNeed{need.base, need.slope}.height_m(target_m)) {
          continue;
        }
        const int candidate = need.row / 2;
        auto& across = point.lines.back();
        if (std::none_of(across.begin(), across.end(),
                         [&](const RowCover& c) { return c.row == candidate; })) {
          across.push_back({candidate, rows.opacity[row]});
        }
      }
    }
    if (!point.lines.empty() && point.weight > 0) points.push_back(std::move(point));
  }
  return points;
}

class Reckoning {
 public:
  Reckoning(const Scenario& scenario, const RoadExposure& roads, int threads, Screening& into)
      : scenario_(scenario), roads_(roads), threads_(threads), out_(into) {}

  void set_cases() {
    const ScreeningRules& rules = scenario_.screening;
    for (const int viewer : rules.viewers) {
      for (const int target : rules.targets) {
        if (viewer == rules.choice.viewer && target == rules.choice.target) {
          out_.judged = static_cast<int>(out_.cases.size());
        }
        out_.cases.push_back({viewer, target});
      }
    }
  }

  std::vector<RoadSums> seen(const RowsNow& rows) const {
    std::vector<RoadSums> sums(out_.cases.size());
    parallel_for(sums.size(), threads_, [&](std::size_t k) {
      const ScreenCase& one = out_.cases[k];
      sums[k] = seen_sums(scenario_, roads_, one.viewer, height_of(scenario_, one.target), rows);
    });
    return sums;
  }

  RowsNow grown(const std::vector<double>& years, bool bare,
                RowSides sides = RowSides::both) const {
    return rows_at(scenario_, roads_, years, bare, sides);
  }

  SeenByCase seen_with(const std::vector<double>& years) const {
    return {seen(grown(years, false)), seen(grown(years, true))};
  }

  void stretches() {
    const std::vector<double> last = years_in(out_.planted, last_year());
    const RowsNow none = grown(std::vector<double>(last.size(), -1), false);
    const RowsNow leaf = grown(last, false), bare = grown(last, true);
    out_.stretches.resize(out_.cases.size());
    parallel_for(out_.cases.size(), threads_, [&](std::size_t k) {
      const ScreenCase& one = out_.cases[k];
      const double target_m = height_of(scenario_, one.target);
      const auto share = [&](const RowsNow& rows) {
        return seen_of_stretches(roads_, one.viewer, target_m, rows);
      };
      const auto now = share(none), in_leaf = share(leaf), in_bare = share(bare);
      for (std::size_t i = 0; i < now.size(); ++i) {
        out_.stretches[k].push_back({now[i], in_leaf[i], in_bare[i]});
      }
    });
  }

  void stretch_years() {
    const ScreenCase& one = out_.cases[static_cast<std::size_t>(out_.judged)];
    const double target_m = height_of(scenario_, one.target);
    out_.stretch_years.resize(static_cast<std::size_t>(scenario_.years));
    parallel_for(out_.stretch_years.size(), threads_, [&](std::size_t y) {
      const auto years = years_in(out_.planted, scenario_.first_year + static_cast<int>(y));
      const auto share = [&](bool bare) {
        return seen_of_stretches(roads_, one.viewer, target_m, grown(years, bare));
      };
      const auto leaf = share(false), bare = share(true);
      for (std::size_t i = 0; i < leaf.size(); ++i) {
        const double now = out_.stretches[static_cast<std::size_t>(out_.judged)][i].now;
        out_.stretch_years[y].push_back({now, leaf[i], bare[i]});
      }
    });
  }

  // Samples by candidate: those with a line across one of its rows.
  void worth() {
    std::vector<std::vector<std::size_t>> samples(roads_.candidates.size());
    for (std::size_t s = 0; s < roads_.samples.size(); ++s) {
      for (std::size_t l = roads_.first_line[s]; l < roads_.first_line[s + 1]; ++l) {
        for (const LineNeed& need : roads_.needs_of(l)) {
          auto& of = samples[static_cast<std::size_t>(need.row / 2)];
          if (of.empty() || of.back() != s) of.push_back(s);
        }
      }
    }
    out_.worth.resize(roads_.candidates.size());
    parallel_for(samples.size(), threads_,
                 [&](std::size_t c) { out_.worth[c] = worth_of(c, samples[c]); });
  }

  int last_year() const { return scenario_.first_year + scenario_.years - 1; }

 private:
  RoadSums hidden(const std::vector<std::size_t>& samples, const ScreenCase& one,
                  const RowsNow& rows, std::vector<int>* stretches) const {
    RoadSums sums{};
    const double target_m = height_of(scenario_, one.target);
    const RowsNow none{std::vector<double>(roads_.rows.size(), 0),
                       std::vector<double>(roads_.rows.size(), 0)};
    for (const std::size_t s : samples) {
      const double less = seen_at(roads_, s, one.viewer, target_m, none) -
                          seen_at(roads_, s, one.viewer, target_m, rows);
      if (!(less > 0)) continue;
      const RoadSums weight = weight_of(scenario_, roads_, s);
      for (std::size_t m = 0; m < sums.size(); ++m) sums[m] += less * weight[m];
      const int stretch = roads_.samples[s].stretch;
      if (stretches != nullptr && (stretches->empty() || stretches->back() != stretch)) {
        stretches->push_back(stretch);
      }
    }
    return sums;
  }

  RowWorth worth_of(std::size_t candidate, const std::vector<std::size_t>& samples) const {
    RowWorth out;
    const ScreenCase& judged = out_.cases[static_cast<std::size_t>(out_.judged)];
    std::vector<double> years(roads_.candidates.size(), -1);
    for (int age = 0; age < scenario_.years; ++age) {
      years[candidate] = age;
      out.leaf.push_back(hidden(samples, judged, grown(years, false), nullptr));
      out.bare.push_back(hidden(samples, judged, grown(years, true), nullptr));
    }
    out.left = hidden(samples, judged, grown(years, false, RowSides::left), nullptr);
    out.right = hidden(samples, judged, grown(years, false, RowSides::right), nullptr);
    const RowsNow last = grown(years, false);
    for (const ScreenCase& one : out_.cases) {
      out.last.push_back(hidden(samples, one, last, nullptr));
    }
    hidden(samples, judged, last, &out.stretches);
    return out;
  }

  const Scenario& scenario_;
  const RoadExposure& roads_;
  int threads_;
  Screening& out_;
};

void add_felling(const Scenario& scenario, const SiteSet& sites, const RoadExposure& roads,
                 Screening& into) {
  for (std::size_t c = 0; c < roads.candidates.size(); ++c) {
    const int site = roads.candidates[c].site;
    for (const SiteConflict& conflict : sites.conflicts) {
      const bool first = conflict.site_a == site;
      if (!first && conflict.site_b != site) continue;
      const int other = first ? conflict.site_b : conflict.site_a;
      const int option = first ? conflict.option_b : conflict.option_a;
      const Site& kept = sites.sites[static_cast<std::size_t>(other)];
      const auto measure =
          static_cast<std::size_t>(kept.options[static_cast<std::size_t>(option)].measure);
      if (scenario.catalogue.measures[measure].rule == SiteRule::roadside) continue;
      if (!into.felling.empty() && into.felling.back().candidate == static_cast<int>(c) &&
          into.felling.back().site == other) {
        continue;
      }
      into.felling.push_back({static_cast<int>(c), other, conflict.why});
    }
  }
}

}  // namespace

ChosenRows choose_screening(const Scenario& scenario, const SiteSet& sites,
                            const RoadExposure& roads) {
  const RowChoice& choice = scenario.screening.choice;
  const bool by_length = choice.length_m > 0;
  RowProblem problem{.points = points_of(scenario, roads)};
  std::vector<int> all;
  for (std::size_t c = 0; c < roads.candidates.size(); ++c) {
    const RowCandidate& candidate = roads.candidates[c];
    const int index = static_cast<int>(c);
    problem.costs.push_back(by_length ? candidate.length_m : candidate.cost.value);
    const int said = decided(scenario, site_of(sites, candidate));
    if (said > 0) problem.taken.push_back(index);
    if (said < 0 || (said == 0 && excludes_decided(scenario, sites, candidate.site))) {
      problem.barred.push_back(index);
    }
    all.push_back(index);
  }
  problem.budget = by_length ? choice.length_m : choice.budget.value;
  const RowChoiceResult result = choose_rows(problem);
  const double unit = by_length ? 1000 : 1;
  ChosenRows out{.value = result.value,
                 .bound = result.bound,
                 .most = hidden_by(problem, all),
                 .cost = result.cost / unit,
                 .limit = problem.budget / unit,
                 .nodes = result.nodes};
  for (const int c : result.rows) {
    out.sites.push_back(site_of(sites, roads.candidates[static_cast<std::size_t>(c)]).id);
  }
  return out;
}

std::vector<Decision> decisions_of(const Scenario& scenario, const SiteSet& sites,
                                   const ChosenRows& chosen) {
  std::vector<Decision> out;
  for (const std::string& id : chosen.sites) {
    const auto site = std::find_if(sites.sites.begin(), sites.sites.end(),
                                   [&](const Site& s) { return s.id == id; });
    if (site == sites.sites.end() || decided(scenario, *site) != 0) continue;
    Decision decision{.site = id,
                      .kind = Decision::Kind::build,
                      .year = scenario.screening.choice.plant,
                      .where = scenario.screening.choice.where,
                      .provenance = scenario.screening.provenance};
    out.push_back(std::move(decision));
  }
  return out;
}

Result<Screening> compute_screening(const Scenario& scenario, const Terrain& terrain,
                                    const SiteSet& sites, const RoadExposure& roads,
                                    std::optional<ChosenRows> chosen,
                                    const std::vector<int>& planted, int threads) {
  Screening out;
  out.planted = planted;
  out.chosen = std::move(chosen);
  Reckoning reckoning(scenario, roads, threads, out);
  reckoning.set_cases();
  out.zone = zone_sums(scenario, roads);
  const std::vector<double> never(roads.candidates.size(), -1);
  const std::vector<double> always(roads.candidates.size(), scenario.years - 1);
  out.open = reckoning.seen(reckoning.grown(never, false));
  for (int y = 0; y < scenario.years; ++y) {
    const int year = scenario.first_year + y;
    out.years.push_back({year, reckoning.seen_with(years_in(planted, year))});
  }
  out.all_rows = reckoning.seen_with(always);
  reckoning.stretches();
  reckoning.stretch_years();
  reckoning.worth();
  add_felling(scenario, sites, roads, out);
  ABATIS_CHECK(find_sensor_conflicts(
      scenario, terrain, roads, reckoning.grown(always, false),
      reckoning.grown(years_in(planted, reckoning.last_year()), false), threads, out));
  return out;
}

}  // namespace abatis
