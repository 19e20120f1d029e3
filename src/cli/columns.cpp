#include "columns.hpp"

#include <algorithm>
#include <sstream>

#include "abatis/base/words.hpp"

namespace abatis::cli {
namespace {

// Characters, not bytes.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned>(c) & 0xC0U) != 0x80U;
  }));
}

}  // namespace

std::string Columns::text(std::size_t indent) const {
  std::vector<std::size_t> widths;
  for (const Row& row : rows_) {
    widths.resize(std::max(widths.size(), row.cells.size()), 0);
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      widths[i] = std::max(widths[i], width_of(row.cells[i]));
    }
  }
  std::string out;
  for (const Row& row : rows_) {
    if (row.cells.empty()) {
      out += paragraph(row.across, indent + row.indent);
      continue;
    }
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string blanks(widths[i] - width_of(row.cells[i]), ' ');
      if (i > 0) line += "  ";
      line += i < left_ ? row.cells[i] + blanks : blanks + row.cells[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  return out;
}

std::string paragraph(std::string_view text, std::size_t indent) {
  std::istringstream lines(wrapped(text, kPage - indent));
  std::string out;
  for (std::string line; std::getline(lines, line);) out += std::string(indent, ' ') + line + '\n';
  return out;
}

std::string hanging(std::string_view line, std::size_t further) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  std::string out(indent, ' ');
  for (const char c : wrapped(line.substr(indent), kPage - indent - further)) {
    out += c;
    if (c == '\n') out += std::string(indent + further, ' ');
  }
  return out;
}

}  // namespace abatis::cli
