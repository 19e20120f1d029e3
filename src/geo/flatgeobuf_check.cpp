// Layout: https://github.com/flatgeobuf/flatgeobuf (magic, header, packed R-tree, features, each
// of the flatbuffers behind its length).
#include "flatgeobuf_check.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <cpl_vsi.h>
#include <fmt/format.h>

namespace abatis::gdal {
namespace {

struct CloseFile {
  void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

// Little-endian numbers read forward through a buffer.
class ForwardReader {
 public:
  explicit ForwardReader(const std::string& name) : file_(VSIFOpenL(name.c_str(), "rb")) {
    if (!file_) return;
    VSIFSeekL(file_.get(), 0, SEEK_END);
    size_ = VSIFTellL(file_.get());
  }
  std::uint64_t size() const { return size_; }
  std::uint64_t at() const { return at_; }
  void skip(std::uint64_t bytes) { at_ += std::min(bytes, size_ + 1 - std::min(at_, size_ + 1)); }

  std::optional<std::uint32_t> u32() {
    std::uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i) {
      const auto b = byte(at_ + i);
      if (!b) return std::nullopt;
      value |= static_cast<std::uint32_t>(*b) << (8U * i);
    }
    at_ += 4;
    return value;
  }
  std::optional<std::string> bytes(std::uint64_t count) {
    if (at_ > size_ || count > size_ - at_) return std::nullopt;
    std::string text;
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto b = byte(at_ + i);
      if (!b) return std::nullopt;
      text += static_cast<char>(*b);
    }
    at_ += count;
    return text;
  }

 private:
  std::optional<std::uint8_t> byte(std::uint64_t offset) {
    if (offset >= size_ || !file_) return std::nullopt;
    if (offset < start_ || offset >= start_ + buffer_.size()) {
      buffer_.resize(std::size_t{1} << 20U);
      start_ = offset;
      VSIFSeekL(file_.get(), offset, SEEK_SET);
      buffer_.resize(VSIFReadL(buffer_.data(), 1, buffer_.size(), file_.get()));
      if (buffer_.empty()) return std::nullopt;
    }
    return buffer_[static_cast<std::size_t>(offset - start_)];
  }

  std::unique_ptr<VSILFILE, CloseFile> file_;
  std::uint64_t size_ = 0;
  std::uint64_t at_ = 0;
  std::uint64_t start_ = 0;
  std::vector<std::uint8_t> buffer_;
};

// One scalar of a flatbuffer's root table; `fallback` when the table leaves it out.
std::optional<std::uint64_t> scalar(const std::string& table, unsigned field, unsigned width,
                                    std::uint64_t fallback) {
  const auto number = [&](std::uint64_t at, unsigned bytes) -> std::optional<std::uint64_t> {
    if (at > table.size() || bytes > table.size() - at) return std::nullopt;
    std::uint64_t value = 0;
    for (unsigned i = 0; i < bytes; ++i) {
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(table[at + i])) << (8U * i);
    }
    return value;
  };
  const auto root = number(0, 4);
  if (!root) return std::nullopt;
  const auto back = number(*root, 4);
  if (!back) return std::nullopt;
  const std::uint64_t vtable = *root - static_cast<std::uint64_t>(static_cast<std::int32_t>(*back));
  const auto vtable_size = number(vtable, 2);
  if (!vtable_size) return std::nullopt;
  if (4ULL + 2ULL * field + 2ULL > *vtable_size) return fallback;
  const auto offset = number(vtable + 4 + 2ULL * field, 2);
  if (!offset) return std::nullopt;
  if (*offset == 0) return fallback;
  return number(*root + *offset, width);
}

// Bytes of the packed R-tree: 40 for each node, levels of at most `node_size` children up to one
// root.
std::uint64_t index_bytes(std::uint64_t features, std::uint64_t node_size) {
  if (node_size < 2 || features == 0) return 0;
  std::uint64_t level = features;
  std::uint64_t nodes = features;
  do {
    level = (level + node_size - 1) / node_size;
    nodes += level;
  } while (level > 1);
  return 40 * nodes;
}

}  // namespace

Status check_flatgeobuf_whole(const std::string& name, const std::filesystem::path& path) {
  const auto broken = [&](std::string message) {
    return input_error(std::move(message), {.file = path.string()},
                       "the file is cut off or damaged: fetch or write it again");
  };
  constexpr unsigned kFeaturesCount = 8;
  constexpr unsigned kIndexNodeSize = 9;
  ForwardReader in(name);
  in.skip(8);  // GDAL has checked the magic bytes
  const auto header_size = in.u32();
  const auto header = header_size ? in.bytes(*header_size) : std::nullopt;
  if (!header) return broken("the file ends within its header");
  const auto features = scalar(*header, kFeaturesCount, 8, 0);
  const auto node_size = scalar(*header, kIndexNodeSize, 2, 16);
  if (!features || !node_size || *features > in.size()) return broken("the header is damaged");
  in.skip(index_bytes(*features, *node_size));
  std::uint64_t seen = 0;
  while (in.at() < in.size()) {
    const auto length = in.u32();
    if (length) in.skip(*length);
    if (!length || in.at() > in.size()) {
      return broken(fmt::format("the file ends within feature {}", seen + 1));
    }
    ++seen;
  }
  if (in.at() > in.size()) return broken("the file ends within its index");
  // A header that counts none leaves the number open.
  if (*features != 0 && seen != *features) {
    return broken(fmt::format("the file holds {} of its {} features", seen, *features));
  }
  return {};
}

}  // namespace abatis::gdal
