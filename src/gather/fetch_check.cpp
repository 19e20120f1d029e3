#include "fetch_check.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <fstream>
#include <optional>
#include <set>
#include <string>

#include <fmt/format.h>

namespace abatis::gather {
namespace {

// Numbers at any place of a file; nothing is read past its end.
class Bytes {
 public:
  explicit Bytes(const std::filesystem::path& file) : in_(file, std::ios::binary) {
    in_.seekg(0, std::ios::end);
    const auto end = in_.tellg();
    size_ = end < 0 ? 0 : static_cast<std::uint64_t>(end);
  }
  std::uint64_t size() const { return size_; }
  bool big_endian = false;

  std::optional<std::string> text(std::uint64_t at, std::uint64_t count) {
    if (at > size_ || count > size_ - at) return std::nullopt;
    std::string bytes(static_cast<std::size_t>(count), '\0');
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(at));
    if (!in_.read(bytes.data(), static_cast<std::streamsize>(count))) return std::nullopt;
    return bytes;
  }
  std::optional<std::uint64_t> number(std::uint64_t at, unsigned width) {
    const auto bytes = text(at, width);
    if (!bytes) return std::nullopt;
    return number_of(*bytes, 0, width);
  }
  std::uint64_t number_of(const std::string& bytes, std::size_t at, unsigned width) const {
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width; ++i) {
      const unsigned place = big_endian ? width - 1 - i : i;
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i]))
               << (8U * place);
    }
    return value;
  }

 private:
  std::ifstream in_;
  std::uint64_t size_ = 0;
};

// TIFF 6.0 and BigTIFF: every strip and tile of every directory must lie within the file.
class Tiff {
 public:
  explicit Tiff(Bytes& bytes) : bytes_(bytes) {}

  // "" when whole, else what is wrong.
  std::string fault() {
    bytes_.big_endian = bytes_.text(0, 2) == "MM";
    big_ = bytes_.number(2, 2) == 43U;
    auto next = big_ ? bytes_.number(8, 8) : bytes_.number(4, 4);
    if (!next || *next == 0) return "has no directory";
    std::set<std::uint64_t> seen;
    while (next && *next != 0) {
      if (!seen.insert(*next).second) return "has directories in a circle";
      std::string wrong = directory(*next, next);
      if (!wrong.empty()) return wrong;
    }
    return next ? "" : "ends within a directory";
  }

 private:
  struct Array {
    std::uint64_t at = 0, count = 0;
    unsigned width = 0;
  };

  std::string directory(std::uint64_t at, std::optional<std::uint64_t>& next) {
    const unsigned head = big_ ? 8 : 2;
    const unsigned entry = big_ ? 20 : 12;
    const auto count = bytes_.number(at, head);
    if (!count || *count > 65535) return "ends within a directory";
    std::optional<Array> offsets;
    std::optional<Array> lengths;
    for (std::uint64_t i = 0; i < *count; ++i) {
      const std::uint64_t place = at + head + i * entry;
      const auto tag = bytes_.number(place, 2);
      if (!tag) return "ends within a directory";
      if (*tag == 273 || *tag == 324) offsets = array(place);
      if (*tag == 279 || *tag == 325) lengths = array(place);
    }
    next = bytes_.number(at + head + *count * entry, big_ ? 8 : 4);
    if (!offsets || !lengths || offsets->count != lengths->count) return "names no image data";
    return blocks(*offsets, *lengths);
  }

  std::optional<Array> array(std::uint64_t place) {
    const auto type = bytes_.number(place + 2, 2);
    const auto count = bytes_.number(place + 4, big_ ? 8 : 4);
    if (!type || !count) return std::nullopt;
    const unsigned width = *type == 3 ? 2 : *type == 4 ? 4 : *type == 16 ? 8 : 0;
    if (width == 0 || *count > bytes_.size()) return std::nullopt;
    const unsigned room = big_ ? 8 : 4;
    const std::uint64_t value = place + (big_ ? 12U : 8U);
    if (*count * width <= room) return Array{value, *count, width};
    const auto at = bytes_.number(value, room);
    if (!at) return std::nullopt;
    return Array{*at, *count, width};
  }

  std::string blocks(const Array& offsets, const Array& lengths) {
    const auto at = bytes_.text(offsets.at, offsets.count * offsets.width);
    const auto length = bytes_.text(lengths.at, lengths.count * lengths.width);
    if (!at || !length) return "ends within its list of blocks";
    for (std::uint64_t i = 0; i < offsets.count; ++i) {
      const std::uint64_t from = bytes_.number_of(*at, i * offsets.width, offsets.width);
      const std::uint64_t size = bytes_.number_of(*length, i * lengths.width, lengths.width);
      // A sparse file leaves blocks out.
      if (size != 0 && (from > bytes_.size() || size > bytes_.size() - from)) {
        return fmt::format("is cut off: block {} of {} ends beyond its {} bytes", i + 1,
                           offsets.count, bytes_.size());
      }
    }
    return "";
  }

  Bytes& bytes_;
  bool big_ = false;
};

std::optional<std::uint64_t> varint(const std::string& bytes, std::size_t& at) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && at < bytes.size(); shift += 7) {
    const auto b = static_cast<unsigned char>(bytes[at++]);
    value |= static_cast<std::uint64_t>(b & 0x7FU) << shift;
    if ((b & 0x80U) == 0) return value;
  }
  return std::nullopt;
}

// datasize of a BlobHeader (field 3), nothing when the message is malformed.
std::optional<std::uint64_t> blob_size(const std::string& header) {
  std::optional<std::uint64_t> size;
  for (std::size_t at = 0; at < header.size();) {
    const auto key = varint(header, at);
    if (!key) return std::nullopt;
    const auto value = varint(header, at);  // of a number, or the length of bytes
    if (!value) return std::nullopt;
    if ((*key & 7U) == 0) {
      if (*key >> 3U == 3) size = *value;
    } else if ((*key & 7U) == 2 && *value <= header.size() - at) {
      at += static_cast<std::size_t>(*value);
    } else {
      return std::nullopt;
    }
  }
  return size;
}

// OSM PBF: (length, BlobHeader, Blob) over and over, to the very end of the file.
std::string pbf_fault(Bytes& bytes) {
  bytes.big_endian = true;
  std::uint64_t at = 0;
  for (int block = 1; at < bytes.size(); ++block) {
    const auto length = bytes.number(at, 4);
    const auto header =
        length && *length <= (64U << 10U) ? bytes.text(at + 4, *length) : std::nullopt;
    const auto size = header ? blob_size(*header) : std::nullopt;
    if (!size || *size > bytes.size() - at - 4 - *length) {
      return fmt::format("is cut off or damaged at block {}", block);
    }
    at += 4 + *length + *size;
  }
  return "";
}

std::string zip_fault(Bytes& bytes) {
  constexpr std::uint64_t kLongestTail = 22 + 65535;
  const std::uint64_t from = bytes.size() > kLongestTail ? bytes.size() - kLongestTail : 0;
  const auto tail = bytes.text(from, bytes.size() - from);
  const bool ends = tail && tail->rfind("PK\x05\x06") != std::string::npos;
  return ends ? "" : "is cut off: it has no directory at its end";
}

bool begins_rightly(const std::string& head, FetchType type) {
  switch (type) {
    case FetchType::any:
      return true;
    case FetchType::tiff:
      return head.rfind(std::string("II*\0", 4), 0) == 0 ||
             head.rfind(std::string("MM\0*", 4), 0) == 0 ||
             head.rfind(std::string("II+\0", 4), 0) == 0 ||
             head.rfind(std::string("MM\0+", 4), 0) == 0;
    case FetchType::pbf:
      return head.size() >= 15 && head[4] == '\x0a' && head.compare(6, 9, "OSMHeader") == 0;
    case FetchType::zip:
      return head.rfind("PK\x03\x04", 0) == 0;
  }
  return false;
}

// The beginning of a file for a message: an error page is known by its first words.
std::string printable(const std::string& head) {
  std::string text;
  for (const char c : head.substr(0, 40)) {
    text += std::isprint(static_cast<unsigned char>(c)) != 0 ? c : '.';
  }
  return text;
}

}  // namespace

std::string_view name_of(FetchType type) {
  switch (type) {
    case FetchType::any:
      return "file";
    case FetchType::tiff:
      return "TIFF";
    case FetchType::pbf:
      return "OSM PBF";
    case FetchType::zip:
      return "zip";
  }
  return "file";
}

Status check_file_type(const std::filesystem::path& file, FetchType type) {
  Bytes bytes(file);
  const auto wrong = [&](std::string message) {
    return input_error(std::move(message), {.file = file.string()});
  };
  if (bytes.size() == 0) return wrong("the file is empty");
  const std::string head = bytes.text(0, std::min<std::uint64_t>(bytes.size(), 64)).value_or("");
  if (!begins_rightly(head, type)) {
    return wrong(fmt::format("is not a {}: it begins with \"{}\"", name_of(type), printable(head)));
  }
  std::string fault;
  if (type == FetchType::tiff) fault = Tiff(bytes).fault();
  if (type == FetchType::pbf) fault = pbf_fault(bytes);
  if (type == FetchType::zip) fault = zip_fault(bytes);
  if (!fault.empty()) return wrong(fmt::format("the {} {}", name_of(type), fault));
  return {};
}

}  // namespace abatis::gather
