#pragma once
// The part of JSON Schema that docs/reference/*.schema.json use.

#include <algorithm>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace abatis::testing {

// The first fault of `value`, or "". `root` holds the $defs.
inline std::string schema_fault(const nlohmann::json& value, const nlohmann::json& given,
                                const nlohmann::json& root, const std::string& at) {
  using Json = nlohmann::json;
  const Json& schema = given.contains("$ref")
                           ? root.at(Json::json_pointer(given["$ref"].get<std::string>().substr(1)))
                           : given;
  if (schema.contains("const") && value != schema["const"]) return at + " is not its constant";
  if (schema.contains("enum") &&
      std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end()) {
    return at + " is not one of its values";
  }
  if (!schema.contains("type")) return {};
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
  if (value.is_object()) {
    const Json none = Json::object(), nothing = Json::array();
    const Json& required = schema.contains("required") ? schema["required"] : nothing;
    const Json& known = schema.contains("properties") ? schema["properties"] : none;
    // Maps: members of any name, of one kind.
    const bool map =
        schema.contains("additionalProperties") && schema["additionalProperties"].is_object();
    for (const Json& name : required) {
      if (!value.contains(name.get<std::string>())) return at + " lacks " + name.get<std::string>();
    }
    for (const auto& [name, member] : value.items()) {
      if (!map && !known.contains(name)) return at + " has an undocumented " + name;
      const Json& kind = known.contains(name) ? known[name] : schema["additionalProperties"];
      const std::string inner = schema_fault(member, kind, root, at + "/" + name);
      if (!inner.empty()) return inner;
    }
  }
  if (value.is_array()) {
    if (value.size() > schema.value("maxItems", value.size())) return at + " is too long";
    if (value.size() < schema.value("minItems", std::size_t{0})) return at + " is too short";
    for (const Json& member : value) {
      const std::string inner = schema_fault(member, schema["items"], root, at + "/[]");
      if (!inner.empty()) return inner;
    }
  }
  return {};
}

inline std::string schema_fault(const nlohmann::json& value, const nlohmann::json& schema) {
  return schema_fault(value, schema, schema, "");
}

}  // namespace abatis::testing
