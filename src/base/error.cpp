#include "abatis/base/error.hpp"

#include <fmt/format.h>

namespace abatis {

std::string to_string(const Error& error) {
  std::string text = error.where.file;
  if (error.where.line > 0) {
    text += fmt::format(":{}", error.where.line);
    if (error.where.column > 0) text += fmt::format(":{}", error.where.column);
  }
  if (!text.empty()) text += ": ";
  text += "error: " + error.message;
  if (!error.where.item.empty()) text += fmt::format(" [{}]", error.where.item);
  if (!error.hint.empty()) text += "\n  hint: " + error.hint;
  return text;
}

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::input:
      return 2;
    case ErrorCode::infeasible:
      return 3;
    case ErrorCode::interrupted:
      return 130;
    case ErrorCode::io:
    case ErrorCode::limit:
    case ErrorCode::internal:
      return 1;
  }
  return 1;
}

}  // namespace abatis
