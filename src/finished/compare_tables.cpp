#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/base/text.hpp"
#include "abatis/finished/compare.hpp"
#include "report/csv.hpp"
#include "report/text.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;
using report::fixed;
using report::grouped;
using report::million_eur;

constexpr const char* kRestricted = "restricted working document: full resolution";

Json or_null(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json figures_json(const std::vector<ComparedFigure>& figures) {
  Json out = Json::array();
  for (const ComparedFigure& f : figures) {
    out.push_back({{"metric", f.metric},
                   {"unit", f.unit},
                   {"a", or_null(f.a)},
                   {"b", or_null(f.b)},
                   {"difference", or_null(f.difference())}});
  }
  return out;
}

std::string shown(double value, const std::string& unit) {
  if (unit == "EUR") return million_eur(value);
  if (unit == "s") return value < 0 ? "-" + report::duration(-value) : report::duration(value);
  if (unit == "share") return report::percent(value, 2);
  if (unit == "ha" || unit == "years") return fixed(value, 1) + " " + unit;
  return grouped(std::llround(value));
}
std::string shown(const std::optional<double>& value, const std::string& unit) {
  return value ? shown(*value, unit) : "not known";
}

// One line for a figure that differs; nothing for one that does not.
void add_changes(const std::vector<ComparedFigure>& figures, std::vector<std::string>& lines) {
  for (const ComparedFigure& f : figures) {
    if (f.a == f.b) continue;
    const auto difference = f.difference();
    lines.push_back(fmt::format(
        "    {:<58}{:>16}{:>16}{:>16}", f.metric, shown(f.a, f.unit), shown(f.b, f.unit),
        difference ? (*difference > 0 ? "+" : "") + shown(*difference, f.unit) : "-"));
  }
}

}  // namespace

std::string comparison_json(const Comparison& c) {
  Json places = Json::array();
  for (const ComparedPlace& place : c.places) {
    places.push_back({{"name", valid_utf8(place.name)}, {"figures", figures_json(place.figures)}});
  }
  Json money = Json::array();
  for (const ComparedMoney& m : c.money) {
    money.push_back({{"year", m.year},
                     {"class", valid_utf8(m.budget_class)},
                     {"a_eur", m.a_eur},
                     {"b_eur", m.b_eur},
                     {"difference_eur", m.b_eur - m.a_eur}});
  }
  Json measures = Json::array();
  for (const ComparedMeasure& m : c.measures) {
    measures.push_back({{"measure", valid_utf8(m.measure)},
                        {"name", valid_utf8(m.name)},
                        {"unit", valid_utf8(m.unit)},
                        {"quantity_a", m.quantity_a},
                        {"quantity_b", m.quantity_b},
                        {"sites_in_both", m.both},
                        {"sites_only_a", m.sites_only_a},
                        {"sites_only_b", m.sites_only_b}});
  }
  const Json out = {{"format", "abatis-compare/1"},
                    {"marking", kRestricted},
                    {"a", {{"title", valid_utf8(c.title_a)}}},
                    {"b", {{"title", valid_utf8(c.title_b)}}},
                    {"proof", figures_json(c.proof)},
                    {"places", std::move(places)},
                    {"money", std::move(money)},
                    {"measures", std::move(measures)}};
  return out.dump(2) + "\n";
}

std::string comparison_csv(const Comparison& c) {
  report::Csv csv({"place", "metric", "unit", "a", "b", "difference"});
  const auto add = [&](const std::string& place, const std::string& metric, const std::string& unit,
                       const std::optional<double>& a, const std::optional<double>& b) {
    csv.text(place).text(metric).text(unit);
    a ? csv.number(*a) : csv.empty();
    b ? csv.number(*b) : csv.empty();
    a&& b ? csv.number(*b - *a) : csv.empty();
    csv.end();
  };
  for (const ComparedFigure& f : c.proof) add("the plan", f.metric, f.unit, f.a, f.b);
  for (const ComparedPlace& place : c.places) {
    for (const ComparedFigure& f : place.figures) add(place.name, f.metric, f.unit, f.a, f.b);
  }
  for (const ComparedMoney& m : c.money) {
    add("the plan", fmt::format("money {} {}", m.year, m.budget_class), "EUR", m.a_eur, m.b_eur);
  }
  for (const ComparedMeasure& m : c.measures) {
    add("the plan", "bought: " + m.name, m.unit, m.quantity_a, m.quantity_b);
  }
  return csv.take();
}

std::vector<std::string> comparison_words(const Comparison& c) {
  std::vector<std::string> lines{
      fmt::format("A: {} ({})", c.a, c.title_a), fmt::format("B: {} ({})", c.b, c.title_b), "",
      fmt::format("    {:<58}{:>16}{:>16}{:>16}", "what differs", "A", "B", "B - A"), "the plans"};
  std::size_t before = lines.size();
  add_changes(c.proof, lines);
  if (lines.size() == before) lines.emplace_back("    nothing");
  for (const ComparedPlace& place : c.places) {
    before = lines.size();
    lines.push_back(place.name);
    add_changes(place.figures, lines);
    if (lines.size() == before + 1) lines.pop_back();  // what does not differ is left out
  }
  lines.emplace_back("bought");
  before = lines.size();
  for (const ComparedMeasure& m : c.measures) {
    if (m.only_a == 0 && m.only_b == 0 && m.quantity_a == m.quantity_b) continue;
    lines.push_back(
        fmt::format("    {}: {} {} and {} {}; {} sites in both, {} in A alone, {} in B "
                    "alone",
                    m.name, fixed(m.quantity_a, 1), m.unit, fixed(m.quantity_b, 1), m.unit, m.both,
                    m.only_a, m.only_b));
  }
  if (lines.size() == before) lines.emplace_back("    the same");
  return lines;
}

Result<std::vector<std::string>> write_comparison(const Comparison& comparison,
                                                  const fs::path& to) {
  ABATIS_CHECK(ensure_writable_folder(to));
  ABATIS_CHECK(write_file(to / "compare.json", comparison_json(comparison)));
  ABATIS_CHECK(write_file(to / "compare.csv", comparison_csv(comparison)));
  return std::vector<std::string>{"compare.json", "compare.csv"};
}

}  // namespace abatis
