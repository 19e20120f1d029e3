#pragma once
// A table as CSV text, row by row (RFC 4180, CRLF).

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "text.hpp"

namespace abatis::report {

class Csv {
 public:
  explicit Csv(std::initializer_list<const char*> header) {
    for (const char* name : header) text(name);
    end();
  }
  Csv& text(std::string_view value) { return field(csv_text(valid_utf8(value))); }
  Csv& number(double value) { return field(csv_number(value)); }
  Csv& whole(std::int64_t value) { return field(std::to_string(value)); }
  Csv& empty() { return field({}); }
  void end() {
    out_ += "\r\n";
    first_ = true;
  }
  std::string take() { return std::move(out_); }

 private:
  Csv& field(const std::string& value) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += value;
    return *this;
  }
  std::string out_;
  bool first_ = true;
};

}  // namespace abatis::report
