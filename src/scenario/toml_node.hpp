#pragma once
// A TOML document as plain values, each with its place. Nothing of the TOML library shows here.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace abatis {

struct Place {
  int line = 0;    // 1-based; 0 = unknown
  int column = 0;  // 1-based, in characters
  auto operator<=>(const Place&) const = default;
};

struct TomlEntry;

struct TomlNode {
  enum class Kind : std::uint8_t { table, array, string, integer, real, boolean, date };
  Kind kind = Kind::table;
  Place at;
  std::string text;                // string
  std::int64_t integer = 0;        // integer
  double real = 0;                 // real
  bool boolean = false;            // boolean
  std::vector<TomlNode> items;     // array
  std::vector<TomlEntry> entries;  // table, in file order

  const TomlEntry* find(std::string_view key) const;
};

struct TomlEntry {
  std::string key;
  Place at;  // of the key
  TomlNode value;
};

// What a reader calls this kind: "a string", "a table".
std::string_view describe(TomlNode::Kind kind);

}  // namespace abatis
