#include "abatis/base/memory.hpp"

#include <fstream>
#include <string>

#include <sys/resource.h>

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

std::uint64_t peak_memory() {
  struct rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;  // Linux counts in KiB
}

}  // namespace abatis
