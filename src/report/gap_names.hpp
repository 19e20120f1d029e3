#pragma once
// How products name the parts of a gap.

#include <string>
#include <vector>

#include "abatis/report/gap_products.hpp"

namespace abatis::report {

// "heavy_tracked", "dry": ids of a speed index.
const std::string& mover_id(const GapView& view, int speed);
const std::string& season_id(const GapView& view, int speed);
// "heavy tracked vehicle, dry": for a reader.
std::string speed_label(const GapView& view, int speed);

// Calendar year of a state; -1 with nothing built.
int year_of(const GapView& view, int state);
// "nothing built" or the year.
std::string state_label(const GapView& view, int state);

// "all" or the id of an entry.
std::string entry_label(const GapView& view, int entry);

// "A5, E67 (Trunk road) near Kalvarija".
std::string road_label(const GapView& view, const GapRoad& road);

// "schematic and synthetic": of the road layers, worst last; "" when all are measured.
std::string made_up_roads(const Scenario& scenario);

const LandBridge& bridge_of(const GapView& view, const Gap& gap);
const std::string& state_code(const GapView& view, const Gap& gap, bool hostile, std::size_t side);

// The case of a state and speed.
const GapCase& case_of(const GapView& view, const Gap& gap, int state, int speed);

}  // namespace abatis::report
