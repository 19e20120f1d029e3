#pragma once
// Holds a JSON value to its schema.

#include <algorithm>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace abatis::testing {

// The part of JSON Schema that the schemas in docs/reference use. Returns the first fault.
inline std::string schema_fault(const nlohmann::json& value, const nlohmann::json& schema,
                                const std::string& at = "") {
  std::vector<std::string> types;
  if (schema["type"].is_array()) {
    types = schema["type"].get<std::vector<std::string>>();
  } else {
    types = {schema["type"].get<std::string>()};
  }
  const auto is = [&](const std::string& type) {
    return type == "object"    ? value.is_object()
           : type == "array"   ? value.is_array()
           : type == "string"  ? value.is_string()
           : type == "boolean" ? value.is_boolean()
           : type == "null"    ? value.is_null()
           : type == "integer" ? value.is_number_integer()
                               : value.is_number();
  };
  if (std::none_of(types.begin(), types.end(), is)) return at + " has the wrong type";
  if (schema.contains("enum") &&
      std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end()) {
    return at + " is not one of its values";
  }
  if (value.is_object()) {
    for (const nlohmann::json& name : schema["required"]) {
      if (!value.contains(name.get<std::string>())) return at + " lacks " + name.get<std::string>();
    }
    for (const auto& [name, member] : value.items()) {
      if (!schema["properties"].contains(name)) return at + " has an undocumented " + name;
      const std::string inner = schema_fault(member, schema["properties"][name], at + "/" + name);
      if (!inner.empty()) return inner;
    }
  }
  if (value.is_array()) {
    for (const nlohmann::json& member : value) {
      const std::string inner = schema_fault(member, schema["items"], at + "/[]");
      if (!inner.empty()) return inner;
    }
  }
  return {};
}

}  // namespace abatis::testing
