#pragma once
// How much memory there is, and how much this process has held.

#include <cstdint>

namespace abatis {

// Bytes that can be taken without swapping; UINT64_MAX where the system does not say.
std::uint64_t available_memory();
// Most bytes that this process has held at once.
std::uint64_t peak_memory();

}  // namespace abatis
