#pragma once
#include <string_view>

namespace abatis {
// SemVer of this build, from CMake's project().
std::string_view version();
}  // namespace abatis
