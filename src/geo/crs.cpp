#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "abatis/geo/io.hpp"
#include "gdal_session.hpp"

namespace abatis {
namespace gdal {

Result<OGRSpatialReference> crs_of_epsg(int epsg, Session& session) {
  OGRSpatialReference crs;
  crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (epsg <= 0 || crs.importFromEPSG(epsg) != OGRERR_NONE) {
    return input_error(fmt::format("EPSG:{} is not a known coordinate system", epsg), {},
                       session.failed() ? session.words("") : "name a CRS by its EPSG code");
  }
  session.forget();
  return crs;
}

int epsg_of(const OGRSpatialReference& crs) {
  const auto code_of = [](const OGRSpatialReference& c) {
    const char* name = c.GetAuthorityName(nullptr);
    const char* code = c.GetAuthorityCode(nullptr);
    if (name == nullptr || code == nullptr || !EQUAL(name, "EPSG")) return 0;
    return std::atoi(code);
  };
  if (const int code = code_of(crs); code != 0) return code;
  OGRSpatialReference* match = crs.FindBestMatch(90, "EPSG");
  if (match == nullptr) return 0;
  const int code = code_of(*match);
  match->Release();
  return code;
}

std::string wkt_of(const OGRSpatialReference& crs) {
  char* text = nullptr;
  crs.exportToWkt(&text);
  std::string wkt = text == nullptr ? "" : text;
  CPLFree(text);
  return wkt;
}

std::string describe(const OGRSpatialReference& crs) {
  const char* name = crs.GetName();
  const int code = epsg_of(crs);
  if (code == 0) return fmt::format("\"{}\"", name == nullptr ? "unnamed" : name);
  return fmt::format("EPSG:{} ({})", code, name == nullptr ? "unnamed" : name);
}

Result<OGRSpatialReference> source_crs(const OGRSpatialReference* declared, int assume_epsg,
                                       const std::filesystem::path& path, Session& session) {
  if (declared != nullptr && !declared->IsEmpty() && !declared->IsLocal()) {
    OGRSpatialReference crs(*declared);
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    return crs;
  }
  if (assume_epsg == 0) {
    return input_error("the file does not say which coordinate system it is in",
                       {.file = path.string()},
                       "give the EPSG code to assume, or write the CRS into the file");
  }
  return crs_of_epsg(assume_epsg, session);
}

Result<Transformation> make_transformation(const OGRSpatialReference& from,
                                           const OGRSpatialReference& to,
                                           const std::filesystem::path& path, Session& session) {
  Transformation made(OGRCreateCoordinateTransformation(&from, &to));
  if (!made) {
    return tl::unexpected(session.error(
        ErrorCode::input,
        fmt::format("cannot go from {}, the file's CRS, to {}", describe(from), describe(to)),
        path));
  }
  session.forget();
  return made;
}

}  // namespace gdal

Result<std::vector<Point>> transform(const std::vector<Point>& points, int from_epsg, int to_epsg) {
  gdal::Session session;
  ABATIS_TRY(const OGRSpatialReference from, gdal::crs_of_epsg(from_epsg, session));
  ABATIS_TRY(const OGRSpatialReference to, gdal::crs_of_epsg(to_epsg, session));
  if (from_epsg == to_epsg) return points;
  ABATIS_TRY(const gdal::Transformation transformation,
             gdal::make_transformation(from, to, {}, session));
  std::vector<Point> out;
  out.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    double x = points[i].x;
    double y = points[i].y;
    if (!std::isfinite(x) || !std::isfinite(y) || !transformation->Transform(1, &x, &y) ||
        !std::isfinite(x) || !std::isfinite(y)) {
      return input_error(fmt::format("point ({}, {}) cannot go from EPSG:{} to EPSG:{}",
                                     points[i].x, points[i].y, from_epsg, to_epsg),
                         {.item = fmt::format("point {}", i + 1)}, session.words(""));
    }
    out.push_back({x, y});
  }
  return out;
}

}  // namespace abatis
