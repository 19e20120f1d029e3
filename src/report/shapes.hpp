#pragma once
// The plan as vector layers in the grid's CRS: what GeoPackage and page both show.

#include <vector>

#include "abatis/geo/layer.hpp"
#include "facts.hpp"
#include "ground_view.hpp"

namespace abatis::report {

// Candidate sites of one geometry kind, a row per site. Fields in the order of kSiteFields.
Layer site_layer(const RunView& view, const Facts& facts, GeometryKind kind);
// Bought sites of one geometry kind, a row per purchase.
Layer plan_layer(const RunView& view, const Facts& facts, GeometryKind kind);
// Bands of distance on the friendly side, cell outlines smoothed by at most a cell.
Layer echelon_layer(const RunView& view);
// Least-time paths with nothing built and in the plan's last year, by case.
Layer corridor_layer(const RunView& view, const Outcome& outcome);
Layer entry_layer(const GroundView& view);  // stretches, as their bounding boxes
Layer objective_layer(const GroundView& view);
// The line between the sides: zero level of the signed distance, smoothed by at most a cell.
Layer border_layer(const GroundView& view);

// Douglas-Peucker that keeps rings closed and drops rings of less than `least_area` squares of the
// tolerance: a pond thinned to a triangle tells less than none.
Geometry simplified(const Geometry& geometry, double tolerance_m, double least_area = 1);
std::size_t vertex_count(const Layer& layer);
// Simplifies from `tolerance_m` on, doubling it until at most `max_vertices` are left: what is
// embedded in a page stays bounded whatever the region. Says the tolerance it ended with.
double fit_layer(Layer& layer, double tolerance_m, std::size_t max_vertices, double least_area = 1);

}  // namespace abatis::report
