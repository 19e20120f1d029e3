#include "table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "abatis/base/text.hpp"

namespace abatis::covering {
namespace {

constexpr std::size_t kMaxErrors = 20;
constexpr std::size_t kMaxRows = 500'000'000;

// As it may stand in a message.
std::string shown(std::string_view field) {
  constexpr std::size_t kMost = 40;
  std::string text = valid_utf8(field.substr(0, kMost));
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text + (field.size() > kMost ? "..." : "");
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  const auto begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

class TableReader {
 public:
  TableReader(std::string_view text, std::string name, const std::vector<ColumnSpec>& specs)
      : text_(text), name_(std::move(name)), specs_(specs) {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = line_begin_ = 3;
    table_.columns.resize(specs.size());
  }

  tl::expected<NumberTable, Errors> read() {
    if (read_head()) {
      while (errors_.size() < kMaxErrors && next_record()) read_row();
    }
    if (errors_.empty() && table_.rows == 0) {
      fault(0, 0, "no rows", "write a line for each point under the head line");
    }
    if (!errors_.empty()) return tl::unexpected(std::move(errors_));
    return std::move(table_);
  }

 private:
  struct Field {
    std::string_view raw;     // between the separators, quotes taken off
    std::size_t begin = 0;    // byte in the text
    std::size_t line_at = 0;  // byte where its line begins
    int line = 0;
  };

  void fault(int line, int column, std::string message, std::string hint) {
    if (errors_.size() >= kMaxErrors) return;
    errors_.push_back({ErrorCode::input,
                       std::move(message),
                       {.file = name_, .line = line, .column = column},
                       std::move(hint)});
  }
  void fault(const Field& field, std::string message, std::string hint) {
    int column = 1;  // in characters
    for (std::size_t b = field.line_at; b < field.begin; ++b) {
      if ((static_cast<unsigned char>(text_[b]) & 0xC0U) != 0x80U) ++column;
    }
    fault(field.line, column, std::move(message), std::move(hint));
  }

  bool at_line_end() const {
    return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r';
  }

  void end_line() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
    line_begin_ = at_;
  }

  // The fields of the next record that is not blank; false at the end, or after a fault of quotes.
  bool next_record() {
    fields_.clear();
    for (;;) {
      if (at_ >= text_.size()) return false;
      const auto blank = text_.find_first_not_of(" \t", at_);
      if (blank == std::string_view::npos) return false;
      if (text_[blank] != '\n' && text_[blank] != '\r') break;
      at_ = blank;
      end_line();
    }
    for (;;) {
      if (!read_field()) return false;
      if (at_line_end()) break;
      ++at_;  // the comma
    }
    end_line();
    return true;
  }

  bool read_field() {
    Field field{.begin = at_, .line_at = line_begin_, .line = line_};
    const auto first = text_.find_first_not_of(" \t", at_);
    if (first != std::string_view::npos && text_[first] == '"') return read_quoted(field, first);
    std::size_t end = at_;
    while (end < text_.size() && text_[end] != ',' && text_[end] != '\n' && text_[end] != '\r')
      ++end;
    field.raw = text_.substr(at_, end - at_);
    at_ = end;
    fields_.push_back(field);
    return true;
  }

  bool read_quoted(Field field, std::size_t quote) {
    std::size_t end = quote + 1;
    for (;; ++end) {
      if (end >= text_.size()) {
        fault(field, "a quoted field is not closed", "add the closing quote");
        at_ = text_.size();
        return false;
      }
      if (text_[end] == '\n') {
        ++line_;
        line_begin_ = end + 1;
      }
      if (text_[end] != '"') continue;
      if (end + 1 < text_.size() && text_[end + 1] == '"') {
        ++end;  // a quote within
        continue;
      }
      break;
    }
    field.raw = text_.substr(quote + 1, end - quote - 1);
    at_ = end + 1;
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    if (!at_line_end() && text_[at_] != ',') {
      fault(field, "text after a quoted field", "put a comma after the closing quote");
      at_ = text_.size();
      return false;
    }
    fields_.push_back(field);
    return true;
  }

  std::string wanted() const {
    std::string names;
    for (const auto& spec : specs_) {
      names += fmt::format("{}{}{}", names.empty() ? "" : ", ", spec.name,
                           spec.required ? "" : " (optional)");
    }
    return names;
  }

  bool read_head() {
    if (!next_record()) {
      if (errors_.empty()) fault(0, 0, "the file is empty", "begin with a head line: " + wanted());
      return false;
    }
    spec_of_.assign(fields_.size(), -1);
    std::vector<int> seen(specs_.size(), -1);
    for (std::size_t f = 0; f < fields_.size(); ++f) {
      const std::string word = lower(trimmed(fields_[f].raw));
      for (std::size_t s = 0; s < specs_.size(); ++s) {
        if (word != specs_[s].name) continue;
        if (seen[s] >= 0) {
          fault(fields_[f], fmt::format("a second column \"{}\"", word), "keep one of them");
        }
        seen[s] = static_cast<int>(f);
        spec_of_[f] = static_cast<int>(s);
      }
    }
    for (std::size_t s = 0; s < specs_.size(); ++s) {
      if (!specs_[s].required || seen[s] >= 0) continue;
      fault(fields_.front(), fmt::format("no column \"{}\"", specs_[s].name), head_hint());
    }
    return errors_.empty();
  }

  std::string head_hint() const {
    const std::string_view line = fields_.front().raw;
    if (fields_.size() == 1 && line.find(';') != std::string_view::npos) {
      return "part the fields by commas, not semicolons";
    }
    return "the first line names the columns: " + wanted();
  }

  void read_row() {
    if (fields_.size() != spec_of_.size()) {
      return fault(
          fields_.front(),
          fmt::format("{} fields, but the head line has {}", fields_.size(), spec_of_.size()),
          "give each row as many fields as the head line");
    }
    if (table_.rows == kMaxRows) {
      return fault(fields_.front(), "too many rows", fmt::format("at most {} are read", kMaxRows));
    }
    for (std::size_t f = 0; f < fields_.size(); ++f) {
      if (spec_of_[f] < 0) continue;
      const auto s = static_cast<std::size_t>(spec_of_[f]);
      table_.columns[s].push_back(number(fields_[f], specs_[s]));
    }
    ++table_.rows;
  }

  double number(const Field& field, const ColumnSpec& spec) {
    std::string_view text = trimmed(field.raw);
    if (text.empty() && spec.empty_allowed) return std::numeric_limits<double>::quiet_NaN();
    if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = end == text.data() + text.size() && !text.empty();
    if (whole && (code == std::errc::result_out_of_range || !std::isfinite(value))) {
      fault(field, fmt::format("{} \"{}\" is not finite", spec.name, shown(text)),
            fmt::format("write a number from {:g} to {:g}", spec.low, spec.high));
      return 0;
    }
    if (!whole || code != std::errc{}) {
      fault(field, fmt::format("{} \"{}\" is no number", spec.name, shown(text)),
            "write a number with a decimal point, e.g. 12.5");
      return 0;
    }
    if (spec.whole && value != std::floor(value)) {
      fault(field, fmt::format("{} \"{}\" is not whole", spec.name, shown(text)),
            fmt::format("write {:g} or {:g}", spec.low, spec.high));
      return 0;
    }
    if (value < spec.low || value > spec.high) {
      fault(
          field,
          fmt::format("{} {} is outside {:g} to {:g}", spec.name, shown(text), spec.low, spec.high),
          value < 0 && spec.low == 0 ? "it must not be negative"
                                     : "correct it, or use a larger unit in the whole file");
      return 0;
    }
    return value;
  }

  std::string_view text_;
  std::string name_;
  const std::vector<ColumnSpec>& specs_;
  std::size_t at_ = 0, line_begin_ = 0;
  int line_ = 1;
  std::vector<Field> fields_;
  std::vector<int> spec_of_;  // by field of the head line; -1 passed over
  NumberTable table_;
  Errors errors_;
};

}  // namespace

tl::expected<NumberTable, Errors> parse_table(std::string_view text, const std::string& name,
                                              const std::vector<ColumnSpec>& specs) {
  return TableReader(text, name, specs).read();
}

}  // namespace abatis::covering
