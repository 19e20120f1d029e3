#pragma once
// The products of `abatis civil`: civil.json, its tables and a leaf for each municipality.

#include <filesystem>
#include <string>
#include <vector>

#include "abatis/civil/ledger.hpp"
#include "abatis/report/products.hpp"

namespace abatis {

struct CivilProducts {
  std::vector<ProductFile> files;
  std::vector<std::string> words;
};

// Writes into `out`, each file whole or not at all. Errors: those of writing.
Result<CivilProducts> write_civil_products(const Scenario& scenario, const Terrain& terrain,
                                           const SiteSet& sites, const Ledger& ledger,
                                           const std::filesystem::path& out,
                                           const Evacuation* evacuation = nullptr);

}  // namespace abatis
