#pragma once
#include <span>
#include <string_view>

#include "table_reader.hpp"

namespace abatis {

std::string_view builtin_evacuation();

// Every key of the file; a test holds docs/reference/evacuation.md to it.
std::span<const TableSpec* const> leaving_tables();

}  // namespace abatis
