#include "table_reader.hpp"

#include <algorithm>
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
