#include "abatis/report/civil_products.hpp"

#include "abatis/base/files.hpp"
#include "civil.hpp"
#include "evacuation.hpp"
#include "leaves.hpp"
#include "maps.hpp"

namespace abatis {

Result<CivilProducts> write_civil_products(const Scenario& scenario, const Terrain& terrain,
                                           const SiteSet& sites, const Ledger& ledger,
                                           const std::filesystem::path& out,
                                           const Evacuation* evacuation) {
  using namespace report;
  const CivilView view{scenario, terrain, sites, ledger, evacuation};
  for (const auto& folder : {out, out / "tables", out / "leaves"}) {
    ABATIS_CHECK(ensure_writable_folder(folder));
  }
  CivilProducts products;
  std::vector<Table> texts = civil_tables(view);
  for (Table& leaf : make_leaves(view)) texts.push_back(std::move(leaf));
  texts.push_back({"civil.json", "harm to civilians: by purchase, municipality and year",
                   civil_json(view, true).dump(2) + "\n"});
  for (const Table& text : texts) {
    ABATIS_CHECK(write_file(out / text.file, text.csv));
    products.files.push_back({text.file, text.what});
  }
  if (evacuation != nullptr) {
    const GroundView ground{scenario, terrain};
    ABATIS_CHECK(write_geopackage(out / "evacuation.gpkg", {bottleneck_layer(view)},
                                  product_metadata(ground)));
    products.files.push_back(
        {"evacuation.gpkg", "roads that hold up those who leave the border zone"});
  }
  products.words = civil_words(view);
  return products;
}

}  // namespace abatis
