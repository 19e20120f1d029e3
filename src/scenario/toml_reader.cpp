// The one translation unit that includes toml++. Version 3.3 asserts (and so aborts) on some
// malformed input such as `[&`, hence NDEBUG whatever the build type; with it those inputs come
// out as parse errors.
#ifndef NDEBUG
#define NDEBUG
#endif
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_MAX_NESTED_VALUES 32
#define TOML_ENABLE_UNRELEASED_FEATURES 0
#include <toml++/toml.h>

#include "toml_reader.hpp"

#include <algorithm>
#include <string>
#include <tuple>

#include <fmt/format.h>

namespace abatis {
namespace {

static_assert(TOML_MAX_NESTED_VALUES == kMaxTomlDepth);

Place place_of(const toml::source_region& region) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

// Depth is bounded by kMaxTomlDepth values times kMaxTomlDepth dots, so recursion is safe.
TomlNode convert(const toml::node& node);

void convert_table(const toml::table& table, TomlNode& out) {
  out.kind = TomlNode::Kind::table;
  out.entries.reserve(table.size());
  for (const auto& [key, value] : table) {
    out.entries.push_back({std::string(key.str()), place_of(key.source()), convert(value)});
  }
  // toml++ keeps tables by name; errors are told in file order.
  std::sort(out.entries.begin(), out.entries.end(), [](const TomlEntry& a, const TomlEntry& b) {
    return std::tie(a.at, a.key) < std::tie(b.at, b.key);
  });
}

TomlNode convert(const toml::node& node) {
  TomlNode out;
  out.at = place_of(node.source());
  switch (node.type()) {
    case toml::node_type::table:
      convert_table(*node.as_table(), out);
      break;
    case toml::node_type::array:
      out.kind = TomlNode::Kind::array;
      out.items.reserve(node.as_array()->size());
      for (const auto& item : *node.as_array()) out.items.push_back(convert(item));
      break;
    case toml::node_type::string:
      out.kind = TomlNode::Kind::string;
      out.text = node.as_string()->get();
      break;
    case toml::node_type::integer:
      out.kind = TomlNode::Kind::integer;
      out.integer = node.as_integer()->get();
      break;
    case toml::node_type::floating_point:
      out.kind = TomlNode::Kind::real;
      out.real = node.as_floating_point()->get();
      break;
    case toml::node_type::boolean:
      out.kind = TomlNode::Kind::boolean;
      out.boolean = node.as_boolean()->get();
      break;
    default:
      out.kind = TomlNode::Kind::date;
      break;
  }
  return out;
}

tl::unexpected<TomlFault> fault(Place at, std::string message, std::string hint = {}) {
  return tl::unexpected<TomlFault>({at, std::move(message), std::move(hint)});
}

// toml++ says "Error while parsing key-value pair: expected ...": our prefix already says error.
std::string tidy(std::string_view description) {
  constexpr std::string_view kPrefix = "Error while ";
  if (description.starts_with(kPrefix)) description.remove_prefix(kPrefix.size());
  return "TOML syntax: " + std::string(description);
}

}  // namespace

tl::expected<TomlNode, TomlFault> parse_toml(std::string_view text) {
  if (text.size() > kMaxTomlBytes) {
    return fault({}, fmt::format("file has {} bytes, more than the limit of {}", text.size(),
                                 kMaxTomlBytes));
  }
  if (const Place bad = first_malformed_character(text); bad.line > 0) {
    return fault(bad, "this byte is not UTF-8 text", "save the file as UTF-8");
  }
  if (const Place deep = first_deep_key(text); deep.line > 0) {
    return fault(deep, fmt::format("a key with more than {} dots", kMaxTomlDepth));
  }
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    return fault(place_of(parsed.error().source()), tidy(parsed.error().description()),
                 "TOML is described at https://toml.io");
  }
  TomlNode root;
  root.at = {1, 1};
  convert_table(parsed.table(), root);
  return root;
}

const TomlEntry* TomlNode::find(std::string_view key) const {
  const auto it = std::find_if(entries.begin(), entries.end(),
                               [&](const TomlEntry& entry) { return entry.key == key; });
  return it == entries.end() ? nullptr : &*it;
}

std::string_view describe(TomlNode::Kind kind) {
  switch (kind) {
    case TomlNode::Kind::table:
      return "a table";
    case TomlNode::Kind::array:
      return "an array";
    case TomlNode::Kind::string:
      return "text";
    case TomlNode::Kind::integer:
      return "an integer";
    case TomlNode::Kind::real:
      return "a number";
    case TomlNode::Kind::boolean:
      return "true or false";
    case TomlNode::Kind::date:
      return "a date";
  }
  return "a value";
}

}  // namespace abatis
