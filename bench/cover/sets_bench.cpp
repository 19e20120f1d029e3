// Covering by given sets (cover_sets): what siting of sensors solves, and sight at national size.
//   bench_cover_sets scenario FILE YEAR GAP SECONDS [DATA|-] [LP]   the bound of a year, from 0
//   bench_cover_sets made SIDE SITES BUDGET GAP SECONDS [LP]        views over made-up relief
// Standard output: one line of JSON. LP: the plain program is written there for other solvers.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "../sight/relief.hpp"
#include "abatis/base/files.hpp"
#include "abatis/base/memory.hpp"
#include "abatis/mobility/mobility.hpp"
#include "watch/siting.hpp"
#include "watch/warning.hpp"

namespace {

using namespace abatis;

constexpr double kUnit = 1e6;  // of weights in the plain program, which are too large for it

double cpu_seconds() {
  std::timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class T>
T need(Result<T> result) {
  if (!result) throw std::runtime_error(to_string(result.error()));
  return std::move(*result);
}

// As the stage `watch` states it.
CoverSets of_scenario(const std::string& file, int year, const std::string& data) {
  using namespace watching;
  ScenarioOptions options;
  if (data != "-") options.data_root = data;
  const auto scenario = load_scenario(file, options);
  if (!scenario) throw std::runtime_error(to_string(scenario.error().front()));
  const Terrain terrain = need(build_terrain(*scenario, 1, silent_monitor()));
  const Mobility mobility =
      need(build_mobility(*scenario, terrain, Combine::product, 1, silent_monitor()));
  const WatchGround ground = make_watch_ground(*scenario, terrain);
  const BorderLine border = need(find_border(ground));
  const std::vector<Cell> zone = find_zone(ground);
  const std::vector<WatchPlace> places = need(find_places(ground));
  const std::vector<Candidate> candidates = find_reach(ground, places, border, zone, 1);
  const std::vector<Way> ways = need(ways_of_movers(ground, mobility, 1));
  std::vector<CoverSets::Demand> demand = watch_demand(ground, border, zone, candidates);
  const auto lanes = find_fixed_lanes(ground, places_to_warn(ground), ways, places, candidates, 1);
  for (auto& one : warning_demand(ground.rules(), lanes)) demand.push_back(std::move(one));
  return year_problem(siting_problem(ground, candidates, std::move(demand)), year);
}

// The highest cell of each block of a lattice.
std::vector<Cell> high_places(const Raster<float>& surface, int sites) {
  const auto side = surface.grid.rows;
  const auto blocks = static_cast<std::int32_t>(std::ceil(std::sqrt(sites)));
  std::vector<Cell> places;
  for (int s = 0; s < sites; ++s) {
    const std::int32_t r0 = s / blocks * side / blocks, c0 = s % blocks * side / blocks;
    const std::int32_t r1 = (s / blocks + 1) * side / blocks, c1 = (s % blocks + 1) * side / blocks;
    Cell best = surface.grid.at(r0, c0);
    for (std::int32_t r = r0; r < r1; ++r) {
      for (std::int32_t c = c0; c < c1; ++c) {
        if (surface[surface.grid.at(r, c)] > surface[best]) best = surface.grid.at(r, c);
      }
    }
    places.push_back(best);
  }
  return places;
}

// Every cell of 100 m is a point of weight 1 to 100, seen at 2 m over the surface from masts of 30
// m within 8 km, which cost 80 to 120.
CoverSets made(std::int32_t side, int sites, std::int64_t budget) {
  constexpr double kCell = 100, kRange = 8000, kAltitude = 2;
  const bench::Relief relief = bench::made_relief(side, 1);
  const Grid& grid = relief.surface.grid;
  CoverSets sets{.cost = {}, .budget = budget, .demand = {}};
  sets.demand.resize(grid.size());
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    sets.demand[static_cast<std::size_t>(c)].weight =
        1 + static_cast<std::int64_t>(100 * hashed_uniform(11, c, 0));
  }
  const SightGround all{.rows = side,
                        .cols = side,
                        .cell_m = kCell,
                        .surface = relief.surface.values.data(),
                        .ground = relief.terrain.values.data()};
  const SightOptions options{.radius_m = kRange, .refraction = kRadioRefraction, .threads = 1};
  std::vector<float> least(grid.size());
  const std::vector<Cell> places = high_places(relief.surface, sites);
  const auto reach = static_cast<std::int32_t>(kRange / kCell);
  for (std::size_t s = 0; s < places.size(); ++s) {
    sets.cost.push_back(80 + static_cast<std::int64_t>(41 * hashed_uniform(12, places[s], 0)));
    const std::int32_t r = grid.row_of(places[s]), k = grid.col_of(places[s]);
    const std::int32_t r0 = std::max(r - reach, 0), r1 = std::min(r + reach, side - 1);
    const std::int32_t k0 = std::max(k - reach, 0), k1 = std::min(k + reach, side - 1);
    for (std::int32_t row = r0; row <= r1; ++row) {
      std::fill(least.begin() + grid.at(row, k0), least.begin() + grid.at(row, k1) + 1,
                std::numeric_limits<float>::quiet_NaN());
    }
    lower_heights(all, {.cell = places[s], .height_m = 30}, options, least.data());
    for (std::int32_t row = r0; row <= r1; ++row) {
      for (std::int32_t col = k0; col <= k1; ++col) {
        const Cell c = grid.at(row, col);
        const auto over = static_cast<double>(least[static_cast<std::size_t>(c)] -
                                              (relief.surface[c] - relief.terrain[c]));
        if (over <= kAltitude) {
          sets.demand[static_cast<std::size_t>(c)].sites.push_back(static_cast<int>(s));
        }
      }
    }
  }
  return sets;
}

void write_plain(const CoverSets& sets, const std::string& path) {
  std::string text = "Maximize\n obj:";
  for (std::size_t d = 0; d < sets.demand.size(); ++d) {
    if (sets.demand[d].sites.empty()) continue;
    text += fmt::format(" + {} z{}\n", static_cast<double>(sets.demand[d].weight) / kUnit, d);
  }
  text += "Subject To\n";
  for (std::size_t d = 0; d < sets.demand.size(); ++d) {
    if (sets.demand[d].sites.empty()) continue;
    text += fmt::format(" c{}: z{}", d, d);
    for (const int s : sets.demand[d].sites) text += fmt::format(" - y{}\n", s);
    text += " <= 0\n";
  }
  text += " money:";
  for (std::size_t s = 0; s < sets.cost.size(); ++s)
    text += fmt::format(" + {} y{}\n", sets.cost[s], s);
  text += fmt::format(" <= {}\nBounds\n", sets.budget);
  for (std::size_t d = 0; d < sets.demand.size(); ++d) {
    if (!sets.demand[d].sites.empty()) text += fmt::format(" z{} <= 1\n", d);
  }
  text += "Binary\n";
  for (std::size_t s = 0; s < sets.cost.size(); ++s) text += fmt::format(" y{}\n", s);
  if (const auto done = write_file(path, text + "End\n"); !done) {
    throw std::runtime_error(to_string(done.error()));
  }
}

int work(const std::vector<std::string>& words) {
  const bool made_up = words[0] == "made";
  const std::size_t rest = made_up ? 4 : 3;
  const double began = cpu_seconds();
  const CoverSets sets =
      made_up ? made(std::stoi(words[1]), std::stoi(words[2]), std::stoll(words[3]))
              : of_scenario(words[1], std::stoi(words[2]), words.size() > 5 ? words[5] : "-");
  const double stated = cpu_seconds();
  std::size_t pairs = 0, points = 0;
  for (const auto& one : sets.demand) {
    pairs += one.sites.size();
    if (!one.sites.empty()) ++points;
  }
  constexpr std::size_t lp = 6;
  if (words.size() > lp) write_plain(sets, words[lp]);
  const std::uint64_t before = peak_memory();
  const double start = cpu_seconds();
  const auto answer =
      need(cover_sets(sets, {.time_s = std::stod(words[rest + 1]), .gap = std::stod(words[rest])},
                      silent_monitor()));
  const double cpu = cpu_seconds() - start;
  fmt::print(
      "{{\"sites\": {}, \"points\": {}, \"reached\": {}, \"pairs\": {}, \"budget\": {}, "
      "\"value\": {}, \"bound\": {}, \"gap\": {:.6f}, \"status\": \"{}\", \"chosen\": {}, "
      "\"stated_cpu_s\": {:.2f}, \"cpu_s\": {:.3f}, \"stated_mb\": {:.0f}, "
      "\"peak_mb\": {:.0f}, \"unit\": {}}}\n",
      sets.cost.size(), sets.demand.size(), points, pairs, sets.budget, answer.value, answer.bound,
      static_cast<double>(answer.bound - answer.value) /
          std::max(1.0, static_cast<double>(answer.bound)),
      to_word(answer.status), answer.chosen.size(), stated - began, cpu,
      static_cast<double>(before) / 1e6, static_cast<double>(peak_memory()) / 1e6, kUnit);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const bool known = words.size() >= 5 && (words[0] == "scenario" || words[0] == "made");
  if (!known || (words[0] == "made" && words.size() < 6)) {
    fmt::print(stderr,
               "bench_cover_sets scenario FILE YEAR GAP SECONDS [DATA|-] [LP]\n"
               "bench_cover_sets made SIDE SITES BUDGET GAP SECONDS [LP]\n");
    return 2;
  }
  try {
    return work(words);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_cover_sets: {}\n", error.what());
    return 1;
  }
}
