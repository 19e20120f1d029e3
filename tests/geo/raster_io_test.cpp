#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogr_spatialref.h>

#include "abatis/base/parallel.hpp"
#include "abatis/base/random.hpp"
#include "abatis/geo/io.hpp"
#include "shapes.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {

using abatis::testing::kLks;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

Grid grid_of(std::int32_t rows, std::int32_t cols, double cell = 100.0) {
  return {kLks, 500000.0, 6050000.0, cell, rows, cols};
}

// What a file says of itself, for files that write_cog would not make.
struct FileSpec {
  GDALDataType type = GDT_Float32;
  int epsg = kLks;
  bool georeferenced = true;
  double nodata = 0.0;
  bool has_nodata = false;
  double scale = 1.0, offset = 0.0;
};

fs::path make_tif(const fs::path& path, const Grid& grid, std::vector<double> values,
                  const FileSpec& spec) {
  // The room starts GDAL with its own drivers; asking it anything does that.
  (void)transform({}, 4326, 4326);
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  GDALDatasetUniquePtr file(
      driver->Create(path.c_str(), grid.cols, grid.rows, 1, spec.type, nullptr));
  if (spec.georeferenced) {
    std::array<double, 6> to_crs{grid.origin_x, grid.cell, 0, grid.origin_y, 0, -grid.cell};
    file->SetGeoTransform(to_crs.data());
  }
  if (spec.epsg != 0) {
    OGRSpatialReference crs;
    crs.importFromEPSG(spec.epsg);
    file->SetSpatialRef(&crs);
  }
  GDALRasterBand* band = file->GetRasterBand(1);
  if (spec.has_nodata) band->SetNoDataValue(spec.nodata);
  if (spec.scale != 1.0) band->SetScale(spec.scale);
  if (spec.offset != 0.0) band->SetOffset(spec.offset);
  EXPECT_EQ(band->RasterIO(GF_Write, 0, 0, grid.cols, grid.rows, values.data(), grid.cols,
                           grid.rows, GDT_Float64, 0, 0),
            CE_None);
  return path;
}

template <class T>
Raster<T> random_raster(const Grid& grid, std::uint64_t seed, int values) {
  Random random(seed, 9);
  Raster<T> r(grid, T{});
  for (T& v : r.values) {
    v = random.uniform() < 0.1 ? nodata<T>()
                               : static_cast<T>(random.below(static_cast<std::uint64_t>(values)));
  }
  return r;
}

template <class T>
bool same(const Raster<T>& a, const Raster<T>& b) {
  return a.grid == b.grid && a.values.size() == b.values.size() &&
         std::equal(a.values.begin(), a.values.end(), b.values.begin(),
                    [](T x, T y) { return x == y || (is_nodata(x) && is_nodata(y)); });
}

template <class T>
class RoundTrip : public ::testing::Test {};
using Written = ::testing::Types<float, std::uint8_t, std::int32_t>;
TYPED_TEST_SUITE(RoundTrip, Written);

TYPED_TEST(RoundTrip, GivesBackEveryValueAndTheSameBytes) {
  const TempFolder folder;
  const auto raster = random_raster<TypeParam>(grid_of(700, 530), 1, 200);
  const RasterProduct product{"delay", "s", {{"licence", "CC0"}}, {}};
  ASSERT_TRUE(write_cog(folder / "a.tif", raster, product));
  ASSERT_TRUE(write_cog(folder / "b.tif", raster, product));
  EXPECT_EQ(TempFolder::bytes_of(folder / "a.tif"), TempFolder::bytes_of(folder / "b.tif"));
  const auto back = read_raster<TypeParam>(folder / "a.tif", raster.grid, Resampling::nearest);
  ASSERT_TRUE(back) << to_string(back.error());
  EXPECT_TRUE(same(*back, raster));
  const auto info = raster_info(folder / "a.tif");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->epsg, kLks);
  EXPECT_EQ(info->rows, 700);
  EXPECT_EQ(info->cols, 530);
  EXPECT_EQ(info->bounds, raster.grid.bounds());
  EXPECT_EQ(info->cell_x, 100.0);
}

TEST(WriteCog, SaysWhatItHolds) {
  const TempFolder folder;
  const auto raster = random_raster<std::uint8_t>(grid_of(600, 600), 2, 4);
  ASSERT_TRUE(write_cog(folder / "c.tif", raster,
                        {"mobility class",
                         "",
                         {{"source", "made up"}},
                         {{0, 10, 20, 30, 255, "go"}, {3, 200, 0, 0, 128, "no go"}}}));
  const GDALDatasetUniquePtr file(GDALDataset::Open((folder / "c.tif").c_str()));
  ASSERT_NE(file, nullptr);
  EXPECT_STREQ(file->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE"), "COG");
  EXPECT_STREQ(file->GetMetadataItem("source"), "made up");
  GDALRasterBand* band = file->GetRasterBand(1);
  EXPECT_STREQ(band->GetDescription(), "mobility class");
  EXPECT_EQ(band->GetNoDataValue(), 255.0);
  ASSERT_NE(band->GetColorTable(), nullptr);
  EXPECT_EQ(band->GetColorTable()->GetColorEntry(3)->c1, 200);
  EXPECT_GE(band->GetOverviewCount(), 1);
  int block_x = 0;
  int block_y = 0;
  band->GetBlockSize(&block_x, &block_y);
  EXPECT_EQ(block_x, 512);
  EXPECT_FALSE(fs::exists(folder / "c.qml")) << "classes carry their colours in the file";
}

TEST(WriteCog, PutsAStyleBesideAField) {
  const TempFolder folder;
  const auto raster = random_raster<float>(grid_of(10, 10), 3, 100);
  ASSERT_TRUE(
      write_cog(folder / "f.tif", raster,
                {"time", "s", {}, {{0, 0, 0, 0, 255, ""}, {60, 255, 0, 1, 255, "<1 min"}}}));
  const std::string qml = TempFolder::bytes_of(folder / "f.qml");
  EXPECT_THAT(qml, HasSubstr("colorRampType=\"INTERPOLATED\""));
  EXPECT_THAT(qml, HasSubstr("label=\"&lt;1 min\" color=\"#ff0001\""));
  EXPECT_THAT(qml, HasSubstr("label=\"0 s\""));
}

TEST(WriteCog, LeavesNothingWhereItCannotWrite) {
  const TempFolder folder;
  const fs::path file = folder.write("file", "x");
  const auto raster = random_raster<float>(grid_of(5, 5), 4, 9);
  for (const fs::path& path : {file / "a.tif", fs::path("/proc/abatis.tif")}) {
    const auto status = write_cog(path, raster, {});
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::io);
    EXPECT_EQ(status.error().where.file, path.string());
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
  Raster<float> broken = raster;
  broken.values.pop_back();
  EXPECT_FALSE(write_cog(folder / "b.tif", broken, {}));
  Raster<float> nowhere = raster;
  nowhere.grid.epsg = 1;
  EXPECT_FALSE(write_cog(folder / "b.tif", nowhere, {}));
  EXPECT_FALSE(fs::exists(folder / "b.tif"));
}

// One block of a raster, as its cells see it when the target is `factor` times coarser.
std::vector<double> block(const Raster<float>& r, std::int32_t row, std::int32_t col,
                          std::int32_t factor) {
  std::vector<double> values;
  for (std::int32_t i = 0; i < factor; ++i) {
    for (std::int32_t j = 0; j < factor; ++j) {
      const float v = r[r.grid.at(row * factor + i, col * factor + j)];
      if (!is_nodata(v)) values.push_back(v);
    }
  }
  return values;
}

TEST(ReadRaster, ResamplesAlignedCellsAsDefined) {
  const TempFolder folder;
  for (const std::int32_t factor : {2, 3, 5}) {
    SCOPED_TRACE(factor);
    const auto fine = random_raster<float>(grid_of(30, 60, 10.0), 5, 6);
    ASSERT_TRUE(write_cog(folder / "fine.tif", fine, {}));
    const Grid coarse = grid_of(30 / factor, 60 / factor, 10.0 * factor);
    const auto average = read_raster<float>(folder / "fine.tif", coarse, Resampling::average);
    const auto sum = read_raster<float>(folder / "fine.tif", coarse, Resampling::sum);
    const auto mode = read_raster<std::uint8_t>(folder / "fine.tif", coarse, Resampling::mode);
    ASSERT_TRUE(average && sum && mode);
    for (Cell c = 0; c < static_cast<Cell>(coarse.size()); ++c) {
      const auto values = block(fine, coarse.row_of(c), coarse.col_of(c), factor);
      if (values.empty()) {
        EXPECT_TRUE(is_nodata((*average)[c]) && is_nodata((*mode)[c]));
        continue;
      }
      double total = 0.0;
      std::map<double, int> count;
      for (const double v : values) {
        total += v;
        ++count[v];
      }
      ASSERT_NEAR((*sum)[c], total, 1e-4);
      ASSERT_NEAR((*average)[c], total / static_cast<double>(values.size()), 1e-4);
      int most = 0;
      for (const auto& [value, n] : count) most = std::max(most, n);
      ASSERT_EQ(count[(*mode)[c]], most) << "cell " << c;
    }
  }
}

TEST(ReadRaster, ReadsGridsOfOneRowOrColumn) {
  const TempFolder folder;
  const Raster<float> field(grid_of(30, 30), 4.0F);
  ASSERT_TRUE(write_cog(folder / "a.tif", field, {}));
  for (const Resampling resampling :
       {Resampling::nearest, Resampling::bilinear, Resampling::average, Resampling::mode}) {
    for (const auto& [rows, cols] : {std::pair{1, 1}, std::pair{1, 3}, std::pair{3, 1}}) {
      const auto read = read_raster<float>(folder / "a.tif", grid_of(rows, cols, 1000), resampling);
      ASSERT_TRUE(read);
      EXPECT_EQ(read->values, std::vector<float>(static_cast<std::size_t>(rows * cols), 4.0F));
    }
  }
}

TEST(ReadRaster, PutsDegreesWhereTheyBelong) {
  const TempFolder folder;
  // The value of each cell is its longitude; then every reading can be checked by a transformation.
  const Grid degrees{4326, 23.0, 55.0, 0.01, 100, 150};
  std::vector<double> longitude;
  for (Cell c = 0; c < static_cast<Cell>(degrees.size()); ++c) {
    longitude.push_back(degrees.centre(c).x);
  }
  const fs::path file = make_tif(folder / "lon.tif", degrees, longitude, {.epsg = 4326});
  const Grid onto{kLks, 500000, 6080000, 250, 80, 90};
  const auto read = read_raster<float>(file, onto, Resampling::bilinear);
  ASSERT_TRUE(read) << to_string(read.error());
  std::vector<Point> centres;
  for (Cell c = 0; c < static_cast<Cell>(onto.size()); ++c) centres.push_back(onto.centre(c));
  const auto expected = transform(centres, kLks, 4326);
  ASSERT_TRUE(expected);
  for (std::size_t i = 0; i < centres.size(); ++i) {
    ASSERT_NEAR(read->values[i], (*expected)[i].x, 0.01 * 0.06) << "cell " << i;
  }
}

TEST(ReadRaster, SumKeepsTheTotalAcrossCrs) {
  const TempFolder folder;
  const Grid degrees{4326, 23.0, 55.0, 0.005, 120, 200};
  std::vector<double> people(degrees.size(), 0.0);
  Random random(11, 0);
  double total = 0.0;
  for (Cell c = 0; c < static_cast<Cell>(degrees.size()); ++c) {
    const auto row = degrees.row_of(c);
    const auto col = degrees.col_of(c);
    if (row < 10 || col < 10 || row >= 110 || col >= 190) continue;
    total += people[static_cast<std::size_t>(c)] = static_cast<double>(random.below(50));
  }
  const fs::path file =
      make_tif(folder / "people.tif", degrees, people, {.type = GDT_UInt32, .epsg = 4326});
  const auto read =
      read_raster<float>(file, {kLks, 425000, 6110000, 500, 190, 180}, Resampling::sum);
  ASSERT_TRUE(read);
  double sum = 0.0;
  for (const float v : read->values) sum += is_nodata(v) ? 0.0 : v;
  EXPECT_NEAR(sum, total, 0.005 * total);
}

TEST(ReadRaster, KnowsUnknownWhateverTheFileCallsIt) {
  const TempFolder folder;
  const Grid grid = grid_of(2, 3);
  const auto read = [&](GDALDataType type, double nodata_value, std::vector<double> values) {
    const fs::path file = make_tif(folder / "n.tif", grid, std::move(values),
                                   {.type = type, .nodata = nodata_value, .has_nodata = true});
    return read_raster<float>(file, grid, Resampling::nearest).value().values;
  };
  const float nan = nodata<float>();
  EXPECT_TRUE(is_nodata(read(GDT_Float32, -9999, {1, -9999, 3, 4, 5, 6})[1]));
  EXPECT_TRUE(is_nodata(read(GDT_Int16, -32767, {1, -32767, 3, 4, 5, 6})[1]));
  EXPECT_TRUE(is_nodata(read(GDT_Float64, nan, {1, nan, 3, 4, 5, 6})[1]));
  EXPECT_TRUE(is_nodata(read(GDT_Float32, 0, {1, INFINITY, 3, 4, 5, 6})[1]));
  EXPECT_EQ(read(GDT_Float32, 0, {1, 2, 3, 4, 5, 6})[5], 6.0F);

  // A class 0 that means unknown, and 255 that the convention calls unknown.
  const fs::path file = make_tif(folder / "c.tif", grid, {0, 1, 2, 254, 255, 9},
                                 {.type = GDT_Byte, .nodata = 0, .has_nodata = true});
  EXPECT_EQ(read_raster<std::uint8_t>(file, grid, Resampling::nearest).value().values,
            (std::vector<std::uint8_t>{255, 1, 2, 254, 255, 9}));
  const fs::path plain =
      make_tif(folder / "p.tif", grid, {0, 1, 2, 254, 255, 9}, {.type = GDT_Byte});
  EXPECT_EQ(read_raster<std::uint8_t>(plain, grid, Resampling::mode).value().values,
            (std::vector<std::uint8_t>{0, 1, 2, 254, 255, 9}));
  EXPECT_EQ(read_raster<std::int16_t>(plain, grid, Resampling::nearest).value().values[4], 255);
}

TEST(ReadRaster, AppliesScaleAndRefusesWhatDoesNotFit) {
  const TempFolder folder;
  const Grid grid = grid_of(1, 3);
  const fs::path scaled = make_tif(folder / "s.tif", grid, {0, 10, 20},
                                   {.type = GDT_Int16, .scale = 0.5, .offset = 100});
  EXPECT_EQ(read_raster<float>(scaled, grid, Resampling::nearest).value().values,
            (std::vector<float>{100, 105, 110}));
  const fs::path large = make_tif(folder / "l.tif", grid, {1, 300, 2}, {.type = GDT_UInt16});
  const auto small = read_raster<std::uint8_t>(large, grid, Resampling::nearest);
  ASSERT_FALSE(small);
  EXPECT_THAT(small.error().message, HasSubstr("300"));
  EXPECT_EQ(read_raster<std::int32_t>(large, grid, Resampling::nearest).value().values[1], 300);
}

TEST(ReadRaster, IsUnknownOutsideTheFile) {
  const TempFolder folder;
  const auto raster = random_raster<float>(grid_of(20, 20), 6, 9);
  ASSERT_TRUE(write_cog(folder / "a.tif", raster, {}));
  Grid beyond = raster.grid;
  beyond.origin_x -= 1000;
  beyond.origin_y += 500;
  const auto read = read_raster<float>(folder / "a.tif", beyond, Resampling::nearest);
  ASSERT_TRUE(read);
  for (std::int32_t r = 0; r < 20; ++r) {
    for (std::int32_t c = 0; c < 20; ++c) {
      const float got = (*read)[beyond.at(r, c)];
      const float expected = r >= 5 && c >= 10 ? raster[raster.grid.at(r - 5, c - 10)] : NAN;
      ASSERT_TRUE(got == expected || (is_nodata(got) && is_nodata(expected)));
    }
  }
  beyond.origin_x = 300000;
  const auto none = read_raster<float>(folder / "a.tif", beyond, Resampling::average);
  ASSERT_TRUE(none) << to_string(none.error());
  EXPECT_TRUE(std::all_of(none->values.begin(), none->values.end(), is_nodata<float>));
}

TEST(ReadRaster, NamesTheFileAndTheFault) {
  const TempFolder folder;
  const Grid grid = grid_of(4, 4);
  const std::vector<double> values(grid.size(), 1.0);
  const auto error = [&](const fs::path& path, int band = 1, const Grid* onto = nullptr) {
    const auto read =
        read_raster<float>(path, onto == nullptr ? grid : *onto, Resampling::nearest, band);
    EXPECT_FALSE(read) << path;
    return read ? Error{} : read.error();
  };
  EXPECT_THAT(error(folder / "missing.tif").message, HasSubstr("no such file"));
  EXPECT_THAT(error(folder.path()).message, HasSubstr("not a regular file"));
  EXPECT_THAT(error("").message, HasSubstr("no file"));
  EXPECT_THAT(error("/vsicurl/http://127.0.0.1:9/a.tif").message, HasSubstr("not a path"));
  EXPECT_THAT(error("/vsimem/a.tif").message, HasSubstr("not a path"));
  const fs::path text = folder.write("t.tif", "this is not a raster");
  EXPECT_EQ(error(text).where.file, text.string());
  EXPECT_EQ(error(text).code, ErrorCode::input);
  EXPECT_THAT(error(folder.write("empty.tif", "")).message, HasSubstr("cannot be read"));

  const fs::path good = make_tif(folder / "g.tif", grid, values, {});
  EXPECT_THAT(error(good, 2).message, HasSubstr("band 2 is asked for; the file has 1"));
  EXPECT_THAT(error(good, 0).message, HasSubstr("band 0"));
  const Grid nowhere{999999, 0, 0, 1, 2, 2};
  EXPECT_THAT(error(good, 1, &nowhere).message, HasSubstr("999999"));
  const Grid flat{kLks, 0, 0, 0, 2, 2};
  EXPECT_THAT(error(good, 1, &flat).message, HasSubstr("grid"));

  const fs::path bare = make_tif(folder / "b.tif", grid, values, {.georeferenced = false});
  EXPECT_THAT(error(bare).message, HasSubstr("not georeferenced"));
  EXPECT_FALSE(raster_info(bare));
  const fs::path unnamed = make_tif(folder / "u.tif", grid, values, {.epsg = 0});
  EXPECT_THAT(error(unnamed).message, HasSubstr("coordinate system"));
  const auto assumed = read_raster<float>(unnamed, grid, Resampling::nearest, 1, kLks);
  ASSERT_TRUE(assumed);
  EXPECT_EQ(assumed->values.front(), 1.0F);
}

TEST(ReadRaster, FetchesNothingAndWritesNothingBeside) {
  const TempFolder folder;
  const Grid grid = grid_of(4, 4);
  for (const char* source :
       {"/vsicurl/http://127.0.0.1:9/a.tif", "http://127.0.0.1:9/a.tif", "/vsis3/bucket/a.tif"}) {
    const fs::path vrt = folder.write(
        "a.vrt", fmt::format("<VRTDataset rasterXSize=\"4\" rasterYSize=\"4\"><SRS>EPSG:3346</SRS>"
                             "<GeoTransform>500000,100,0,6050000,0,-100</GeoTransform>"
                             "<VRTRasterBand dataType=\"Float32\" band=\"1\"><SimpleSource>"
                             "<SourceFilename>{}</SourceFilename><SourceBand>1</SourceBand>"
                             "</SimpleSource></VRTRasterBand></VRTDataset>",
                             source));
    const auto read = read_raster<float>(vrt, grid, Resampling::nearest);
    ASSERT_FALSE(read) << source;
  }
  (void)make_tif(folder / "g.tif", grid, std::vector<double>(16, 2.0), {});
  ASSERT_TRUE(read_raster<float>(folder / "g.tif", grid, Resampling::average));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 2);
}

TEST(ReadRaster, NeverTakesACutOffFileForAWholeOne) {
  const TempFolder folder;
  const auto raster = random_raster<float>(grid_of(300, 300), 7, 100000);
  ASSERT_TRUE(write_cog(folder / "whole.tif", raster, {}));
  const fs::path plain =
      make_tif(folder / "plain.tif", raster.grid, {raster.values.begin(), raster.values.end()}, {});
  int errors = 0;
  for (const fs::path& whole : {folder / "whole.tif", plain}) {
    const std::string bytes = TempFolder::bytes_of(whole);
    for (int i = 0; i < 40; ++i) {
      const std::size_t length = bytes.size() * static_cast<std::size_t>(i) / 40;
      const fs::path cut = folder.write("cut.tif", std::string_view(bytes).substr(0, length));
      const auto read = read_raster<float>(cut, raster.grid, Resampling::nearest);
      if (read) {
        EXPECT_TRUE(same(*read, raster)) << whole << " cut at " << length;
      } else {
        ++errors;
        EXPECT_EQ(read.error().where.file, cut.string());
      }
    }
  }
  EXPECT_GE(errors, 70);
}

TEST(ReadRaster, SurvivesDamagedBytes) {
  const TempFolder folder;
  const auto raster = random_raster<std::uint8_t>(grid_of(64, 64), 8, 9);
  ASSERT_TRUE(write_cog(folder / "a.tif", raster, {}));
  const std::string bytes = TempFolder::bytes_of(folder / "a.tif");
  int errors = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed, 5);
    std::string damaged = bytes;
    for (int i = 0; i < 4; ++i) {
      damaged[random.below(damaged.size())] = static_cast<char>(random.below(256));
    }
    const fs::path file = folder.write("d.tif", damaged);
    const auto read = read_raster<std::uint8_t>(file, raster.grid, Resampling::nearest);
    if (read) {
      EXPECT_EQ(read->values.size(), raster.values.size()) << "seed " << seed;
    } else {
      ++errors;
      EXPECT_FALSE(read.error().message.empty()) << "seed " << seed;
    }
  }
  EXPECT_GT(errors, 20);
}

TEST(ReadRaster, GivesTheSameBitsOnAnyNumberOfThreads) {
  const TempFolder folder;
  for (int i = 0; i < 8; ++i) {
    const auto seed = static_cast<std::uint64_t>(i);
    ASSERT_TRUE(write_cog(folder / fmt::format("{}.tif", i),
                          random_raster<float>(grid_of(200, 200), seed, 50), {}));
  }
  const Point corner = transform({{500000, 6050000}}, kLks, 32635).value().front();
  const Grid onto{32635, corner.x - 200, corner.y + 200, 130, 120, 110};
  const auto read_all = [&](int threads) {
    std::vector<std::vector<float>> all(8);
    parallel_for(8, threads, [&](std::size_t i) {
      auto read = read_raster<float>(folder / fmt::format("{}.tif", i), onto, Resampling::bilinear);
      if (read) all[i] = std::move(read->values);
      for (float& v : all[i]) v = is_nodata(v) ? -1.0F : v;
    });
    return all;
  };
  const auto one = read_all(1);
  EXPECT_EQ(one.front().size(), onto.size());
  EXPECT_GT(std::count_if(one.front().begin(), one.front().end(), [](float v) { return v >= 0; }),
            5000);
  EXPECT_EQ(read_all(4), one);
}

TEST(Picture, IsAPngWhoseColoursFollowTheRamp) {
  const Grid grid = grid_of(40, 60);
  Raster<float> raster(grid, 0.0F);
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    raster[c] = grid.col_of(c) < 30 ? 0.0F : 100.0F;
    if (grid.row_of(c) < 20 && grid.col_of(c) < 10) raster[c] = nodata<float>();
  }
  const std::vector<ColourEntry> ramp{{-100, 0, 0, 0, 255, ""}, {100, 200, 100, 0, 255, ""}};
  Bounds lonlat;
  const auto png = to_png_mercator(raster, ramp, 500, &lonlat);
  ASSERT_TRUE(png) << to_string(png.error());
  EXPECT_EQ(png->substr(1, 3), "PNG");
  const auto again = to_png_mercator(raster, ramp, 500, nullptr);
  EXPECT_EQ(*again, *png);
  const auto corners = transform({{500000, 6050000}, {506000, 6046000}}, kLks, 4326);
  EXPECT_NEAR(lonlat.min_x, (*corners)[0].x, 0.002);
  EXPECT_NEAR(lonlat.max_y, (*corners)[0].y, 0.002);
  EXPECT_NEAR(lonlat.max_x, (*corners)[1].x, 0.002);
  EXPECT_NEAR(lonlat.min_y, (*corners)[1].y, 0.002);

  const TempFolder folder;
  const GDALDatasetUniquePtr file(GDALDataset::Open(folder.write("p.png", *png).c_str()));
  ASSERT_NE(file, nullptr);
  ASSERT_EQ(file->GetRasterCount(), 4);
  const int cols = file->GetRasterXSize();
  const int rows = file->GetRasterYSize();
  EXPECT_LE(std::max(cols, rows), 500);
  const auto pixel = [&](int x, int y) {
    std::array<int, 4> rgba{};
    for (int b = 0; b < 4; ++b) {
      EXPECT_EQ(file->GetRasterBand(b + 1)->RasterIO(
                    GF_Read, x, y, 1, 1, &rgba[static_cast<std::size_t>(b)], 1, 1, GDT_Int32, 0, 0),
                CE_None);
    }
    return rgba;
  };
  EXPECT_EQ(pixel(cols / 4, rows * 3 / 4), (std::array{100, 50, 0, 255}));
  EXPECT_EQ(pixel(cols * 3 / 4, rows / 2), (std::array{200, 100, 0, 255}));
  EXPECT_EQ(pixel(cols / 12, rows / 4)[3], 0);
}

TEST(Picture, RefusesWhatItCannotDraw) {
  const Raster<float> raster(grid_of(4, 4), 1.0F);
  EXPECT_FALSE(to_png_mercator(raster, {}, 100, nullptr));
  EXPECT_FALSE(to_png_mercator(raster, {{1, 0, 0, 0, 0, ""}, {1, 0, 0, 0, 0, ""}}, 100, nullptr));
  EXPECT_FALSE(to_png_mercator(raster, {{1, 0, 0, 0, 0, ""}}, 0, nullptr));
  EXPECT_FALSE(to_png_mercator({}, {{1, 0, 0, 0, 0, ""}}, 10, nullptr));
}

TEST(Transform, KeepsEastBeforeNorthAndComesBack) {
  // Vilnius cathedral, in degrees and in LKS-94.
  const auto lks = transform({{25.2876, 54.6858}}, 4326, kLks);
  ASSERT_TRUE(lks);
  EXPECT_NEAR((*lks)[0].x, 582950, 200);
  EXPECT_NEAR((*lks)[0].y, 6061900, 1000);
  const auto back = transform(*lks, kLks, 4326);
  EXPECT_NEAR((*back)[0].x, 25.2876, 1e-8);
  EXPECT_NEAR((*back)[0].y, 54.6858, 1e-8);
  EXPECT_FALSE(transform({{NAN, 0}}, 4326, kLks));
  EXPECT_FALSE(transform({{0, 0}}, 0, kLks));
  EXPECT_FALSE(transform({{1e9, 1e9}}, 4326, kLks));
}

}  // namespace
}  // namespace abatis
