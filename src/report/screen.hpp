#pragma once
// Names and figures that all products of screening say alike.

#include <string>
#include <vector>

#include "abatis/geo/io.hpp"
#include "abatis/report/screen_products.hpp"
#include "tables.hpp"

namespace abatis::report {

const Viewer& viewer_of(const ScreenView& view, const ScreenCase& one);
const RoadTarget& target_of(const ScreenView& view, const ScreenCase& one);
const ScreenCase& judged_case(const ScreenView& view);
const Site& row_site(const ScreenView& view, std::size_t candidate);
int last_plan_year(const ScreenView& view);
double planted_km(const ScreenView& view);

std::vector<Table> screen_tables(const ScreenView& view);
std::vector<StyledLayer> screen_layers(const ScreenView& view);

}  // namespace abatis::report
