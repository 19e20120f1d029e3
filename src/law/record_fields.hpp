#pragma once
// A record as the JSON object that lines of the records and plan.json hold.

#include <string>

#include <nlohmann/json.hpp>

#include "abatis/law/records.hpp"

namespace abatis {

// Points to 0.1 m (docs/reference/records.md).
nlohmann::ordered_json record_fields(const ZoneRecord& record);
// Throws what the JSON library throws, or std::logic_error, where it is no record.
ZoneRecord record_of(const std::string& zone, const nlohmann::ordered_json& json);

}  // namespace abatis
