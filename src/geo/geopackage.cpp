#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "abatis/geo/io.hpp"
#include "ogr_convert.hpp"

namespace abatis {
namespace {

namespace fs = std::filesystem;

// Any fixed date does: a file must not change when only the clock has.
constexpr const char* kDate = "2000-01-01T00:00:00.000Z";
constexpr const char* kGeometryColumn = "geom";

struct StyleColumn {
  const char* name;
  OGRFieldType type;
  OGRFieldSubType subtype = OFSTNone;
  int width = 0;
};

// The table as QGIS itself makes it (QgsOgrProviderMetadata::saveStyle).
constexpr std::array<StyleColumn, 12> kStyleColumns{
    {{"f_table_catalog", OFTString, OFSTNone, 256},
     {"f_table_schema", OFTString, OFSTNone, 256},
     {"f_table_name", OFTString, OFSTNone, 256},
     {"f_geometry_column", OFTString, OFSTNone, 256},
     {"styleName", OFTString, OFSTNone, 30},
     {"styleQML", OFTString},
     {"styleSLD", OFTString},
     {"useAsDefault", OFTInteger, OFSTBoolean},
     {"description", OFTString},
     {"owner", OFTString, OFSTNone, 30},
     {"ui", OFTString, OFSTNone, 30},
     {"update_time", OFTDateTime}}};

Status add_styles(GDALDataset& dataset, const std::vector<StyledLayer>& layers,
                  const fs::path& path, gdal::Session& session) {
  const bool any = std::any_of(layers.begin(), layers.end(),
                               [](const StyledLayer& l) { return !l.style_qml.empty(); });
  if (!any) return {};
  const auto failure = [&] {
    return tl::unexpected(
        session.error(ErrorCode::io, "the styles cannot be written", path, "layer_styles"));
  };
  CPLStringList options;
  options.SetNameValue("FID", "id");
  options.SetNameValue("ASPATIAL_VARIANT", "GPKG_ATTRIBUTES");
  OGRLayer* table = dataset.CreateLayer("layer_styles", nullptr, wkbNone, options.List());
  if (table == nullptr) return failure();
  for (const StyleColumn& column : kStyleColumns) {
    OGRFieldDefn definition(column.name, column.type);
    definition.SetSubType(column.subtype);
    definition.SetWidth(column.width);
    if (table->CreateField(&definition, FALSE) != OGRERR_NONE) return failure();
  }
  for (const StyledLayer& styled : layers) {
    if (styled.style_qml.empty()) continue;
    OGRFeature row(table->GetLayerDefn());
    row.SetField("f_table_catalog", "");
    row.SetField("f_table_schema", "");
    row.SetField("f_table_name", styled.layer.name.c_str());
    row.SetField("f_geometry_column", kGeometryColumn);
    row.SetField("styleName", "default");
    row.SetField("styleQML", styled.style_qml.c_str());
    row.SetField("styleSLD", styled.style_sld.c_str());
    row.SetField("useAsDefault", 1);
    row.SetField("description", styled.description.c_str());
    row.SetField("owner", "");
    row.SetField("update_time", 2000, 1, 1, 0, 0, 0.0F, 100);
    if (table->CreateFeature(&row) != OGRERR_NONE) return failure();
  }
  return {};
}

Status check_names(const std::vector<StyledLayer>& layers, const fs::path& path) {
  std::set<std::string> seen{"layer_styles"};
  for (const StyledLayer& styled : layers) {
    std::string name = styled.layer.name;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (name.empty() || name.rfind("gpkg_", 0) == 0 || name.rfind("rtree_", 0) == 0 ||
        name.rfind("sqlite_", 0) == 0 || !seen.insert(name).second) {
      return input_error(
          fmt::format("\"{}\" cannot be the name of a table here", styled.layer.name),
          {.file = path.string()}, "names are unique and do not begin with gpkg_ or rtree_");
    }
  }
  return {};
}

}  // namespace

Status write_geopackage(const fs::path& path, const std::vector<StyledLayer>& layers,
                        const std::map<std::string, std::string>& metadata) {
  ABATIS_CHECK(check_names(layers, path));
  gdal::Session session;
  const gdal::ThreadOption date("OGR_CURRENT_DATE", kDate);
  const gdal::MemoryFile file(".gpkg");
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
  CPLStringList creation;
  creation.SetNameValue("VERSION", "1.3");
  gdal::Dataset dataset(driver->Create(file.name().c_str(), 0, 0, 0, GDT_Unknown, creation.List()));
  if (!dataset) {
    return tl::unexpected(session.error(ErrorCode::io, "the file cannot be made", path));
  }
  if (dataset->StartTransaction() != OGRERR_NONE) {
    return tl::unexpected(session.error(ErrorCode::io, "the file cannot be written", path));
  }
  for (const StyledLayer& styled : layers) {
    ABATIS_CHECK(gdal::add_layer(*dataset, styled.layer, styled.kind,
                                 {fmt::format("GEOMETRY_NAME={}", kGeometryColumn), "FID=fid",
                                  "DESCRIPTION=" + styled.description},
                                 path, session));
  }
  ABATIS_CHECK(add_styles(*dataset, layers, path, session));
  for (const auto& [key, value] : metadata) {
    dataset->SetMetadataItem(key.c_str(), value.c_str());
  }
  const bool committed = dataset->CommitTransaction() == OGRERR_NONE;
  dataset.reset();
  if (!committed || session.failed()) {
    return tl::unexpected(session.error(ErrorCode::io, "the file cannot be written", path));
  }
  return gdal::publish(file, path);
}

}  // namespace abatis
