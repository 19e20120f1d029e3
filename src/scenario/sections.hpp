#pragma once
// The sections of a scenario file, each read by one function. All take the same Reading.

#include <string>
#include <vector>

#include "abatis/scenario/scenario.hpp"
#include "catalogue_reader.hpp"
#include "table_reader.hpp"

namespace abatis {

// What is known while a scenario file is read: later sections refer to earlier ones.
struct Reading {
  Diagnostics& diagnostics;
  Scenario& scenario;
  bool years_known = false;
  bool grid_known = false;
  bool catalogue_known = false;  // else references to it are not judged
  std::string data_key, catalogue_key;
  Place data_place, catalogue_place;
  std::vector<Place> layer_places;  // of `file` of each layer, in order
};

void read_head(Reading& reading, const TomlNode& node);
void read_region(Reading& reading, const TomlNode& node);
void read_sides(Reading& reading, const TomlNode& node);
void read_terrain(Reading& reading, const TomlNode& node);
void read_layers(Reading& reading, TableReader& file);

void read_entries(Reading& reading, TableReader& file);
void read_objectives(Reading& reading, TableReader& file);
void read_axes(Reading& reading, TableReader& file);
void read_mover_uses(Reading& reading, TableReader& file);
void read_season_uses(Reading& reading, TableReader& file);
void make_cases(Reading& reading, TableReader& file);

// After movers.
void read_routes(Reading& reading, TableReader& file);
// After sides and entries.
void read_gaps(Reading& reading, TableReader& file);
void read_echelons(Reading& reading, TableReader& file);
void read_sites(Reading& reading, const TomlNode& node);
void read_warning(Reading& reading, const TomlNode& node);
void read_network(Reading& reading, const TomlNode& node);
void read_plan(Reading& reading, const TomlNode& node);

void read_money(Reading& reading, const TomlNode& node);
// After money, sites and measures: amounts are held against the budget and the measures chosen.
void read_earmarks(Reading& reading, TableReader& file);
// After sites: a quota is on a measure of [sites].
void read_quotas(Reading& reading, TableReader& file);
// After sites, each on measures of [sites]: what a user decided, limits on harm, what can be built
// in a year, what may be made into more later, and which neighbours of the plan are worked out.
void read_decisions(Reading& reading, TableReader& file);
void read_harm_limits(Reading& reading, TableReader& file);
void read_standoffs(Reading& reading, TableReader& file);
void read_gates(Reading& reading, const TomlNode& node);
void read_capacities(Reading& reading, TableReader& file);
void read_upgrades(Reading& reading, TableReader& file);
void read_tradeoffs(Reading& reading, const TomlNode& node);
bool read_harm_metric(TableReader& r, std::string_view key, HarmMetric& metric);
// Ids of the measures of [sites], in its order.
std::vector<std::string> usable_measures(const Scenario& s);
// After sites and earmarks: what is spent on it is an earmark of the class of its sensors.
void read_surveillance(Reading& reading, const TomlNode& node);
// After warning: what is stored is measured against it, and needs a park.
void check_measures(Reading& reading, TableReader& file);

}  // namespace abatis
