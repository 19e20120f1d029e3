#pragma once
// Private to geo: OGR geometry to and from ours, and field types.

#include <optional>
#include <vector>

#include "abatis/geo/layer.hpp"
#include "gdal_session.hpp"

namespace abatis::gdal {

// Appends the linear, two-dimensional shapes of `geometry`: one Geometry for each kind it holds.
// Empty parts and parts with coordinates that are not finite are left out. False when something was
// left out.
bool append_shapes(const OGRGeometry& geometry, std::vector<Geometry>& shapes);

// Transforms all points. False when one of them has no place in the target CRS.
bool transform_shape(OGRCoordinateTransformation& transformation, Geometry& shape);

// As a Multi type of `kind`, or null when the geometry is of another kind or has no usable part.
std::unique_ptr<OGRGeometry> to_ogr(const Geometry& geometry, GeometryKind kind);
OGRwkbGeometryType ogr_type(GeometryKind kind);

// The narrowest of integer, real and text that holds every value of a field.
OGRFieldType common_type(const Layer& layer, std::size_t field);
void set_field(OGRFeature& feature, int index, OGRFieldType type, const FieldValue& value);

// Adds `layer` to `dataset` as a table `name`.
Status add_layer(GDALDataset& dataset, const Layer& layer, GeometryKind kind,
                 const std::vector<std::string>& options, const std::filesystem::path& path,
                 Session& session);

}  // namespace abatis::gdal
