#pragma once
// How a planted or standing stand grows, and whom it stops (MODEL section 10, docs/model/trees.md).
// Ages are counted as the species' form counts them (TreeSpecies::age).

#include "abatis/scenario/catalogue.hpp"

namespace abatis {

// Dominant height (m) at an age in years; 0 before the form's first year. Rises with age.
// Elfving & Kiviste (1997), Eriksson et al. (1997): fitted in Sweden, ages under 10 extrapolate.
double tree_height_m(const TreeSpecies& species, double age);

// Mean stem diameter (m) of trees of this height: factor (h - 1.3)^exponent cm; 0 below 1.3 m.
double stem_diameter_m(const TreeSpecies& species, double height_m);

// Stems that stand of those planted: no more than self-thinning leaves at their mean diameter,
// N = N25 (d / 25 cm)^-1.605 (Reineke 1933).
double stems_standing(const TreeSpecies& species, double planted_per_ha, double diameter_m);

struct Stand {
  double height_m = 0, diameter_m = 0, stems_per_ha = 0;
};
Stand stand_at(const TreeSpecies& species, double planted_per_ha, double age);

// A stand stops a mover that neither fits between the stems nor pushes them over. Unlike
// `stems_passable`, wheels too run over stems up to their override diameter: saplings stop nobody.
bool stand_stops(const Mover& mover, const Stand& stand);

// First whole year of age in [0, most] at which the stand stops the mover, or -1.
int age_that_stops(const TreeSpecies& species, double planted_per_ha, const Mover& mover, int most);

}  // namespace abatis
