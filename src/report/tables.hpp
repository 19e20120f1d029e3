#pragma once
// The tables of a plan as CSV (RFC 4180, UTF-8, CRLF, one header row).

#include <string>
#include <utility>
#include <vector>

#include "facts.hpp"

namespace abatis::report {

struct Table {
  std::string file;  // relative to the output folder
  std::string what;
  std::string csv;
};

// Measures, belts, readiness, decisions.
std::vector<Table> obstacle_tables(const RunView& view, const Outcome& outcome, const Facts& facts);

std::vector<Table> make_tables(const RunView& view, const Outcome& outcome, const Facts& facts);

}  // namespace abatis::report
