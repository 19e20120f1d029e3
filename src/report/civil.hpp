#pragma once
// The ledger of harm to civilians as JSON, tables and words (docs/model/civil.md).

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "abatis/civil/evacuation.hpp"
#include "abatis/civil/ledger.hpp"
#include "tables.hpp"

namespace abatis::report {

struct CivilView {
  const Scenario& scenario;
  const Terrain& terrain;
  const SiteSet& sites;
  const Ledger& ledger;
  const Evacuation* evacuation = nullptr;  // where it was assessed
};

inline constexpr double kM2PerHa = 1e4;
double ha(double m2);  // to a thousandth, as tables and JSON give it

// " and about 40 presumed in 2 settlements ..." after a number of people; "" where none is.
std::string presumed_words(int settlements, std::int64_t presumed);

// Everything but the single purchases; with them it is civil.json
// (docs/reference/civil.schema.json).
nlohmann::ordered_json civil_json(const CivilView& view, bool sites);
// By purchase, by district and by year.
std::vector<Table> civil_tables(const CivilView& view);
// One line for the words of a plan; several for `abatis civil`.
std::string civil_line(const CivilView& view);
std::vector<std::string> civil_words(const CivilView& view);

}  // namespace abatis::report
