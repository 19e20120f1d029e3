#include "build_geojson.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <memory>

#include <fmt/format.h>

#include "abatis/base/numbers.hpp"

namespace abatis::gather {

namespace {

constexpr std::size_t kChunk = 1U << 20U;
constexpr std::size_t kLongestString = 4096;

// Bytes of a file one by one, through a buffer.
class ByteReader {
 public:
  ByteReader(const std::filesystem::path& path, Monitor& monitor)
      : file_(std::fopen(path.c_str(), "rb"), &std::fclose), buffer_(kChunk), monitor_(monitor) {}
  bool is_open() const { return file_ != nullptr; }
  bool failed() const { return std::ferror(file_.get()) != 0; }
  bool stopped() const { return stopped_; }
  std::uint64_t offset() const { return base_ + at_; }

  int next() {
    if (at_ == filled_ && !refill()) return -1;
    return static_cast<unsigned char>(buffer_[at_++]);
  }
  void back() { --at_; }
  // What is left of the buffer, and going on in it.
  const char* here() const { return &buffer_[at_]; }
  std::size_t left() const { return filled_ - at_; }
  void skip(std::size_t bytes) { at_ += bytes; }

 private:
  // Keeps the last byte read in front, so that back() always works.
  bool refill() {
    if (filled_ > 0) {
      buffer_[0] = buffer_[filled_ - 1];
      base_ += filled_ - 1;
    }
    const std::size_t keep = filled_ > 0 ? 1 : 0;
    monitor_.advance(static_cast<std::int64_t>(filled_ - keep));
    stopped_ = stopped_ || monitor_.stop_requested();
    const std::size_t got =
        stopped_ ? 0 : std::fread(&buffer_[keep], 1, buffer_.size() - keep, file_.get());
    filled_ = keep + got;
    at_ = keep;
    return got > 0;
  }

  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::vector<char> buffer_;
  Monitor& monitor_;
  std::size_t at_ = 0, filled_ = 0;
  std::uint64_t base_ = 0;
  bool stopped_ = false;
};

// Follows brackets: an innermost array of numbers is a position, an array of positions a ring, an
// array of rings a polygon. No tree is built.
class Scanner {
 public:
  Scanner(const std::filesystem::path& path, const Bounds& within, std::string label,
          Monitor& monitor)
      : path_(path), within_(within), label_property_(std::move(label)), in_(path, monitor) {}

  Result<std::vector<ScannedPolygon>> run() {
    if (!in_.is_open()) return input_error("cannot be opened", {.file = path_.string()});
    for (int c = in_.next(); c >= 0; c = in_.next()) {
      if (c == ',') continue;  // half of what is between numbers, and means nothing here
      ABATIS_CHECK(take(c));
    }
    if (in_.stopped())
      return fail(ErrorCode::interrupted, "stopped while reading", {path_.string()});
    if (in_.failed()) return fail(ErrorCode::io, "read failure", {path_.string()});
    if (depth_ != 0 || objects_ != 0 || !saw_object_)
      return bad("ends before its brackets are closed");
    end_feature();
    return std::move(found_);
  }

 private:
  tl::unexpected<Error> bad(const std::string& what) const {
    return input_error(what, {.file = path_.string(), .item = fmt::format("byte {}", in_.offset())},
                       "the file is damaged: install the package again");
  }

  Status take(int c) {
    switch (c) {
      case '[':
        ++depth_;
        numbers_ = 0;  // numbers of properties are no part of a position
        return {};
      case ']':
        return close_array();
      case '{':
        ++objects_;
        saw_object_ = true;
        return {};
      case '}':
        numbers_ = 0;
        if (--objects_ < 0) return bad("a bracket too many");
        return {};
      case '"':
        return take_string();
      default:
        if (c == '-' || (c >= '0' && c <= '9')) return take_number(c);
        return {};
    }
  }

  void keep(double value) {
    if (numbers_ < 2) position_[numbers_] = value;
    ++numbers_;
  }

  Status take_number(int first) {
    char text[64];
    if (depth_ > 0 && numbers_ < 3 && in_.left() > sizeof text) {  // mostly: whole in the buffer
      double value = 0;
      const char* start = in_.here() - 1;
      const auto [end, failed] = std::from_chars(start, in_.here() + in_.left(), value);
      if (failed != std::errc{} || (*end != ',' && *end != ']' && *end != '}' && *end != ' ' &&
                                    *end != '\n' && *end != '\r' && *end != '\t'))
        return bad("a number that is none");
      in_.skip(static_cast<std::size_t>(end - start) - 1);
      keep(value);
      return {};
    }
    std::size_t size = 0;
    for (int c = first; c >= 0; c = in_.next()) {
      const bool part =
          (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
      if (!part) {
        in_.back();
        break;
      }
      if (size == sizeof text) return bad("a number of more than 64 digits");
      text[size++] = static_cast<char>(c);
    }
    if (depth_ == 0 || numbers_ >= 3) return {};
    double value = 0;
    const auto [end, failed] = std::from_chars(text, text + size, value);
    if (failed != std::errc{} || end != text + size) return bad("a number that is none");
    keep(value);
    return {};
  }

  Status take_string() {
    string_.clear();
    for (int c = in_.next();; c = in_.next()) {
      if (c < 0) return bad("ends inside a string");
      if (c == '"') break;
      if (c == '\\') c = in_.next();
      if (string_.size() < kLongestString) string_.push_back(static_cast<char>(c));
    }
    if (label_next_) {
      label_ = string_;
      label_next_ = false;
    } else if (string_ == "Feature") {
      end_feature();
    } else if (!label_property_.empty() && string_ == label_property_) {
      label_next_ = true;
    }
    return {};
  }

  Status close_array() {
    if (--depth_ < 0) return bad("a bracket too many");
    if (numbers_ > 0) {                    // a position has ended
      if (numbers_ >= 2 && depth_ >= 2) {  // not a bounding box, a point or a line
        ring_.push_back({position_[0], position_[1]});
        ring_depth_ = depth_;
      }
      numbers_ = 0;
      return {};
    }
    if (!ring_.empty() && depth_ == ring_depth_ - 1) return end_ring();
    if (!polygon_.parts.empty() && depth_ == polygon_depth_ - 1) end_polygon();
    return {};
  }

  Status end_ring() {
    if (ring_.size() < 4) return bad(fmt::format("a ring of {} positions", ring_.size()));
    if (!(ring_.front() == ring_.back())) ring_.push_back(ring_.front());
    for (const Point& p : ring_) {
      box_.min_x = std::min(box_.min_x, p.x);
      box_.min_y = std::min(box_.min_y, p.y);
      box_.max_x = std::max(box_.max_x, p.x);
      box_.max_y = std::max(box_.max_y, p.y);
    }
    polygon_depth_ = depth_;
    // Far rings are dropped at once: a polygon's holes are inside its first ring.
    if (box_.intersects(within_)) {
      polygon_.parts.push_back(ring_);
    } else if (polygon_.parts.empty()) {
      polygon_.parts.emplace_back();
    }
    ring_.clear();
    return {};
  }

  void end_polygon() {
    if (box_.intersects(within_)) {
      polygon_.kind = GeometryKind::polygon;
      pending_.push_back({"", std::move(polygon_)});
    }
    polygon_ = {};
    box_ = kNothing;
  }

  void end_feature() {
    for (auto& polygon : pending_) {
      polygon.label = label_;
      found_.push_back(std::move(polygon));
    }
    pending_.clear();
    label_.clear();
  }

  static constexpr Bounds kNothing{kInfinity, kInfinity, -kInfinity, -kInfinity};

  std::filesystem::path path_;
  Bounds within_;
  std::string label_property_;
  ByteReader in_;
  int depth_ = 0, objects_ = 0, ring_depth_ = 0, polygon_depth_ = 0;
  int numbers_ = 0;
  bool saw_object_ = false, label_next_ = false;
  double position_[2] = {0, 0};
  std::string string_, label_;
  std::vector<Point> ring_;
  Geometry polygon_;
  Bounds box_ = kNothing;
  std::vector<ScannedPolygon> pending_, found_;
};

// Keeps the side of a ring where `inside`; `cut` gives the crossing of an edge.
template <class Inside, class Cut>
std::vector<Point> clip_side(const std::vector<Point>& ring, Inside inside, Cut cut) {
  std::vector<Point> out;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const Point a = ring[i], b = ring[i + 1];
    if (inside(a)) out.push_back(a);
    if (inside(a) != inside(b)) out.push_back(cut(a, b));
  }
  if (!out.empty() && !(out.front() == out.back())) out.push_back(out.front());
  return out;
}

}  // namespace

Result<std::vector<ScannedPolygon>> scan_polygons(const std::filesystem::path& file,
                                                  const Bounds& within,
                                                  const std::string& label_property,
                                                  Monitor& monitor) {
  return Scanner(file, within, label_property, monitor).run();
}

Geometry clipped(const Geometry& polygon, const Bounds& w) {
  Geometry out;
  out.kind = GeometryKind::polygon;
  const auto at_x = [](double x) {
    return [x](Point a, Point b) { return Point{x, a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)}; };
  };
  const auto at_y = [](double y) {
    return [y](Point a, Point b) { return Point{a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y), y}; };
  };
  for (const auto& part : polygon.parts) {
    auto ring = clip_side(part, [&](Point p) { return p.x >= w.min_x; }, at_x(w.min_x));
    ring = clip_side(ring, [&](Point p) { return p.x <= w.max_x; }, at_x(w.max_x));
    ring = clip_side(ring, [&](Point p) { return p.y >= w.min_y; }, at_y(w.min_y));
    ring = clip_side(ring, [&](Point p) { return p.y <= w.max_y; }, at_y(w.max_y));
    if (ring.size() >= 4) out.parts.push_back(std::move(ring));
  }
  return out;
}

}  // namespace abatis::gather
