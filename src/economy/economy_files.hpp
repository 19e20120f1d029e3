#pragma once
#include <string>
#include <vector>

#include "table_reader.hpp"

namespace abatis {

struct EconomyText {
  std::string state, text;
};
const std::vector<EconomyText>& builtin_economies();

// Every key of an economy file; a test holds docs/reference/economy.md to it.
std::span<const TableSpec* const> economy_tables();

}  // namespace abatis
