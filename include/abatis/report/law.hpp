#pragma once
// What a check of the law says: as JSON (docs/reference/law.schema.json), words and a table.

#include <optional>
#include <string>
#include <vector>

#include "abatis/law/check.hpp"

namespace abatis {

// What was checked and found. Not owned.
struct LawReport {
  const LawData& data;
  const LawFindings& findings;
  std::optional<Date> on;  // as if every action were on this day
};

// law.json. `open`: the public edition, which names no site and no place.
std::string law_json(const Scenario& scenario, const SiteSet& sites, const LawReport& law,
                     bool open);
// A row per finding and per commitment.
std::string law_csv(const SiteSet& sites, const LawReport& law, bool open);
// Lines for a terminal, indented, not broken.
std::vector<std::string> law_in_words(const LawReport& law);

}  // namespace abatis
