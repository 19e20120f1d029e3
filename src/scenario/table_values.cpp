// Values of a table: quantities, numbers, switches, colours.

#include <cmath>

#include <fmt/format.h>

#include "table_reader.hpp"

namespace abatis {
namespace {

template <class Show>
std::string range_text(const Range& range, const Show& show) {
  const bool low = std::isfinite(range.low), high = std::isfinite(range.high);
  const char* const from = range.above_low ? "more than" : "at least";
  if (low && high) {
    return range.above_low
               ? fmt::format("more than {} and at most {}", show(range.low), show(range.high))
               : fmt::format("between {} and {}", show(range.low), show(range.high));
  }
  if (low) return fmt::format("{} {}", from, show(range.low));
  return fmt::format("at most {}", show(range.high));
}

}  // namespace

bool TableReader::read_quantity(std::string_view key, const TomlNode& node, double& into,
                                Dimension dimension, Range range) {
  if (node.kind == TomlNode::Kind::integer || node.kind == TomlNode::Kind::real) {
    const double bare =
        node.kind == TomlNode::Kind::real ? node.real : static_cast<double>(node.integer);
    diagnostics_.error(
        node.at, fmt::format("expected {}, got the bare number {:g}", example_of(dimension), bare),
        units_hint(dimension), item(key));
    return false;
  }
  if (node.kind != TomlNode::Kind::string) {
    return wrong_kind(key, node, example_of(dimension), units_hint(dimension));
  }
  const auto parsed = parse_quantity(node.text, dimension);
  if (!parsed) {
    diagnostics_.error(node.at, parsed.error().message, parsed.error().hint, item(key));
    return false;
  }
  if (!range.holds(*parsed)) {
    diagnostics_.error(
        node.at,
        fmt::format("{} is out of range: {} must be {}", in_quotes(node.text), key,
                    range_text(range, [&](double v) { return shown(v, dimension); })),
        {}, item(key));
    return false;
  }
  into = *parsed;
  return true;
}

bool TableReader::quantity(std::string_view key, double& into, Dimension dimension, Range range) {
  const TomlNode* node = value(key);
  return node != nullptr && read_quantity(key, *node, into, dimension, range);
}

bool TableReader::quantities(std::string_view key, std::vector<double>& into, Dimension dimension,
                             Range range, std::size_t count, std::size_t max_items) {
  const TomlNode* list =
      array(key, fmt::format("a list, each {}", example_of(dimension)), max_items);
  if (list == nullptr) return false;
  std::vector<double> read;
  bool good = true;
  for (const TomlNode& node : list->items) {
    double one = 0;
    good = read_quantity(key, node, one, dimension, range) && good;
    read.push_back(one);
  }
  if (count > 0 && read.size() != count) {
    error(key, fmt::format("expected {} values, got {}", count, read.size()));
    return false;
  }
  if (good) into = std::move(read);
  return good;
}

bool TableReader::triangular(std::string_view key, Triangular& into, Dimension dimension,
                             Range range) {
  const TomlNode* node = value(key);
  if (node == nullptr) return false;
  if (node->kind != TomlNode::Kind::array || node->items.size() != 3) {
    error(key,
          fmt::format("expected three values [min, mode, max], each {}", example_of(dimension)),
          units_hint(dimension));
    return false;
  }
  std::vector<double> read;
  if (!quantities(key, read, dimension, range, 3)) return false;
  if (!(read[0] <= read[1] && read[1] <= read[2])) {
    error(key,
          fmt::format("[min, mode, max] must not fall, got {}, {}, {}", shown(read[0], dimension),
                      shown(read[1], dimension), shown(read[2], dimension)));
    return false;
  }
  into = {read[0], read[1], read[2]};
  return true;
}

bool TableReader::read_number(std::string_view key, const TomlNode& node, double& into,
                              Range range) {
  double read = 0;
  if (node.kind == TomlNode::Kind::real) {
    read = node.real;
  } else if (node.kind == TomlNode::Kind::integer) {
    read = static_cast<double>(node.integer);
  } else {
    return wrong_kind(key, node, "a number");
  }
  if (!std::isfinite(read) || !range.holds(read)) {
    diagnostics_.error(
        node.at,
        fmt::format("{:g} is out of range: {} must be {}", read, key,
                    range_text(range, [](double v) { return fmt::format("{:g}", v); })),
        {}, item(key));
    return false;
  }
  into = read;
  return true;
}

bool TableReader::number(std::string_view key, double& into, Range range) {
  const TomlNode* node = value(key);
  return node != nullptr && read_number(key, *node, into, range);
}

bool TableReader::numbers(std::string_view key, std::vector<double>& into, Range range,
                          std::size_t count, std::string_view shape) {
  const TomlNode* node = value(key);
  if (node == nullptr) return false;
  if (node->kind != TomlNode::Kind::array || node->items.size() != count) {
    error(key, fmt::format("expected {} as {} numbers", shape, count));
    return false;
  }
  std::vector<double> read;
  bool good = true;
  for (const TomlNode& one : node->items) {
    double number = 0;
    good = read_number(key, one, number, range) && good;
    read.push_back(number);
  }
  if (good) into = std::move(read);
  return good;
}

bool TableReader::integer(std::string_view key, std::int64_t& into, std::int64_t low,
                          std::int64_t high) {
  const TomlNode* node = value(key);
  if (node == nullptr) return false;
  if (node->kind != TomlNode::Kind::integer) return wrong_kind(key, *node, "an integer");
  if (node->integer < low || node->integer > high) {
    error(key, fmt::format("{} is out of range: {} must be between {} and {}", node->integer, key,
                           low, high));
    return false;
  }
  into = node->integer;
  return true;
}

bool TableReader::integer(std::string_view key, int& into, int low, int high) {
  std::int64_t read = 0;
  if (!integer(key, read, std::int64_t{low}, std::int64_t{high})) return false;
  into = static_cast<int>(read);
  return true;
}

bool TableReader::codes(std::string_view key, std::vector<int>& into) {
  constexpr std::int64_t kLargestCode = 254;  // 255 is nodata of a byte raster
  const TomlNode* list = array(key, "a list of class codes", 255);
  if (list == nullptr) return false;
  std::vector<int> read;
  for (const TomlNode& node : list->items) {
    if (node.kind != TomlNode::Kind::integer || node.integer < 0 || node.integer > kLargestCode) {
      diagnostics_.error(node.at, "expected a class code between 0 and 254", {}, item(key));
      return false;
    }
    read.push_back(static_cast<int>(node.integer));
  }
  into = std::move(read);
  return true;
}

bool TableReader::boolean(std::string_view key, bool& into) {
  const TomlNode* node = value(key);
  if (node == nullptr) return false;
  if (node->kind != TomlNode::Kind::boolean) return wrong_kind(key, *node, "true or false");
  into = node->boolean;
  return true;
}

bool TableReader::colour(std::string_view key, std::array<std::uint8_t, 3>& into) {
  std::string read;
  if (!text(key, read)) return false;
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  bool good = read.size() == 7 && read[0] == '#';
  for (std::size_t i = 1; good && i < 7; ++i) good = digit(read[i]) >= 0;
  if (!good) {
    error(key, fmt::format("expected a colour such as \"#5f8f6b\", got {}", in_quotes(read)));
    return false;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    into[i] = static_cast<std::uint8_t>(16 * digit(read[1 + 2 * i]) + digit(read[2 + 2 * i]));
  }
  return true;
}

}  // namespace abatis
