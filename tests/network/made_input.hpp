#pragma once
// Inputs of the network made by hand: from text maps, and random ones.

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "abatis/base/random.hpp"
#include "abatis/network/network.hpp"
#include "abatis/travel/travel.hpp"
#include "network/builder.hpp"
#include "network/input.hpp"
#include "support/ascii_map.hpp"

namespace abatis::testing {

// Owns the rasters that a NetworkInput points to.
struct MadeInput {
  std::unique_ptr<Raster<float>> speed;
  std::unique_ptr<Raster<std::int32_t>> barrier;
  network_detail::NetworkInput input;

  network_detail::CaseInput& only_case() { return input.cases[0]; }
  // The site delays of one state, for the one speed.
  SiteDelays state(std::vector<double> of_site) const { return {std::move(of_site)}; }
};

// From a map: barrier letters in alphabetical order are `naturals` natural barriers, then sites.
// The legend's delays are what each costs today; `most`: by site, at most.
inline MadeInput made_from(const AsciiMap& map, int naturals, std::vector<double> most,
                           NetworkRules rules, int neighbours = 8) {
  MadeInput made;
  made.speed = std::make_unique<Raster<float>>(map.speed_mps());
  made.barrier = std::make_unique<Raster<std::int32_t>>(map.barrier());
  AsciiMap copy = map;
  auto& in = made.input;
  in.grid = map.grid();
  in.speeds = {made.speed.get()};
  in.barrier = made.barrier.get();
  in.naturals = naturals;
  in.sites = static_cast<int>(most.size());
  in.base_delay_s = {copy.delay_s()};
  in.base_delay_s[0].resize(static_cast<std::size_t>(naturals) + 1 + most.size(), 0.0);
  in.plans = {{std::vector<double>(most.size(), 0.0)}, {most}};
  in.most = {std::move(most)};
  in.rules = rules;
  in.neighbours = neighbours;
  network_detail::CaseInput c;
  c.weight = 1;
  c.name = "axis 'a', mover in season";
  c.sources = map.cells('A');
  c.targets = map.cells('B');
  in.cases = {c};
  return made;
}

struct RandomShape {
  std::int32_t rows = 24, cols = 30;
  int naturals = 2, sites = 6;
  int plans = 4;
  int neighbours = 8;
  int rehearsals = 0;  // none, so that refinement has something to do
  NetworkRules rules;
};

// A chain of orthogonal steps: a 4-connected set of cells.
inline void draw_chain(Raster<std::int32_t>& barrier, Random& random, std::int32_t id,
                       std::uint64_t length, bool over_others) {
  const Grid& g = barrier.grid;
  auto row = static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(g.rows)));
  auto col = static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(g.cols)));
  const bool across = random.below(2) == 0;
  for (std::uint64_t i = 0; i < length; ++i) {
    if (!g.inside(row, col)) return;
    std::int32_t& there = barrier[g.at(row, col)];
    if (there == 0 || over_others) there = id;
    const bool straight = random.below(3) != 0;
    if (straight == across) {
      ++col;
    } else {
      row += random.below(2) == 0 ? 1 : -1;
    }
  }
}

// Patchy ground with walls, a few roads, streams and sites. Sources on the west edge, targets on
// the east, wherever they happen to be passable.
inline MadeInput made_random(std::uint64_t seed, const RandomShape& shape) {
  Random random(seed, 77);
  MadeInput made;
  Grid g{.epsg = 3346,
         .origin_x = 0,
         .origin_y = 0,
         .cell = 100,
         .rows = shape.rows,
         .cols = shape.cols};
  made.speed = std::make_unique<Raster<float>>(g, 0.0F);
  made.barrier = std::make_unique<Raster<std::int32_t>>(g, 0);
  const double walls = random.uniform(0.0, 0.25);
  for (float& v : made.speed->values) {
    v = random.uniform() < walls ? 0.0F : static_cast<float>(random.uniform(1.0, 4.0));
  }
  for (int road = 0; road < 3; ++road) {
    const auto row = static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(g.rows)));
    for (std::int32_t c = 0; c < g.cols; ++c) (*made.speed)[g.at(row, c)] = 15.0F;
  }
  for (int n = 0; n < shape.naturals; ++n) {
    for (int piece = 0; piece < 2; ++piece) draw_chain(*made.barrier, random, n + 1, 30, false);
  }
  for (int s = 0; s < shape.sites; ++s) {
    draw_chain(*made.barrier, random, shape.naturals + 1 + s, 4 + random.below(20), true);
  }
  auto& in = made.input;
  in.grid = g;
  in.speeds = {made.speed.get()};
  in.barrier = made.barrier.get();
  in.naturals = shape.naturals;
  in.sites = shape.sites;
  in.rules = shape.rules;
  in.neighbours = shape.neighbours;
  in.rehearsals = shape.rehearsals;
  in.base_delay_s = {std::vector<double>(1, 0.0)};
  for (int b = 0; b < shape.naturals + shape.sites; ++b) {
    const bool natural = b < shape.naturals;
    in.base_delay_s[0].push_back(natural || random.below(3) == 0 ? random.uniform(0, 300) : 0.0);
  }
  const auto sites = static_cast<std::size_t>(shape.sites);
  std::vector<double> most(sites);
  for (double& d : most) d = random.uniform(0, 1500);
  in.most = {most};
  in.plans = {{std::vector<double>(sites, 0.0)}, {most}};
  for (int p = 0; p < shape.plans; ++p) {
    std::vector<double> some(sites, 0.0);
    for (std::size_t s = 0; s < sites; ++s) {
      if (random.below(2) == 0) some[s] = most[s] * random.uniform();
    }
    in.plans.push_back({some});
  }
  network_detail::CaseInput c;
  c.weight = 1;
  c.name = "axis 'a', mover in season";
  for (std::int32_t r = 0; r < g.rows; ++r) {
    if ((*made.speed)[g.at(r, 0)] > 0) c.sources.push_back(g.at(r, 0));
    if (r % 5 == 2 && (*made.speed)[g.at(r, g.cols - 1)] > 0) {
      c.targets.push_back(g.at(r, g.cols - 1));
    }
  }
  in.cases = {c};
  return made;
}

// Least time on a network's case under a state.
inline double network_time(const Network& network, const network_detail::NetworkInput& input,
                           std::size_t number, const SiteDelays& state) {
  const NetworkCase& c = network.cases[number];
  const auto speed = static_cast<std::size_t>(input.cases[number].speed);
  return least_time(network.graphs[static_cast<std::size_t>(c.graph)], c.sources, c.targets,
                    state[speed]);
}

}  // namespace abatis::testing
