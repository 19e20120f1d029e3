#pragma once
// Two finished runs of one region side by side (docs/reference/compare.md): every metric of the
// ledger by municipality and for the whole, the proof, the money, and what one buys and the other
// does not. Nothing is netted against anything.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"

namespace abatis {

// One figure of both; nothing where a run lacks it.
struct ComparedFigure {
  std::string metric, unit;  // "people within 1 km of mined zones", "people"
  std::optional<double> a, b;
  std::optional<double> difference() const;  // b - a, where both have it
};
struct ComparedPlace {
  std::string name;  // municipality, or "the plan"
  std::vector<ComparedFigure> figures;
};
struct ComparedMoney {
  int year = 0;
  std::string budget_class;
  double a_eur = 0, b_eur = 0;  // purchases and upkeep
};
// Purchases of a measure, or of all of them ("").
struct ComparedMeasure {
  std::string measure, name, unit;
  double quantity_a = 0, quantity_b = 0;
  int both = 0, only_a = 0, only_b = 0;  // sites
  std::vector<std::string> sites_only_a, sites_only_b;
};

struct Comparison {
  std::string a, b;  // folders as given
  std::string title_a, title_b;
  std::vector<ComparedFigure> proof;  // objective, bound, gap, mean times
  std::vector<ComparedPlace> places;  // "the plan" first, then by name
  std::vector<ComparedMoney> money;   // by year, then class
  std::vector<ComparedMeasure> measures;
};

// Errors: a folder without a finished run; runs of another region (CRS, cells), of other sides, of
// another way to tell places; prices of another year.
Result<Comparison> compare_runs(const std::filesystem::path& a, const std::filesystem::path& b);

// docs/reference/compare.schema.json.
std::string comparison_json(const Comparison& comparison);
std::string comparison_csv(const Comparison& comparison);  // a row for a figure
std::vector<std::string> comparison_words(const Comparison& comparison);

// Writes compare.json and compare.csv into `to`; their names.
Result<std::vector<std::string>> write_comparison(const Comparison& comparison,
                                                  const std::filesystem::path& to);

}  // namespace abatis
