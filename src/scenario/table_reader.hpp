#pragma once
// Reads one TOML table against its list of keys. Every getter leaves the value it is given alone
// when the key is absent or wrong, says what is wrong in Diagnostics, and returns true only for a
// value that was read. So a reader goes on, and all errors come out at once.
//
//   TableReader region(diagnostics, node, spec::kRegion);   // unknown and missing keys reported
//   region.quantity("cell", grid.cell, Dimension::length, more_than(0));

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "abatis/scenario/catalogue.hpp"
#include "diagnostics.hpp"
#include "keys.hpp"
#include "units.hpp"

namespace abatis {

struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool above_low = false;  // low itself is refused
  bool holds(double v) const { return (above_low ? v > low : v >= low) && v <= high; }
};
constexpr Range between(double low, double high) {
  return {low, high, false};
}
constexpr Range positive_up_to(double high) {
  return {0, high, true};
}

template <class Enum>
struct Choice {
  std::string_view name;
  Enum value;
};

class TableReader {
 public:
  TableReader(Diagnostics& diagnostics, const TomlNode& table, const TableSpec& spec);

  bool has(std::string_view key) const { return entry(key) != nullptr; }
  Place place(std::string_view key) const;  // of the value; of the table when the key is absent
  Place at() const { return table_.at; }
  const TomlNode* value(std::string_view key) const;
  Diagnostics& diagnostics() { return diagnostics_; }
  void error(std::string_view key, std::string message, std::string hint = {});

  // Text of 1 to 2,000 bytes without control characters other than newline.
  bool text(std::string_view key, std::string& into);
  bool text_list(std::string_view key, std::vector<std::string>& into, std::size_t max_items);
  // An id: 1 to 40 of letters, digits, '_', '-', starting with a letter.
  bool id(std::string_view key, std::string& into);
  bool provenance(std::string_view key, Provenance& into);
  bool quantity(std::string_view key, double& into, Dimension dimension, Range range);
  // Exactly `count` quantities, or any number up to `max_items` when count is 0.
  bool quantities(std::string_view key, std::vector<double>& into, Dimension dimension, Range range,
                  std::size_t count, std::size_t max_items = 1000);
  bool triangular(std::string_view key, Triangular& into, Dimension dimension, Range range);
  bool number(std::string_view key, double& into, Range range);
  bool numbers(std::string_view key, std::vector<double>& into, Range range, std::size_t count,
               std::string_view shape);
  bool integer(std::string_view key, std::int64_t& into, std::int64_t low, std::int64_t high);
  bool integer(std::string_view key, int& into, int low, int high);
  bool codes(std::string_view key, std::vector<int>& into);
  bool boolean(std::string_view key, bool& into);
  bool colour(std::string_view key, std::array<std::uint8_t, 3>& into);
  // One of `known`; `index` becomes its place in it.
  bool reference(std::string_view key, int& index, std::span<const std::string> known,
                 std::string_view what);
  bool references(std::string_view key, std::vector<int>& indices,
                  std::span<const std::string> known, std::string_view what);
  template <class Enum>
  bool choice(std::string_view key, Enum& into, std::span<const Choice<Enum>> choices) {
    std::vector<std::string> names;
    for (const auto& c : choices) names.emplace_back(c.name);
    int index = -1;
    if (!choice_index(key, index, names)) return false;
    into = choices[static_cast<std::size_t>(index)].value;
    return true;
  }
  // The tables of an array of tables; an error when there are more than max_items or none.
  std::vector<const TomlNode*> tables(std::string_view key, std::size_t max_items);
  const TomlNode* table(std::string_view key);

 private:
  const TomlEntry* entry(std::string_view key) const;
  std::string item(std::string_view key) const;
  bool is_known(std::string_view key) const;
  bool choice_index(std::string_view key, int& index, const std::vector<std::string>& names);
  bool wrong_kind(std::string_view key, const TomlNode& node, std::string_view expected,
                  std::string hint = {});
  bool read_quantity(std::string_view key, const TomlNode& node, double& into, Dimension dimension,
                     Range range);
  bool read_number(std::string_view key, const TomlNode& node, double& into, Range range);
  bool read_text(std::string_view key, const TomlNode& node, std::string& into);
  bool read_reference(std::string_view key, const TomlNode& node, int& index,
                      std::span<const std::string> known, std::string_view what);
  const TomlNode* array(std::string_view key, std::string_view expected, std::size_t max_items);

  Diagnostics& diagnostics_;
  const TomlNode& table_;
  const TableSpec& spec_;
};

// An error for every id that stands twice; `places` are those of the ids.
void refuse_duplicates(Diagnostics& diagnostics, const std::vector<std::string>& ids,
                       const std::vector<Place>& places, std::string_view what);

}  // namespace abatis
