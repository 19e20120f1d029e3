#pragma once
// The products of early warning: watch.json, tables, a GeoPackage, a raster and the border as a
// strip. Full resolution: every one of them is marked restricted.

#include <filesystem>
#include <optional>
#include <vector>

#include "abatis/report/products.hpp"
#include "abatis/watch/watch.hpp"

namespace abatis {

struct WatchProducts {
  std::vector<ProductFile> files;
  std::vector<std::string> words;
};

// `sites` holds the sensors (add_sensors). `purchases`: of a plan, for what stored obstacles are
// worth; nothing where there is no plan yet. Writes into `out`, each file whole or not at all.
Result<WatchProducts> write_watch_products(
    const Scenario& scenario, const Terrain& terrain, const SiteSet& sites, const Watch& watch,
    const std::optional<std::vector<WatchPurchase>>& purchases, const std::filesystem::path& out);

// The purchases of a plan as the watch knows them.
std::vector<WatchPurchase> watch_purchases(const std::vector<PlanOrigin>& origin,
                                           const std::vector<Purchase>& purchases);

}  // namespace abatis
