#pragma once
// The map products: plan.gpkg and the rasters.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/report/products.hpp"
#include "facts.hpp"
#include "ground_view.hpp"

namespace abatis::report {

// Marking, program, scenario and the licence of every input: stored in each map product.
std::map<std::string, std::string> product_metadata(const GroundView& view);

// after - before, NaN where either is unknown.
Raster<float> delay_bought(const Raster<float>& before, const Raster<float>& after);
// The value below which `share` of the positive, finite cells lie (0 when there are none).
double upper_value(const Raster<float>& raster, double share);

Status write_plan_geopackage(const RunView& view, const Outcome& outcome, const Facts& facts,
                             const std::filesystem::path& out, std::vector<ProductFile>& files);

Status write_rasters(const RunView& view, const Outcome& outcome, const std::filesystem::path& out,
                     int threads, Monitor& monitor, std::vector<ProductFile>& files);

}  // namespace abatis::report
