// The catalogue of sources (TOML) and its expansion into files. Stands alone with toml++.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "abatis/base/files.hpp"
#include "abatis/gather/fetch.hpp"

namespace abatis {
namespace {

constexpr std::uint64_t kMaxCatalogue = 1U << 20U;
constexpr std::size_t kMaxFiles = 10000;
constexpr std::array<std::string_view, 13> kKeys{
    "id",        "title",         "url",    "file",    "tile_degrees", "mosaic",    "type",
    "max_bytes", "may_be_absent", "sha256", "licence", "attribution",  "provenance"};

// toml++ 3.3 does not stand malformed UTF-8, and names lie in file names: plain text only is
// accepted where it matters, valid UTF-8 everywhere.
bool valid_utf8(const std::string& text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = byte < 0x80                    ? 1
                               : byte >= 0xC2 && byte <= 0xDF ? 2
                               : byte >= 0xE0 && byte <= 0xEF ? 3
                               : byte >= 0xF0 && byte <= 0xF4 ? 4
                                                              : 0;
    if (length == 0 || byte == 0 || length > text.size() - i) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return false;
    }
    const auto second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : 0U;
    if ((byte == 0xE0 && second < 0xA0) || (byte == 0xED && second > 0x9F) ||
        (byte == 0xF0 && second < 0x90) || (byte == 0xF4 && second > 0x8F)) {
      return false;
    }
    i += length;
  }
  return true;
}

class Entry {
 public:
  Entry(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

  Result<FetchSource> read() {
    for (const auto& [key, node] : table_) {
      if (std::find(kKeys.begin(), kKeys.end(), key.str()) == kKeys.end()) {
        return wrong(&node, fmt::format("unknown key \"{}\"", key.str()),
                     fmt::format("the keys are: {}", fmt::join(kKeys, ", ")));
      }
    }
    FetchSource s;
    ABATIS_TRY(s.id, text("id", true));
    ABATIS_TRY(s.title, text("title", true));
    ABATIS_TRY(s.url, text("url", true));
    ABATIS_TRY(s.file, text("file", true));
    ABATIS_TRY(s.licence, text("licence", true));
    ABATIS_TRY(s.attribution, text("attribution", true));
    ABATIS_TRY(s.provenance, text("provenance", true));
    ABATIS_TRY(s.sha256, text("sha256", false));
    ABATIS_TRY(s.mosaic, text("mosaic", false));
    ABATIS_TRY(const std::string type, text("type", false));
    ABATIS_TRY(const std::int64_t degrees, number("tile_degrees", 0, 0, 90));
    ABATIS_TRY(const std::int64_t most,
               number("max_bytes", -1, 1, std::numeric_limits<std::int64_t>::max()));
    s.tile_degrees = static_cast<int>(degrees);
    s.max_bytes = static_cast<std::uint64_t>(most);
    if (const toml::node* node = table_.get("may_be_absent")) {
      const auto value = node->value_exact<bool>();
      if (!value) return wrong(node, "may_be_absent is true or false");
      s.may_be_absent = *value;
    }
    ABATIS_CHECK(read_type(type, s));
    ABATIS_CHECK(check(s));
    return s;
  }

 private:
  tl::unexpected<Error> wrong(const toml::node* node, std::string message,
                              std::string hint = {}) const {
    const toml::source_position at = (node == nullptr ? table_.source() : node->source()).begin;
    return input_error(std::move(message),
                       {.file = file_,
                        .line = static_cast<int>(at.line),
                        .column = static_cast<int>(at.column),
                        .item = "source"},
                       std::move(hint));
  }

  Result<std::string> text(const char* key, bool required) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) {
      if (!required) return std::string();
      return wrong(nullptr, fmt::format("key \"{}\" is missing", key));
    }
    const auto value = node->value_exact<std::string>();
    if (!value || (required && value->empty())) {
      return wrong(node, fmt::format("{} is a text that is not empty", key));
    }
    return *value;
  }

  // `fallback` below 0: the key is required.
  Result<std::int64_t> number(const char* key, std::int64_t fallback, std::int64_t least,
                              std::int64_t most) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) {
      if (fallback >= 0) return fallback;
      return wrong(nullptr, fmt::format("key \"{}\" is missing", key));
    }
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < least || *value > most) {
      return wrong(node, fmt::format("{} is a whole number from {} to {}", key, least, most));
    }
    return *value;
  }

  Status read_type(const std::string& type, FetchSource& s) const {
    if (type.empty() || type == "any") {
      s.type = FetchType::any;
    } else if (type == "tiff") {
      s.type = FetchType::tiff;
    } else if (type == "pbf") {
      s.type = FetchType::pbf;
    } else if (type == "zip") {
      s.type = FetchType::zip;
    } else {
      return wrong(table_.get("type"), fmt::format("type \"{}\" is not known", type),
                   "one of any, tiff, pbf, zip");
    }
    return {};
  }

  Status check(const FetchSource& s) const {
    if (s.url.rfind("https://", 0) != 0 && s.url.rfind("http://", 0) != 0) {
      return wrong(table_.get("url"), "url begins with https:// or http://");
    }
    const bool hex = std::all_of(s.sha256.begin(), s.sha256.end(), [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
    if (!s.sha256.empty() && (s.sha256.size() != 64 || !hex)) {
      return wrong(table_.get("sha256"), "sha256 is 64 lower-case hexadecimal digits");
    }
    if (s.tile_degrees > 0 && s.file.find("{lat}") == std::string::npos) {
      return wrong(table_.get("file"), "the files of tiles need {lat} and {lon} in their names");
    }
    const bool tiff_tiles = s.tile_degrees > 0 && s.type == FetchType::tiff;
    if (!s.mosaic.empty() && (!tiff_tiles || !s.mosaic.ends_with(".vrt"))) {
      return wrong(table_.get("mosaic"), "a mosaic is a .vrt over tiles of type tiff");
    }
    return {};
  }

  const toml::table& table_;
  std::string file_;
};

struct Tile {
  int south = 0, west = 0;
};

Result<std::string> expand(const std::string& text, Tile tile, const Bounds& window,
                           const FetchSource& source) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '{') {
      out += text[i++];
      continue;
    }
    const std::size_t end = text.find('}', i);
    const std::string name = end == std::string::npos ? "" : text.substr(i + 1, end - i - 1);
    const bool tiled = source.tile_degrees > 0;
    if (tiled && name == "ns") {
      out += tile.south < 0 ? 'S' : 'N';
    } else if (tiled && name == "ew") {
      out += tile.west < 0 ? 'W' : 'E';
    } else if (tiled && name == "lat") {
      out += fmt::format("{:02}", std::abs(tile.south));
    } else if (tiled && name == "lon") {
      out += fmt::format("{:03}", std::abs(tile.west));
    } else if (name == "west" || name == "east") {
      out += fmt::format("{}", name == "west" ? window.min_x : window.max_x);
    } else if (name == "south" || name == "north") {
      out += fmt::format("{}", name == "south" ? window.min_y : window.max_y);
    } else {
      return input_error(fmt::format("{{{}}} has no meaning in \"{}\"", name, text),
                         {.item = "source " + source.id},
                         tiled ? "ns, lat, ew, lon, west, south, east, north have"
                               : "west, south, east, north have; tiles need tile_degrees");
    }
    i = end + 1;
  }
  return out;
}

std::vector<Tile> tiles_of(const Bounds& window, int degrees) {
  if (degrees == 0) return {{}};
  const auto first = [&](double v) { return static_cast<int>(std::floor(v / degrees)) * degrees; };
  std::vector<Tile> tiles;
  for (int south = first(window.min_y); south < window.max_y; south += degrees) {
    for (int west = first(window.min_x); west < window.max_x; west += degrees) {
      tiles.push_back({south, west});
    }
  }
  return tiles;
}

// Scheme and host replaced; path and query stay.
std::string at_base(const std::string& url, const std::string& base) {
  if (base.empty()) return url;
  const std::size_t host = url.find("://") + 3;
  const std::size_t path = url.find('/', host);
  const std::string rest = path == std::string::npos ? "/" : url.substr(path);
  return base.substr(0, base.find_last_not_of('/') + 1) + rest;
}

Status check_window(const FetchWindow& window) {
  const Bounds& b = window.lonlat;
  if (!(b.min_x >= -180 && b.max_x <= 180 && b.min_y >= -90 && b.max_y <= 90 && b.min_x < b.max_x &&
        b.min_y < b.max_y)) {
    return input_error(fmt::format("the window {}..{} E, {}..{} N is not one in degrees", b.min_x,
                                   b.max_x, b.min_y, b.max_y));
  }
  if (!window.base_url.empty() && window.base_url.rfind("http://", 0) != 0 &&
      window.base_url.rfind("https://", 0) != 0) {
    return input_error(fmt::format("base address \"{}\" is not http or https", window.base_url));
  }
  return {};
}

}  // namespace

Result<std::vector<FetchSource>> read_fetch_sources(const std::filesystem::path& file) {
  ABATIS_TRY(const std::string text, read_file(file, kMaxCatalogue));
  if (!valid_utf8(text)) {
    return input_error("the file is not valid UTF-8 text", {.file = file.string()});
  }
  toml::table table;
  try {
    table = toml::parse(text, file.string());
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    return input_error(std::string(error.description()), {.file = file.string(),
                                                          .line = static_cast<int>(at.line),
                                                          .column = static_cast<int>(at.column)});
  }
  for (const auto& [key, node] : table) {
    if (key.str() == "source") continue;
    const toml::source_position at = node.source().begin;
    return input_error(fmt::format("unknown key \"{}\"", key.str()),
                       {.file = file.string(),
                        .line = static_cast<int>(at.line),
                        .column = static_cast<int>(at.column)},
                       "the file holds [[source]] tables");
  }
  const toml::array* list = table["source"].as_array();
  if (list == nullptr || !list->is_array_of_tables()) {
    return input_error("the file names no source", {.file = file.string()},
                       "write [[source]] tables");
  }
  std::vector<FetchSource> sources;
  std::set<std::string> ids;
  for (const toml::node& node : *list) {
    ABATIS_TRY(FetchSource source, Entry(*node.as_table(), file.string()).read());
    if (!ids.insert(source.id).second) {
      return input_error(
          fmt::format("two sources are called \"{}\"", source.id),
          {.file = file.string(), .line = static_cast<int>(node.source().begin.line)});
    }
    // Placeholders are tried on some tile, so that a slip is told now.
    for (const std::string* part : {&source.url, &source.file}) {
      auto tried = expand(*part, {}, {0, 0, 1, 1}, source);
      if (!tried) {
        tried.error().where.file = file.string();
        tried.error().where.line = static_cast<int>(node.source().begin.line);
        return tl::unexpected(std::move(tried).error());
      }
    }
    sources.push_back(std::move(source));
  }
  return sources;
}

Result<FetchPlan> plan_fetch(const std::vector<FetchSource>& sources, const FetchWindow& window) {
  ABATIS_CHECK(check_window(window));
  for (const std::string& id : window.only) {
    const bool known = std::any_of(sources.begin(), sources.end(),
                                   [&](const FetchSource& s) { return s.id == id; });
    if (known) continue;
    std::vector<std::string> ids;
    for (const FetchSource& s : sources) ids.push_back(s.id);
    return input_error(fmt::format("there is no source \"{}\"", id), {},
                       fmt::format("there are: {}", fmt::join(ids, ", ")));
  }
  FetchPlan plan;
  std::set<std::string> files;
  for (const FetchSource& source : sources) {
    if (!window.only.empty() &&
        std::find(window.only.begin(), window.only.end(), source.id) == window.only.end()) {
      continue;
    }
    for (const Tile tile : tiles_of(window.lonlat, source.tile_degrees)) {
      ABATIS_TRY(const std::string url, expand(source.url, tile, window.lonlat, source));
      ABATIS_TRY(std::string file, expand(source.file, tile, window.lonlat, source));
      if (!files.insert(file).second) {
        return input_error(fmt::format("two sources would be written to \"{}\"", file),
                           {.item = "source " + source.id});
      }
      plan.items.push_back({source, at_base(url, window.base_url), std::move(file)});
      if (plan.items.size() > kMaxFiles) {
        return fail(ErrorCode::limit, fmt::format("more than {} files are asked for", kMaxFiles),
                    {}, "choose a smaller window");
      }
    }
  }
  return plan;
}

}  // namespace abatis
