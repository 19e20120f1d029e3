#pragma once
#include <filesystem>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/report/products.hpp"
#include "abatis/run/run.hpp"
#include "abatis/store/stages.hpp"

namespace abatis {

// manifest.json: version, seed, hash of every input and of every product. Written last, so a
// folder that has it is whole. No clock goes in: the same run gives the same bytes.
Status write_manifest(const RunOptions& options, const Scenario& scenario,
                      const std::vector<ProductFile>& products);

// Takes away a manifest.json whose plan.json is no longer the one in `out`, and says so: the report
// and the other products there are of an earlier plan.
Status drop_stale_manifest(const std::filesystem::path& out, Monitor& monitor);

}  // namespace abatis
