#include "build_write.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/geo/io.hpp"

namespace abatis::gather {

const std::vector<FileFacts>& file_facts() {
  static const std::vector<FileFacts> kFacts{
      {"elevation/elevation.tif",
       "synthetic",
       "Elevation in metres: 9 km relief and settlements' heights, with synthetic detail",
       {"relief", "settlements", "lakes", "rivers", "drainage"},
       ""},
      {"landcover/landcover.tif",
       "synthetic",
       "Land cover class by code; water and the places of settlements are real, the rest is drawn",
       {"lakes", "rivers", "settlements"},
       ""},
      {"soil/soil.tif",
       "synthetic",
       "USCS soil class by code, 255 unknown (water)",
       {"lakes", "rivers"},
       ""},
      {"admin/states.fgb",
       "measured",
       "Land of each state, clipped to the region",
       {"states"},
       "a3"},
      {"hydro/water.fgb",
       "coarse",
       "Lakes and river areas as the packages have them: true places and areas, outlines of a few "
       "corners, large rivers in fragments; clipped to the region",
       {"lakes", "rivers"},
       "class, quality"},
      {"hydro/waterways.fgb",
       "synthetic",
       "Rivers (schematic: through mapped river areas, along drainage lines) and streams "
       "(synthetic: drainage of the synthetic relief)",
       {"rivers", "drainage", "relief"},
       "class, name, quality"},
      {"hydro/ditches.fgb", "synthetic", "Field drains", {"lakes", "rivers"}, "class, quality"},
      {"hydro/wetlands.fgb",
       "synthetic",
       "Bogs, marshes and swamps",
       {"lakes", "rivers"},
       "class, quality"},
      {"builtup/builtup.fgb",
       "synthetic",
       "Built-up land: places and populations are real, outlines are drawn",
       {"settlements"},
       "class, quality"},
      {"places/places.fgb",
       "measured",
       "Settlements with population (measured) and synthetic hamlets (said in `quality` and name)",
       {"settlements"},
       "class, name, population, quality"},
      {"people/services.fgb",
       "synthetic",
       "Clinics, schools and shelters put into real settlements by population, and crossings where "
       "main roads leave the region",
       {"settlements"},
       "class, name, quality"},
      {"admin/municipalities.fgb",
       "synthetic",
       "The land of each state by the nearest of its towns; no real municipality has these borders",
       {"states", "settlements"},
       "name, quality"},
      {"roads/roads_main.fgb",
       "schematic",
       "Numbered roads between the towns they pass, routed over the relief; noded",
       {"settlements"},
       "class, ref, name, brunnel, quality"},
      {"roads/roads_minor.fgb",
       "synthetic",
       "District and minor roads between settlements and synthetic hamlets; noded",
       {"settlements"},
       "class, ref, name, brunnel, quality"},
  };
  return kFacts;
}

namespace {

const FileFacts& facts_of(const std::string& name) {
  return *std::find_if(file_facts().begin(), file_facts().end(),
                       [&](const FileFacts& f) { return f.name == name; });
}

// Licences of the sources of a file, each once. Where one asks for share-alike it covers the whole.
std::string licence_of(const Recipe& recipe, const FileFacts& facts) {
  std::string out;
  for (const std::string& id : facts.sources) {
    const std::string& licence = recipe.source(id)->licence;
    if (out.find(licence) == std::string::npos) out += (out.empty() ? "" : "; ") + licence;
  }
  return out;
}

std::string date_of(const Recipe& recipe, const FileFacts& facts) {
  std::string out;
  for (const std::string& id : facts.sources) {
    const Source& s = *recipe.source(id);
    if (out.find(s.date) == std::string::npos) out += (out.empty() ? "" : "; ") + s.date;
  }
  return out;
}

std::string source_of(const Recipe& recipe, const FileFacts& facts) {
  std::string out;
  for (const std::string& id : facts.sources)
    out += (out.empty() ? "" : "; ") + recipe.source(id)->title;
  return out;
}

RasterProduct product(const Recipe& recipe, const std::string& name, const std::string& unit) {
  const FileFacts& facts = facts_of(name);
  RasterProduct p;
  p.description = facts.about;
  p.unit = unit;
  p.metadata = {{"licence", licence_of(recipe, facts)},
                {"date", date_of(recipe, facts)},
                {"source", source_of(recipe, facts)},
                {"quality", facts.quality},
                {"seed", std::to_string(recipe.seed)}};
  return p;
}

Status write_rasters(const std::filesystem::path& folder, const Made& m) {
  auto elevation = product(m.recipe, "elevation/elevation.tif", "m");
  ABATIS_CHECK(write_cog(folder / "elevation/elevation.tif", m.relief.elevation_m, elevation));
  auto cover = product(m.recipe, "landcover/landcover.tif", "code");
  cover.colours = {{kForest, 120, 165, 105, 255, "forest"},
                   {kMeadow, 200, 215, 140, 255, "meadow"},
                   {kFarmland, 240, 228, 190, 255, "farmland"},
                   {kResidential, 205, 170, 150, 255, "residential"},
                   {kIndustrial, 175, 150, 160, 255, "industrial"},
                   {kLake, 110, 165, 205, 255, "lake"},
                   {kRiver, 80, 140, 190, 255, "river"},
                   {kBog, 165, 150, 110, 255, "bog"},
                   {kMarsh, 150, 190, 170, 255, "marsh"},
                   {kSwamp, 110, 140, 100, 255, "swamp"}};
  ABATIS_CHECK(write_cog(folder / "landcover/landcover.tif", m.ground.cover, cover));
  auto soil = product(m.recipe, "soil/soil.tif", "code");
  for (std::size_t k = 0; k < m.recipe.soils.size(); ++k) {
    // From sand (light) to peat (dark).
    const auto shade = static_cast<std::uint8_t>(235 - 17 * k);
    soil.colours.push_back({static_cast<double>(k), shade,
                            static_cast<std::uint8_t>(shade - shade / 6),
                            static_cast<std::uint8_t>(shade - shade / 3), 255, m.recipe.soils[k]});
    soil.metadata[fmt::format("class_{:02}", k)] = m.recipe.soils[k];
  }
  return write_cog(folder / "soil/soil.tif", m.ground.soil, soil);
}

Layer water_of(const Inputs& inputs) {
  Layer layer{.name = "water",
              .epsg = inputs.grid.epsg,
              .field_names = {"class", "quality"},
              .features = {}};
  for (const auto& [from, name] : {std::pair{&inputs.lakes, "lake"}, {&inputs.rivers, "river"}})
    for (const Feature& f : from->features)
      layer.features.push_back({f.geometry, {std::string(name), std::string("coarse")}});
  return layer;
}

const char* place_class(std::int64_t population) {
  if (population >= 50'000) return "city";
  return population >= 3'000 ? "town" : "village";
}

Layer places_of(const Inputs& inputs, const Ground& ground) {
  Layer layer{.name = "places",
              .epsg = inputs.grid.epsg,
              .field_names = {"class", "name", "population", "quality"},
              .features = {}};
  const auto point = [](Point p) { return Geometry{GeometryKind::point, {{p}}}; };
  for (const Town& t : inputs.towns)
    layer.features.push_back(
        {point(t.at),
         {std::string(place_class(t.population)), t.name,
          t.population < 0 ? FieldValue{} : FieldValue{t.population}, std::string("measured")}});
  for (const Hamlet& h : ground.hamlets)
    layer.features.push_back({point(h.at),
                              {std::string("hamlet"), fmt::format("synthetic hamlet {}", h.number),
                               FieldValue{}, std::string("synthetic")}});
  return layer;
}

Status write_sources(const std::filesystem::path& folder, const Recipe& recipe) {
  using json = nlohmann::ordered_json;
  json root;
  root["title"] = recipe.title;
  root["seed"] = recipe.seed;
  root["crs"] = fmt::format("EPSG:{}", recipe.epsg);
  root["bounds"] = {recipe.region.min_x, recipe.region.min_y, recipe.region.max_x,
                    recipe.region.max_y};
  std::string text = fmt::format(
      "# Where this data comes from\n\n{}. Made by `abatis data build`; the synthetic parts are "
      "drawn with seed {} and describe no real place.\n\n"
      "| file | quality | what | sources | licence | date |\n|---|---|---|---|---|---|\n",
      recipe.title, recipe.seed);
  for (const FileFacts& f : file_facts()) {
    json entry{{"file", f.name},
               {"quality", f.quality},
               {"about", f.about},
               {"source", source_of(recipe, f)},
               {"licence", licence_of(recipe, f)},
               {"date", date_of(recipe, f)}};
    if (!f.attributes.empty()) entry["attributes"] = f.attributes;
    root["files"].push_back(std::move(entry));
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", f.name, f.quality, f.about,
                        fmt::join(f.sources, ", "), licence_of(recipe, f), date_of(recipe, f));
  }
  text +=
      "\n## Sources\n\n| id | what | package | file | licence | date "
      "|\n|---|---|---|---|---|---|\n";
  for (const Source& s : recipe.sources) {
    root["sources"].push_back({{"id", s.id},
                               {"title", s.title},
                               {"kind", s.kind},
                               {"package", s.package},
                               {"file", s.file},
                               {"licence", s.licence},
                               {"date", s.date}});
    text += fmt::format("| {} | {} | {} {} | {} | {} | {} |\n", s.id, s.title, s.kind, s.package,
                        s.file, s.licence, s.date);
  }
  text +=
      "\nRoad numbers, the towns they pass and the bridges are public facts written down in the "
      "recipe; their lines are schematic.\n";
  ABATIS_CHECK(write_file(folder / "sources.json", root.dump(2) + "\n"));
  return write_file(folder / "ATTRIBUTION.md", text);
}

}  // namespace

Status write_folder(const std::filesystem::path& folder, const Made& m, Monitor& monitor) {
  monitor.begin("writing", static_cast<std::int64_t>(file_facts().size()), "file");
  for (const FileFacts& f : file_facts())
    ABATIS_CHECK(ensure_writable_folder((folder / f.name).parent_path()));
  ABATIS_CHECK(write_rasters(folder, m));
  monitor.advance(3);
  const auto vector = [&](const char* name, const Layer& layer, GeometryKind kind) -> Status {
    ABATIS_CHECK(write_flatgeobuf(folder / name, layer, kind));
    monitor.advance(1);
    return {};
  };
  constexpr int kWetlandCells = 2, kBuiltCells = 1;
  ABATIS_CHECK(vector("admin/states.fgb", m.inputs.states, GeometryKind::polygon));
  ABATIS_CHECK(vector("hydro/water.fgb", water_of(m.inputs), GeometryKind::polygon));
  ABATIS_CHECK(vector("hydro/waterways.fgb", m.waterways, GeometryKind::line));
  ABATIS_CHECK(vector("hydro/ditches.fgb", m.ditches, GeometryKind::line));
  ABATIS_CHECK(vector(
      "hydro/wetlands.fgb",
      patches(m.ground.cover, {kBog, kMarsh, kSwamp}, {"bog", "marsh", "swamp"}, kWetlandCells),
      GeometryKind::polygon));
  ABATIS_CHECK(vector("builtup/builtup.fgb",
                      patches(m.ground.cover, {kResidential, kIndustrial},
                              {"residential", "industrial"}, kBuiltCells),
                      GeometryKind::polygon));
  ABATIS_CHECK(vector("places/places.fgb", places_of(m.inputs, m.ground), GeometryKind::point));
  ABATIS_CHECK(vector("people/services.fgb", m.services, GeometryKind::point));
  ABATIS_CHECK(vector("admin/municipalities.fgb", m.municipalities, GeometryKind::polygon));
  ABATIS_CHECK(vector("roads/roads_main.fgb", m.roads.main, GeometryKind::line));
  ABATIS_CHECK(vector("roads/roads_minor.fgb", m.roads.minor, GeometryKind::line));
  return write_sources(folder, m.recipe);
}

std::vector<BuildFigure> figures_of(const Made& m) {
  const Grid& g = m.ground.cover.grid;
  const double cell_km2 = g.cell * g.cell / 1e6;
  const double km2 = static_cast<double>(g.size()) * cell_km2;
  const auto share = [&](const std::set<std::uint8_t>& codes) {
    const auto n = std::count_if(m.ground.cover.values.begin(), m.ground.cover.values.end(),
                                 [&](std::uint8_t c) { return codes.contains(c); });
    return 100 * static_cast<double>(n) / static_cast<double>(g.size());
  };
  const auto km = [](const Layer& layer, const std::string& road_class) {
    double sum = 0;
    for (const Feature& f : layer.features)
      if (road_class.empty() || layer.text(f, "class") == road_class) sum += length_of(f.geometry);
    return sum / 1000;
  };
  double mean_slope = 0;
  for (const float s : m.relief.slope_percent.values) mean_slope += static_cast<double>(s);
  mean_slope /= static_cast<double>(g.size());
  return {
      {"area", km2, "km2"},
      {"forest", share({kForest, kSwamp}), "% of the area"},
      {"farmland and meadow", share({kFarmland, kMeadow}), "% of the area"},
      {"wetland", share({kBog, kMarsh, kSwamp}), "% of the area"},
      {"built-up", share({kResidential, kIndustrial}), "% of the area"},
      {"lakes", share({kLake}), "% of the area"},
      {"mean slope", mean_slope, "%"},
      {"height against settlements (rms)", m.relief.spot_rms_m, "m"},
      {"main roads", km(m.roads.main, "") / km2, "km/km2"},
      {"district and minor roads", km(m.roads.minor, "") / km2, "km/km2"},
      {"rivers", km(m.waterways, "river") / km2, "km/km2"},
      {"streams", km(m.waterways, "stream") / km2, "km/km2"},
      {"ditches", km(m.ditches, "") / km2, "km/km2"},
      {"bridges", static_cast<double>(m.roads.bridges), ""},
      {"settlements", static_cast<double>(m.inputs.towns.size()), ""},
      {"synthetic hamlets", static_cast<double>(m.ground.hamlets.size()), ""},
  };
}

}  // namespace abatis::gather
