#include <fstream>
#include <string>

#include "abatis/run/run.hpp"

namespace abatis {

std::uint64_t available_memory() {
  std::ifstream info("/proc/meminfo");
  std::string key;
  std::uint64_t kib = 0;
  std::string rest;
  while (info >> key >> kib && std::getline(info, rest)) {
    if (key == "MemAvailable:") return kib * 1024;
  }
  return UINT64_MAX;  // not Linux: nothing to refuse by
}

}  // namespace abatis
