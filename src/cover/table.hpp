#pragma once
// Columns of numbers out of a CSV file with a head line (RFC 4180): every fault with line and
// column.

#include <string>
#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"

namespace abatis::covering {

struct ColumnSpec {
  std::string_view name;  // lower case
  bool required = false;
  double low = 0, high = 0;    // what a value may be
  bool empty_allowed = false;  // an empty field then is NaN
  bool whole = false;
};

struct NumberTable {
  std::size_t rows = 0;
  // By spec, a number for each row; empty when the file has no such column.
  std::vector<std::vector<double>> columns;
};

// At most 20 errors, all of bounded length. Columns of other names are passed over. O(bytes).
tl::expected<NumberTable, Errors> parse_table(std::string_view text, const std::string& name,
                                              const std::vector<ColumnSpec>& specs);

}  // namespace abatis::covering
