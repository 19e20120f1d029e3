#include "build_recipe.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "abatis/base/files.hpp"

namespace abatis::gather {

const Source* Recipe::source(const std::string& wanted) const {
  for (const Source& s : sources)
    if (s.id == wanted) return &s;
  return nullptr;
}

Grid Recipe::grid() const {
  Grid g;
  g.epsg = epsg;
  g.cell = cell_m;
  g.origin_x = region.min_x;
  g.origin_y = region.max_y;
  g.cols = static_cast<std::int32_t>(std::lround((region.max_x - region.min_x) / cell_m));
  g.rows = static_cast<std::int32_t>(std::lround((region.max_y - region.min_y) / cell_m));
  return g;
}

namespace {

// Reads one table: each key asked for is marked, and done() refuses the rest. The first error is
// kept and later reads give defaults, so that callers read straight through and check once.
class Table {
 public:
  Table(const toml::table& table, std::string file, Errors& errors)
      : table_(table), file_(std::move(file)), errors_(errors) {}

  Where where(const toml::node* node = nullptr, std::string item = {}) const {
    const auto& begin = (node != nullptr ? node->source() : table_.source()).begin;
    return {file_, static_cast<int>(begin.line), static_cast<int>(begin.column), std::move(item)};
  }
  void wrong(const std::string& message, const Where& at, std::string hint = {}) {
    errors_.push_back({ErrorCode::input, message, at, std::move(hint)});
  }
  const toml::node* node(const std::string& key, bool required) {
    asked_.insert(key);
    const toml::node* n = table_.get(key);
    if (n == nullptr && required) wrong(fmt::format("the key `{}` is missing", key), where());
    return n;
  }
  std::string text(const std::string& key, bool required = true) {
    const toml::node* n = node(key, required);
    if (n == nullptr) return {};
    if (const auto v = n->value_exact<std::string>(); v && (!v->empty() || !required)) return *v;
    wrong(fmt::format("`{}` must be a text", key), where(n));
    return {};
  }
  double number(const std::string& key, double low, double high) {
    const toml::node* n = node(key, true);
    if (n == nullptr) return low;
    const auto v = n->is_number() ? n->value<double>() : std::nullopt;
    if (v && *v >= low && *v <= high) return *v;
    wrong(fmt::format("`{}` must be a number from {} to {}", key, low, high), where(n));
    return low;
  }
  std::vector<std::string> texts(const std::string& key, std::vector<Where>* places = nullptr,
                                 bool required = true) {
    std::vector<std::string> out;
    const toml::node* n = node(key, required);
    if (n == nullptr) return out;
    const toml::array* list = n->as_array();
    if (list == nullptr || list->empty()) {
      wrong(fmt::format("`{}` must be a list of texts", key), where(n));
      return out;
    }
    for (const toml::node& entry : *list) {
      const auto v = entry.value_exact<std::string>();
      if (!v || v->empty()) wrong(fmt::format("`{}` must hold texts only", key), where(&entry));
      out.push_back(v.value_or(""));
      if (places != nullptr) places->push_back(where(&entry, out.back()));
    }
    return out;
  }
  std::vector<Stop> stops(const std::string& key) {
    std::vector<Where> places;
    const auto names = texts(key, &places);
    std::vector<Stop> out;
    for (std::size_t i = 0; i < names.size(); ++i) out.push_back({names[i], places[i]});
    if (!out.empty() && out.size() < 2)
      wrong(fmt::format("`{}` must name two places or more", key), places.front());
    return out;
  }
  // Calls read(table) for each table of a list of tables.
  template <class Read>
  void each(const std::string& key, bool required, Read read) {
    const toml::node* n = node(key, required);
    if (n == nullptr) return;
    const toml::array* list = n->as_array();
    if (list == nullptr) return wrong(fmt::format("`{}` must be a list of tables", key), where(n));
    for (const toml::node& entry : *list) {
      const toml::table* t = entry.as_table();
      if (t == nullptr) {
        wrong(fmt::format("`{}` must hold tables only", key), where(&entry));
        continue;
      }
      Table inner(*t, file_, errors_);
      read(inner);
      inner.done();
    }
  }
  template <class Read>
  void one(const std::string& key, Read read) {
    const toml::node* n = node(key, true);
    if (n == nullptr) return;
    const toml::table* t = n->as_table();
    if (t == nullptr) return wrong(fmt::format("`{}` must be a table", key), where(n));
    Table inner(*t, file_, errors_);
    read(inner);
    inner.done();
  }
  void done() {
    for (const auto& [key, value] : table_) {
      const std::string name(key.str());
      if (asked_.contains(name)) continue;
      const auto& begin = key.source().begin;
      wrong(fmt::format("unknown key `{}`", name),
            {file_, static_cast<int>(begin.line), static_cast<int>(begin.column), {}},
            fmt::format("known here: {}", fmt::join(asked_, ", ")));
    }
  }

 private:
  const toml::table& table_;
  std::string file_;
  Errors& errors_;
  std::set<std::string> asked_;
};

// Line of the first byte that is not UTF-8, 0 when all is well: toml++ 3.3 leaves such text
// undefined.
int line_not_utf8(const std::string& text) {
  int line = 1;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t more = byte < 0x80   ? 0
                             : byte < 0xC2 ? 9
                             : byte < 0xE0 ? 1
                             : byte < 0xF0 ? 2
                             : byte < 0xF5 ? 3
                                           : 9;
    if (more == 9 || i + more >= text.size() + (more == 0 ? 1 : 0)) return line;
    for (std::size_t k = 1; k <= more; ++k)
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return line;
    if (byte == '\n') ++line;
    i += more + 1;
  }
  return 0;
}

Result<toml::table> parse(const std::filesystem::path& file) {
  ABATIS_TRY(const std::string text, read_file(file, 4U << 20U));
  if (const int line = line_not_utf8(text); line > 0)
    return input_error("the text is not UTF-8", {.file = file.string(), .line = line});
  try {
    return toml::parse(text, file.string());
  } catch (const toml::parse_error& error) {
    const auto& begin = error.source().begin;
    return input_error(
        std::string(error.description()),
        {file.string(), static_cast<int>(begin.line), static_cast<int>(begin.column), {}});
  }
}

void read_region(Table& t, Recipe& recipe) {
  recipe.epsg = static_cast<int>(t.number("epsg", 1024, 32767));
  recipe.cell_m = t.number("cell_m", 10, 1000);
  const double x0 = t.number("min_x", -1e7, 1e8), y0 = t.number("min_y", -1e7, 1e8);
  const double x1 = t.number("max_x", -1e7, 1e8), y1 = t.number("max_y", -1e7, 1e8);
  const double margin = t.number("margin_m", 0, 50'000);
  recipe.region = Bounds{x0, y0, x1, y1}.grown(margin);
  const auto whole = [&](double length) {
    const double cells = length / recipe.cell_m;
    return cells >= 10 && cells <= 20'000 && std::abs(cells - std::round(cells)) < 1e-6;
  };
  if (!whole(recipe.region.max_x - recipe.region.min_x) ||
      !whole(recipe.region.max_y - recipe.region.min_y))
    t.wrong("the region with its margin must be 10 to 20000 whole cells wide and high", t.where());
}

void read_shares(Table& t, Shares& s) {
  s.forest = t.number("forest", 0, 0.9);
  s.meadow = t.number("meadow", 0, 0.5);
  s.wetland = t.number("wetland", 0, 0.5);
  s.builtup = t.number("builtup", 0, 0.3);
  s.waterway_km_per_km2 = t.number("waterway_km_per_km2", 0.01, 3);
  s.river_km_per_km2 = t.number("river_km_per_km2", 0.01, 3);
  s.ditch_km_per_km2 = t.number("ditch_km_per_km2", 0, 5);
  s.minor_road_km_per_km2 = t.number("minor_road_km_per_km2", 0, 5);
  s.hamlets_per_km2 = t.number("hamlets_per_km2", 0, 2);
}

std::vector<Tendency> read_tendencies(Table& t, const std::string& key) {
  std::vector<Tendency> out;
  t.each(key, false, [&](Table& e) {
    Tendency d;
    d.name = e.text("name");
    d.lon = e.number("lon", -180, 180);
    d.lat = e.number("lat", -90, 90);
    d.radius_m = e.number("radius_km", 0.5, 200) * 1000;
    d.weight = e.number("weight", -5, 5);
    out.push_back(std::move(d));
  });
  return out;
}

void read_sources(Table& t, Recipe& recipe) {
  t.each("source", true, [&](Table& e) {
    Source s;
    s.id = e.text("id");
    s.kind = e.text("kind");
    s.package = e.text("package");
    s.file = e.text("file");
    s.title = e.text("title");
    s.licence = e.text("licence");
    s.date = e.text("date");
    s.where = e.where(nullptr, s.id);
    if (s.kind != "npm" && s.kind != "debian") e.wrong("`kind` must be npm or debian", s.where);
    recipe.sources.push_back(std::move(s));
  });
  for (const char* id : {"states", "lakes", "rivers", "settlements", "drainage", "relief"})
    if (recipe.source(id) == nullptr)
      t.wrong(fmt::format("no [[source]] has the id `{}`", id), t.where());
}

void read_facts(Table& t, Recipe& recipe) {
  t.each("place", false, [&](Table& e) {
    KnownPlace p;
    p.name = e.text("name");
    p.kind = e.text("kind");
    p.lon = e.number("lon", -180, 180);
    p.lat = e.number("lat", -90, 90);
    recipe.places.push_back(std::move(p));
  });
  t.each("road", false, [&](Table& e) {
    RoadFact r;
    r.ref = e.text("ref", false);
    r.road_class = e.text("class");
    r.past = e.stops("past");
    r.where = e.where(nullptr, r.ref);
    const std::set<std::string> known{"motorway", "trunk", "primary", "secondary", "tertiary"};
    if (!known.contains(r.road_class))
      e.wrong(fmt::format("`class` must be one of {}", fmt::join(known, ", ")), r.where);
    recipe.roads.push_back(std::move(r));
  });
  t.each("river", false, [&](Table& e) {
    RiverFact r;
    r.name = e.text("name");
    r.past = e.stops("past");
    recipe.rivers.push_back(std::move(r));
  });
  t.each("bridge", false, [&](Table& e) {
    BridgeFact b;
    b.name = e.text("name");
    b.river = e.text("river");
    b.at = {e.text("at"), e.where(nullptr, b.name)};
    b.ref = e.text("ref", false);
    recipe.bridges.push_back(std::move(b));
  });
}

void read_main(Table& t, Recipe& recipe, std::string& facts) {
  recipe.id = t.text("id");
  recipe.title = t.text("title");
  recipe.seed = static_cast<std::uint64_t>(t.number("seed", 0, 1e15));
  facts = t.text("facts");
  recipe.states = t.texts("states");
  recipe.soils = t.texts("soils");
  t.one("region", [&](Table& e) { read_region(e, recipe); });
  t.one("relief", [&](Table& e) {
    recipe.relief_amplitude_m = e.number("amplitude_m", 0, 200);
    recipe.relief_wavelength_m = e.number("wavelength_m", 500, 50'000);
  });
  t.one("shares", [&](Table& e) { read_shares(e, recipe.shares); });
  t.each("open_border", false, [&](Table& e) {
    const auto pair = e.texts("between");
    if (pair.size() == 2)
      recipe.open_borders.push_back({pair[0], pair[1]});
    else
      e.wrong("`between` must name two states", e.where());
  });
  read_sources(t, recipe);
  recipe.forests = read_tendencies(t, "forest");
  recipe.wetlands = read_tendencies(t, "wetland");
  recipe.hills = read_tendencies(t, "hills");
  recipe.heavy_soils = read_tendencies(t, "heavy_soil");
}

}  // namespace

Result<Recipe> read_recipe(const std::filesystem::path& file) {
  Recipe recipe;
  Errors errors;
  std::string facts;
  ABATIS_TRY(const toml::table table, parse(file));
  Table main(table, file.string(), errors);
  read_main(main, recipe, facts);
  main.done();
  if (!errors.empty()) return tl::unexpected<Error>(errors.front());
  ABATIS_TRY(const auto facts_file,
             path_inside(file.parent_path().empty() ? "." : file.parent_path(), facts));
  ABATIS_TRY(const toml::table facts_table, parse(facts_file));
  Table known(facts_table, facts_file.string(), errors);
  read_facts(known, recipe);
  known.done();
  if (!errors.empty()) return tl::unexpected<Error>(errors.front());
  recipe.files = {file, facts_file};
  return recipe;
}

}  // namespace abatis::gather
