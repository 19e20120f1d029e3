#pragma once
// Values as the JSON products write them.

#include <cmath>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "text.hpp"

namespace abatis::report {

using Json = nlohmann::ordered_json;

// JSON has no infinity: what never happens, never arrives or cannot be done is null.
inline Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}
inline Json number(const std::optional<double>& value) {
  return value ? number(*value) : Json(nullptr);
}
inline Json seconds(double s) {  // whole ones
  return number(std::round(s));
}
inline Json text(const std::string& value) {
  return valid_utf8(value);
}
inline Json text_or_null(const std::string& value) {
  return value.empty() ? Json(nullptr) : text(value);
}

}  // namespace abatis::report
