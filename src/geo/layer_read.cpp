#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "abatis/geo/io.hpp"
#include "flatgeobuf_check.hpp"
#include "ogr_convert.hpp"

namespace abatis {
namespace {

namespace fs = std::filesystem;

std::string names_of_layers(GDALDataset& dataset) {
  std::vector<std::string> names;
  for (OGRLayer* layer : dataset.GetLayers()) names.emplace_back(layer->GetName());
  return fmt::format("{}", fmt::join(names, ", "));
}

Result<OGRLayer*> find_layer(GDALDataset& dataset, const std::string& name, const fs::path& path) {
  const int count = dataset.GetLayerCount();
  if (name.empty()) {
    if (count == 1) return dataset.GetLayer(0);
    return input_error(fmt::format("the file has {} layers, and none is named", count),
                       {.file = path.string()},
                       count == 0 ? "" : "name one of: " + names_of_layers(dataset));
  }
  for (OGRLayer* layer : dataset.GetLayers()) {
    if (name == layer->GetName()) return layer;
  }
  return input_error(fmt::format("the file has no layer \"{}\"", name), {.file = path.string()},
                     "it has: " + names_of_layers(dataset));
}

struct Column {
  int index;
  OGRFieldType type;
};

struct Columns {
  std::vector<std::string> names;
  std::vector<Column> columns;
};

Result<Columns> find_columns(const OGRFeatureDefn& definition, const ReadLayerOptions& options,
                             const fs::path& path, const std::string& layer) {
  const std::vector<std::string>& wanted = options.fields;
  Columns found;
  const auto add = [&](int i) {
    const OGRFieldDefn* field = definition.GetFieldDefn(i);
    found.names.emplace_back(field->GetNameRef());
    found.columns.push_back({i, field->GetType()});
  };
  if (wanted.empty()) {
    for (int i = 0; i < definition.GetFieldCount(); ++i) add(i);
    return found;
  }
  std::vector<std::string> existing;
  for (int i = 0; i < definition.GetFieldCount(); ++i) {
    existing.emplace_back(definition.GetFieldDefn(i)->GetNameRef());
  }
  for (const std::string& name : wanted) {
    const auto at = std::find(existing.begin(), existing.end(), name);
    if (at == existing.end()) {
      return input_error(fmt::format("the layer has no field \"{}\"", name),
                         {.file = path.string(), .item = layer},
                         fmt::format("it has: {}", fmt::join(existing, ", ")));
    }
    add(static_cast<int>(at - existing.begin()));
  }
  for (const std::string& name : options.also) {
    const auto at = std::find(existing.begin(), existing.end(), name);
    const bool twice = std::find(wanted.begin(), wanted.end(), name) != wanted.end();
    if (at != existing.end() && !twice) add(static_cast<int>(at - existing.begin()));
  }
  return found;
}

FieldValue value_of(const OGRFeature& feature, Column column) {
  if (!feature.IsFieldSetAndNotNull(column.index)) return std::monostate{};
  switch (column.type) {
    case OFTInteger:
    case OFTInteger64:
      return static_cast<std::int64_t>(feature.GetFieldAsInteger64(column.index));
    case OFTReal: {
      const double v = feature.GetFieldAsDouble(column.index);
      if (std::isfinite(v)) return v;
      return std::monostate{};
    }
    default:
      return std::string(feature.GetFieldAsString(column.index));
  }
}

// Only a filter to read less: what it lets through is tested again in the target CRS.
void filter_roughly(OGRLayer& layer, const Bounds& within, const OGRSpatialReference& file_crs,
                    const OGRSpatialReference& target, gdal::Session& session) {
  const gdal::Transformation back(OGRCreateCoordinateTransformation(&target, &file_crs));
  Bounds b;
  constexpr int kPointsPerEdge = 50;
  const bool known =
      back && back->TransformBounds(within.min_x, within.min_y, within.max_x, within.max_y,
                                    &b.min_x, &b.min_y, &b.max_x, &b.max_y, kPointsPerEdge);
  session.forget();
  const double margin = 0.01 * std::max(b.max_x - b.min_x, b.max_y - b.min_y);
  // A window over the antimeridian comes back turned around: then everything is read.
  if (!known || !std::isfinite(margin) || b.max_x < b.min_x || b.max_y < b.min_y) return;
  b = b.grown(margin);
  layer.SetSpatialFilterRect(b.min_x, b.min_y, b.max_x, b.max_y);
}

struct Reader {
  OGRLayer& source;
  const Columns& columns;
  const ReadLayerOptions& options;
  OGRCoordinateTransformation* transformation;  // null when the CRS is the target's
  Layer out;
  std::int64_t misplaced = 0;  // features with no place in the target CRS

  // False when the limit is reached.
  bool add(const OGRFeature& feature) {
    const OGRGeometry* geometry = feature.GetGeometryRef();
    std::vector<Geometry> shapes;
    if (geometry == nullptr || geometry->IsEmpty() ||
        (!gdal::append_shapes(*geometry, shapes) && shapes.empty())) {
      ++out.skipped;
      return true;
    }
    for (Geometry& shape : shapes) {
      if (transformation != nullptr && !gdal::transform_shape(*transformation, shape)) {
        ++out.skipped;
        ++misplaced;
        return true;
      }
      if (options.within && !touches(shape, *options.within)) continue;
      if (static_cast<std::int64_t>(out.features.size()) >= options.max_features) return false;
      Feature kept{std::move(shape), {}};
      kept.fields.reserve(columns.columns.size());
      for (const Column column : columns.columns) {
        kept.fields.push_back(value_of(feature, column));
      }
      out.features.push_back(std::move(kept));
    }
    return true;
  }
};

// OSM files hold their layers interleaved; they can only be read all at once.
OGRFeatureUniquePtr next_feature(GDALDataset& dataset, OGRLayer& layer, bool interleaved) {
  if (!interleaved) return OGRFeatureUniquePtr(layer.GetNextFeature());
  OGRLayer* of = nullptr;
  while (auto* feature = dataset.GetNextFeature(&of, nullptr, nullptr, nullptr)) {
    if (of == &layer) return OGRFeatureUniquePtr(feature);
    OGRFeature::DestroyFeature(feature);
  }
  return nullptr;
}

}  // namespace

Result<Layer> read_layer(const fs::path& path, int target_epsg, const ReadLayerOptions& options) {
  gdal::Session session;
  ABATIS_TRY(const OGRSpatialReference target, gdal::crs_of_epsg(target_epsg, session));
  ABATIS_TRY(const gdal::Source source, gdal::open_source(path, gdal::Content::vector, session));
  if (EQUAL(source.dataset->GetDriverName(), "FlatGeobuf")) {
    ABATIS_CHECK(gdal::check_flatgeobuf_whole(source.dataset->GetDescription(), path));
  }
  ABATIS_TRY(OGRLayer* const table, find_layer(*source.dataset, options.layer, path));
  const std::string name = table->GetName();
  ABATIS_TRY(const Columns columns, find_columns(*table->GetLayerDefn(), options, path, name));
  ABATIS_TRY(const OGRSpatialReference file_crs,
             gdal::source_crs(table->GetSpatialRef(), options.assume_epsg, path, session));
  gdal::Transformation transformation;
  if (!file_crs.IsSame(&target)) {
    ABATIS_TRY(transformation, gdal::make_transformation(file_crs, target, path, session));
  }
  if (options.within) filter_roughly(*table, *options.within, file_crs, target, session);
  Reader reader{*table, columns, options, transformation.get(),
                Layer{name, target_epsg, columns.names, {}}};
  const bool interleaved = source.dataset->TestCapability(ODsCRandomLayerRead) != 0;
  table->ResetReading();
  while (const auto feature = next_feature(*source.dataset, *table, interleaved)) {
    if (reader.add(*feature)) continue;
    return fail(ErrorCode::limit,
                fmt::format("the layer has more than {} features here", options.max_features),
                {.file = path.string(), .item = name}, "read a smaller region");
  }
  if (reader.misplaced > 0 && reader.out.features.empty()) {
    return input_error(fmt::format("no feature has a place in EPSG:{}; the file says it is in {}",
                                   target_epsg, gdal::describe(file_crs)),
                       {.file = path.string(), .item = name}, "check the CRS that the file names");
  }
  // A transformation that fails for one feature says so, too; those are counted instead.
  if (session.failed() && reader.misplaced == 0) {
    return tl::unexpected(
        session.error(ErrorCode::input, "the layer cannot be read to its end", path, name));
  }
  return std::move(reader.out);
}

}  // namespace abatis
