#pragma once
// What a block of ground costs a mover, compared with the same block in another state.

#include <algorithm>
#include <functional>
#include <vector>

#include "site_ground.hpp"

namespace abatis::measures {

// Ground slower than this is NO-GO: movers cut a lane at this pace (MODEL section 2, 1.5 km/h).
inline constexpr double kSlowest = 1.5 / 3.6;

// Mean length (m) of the straight ways through a set of cells: pi A / P, exact for convex shapes
// under isotropic uniform lines (Cauchy-Crofton; Santalo, Integral Geometry and Geometric
// Probability, 1976, ch. 4). For several pieces it is the mean over pieces by their perimeter.
// The perimeter runs along cell edges, so a slanting edge counts long and the chord short.
double mean_chord_m(const Grid& grid, const std::vector<Cell>& cells);

// chord x (mean slowness after - mean slowness before), in s, >= 0; speeds in m/s by cell, taken as
// kSlowest at least.
double slowing_s(const std::vector<Cell>& cells, double chord_m,
                 const std::function<double(Cell)>& before,
                 const std::function<double(Cell)>& after);

// What SpeedModel::off_road asks of a cell.
Ground ground_of(const Terrain& terrain, Cell c);

// By speed index, for each rule: of a standing block against the same block felled; of a peat block
// wet against today; of planted land, by speed index and years since planting, against today.
std::vector<double> standing_delay_s(const Site& block, const Felling& felling,
                                     const Mobility& mobility, double chord_m);
std::vector<double> wet_delay_s(const SiteGround& ground, const Site& block, double chord_m,
                                Combine combine);
std::vector<std::vector<double>> planted_delay_s(const SiteGround& ground, const Measure& measure,
                                                 const Site& block, double chord_m);

// Speed of forest cells once felled; see Felling.
Felling fell(const SiteGround& ground, const std::vector<Candidate>& forests, Combine combine);

}  // namespace abatis::measures
