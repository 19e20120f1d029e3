#include "abatis/report/corridor_products.hpp"

#include "abatis/base/files.hpp"
#include "corridor_files.hpp"
#include "map_ground.hpp"

namespace abatis {

Result<std::vector<ProductFile>> write_corridors(const CorridorView& view,
                                                 const std::filesystem::path& out,
                                                 Monitor& monitor) {
  using namespace report;
  // Every folder is proven writable before the first byte, so a plain mistake leaves nothing.
  for (const auto& folder : {out, out / "rasters", out / "maps", out / "tables"}) {
    ABATIS_CHECK(ensure_writable_folder(folder));
  }
  monitor.begin("products", static_cast<std::int64_t>(view.cases.size()), "cases");
  std::vector<ProductFile> files;
  ABATIS_TRY(const std::string json, corridors_json(view));
  ABATIS_CHECK(write_corridor_geopackage(view, out, files));
  ABATIS_CHECK(write_corridor_rasters(view, out, files));
  for (const Table& table : corridor_tables(view)) {
    ABATIS_CHECK(write_file(out / table.file, table.csv));
    files.push_back({table.file, table.what});
  }
  const MapGround ground(GroundView(view.scenario, view.terrain));
  for (const CaseCorridors& one : view.cases) {
    const CorridorFacts facts = corridor_facts(view, one);
    ABATIS_CHECK(write_file(out / map_file(facts), corridor_map(view, one, ground)));
    files.push_back({map_file(facts), "map of " + facts.title});
    monitor.advance(1);
  }
  // Last: a folder that has it has the rest.
  ABATIS_CHECK(write_file(out / "corridors.json", json));
  files.push_back({"corridors.json", "every figure of the corridors"});
  return files;
}

}  // namespace abatis
