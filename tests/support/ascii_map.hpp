#pragma once
// Terrain drawn as text, for tests. One character is one cell; the first row is the northern one.
//
//   AsciiMap map({"A.a.B",
//                 "..a..",
//                 "==^=="}, {.delay_s = {{'a', 60}}});
//   TimeField t = travel_time(map.travel_input(), map.cells('A'));
//   EXPECT_EQ(map.draw(least_time_path(t, map.cell('B'))), (std::vector<std::string>{...}));
//
//   .  open ground         :  rough ground          =  road
//   #  wall (impassable)   ~  water (impassable)    ^  bridge: road over water or a barrier
//   a..z  cells of a barrier on open ground: ids 1, 2, ... in alphabetical order of those drawn
//   A..Z  named cells on open ground               0..9  named cells on a road

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "abatis/geo/grid.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis::testing {

struct AsciiLegend {
  double cell_m = 100;
  int epsg = 3346;
  float open_mps = 10;
  float rough_mps = 5;
  float road_mps = 20;
  std::map<char, double> delay_s;  // by barrier letter; a barrier drawn without one costs nothing
};

class AsciiMap {
 public:
  explicit AsciiMap(std::vector<std::string> rows, AsciiLegend legend = {})
      : rows_(std::move(rows)) {
    if (rows_.empty() || rows_[0].empty()) throw std::invalid_argument("ascii map: empty");
    grid_ = {.epsg = legend.epsg,
             .origin_x = 0,
             .origin_y = legend.cell_m * static_cast<double>(rows_.size()),
             .cell = legend.cell_m,
             .rows = static_cast<std::int32_t>(rows_.size()),
             .cols = static_cast<std::int32_t>(rows_[0].size())};
    speed_mps_ = Raster<float>(grid_, 0.0F);
    barrier_ = Raster<std::int32_t>(grid_, 0);
    number_barriers(legend);
    for (std::int32_t r = 0; r < grid_.rows; ++r) {
      const std::string& row = rows_[static_cast<std::size_t>(r)];
      if (row.size() != rows_[0].size()) {
        throw std::invalid_argument("ascii map: row " + std::to_string(r) + " has another length");
      }
      for (std::int32_t c = 0; c < grid_.cols; ++c) {
        read(row[static_cast<std::size_t>(c)], grid_.at(r, c), legend);
      }
    }
  }

  const Grid& grid() const { return grid_; }
  const std::vector<std::string>& rows() const { return rows_; }
  Raster<float>& speed_mps() { return speed_mps_; }
  const Raster<float>& speed_mps() const { return speed_mps_; }
  Raster<std::int32_t>& barrier() { return barrier_; }
  const Raster<std::int32_t>& barrier() const { return barrier_; }
  std::vector<double>& delay_s() { return delay_s_; }
  std::int32_t barrier_id(char letter) const { return ids_.at(letter); }

  // Valid as long as the map is.
  TravelInput travel_input() const {
    return {.speed_mps = &speed_mps_, .barrier = &barrier_, .delay_s = delay_s_};
  }

  // Every cell drawn as `c`, in row-major order (empty when none is).
  std::vector<Cell> cells(char c) const {
    const auto found = drawn_.find(c);
    return found == drawn_.end() ? std::vector<Cell>{} : found->second;
  }
  // The one cell drawn as `c`; throws unless there is exactly one.
  Cell cell(char c) const {
    const std::vector<Cell> all = cells(c);
    if (all.size() != 1) {
      throw std::invalid_argument(std::string("ascii map: '") + c + "' is drawn " +
                                  std::to_string(all.size()) + " times");
    }
    return all[0];
  }
  // The centre of that cell, in metres.
  Point at(char c) const { return grid_.centre(cell(c)); }
  // 1 where the map shows one of `letters`.
  Raster<std::uint8_t> mask(const std::string& letters) const {
    Raster<std::uint8_t> out(grid_, 0);
    for (const char c : letters) {
      for (const Cell cell : cells(c)) out[cell] = 1;
    }
    return out;
  }

  // The map with `path` drawn over it: '*' on every cell of it but those named by a capital
  // letter or digit, which stay.
  std::vector<std::string> draw(const std::vector<Cell>& path) const {
    std::vector<std::string> out = rows_;
    for (const Cell c : path) {
      char& shown =
          out[static_cast<std::size_t>(grid_.row_of(c))][static_cast<std::size_t>(grid_.col_of(c))];
      const bool named = (shown >= 'A' && shown <= 'Z') || (shown >= '0' && shown <= '9');
      if (!named) shown = '*';
    }
    return out;
  }

 private:
  void number_barriers(const AsciiLegend& legend) {
    std::set<char> letters;
    for (const std::string& row : rows_) {
      for (const char c : row) {
        if (c >= 'a' && c <= 'z') letters.insert(c);
      }
    }
    delay_s_.assign(1, 0.0);
    for (const char letter : letters) {
      ids_[letter] = static_cast<std::int32_t>(delay_s_.size());
      const auto delay = legend.delay_s.find(letter);
      delay_s_.push_back(delay == legend.delay_s.end() ? 0.0 : delay->second);
    }
    for (const auto& [letter, delay] : legend.delay_s) {
      if (!ids_.contains(letter)) {
        throw std::invalid_argument(std::string("ascii map: a delay for '") + letter +
                                    "', which is not drawn");
      }
    }
  }

  void read(char shown, Cell cell, const AsciiLegend& legend) {
    drawn_[shown].push_back(cell);
    float& speed = speed_mps_[cell];
    if (shown == '.' || (shown >= 'A' && shown <= 'Z')) {
      speed = legend.open_mps;
    } else if (shown == ':') {
      speed = legend.rough_mps;
    } else if (shown == '=' || shown == '^' || (shown >= '0' && shown <= '9')) {
      speed = legend.road_mps;
    } else if (shown >= 'a' && shown <= 'z') {
      speed = legend.open_mps;
      barrier_[cell] = ids_.at(shown);
    } else if (shown != '#' && shown != '~') {
      throw std::invalid_argument(std::string("ascii map: '") + shown + "' means nothing");
    }
  }

  std::vector<std::string> rows_;
  Grid grid_;
  Raster<float> speed_mps_;
  Raster<std::int32_t> barrier_;
  std::vector<double> delay_s_;
  std::map<char, std::int32_t> ids_;
  std::map<char, std::vector<Cell>> drawn_;
};

}  // namespace abatis::testing
