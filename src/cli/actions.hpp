#pragma once
// What each command does. Returns the exit code.

#include "spec.hpp"

namespace abatis::cli {

int run_init(const Arguments& arguments, Console& console);
int run_check(const Arguments& arguments, Console& console);
int run_all(const Arguments& arguments, Console& console);
int run_terrain(const Arguments& arguments, Console& console);
int run_mobility(const Arguments& arguments, Console& console);
int run_travel(const Arguments& arguments, Console& console);
int run_raster_travel(const Arguments& arguments, Console& console);
int run_viewshed(const Arguments& arguments, Console& console);
int run_corridors(const Arguments& arguments, Console& console);
int run_sites(const Arguments& arguments, Console& console);
int run_network(const Arguments& arguments, Console& console);
int run_civil_report(const Arguments& arguments, Console& console);
int run_gap_report(const Arguments& arguments, Console& console);
int run_watch_report(const Arguments& arguments, Console& console);
int run_cover(const Arguments& arguments, Console& console);
int run_interdict(const Arguments& arguments, Console& console);
int run_plan(const Arguments& arguments, Console& console);
int run_tradeoffs(const Arguments& arguments, Console& console);
int run_explain(const Arguments& arguments, Console& console);
int run_law(const Arguments& arguments, Console& console);
int run_records_init(const Arguments& arguments, Console& console);
int run_records_append(const Arguments& arguments, Console& console);
int run_records_verify(const Arguments& arguments, Console& console);
int run_records_export(const Arguments& arguments, Console& console);
int run_publish(const Arguments& arguments, Console& console);
int run_compare(const Arguments& arguments, Console& console);
int run_data_build(const Arguments& arguments, Console& console);
int run_data_fetch(const Arguments& arguments, Console& console);
int run_measures_list(const Arguments& arguments, Console& console);
int run_measures_explain(const Arguments& arguments, Console& console);
int run_measures_check(const Arguments& arguments, Console& console);
int run_completion(const Arguments& arguments, Console& console);
int run_man(const Arguments& arguments, Console& console);

}  // namespace abatis::cli
