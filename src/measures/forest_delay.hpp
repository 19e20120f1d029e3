#pragma once
// What a standing block costs a mover compared with the same block felled.

#include <vector>

#include "abatis/measures/sites.hpp"

namespace abatis::measures {

// Mean length (m) of the straight ways through a set of cells: pi A / P, exact for convex shapes
// under isotropic uniform lines (Cauchy-Crofton; Santalo, Integral Geometry and Geometric
// Probability, 1976, ch. 4). For several pieces it is the mean over pieces by their perimeter.
// The perimeter runs along cell edges, so a slanting edge counts long and the chord short.
double mean_chord_m(const Grid& grid, const std::vector<Cell>& cells);

// chord x (mean slowness standing - mean slowness felled), by speed index, in s, >= 0. Slowness is
// capped at 1.5 km/h, the bound of NO-GO ground.
std::vector<double> standing_delay_s(const Site& block, const Felling& felling,
                                     const Mobility& mobility, double chord_m);

}  // namespace abatis::measures
