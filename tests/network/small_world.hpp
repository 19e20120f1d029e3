#pragma once
// The tiny world from its layers to its sites, for tests that need no plan.

#include <stdexcept>
#include <utility>
#include <vector>

#include "abatis/base/random.hpp"
#include "abatis/network/network.hpp"
#include "support/tiny_world.hpp"

namespace abatis::testing {

struct SmallWorld {
  TinyWorld files;
  Scenario scenario;
  Terrain terrain;
  Mobility mobility;
  SiteSet sites;

  explicit SmallWorld(const std::string& name) : files(name) {
    ScenarioOptions options;
    options.data_root = files.layers();
    auto loaded = load_scenario(files.scenario(), options);
    if (!loaded) throw std::runtime_error(to_string(loaded.error().front()));
    scenario = std::move(*loaded);
    Monitor& monitor = silent_monitor();
    terrain = TinyWorld::must(build_terrain(scenario, 1, monitor));
    mobility = TinyWorld::must(build_mobility(scenario, terrain, Combine::product, 1, monitor));
    sites = TinyWorld::must(find_sites(scenario, terrain, mobility, 1, monitor));
    apply_felling(sites, mobility);
  }
  Result<Network> build(int threads = 1) const {
    return build_network(scenario, terrain, mobility, sites, threads, silent_monitor());
  }
  // A random state: each site none or one of its options, fully grown.
  SiteDelays state(std::uint64_t seed) const {
    Random random(seed, 9);
    SiteDelays delays(mobility.speeds.size(), std::vector<double>(sites.sites.size(), 0.0));
    for (std::size_t s = 0; s < sites.sites.size(); ++s) {
      const auto& options = sites.sites[s].options;
      const std::uint64_t pick = random.below(options.size() + 1);
      if (pick == options.size()) continue;
      for (std::size_t k = 0; k < delays.size(); ++k) {
        delays[k][s] = options[pick].delay_s[k].back();
      }
    }
    return delays;
  }
};

}  // namespace abatis::testing
