#include "table_reader.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

namespace abatis {
namespace {

constexpr std::size_t kMaxText = 2000;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_id(std::string_view text) {
  constexpr std::size_t kMaxId = 40;
  if (text.empty() || text.size() > kMaxId || !is_letter(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

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

TableReader::TableReader(Diagnostics& diagnostics, const TomlNode& table, const TableSpec& spec)
    : diagnostics_(diagnostics), table_(table), spec_(spec) {
  std::vector<std::string> known;
  for (const KeySpec& key : spec.keys) known.emplace_back(key.name);
  for (const TomlEntry& e : table.entries) {
    if (is_known(e.key)) continue;
    diagnostics.error(e.at,
                      spec.path.empty()
                          ? fmt::format("unknown table {}", in_quotes(e.key))
                          : fmt::format("unknown key {} in {}", in_quotes(e.key), spec.path),
                      nearest_hint(e.key, known, "key"));
  }
  for (const KeySpec& key : spec.keys) {
    if (!key.required || table.find(key.name) != nullptr) continue;
    diagnostics.error(table.at,
                      spec.path.empty()
                          ? fmt::format("table {} is missing", in_quotes(key.name))
                          : fmt::format("{} lacks the key {}", spec.path, in_quotes(key.name)));
  }
}

bool TableReader::is_known(std::string_view key) const {
  return std::any_of(spec_.keys.begin(), spec_.keys.end(),
                     [&](const KeySpec& k) { return k.name == key; });
}

const TomlEntry* TableReader::entry(std::string_view key) const {
  if (!is_known(key)) {
    throw std::logic_error(fmt::format("key {} of table {} has no KeySpec", key, spec_.path));
  }
  return table_.find(key);
}

std::string TableReader::item(std::string_view key) const {
  return spec_.path.empty() ? std::string(key) : fmt::format("{}.{}", spec_.path, key);
}

Place TableReader::place(std::string_view key) const {
  const TomlEntry* e = entry(key);
  return e == nullptr ? table_.at : e->value.at;
}

const TomlNode* TableReader::value(std::string_view key) const {
  const TomlEntry* e = entry(key);
  return e == nullptr ? nullptr : &e->value;
}

void TableReader::error(std::string_view key, std::string message, std::string hint) {
  diagnostics_.error(place(key), std::move(message), std::move(hint), item(key));
}

bool TableReader::wrong_kind(std::string_view key, const TomlNode& node, std::string_view expected,
                             std::string hint) {
  diagnostics_.error(node.at, fmt::format("expected {}, got {}", expected, describe(node.kind)),
                     std::move(hint), item(key));
  return false;
}

bool TableReader::read_text(std::string_view key, const TomlNode& node, std::string& into) {
  if (node.kind != TomlNode::Kind::string) return wrong_kind(key, node, "text in quotes");
  const auto refuse = [&](std::string message) {
    diagnostics_.error(node.at, std::move(message), {}, item(key));
    return false;
  };
  if (node.text.find_first_not_of(" \t\n") == std::string::npos) return refuse("text is empty");
  if (node.text.size() > kMaxText) {
    return refuse(
        fmt::format("text of {} bytes, at most {} are taken", node.text.size(), kMaxText));
  }
  for (const char c : node.text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20U && c != '\n') || byte == 0x7FU) {
      return refuse(fmt::format("text {} holds a control character", in_quotes(node.text)));
    }
  }
  into = node.text;
  return true;
}

bool TableReader::text(std::string_view key, std::string& into) {
  const TomlNode* node = value(key);
  return node != nullptr && read_text(key, *node, into);
}

const TomlNode* TableReader::array(std::string_view key, std::string_view expected,
                                   std::size_t max_items) {
  const TomlNode* node = value(key);
  if (node == nullptr) return nullptr;
  if (node->kind != TomlNode::Kind::array) {
    wrong_kind(key, *node, expected);
    return nullptr;
  }
  if (node->items.size() > max_items) {
    diagnostics_.error(node->at,
                       fmt::format("{} items, at most {} are taken", node->items.size(), max_items),
                       {}, item(key));
    return nullptr;
  }
  return node;
}

bool TableReader::text_list(std::string_view key, std::vector<std::string>& into,
                            std::size_t max_items) {
  const TomlNode* list = array(key, "a list of texts", max_items);
  if (list == nullptr) return false;
  std::vector<std::string> read;
  bool good = true;
  for (const TomlNode& node : list->items) {
    std::string one;
    good = read_text(key, node, one) && good;
    read.push_back(std::move(one));
  }
  if (good) into = std::move(read);
  return good;
}

bool TableReader::id(std::string_view key, std::string& into) {
  std::string read;
  if (!text(key, read)) return false;
  if (!is_id(read)) {
    error(key, fmt::format("{} is no id", in_quotes(read)),
          "an id is 1 to 40 letters, digits, _ and -, and starts with a letter");
    return false;
  }
  into = std::move(read);
  return true;
}

bool TableReader::provenance(std::string_view key, Provenance& into) {
  return text(key, into.source);
}

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

bool TableReader::read_reference(std::string_view key, const TomlNode& node, int& index,
                                 std::span<const std::string> known, std::string_view what) {
  std::string name;
  if (!read_text(key, node, name)) return false;
  const auto it = std::find(known.begin(), known.end(), name);
  if (it == known.end()) {
    diagnostics_.error(node.at, fmt::format("there is no {} {}", what, in_quotes(name)),
                       nearest_hint(name, known, what), item(key));
    return false;
  }
  index = static_cast<int>(it - known.begin());
  return true;
}

bool TableReader::reference(std::string_view key, int& index, std::span<const std::string> known,
                            std::string_view what) {
  const TomlNode* node = value(key);
  return node != nullptr && read_reference(key, *node, index, known, what);
}

bool TableReader::references(std::string_view key, std::vector<int>& indices,
                             std::span<const std::string> known, std::string_view what) {
  const TomlNode* list = array(key, fmt::format("a list, each a {}", what), 255);
  if (list == nullptr) return false;
  if (list->items.empty()) {
    error(key, fmt::format("the list is empty: name at least one {}", what));
    return false;
  }
  std::vector<int> read;
  bool good = true;
  for (const TomlNode& node : list->items) {
    int index = -1;
    if (!read_reference(key, node, index, known, what)) {
      good = false;
    } else if (std::find(read.begin(), read.end(), index) != read.end()) {
      diagnostics_.error(node.at, fmt::format("{} stands twice in the list", in_quotes(node.text)),
                         {}, item(key));
      good = false;
    } else {
      read.push_back(index);
    }
  }
  if (good) indices = std::move(read);
  return good;
}

bool TableReader::choice_index(std::string_view key, int& index,
                               const std::vector<std::string>& names) {
  const TomlNode* node = value(key);
  if (node == nullptr) return false;
  std::string name;
  if (!read_text(key, *node, name)) return false;
  const auto it = std::find(names.begin(), names.end(), name);
  if (it == names.end()) {
    error(key, fmt::format("unknown {} {}", key, in_quotes(name)), nearest_hint(name, names, key));
    return false;
  }
  index = static_cast<int>(it - names.begin());
  return true;
}

std::vector<const TomlNode*> TableReader::tables(std::string_view key, std::size_t max_items) {
  std::vector<const TomlNode*> out;
  const TomlNode* node = value(key);
  if (node == nullptr) return out;
  if (node->kind == TomlNode::Kind::table) {
    error(key, fmt::format("expected a list of tables, got one table"),
          fmt::format("write [[{}]], once for each", item(key)));
    return out;
  }
  const TomlNode* list = array(key, "a list of tables", max_items);
  if (list == nullptr) return out;
  if (list->items.empty()) error(key, "the list is empty");
  for (const TomlNode& one : list->items) {
    if (one.kind == TomlNode::Kind::table) {
      out.push_back(&one);
    } else {
      wrong_kind(key, one, "a table");
    }
  }
  return out;
}

const TomlNode* TableReader::table(std::string_view key) {
  const TomlNode* node = value(key);
  if (node == nullptr) return nullptr;
  if (node->kind == TomlNode::Kind::table) return node;
  wrong_kind(key, *node, "a table", fmt::format("write [{}]", item(key)));
  return nullptr;
}

void refuse_duplicates(Diagnostics& diagnostics, const std::vector<std::string>& ids,
                       const std::vector<Place>& places, std::string_view what) {
  std::map<std::string_view, std::size_t> first;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i].empty()) continue;
    const auto [it, fresh] = first.emplace(ids[i], i);
    if (!fresh) {
      diagnostics.error(places[i], fmt::format("{} {} stands twice, first in line {}", what,
                                               in_quotes(ids[i]), places[it->second].line));
    }
  }
}

}  // namespace abatis
