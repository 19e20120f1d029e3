#pragma once
// Collects every fault of one file, so that a user sees all of them at once, in file order.

#include <string>
#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/words.hpp"
#include "toml_node.hpp"

namespace abatis {

class Diagnostics {
 public:
  explicit Diagnostics(std::string file) : file_(std::move(file)) {}

  void error(Place at, std::string message, std::string hint = {}, std::string item = {});
  // An error made elsewhere (a path, a projection), put at a place of this file.
  void error(Place at, const Error& cause, std::string item = {});

  bool empty() const { return errors_.empty(); }
  const std::string& file() const { return file_; }
  Where where(Place at, std::string item = {}) const {
    return {.file = file_, .line = at.line, .column = at.column, .item = std::move(item)};
  }
  // The errors by line and column, at most kMaxErrors of them and then one that counts the rest.
  Errors sorted() const;

  static constexpr std::size_t kMaxErrors = 200;

 private:
  std::string file_;
  Errors errors_;
};

}  // namespace abatis
