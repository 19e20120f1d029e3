#pragma once
// The parts of plan.json about obstacles together, parks, decisions and quotas.

#include <nlohmann/json.hpp>

#include "obstacle_facts.hpp"

namespace abatis::report {

nlohmann::ordered_json belts_json(const RunView& view, const ObstacleFacts& facts);
nlohmann::ordered_json parks_json(const RunView& view, const ObstacleFacts& facts);
nlohmann::ordered_json readiness_json(const RunView& view, const ObstacleFacts& facts);
nlohmann::ordered_json decisions_json(const RunView& view, const ObstacleFacts& facts);
nlohmann::ordered_json quotas_json(const RunView& view, const ObstacleFacts& facts);

}  // namespace abatis::report
