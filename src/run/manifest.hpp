#pragma once
#include <filesystem>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/report/products.hpp"
#include "abatis/run/run.hpp"
#include "abatis/store/stages.hpp"

namespace abatis {

// manifest.json: version, seed, hash of every input and of every product. Written last, so a
// folder that has it is whole. No clock goes in: the same run gives the same bytes.
Status write_manifest(const RunOptions& options, const Scenario& scenario,
                      const std::vector<ProductFile>& products);

}  // namespace abatis
