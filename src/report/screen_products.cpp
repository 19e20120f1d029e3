#include "abatis/report/screen_products.hpp"

#include "abatis/base/files.hpp"
#include "maps.hpp"
#include "screen.hpp"

namespace abatis {

Result<std::vector<ProductFile>> write_screen_products(const ScreenView& view,
                                                       const std::filesystem::path& out) {
  using namespace report;
  for (const auto& folder : {out, out / "tables"}) ABATIS_CHECK(ensure_writable_folder(folder));
  std::vector<ProductFile> files;
  for (const Table& table : screen_tables(view)) {
    ABATIS_CHECK(write_file(out / table.file, table.csv));
    files.push_back({table.file, table.what});
  }
  const auto layers = screen_layers(view);
  if (!layers.empty()) {
    ABATIS_CHECK(write_geopackage(out / "screen.gpkg", layers,
                                  product_metadata({view.scenario, view.terrain})));
    files.push_back({"screen.gpkg", "stretches of road seen, rows of trees, with styles for QGIS"});
  }
  ABATIS_CHECK(write_file(out / "screen.json", screen_json(view)));
  files.push_back({"screen.json", "roads seen from across the border, and what rows of trees do"});
  return files;
}

}  // namespace abatis
