#pragma once
// gap.gpkg: the layers of a gap with their styles.

#include "abatis/geo/io.hpp"
#include "abatis/report/gap_products.hpp"

namespace abatis::report {

std::vector<StyledLayer> gap_layers(const GapView& view);

// Times between the lines of a front: a round step with at most ten of them up to `top_s`.
double front_step_s(double top_s);

}  // namespace abatis::report
