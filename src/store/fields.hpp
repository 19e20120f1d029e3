#pragma once
// The fields of every value that is stored or hashed. See archive.hpp.

#include "abatis/measures/sites.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/network/network.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/screen/screening.hpp"
#include "abatis/store/stages.hpp"
#include "abatis/terrain/terrain.hpp"
#include "archive.hpp"

namespace abatis {

#define ABATIS_FIELDS(Type, ...)      \
  template <class A>                  \
  void fields(A& archive, Type& it) { \
    auto& [__VA_ARGS__] = it;         \
    archive(__VA_ARGS__);             \
  }

template <class A, class Tag>
void fields(A& archive, Quantity<Tag>& it) {
  archive(it.value);
}
template <class A, class T>
void fields(A& archive, Raster<T>& it) {
  archive(it.grid, it.values);
}

// geo
ABATIS_FIELDS(Point, x, y)
ABATIS_FIELDS(Bounds, min_x, min_y, max_x, max_y)
ABATIS_FIELDS(Grid, epsg, origin_x, origin_y, cell, rows, cols)
ABATIS_FIELDS(Geometry, kind, parts)
ABATIS_FIELDS(Feature, geometry, values)
ABATIS_FIELDS(Layer, name, epsg, field_names, features, skipped)

// terrain
ABATIS_FIELDS(Settlement, name, kind, at, population)
ABATIS_FIELDS(Service, kind, name, at)
ABATIS_FIELDS(Municipality, name, area)
ABATIS_FIELDS(Districts, municipalities, names, of_settlement, towns)
ABATIS_FIELDS(CellNote, layer, text, cells)
ABATIS_FIELDS(Terrain, grid, elevation_m, slope_percent, cover, soil, road, water, natural, bridge,
              intercepts_per_km, state, side, border_distance_m, states, roads, water_areas,
              waterways, ditches, protected_areas, settlements, services, municipalities,
              municipality, notes)

// mobility
ABATIS_FIELDS(SpeedRaster, mover, season, speed_mps, unknown_cells, class_cells)
ABATIS_FIELDS(Mobility, speeds, seasons, natural_delay_s)

// measures
ABATIS_FIELDS(Option, measure, quantity, cost, maintenance, liability, cover, cover_km, cover_cost,
              cover_maintenance, cover_liability, park, upgrades, travel_s, emplace_s, crew_h,
              loads, delay_s)
ABATIS_FIELDS(Site, id, name, kind, rule, echelon, belt, geometry, cells, natural, length_m,
              area_m2, farmed_m2, earthwork_m3, arrival_s, nearest_place, settlements_1km,
              settlements_5km, land, district, gates, upgraded, options, notes)
ABATIS_FIELDS(LandShare, cover, district, share)
ABATIS_FIELDS(Felling, cells, speed_mps)
ABATIS_FIELDS(SiteConflict, site_a, option_a, site_b, option_b, why)
ABATIS_FIELDS(FixedPurchase, site, option, year)
ABATIS_FIELDS(SiteSet, sites, conflicts, naturals, barrier, felling, people, presumed, districts,
              fixed)

// watch
ABATIS_FIELDS(WatchPlace, cell, ground_m, over_m, near)
ABATIS_FIELDS(BorderPoint, cell, chainage_m, length_m, stretch)
ABATIS_FIELDS(SitedSensor, place, measure, bought, acts)
ABATIS_FIELDS(SeenShare, once, twice, modalities)
ABATIS_FIELDS(WatchGap, from_m, to_m)
ABATIS_FIELDS(WatchYear, value, bound, spent, allowed, acting, border, air, fibre, effect,
              effect_fibre, gaps, lane_warning_s, way_warning_s)
ABATIS_FIELDS(LaneWarning, name, at, population, objective, border_m, ahead_m)
ABATIS_FIELDS(CorridorWarning, case_index, approach_m, crossing_s, lead_s)
ABATIS_FIELDS(Watch, places, candidates, border, border_m, seeable, zone, sensors, years, seen,
              lanes, corridors, lowest_m, objective, objective_bound, reachable, timed_out)

// network
ABATIS_FIELDS(Graph, first, to, time_s, site)
ABATIS_FIELDS(NetworkCase, axis, mover, season, speed, graph, weight, sources, targets)
ABATIS_FIELDS(NetworkError, plans, worst, mean, worst_case, rounds)
ABATIS_FIELDS(Network, graphs, node_cell, cases, error, extra_nodes)

// plan
ABATIS_FIELDS(Purchase, option, year)
ABATIS_FIELDS(LimitPrice, limit, per_meur, per_unit, binding)
ABATIS_FIELDS(PlanResult, status, objective, bound, baseline, purchases, time_s, baseline_s, spent,
              carried, prices, nodes, cuts, rounds, root_bound, reduced_s, reduced_bound)
ABATIS_FIELDS(PlannedNetwork, plan, network, seed, rough, searches)
ABATIS_FIELDS(TradeoffPoint, label, level, found, why, status, objective, bound, baseline, budget,
              spent, harm_limit, harm, grid_error, class_spent, purchases)
ABATIS_FIELDS(MarginalPrice, year, budget_class, per_meur)
ABATIS_FIELDS(RobustPoint, label, found, why, planned, baseline, best, bound, status)
ABATIS_FIELDS(Tradeoffs, money, metric, in, harm, earmarks, marginal, robust)

// screen
ABATIS_FIELDS(ChosenRows, sites, value, bound, most, cost, limit, nodes)

// scenario, for keys. Places in files (Where) and words for readers do not change a result.
template <class A>
void fields(A& /*archive*/, Where& /*it*/) {}
ABATIS_FIELDS(Provenance, source)
ABATIS_FIELDS(LayerSource, role, file, shown, table, attribute, quality, source, licence, date,
              where)
ABATIS_FIELDS(Entry, id, name, state, into, within, where)
ABATIS_FIELDS(Objective, id, name, at, lonlat, radius_m, where)
ABATIS_FIELDS(Axis, id, name, entry, objective, weight, where)
ABATIS_FIELDS(OpenRoute, id, name, from, to, mover, within, where, provenance)
ABATIS_FIELDS(MoverUse, mover, weight)
ABATIS_FIELDS(SeasonUse, season, weight)
ABATIS_FIELDS(Case, axis, mover, season, weight)
ABATIS_FIELDS(LandBridge, id, name, between, joins, depth_m, entries, within, where)
ABATIS_FIELDS(Echelon, id, name, from_m, to_m, belts_m, definition, provenance)
ABATIS_FIELDS(Triangular, min, mode, max)
ABATIS_FIELDS(Quota, measure, at_least, where, provenance)
ABATIS_FIELDS(Warning, time_s, given, provenance)
ABATIS_FIELDS(WarningWorth, air_weight, ground_weight, full_air_s, full_ground_s, provenance)
ABATIS_FIELDS(SurveillanceRules, given, states, candidate_depth_m, candidate_road_m,
              candidate_apart_m, max_candidates, border_spacing_m, zone_spacing_m, zone_depth_m,
              target_height_m, altitudes_m, border_weight, air_weight, effect_weight, warning,
              second_modality, approach_m, flyer_mps, lane_altitude, confirm_s, disseminate_s, gap,
              time_limit_s, provenance, where)
ABATIS_FIELDS(Earmark, budget_class, rule, amount, tolerance_eur, where, provenance)
ABATIS_FIELDS(Money, by_year, carry_over, discount_rate, liability_share, price_year, provenance,
              where)
ABATIS_FIELDS(SiteRules, segment_length_m, min_segment_m, ditch_min_length_m, block_side_m,
              corridor_slack, max_by_rule, parks_per_site)
ABATIS_FIELDS(NetworkRules, tile_m, portal_spacing_m, tolerance, check_plans)
ABATIS_FIELDS(PlanRules, gap, node_limit, time_limit_s, year_weights, tail)
ABATIS_FIELDS(Decision, site, measure, kind, year, where, provenance)
ABATIS_FIELDS(HarmLimit, metric, at_most, in, where, provenance)
ABATIS_FIELDS(TradeoffRules, given, money, metric, in, harm, growth_low, growth_high, gap,
              time_limit_s, provenance)
ABATIS_FIELDS(Standoff, from, measures, at_least_m, where, provenance)
ABATIS_FIELDS(GateRules, roads, provenance)
ABATIS_FIELDS(OwnSensor, id, name, at, height_m, range_m, where, provenance)
ABATIS_FIELDS(RowChoice, asked, metric, viewer, target, bare, by_year, plant, length_m, budget,
              where)
ABATIS_FIELDS(ScreeningRules, given, zone_m, stretch_m, spacing_m, viewers, targets, choice,
              sensors, provenance)
ABATIS_FIELDS(UpgradeRule, from, to, credit, where, provenance)
ABATIS_FIELDS(Capacity::Use, measure, amount)
ABATIS_FIELDS(Capacity, id, name, unit, each_year, uses, where, provenance)
ABATIS_FIELDS(TerrainRules, slope_amplification, slope_provenance, neighbours)
ABATIS_FIELDS(InputFile, path, shown, role, sha256)

#undef ABATIS_FIELDS

}  // namespace abatis
