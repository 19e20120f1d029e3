#pragma once
// Tables of text for a terminal of 80 columns.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace abatis::cli {

inline constexpr std::size_t kPage = 80;  // columns of a page

// Rows of cells under each other. The first `left` columns are set to the left, the rest to the
// right; each is as wide as its widest cell.
class Columns {
 public:
  explicit Columns(std::size_t left) : left_(left) {}
  void row(std::vector<std::string> cells) { rows_.push_back({std::move(cells)}); }
  // Words across all columns, wrapped to the page, behind `indent` blanks more.
  void across(std::string words, std::size_t indent = 0) {
    rows_.push_back({{}, std::move(words), indent});
  }
  // Lines with `indent` blanks before them, each ended by a line break.
  std::string text(std::size_t indent) const;

 private:
  std::size_t left_;
  struct Row {
    std::vector<std::string> cells;
    std::string across = {};  // instead of cells
    std::size_t indent = 0;
  };
  std::vector<Row> rows_;
};

// The text wrapped to the page, each line behind `indent` blanks and ended by a line break.
std::string paragraph(std::string_view text, std::size_t indent);
// One line wrapped to the page: what is broken off stands `further` columns to the right of the
// line's own indent. No line break at the end.
std::string hanging(std::string_view line, std::size_t further);

}  // namespace abatis::cli
