#pragma once
// What the single-stage commands leave to look at. The products of a whole run are the report
// room's.

#include <filesystem>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/network/network.hpp"
#include "abatis/report/products.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

using Products = std::vector<ProductFile>;

// Each writes into OUT/STAGE and returns the files, relative to `out`.
Result<Products> write_terrain(const Scenario& scenario, const Terrain& terrain,
                               const std::filesystem::path& out);
Result<Products> write_mobility(const Scenario& scenario, const Mobility& mobility,
                                const std::filesystem::path& out);
Result<Products> write_travel(const Scenario& scenario, const Terrain& terrain,
                              const Mobility& mobility, const std::filesystem::path& out,
                              Monitor& monitor);
Result<Products> write_sites(const Scenario& scenario, const SiteSet& sites,
                             const std::filesystem::path& out);
Result<Products> write_network(const Scenario& scenario, const Network& network,
                               const std::filesystem::path& out);

}  // namespace abatis
