#pragma once
// A run of a small world, what it says when it fails, and what it leaves.

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

#include "abatis/base/hash.hpp"
#include "abatis/run/run.hpp"
#include "support/tiny_world.hpp"

namespace abatis::testing {

inline RunOptions options_of(const TinyWorld& world, int threads = 2) {
  RunOptions options{.scenario = world.scenario(), .out = world.out(), .threads = threads};
  options.program = "test";
  return options;
}

inline std::string words_of(const Errors& errors) {
  std::string words;
  for (const Error& error : errors) words += to_string(error) + "\n";
  return words;
}

inline RunSummary run_or_throw(const RunOptions& options, Monitor& monitor = silent_monitor()) {
  auto summary = run(options, monitor);
  if (!summary) throw std::runtime_error(words_of(summary.error()));
  return std::move(*summary);
}

// Hash of every product, by name.
inline std::map<std::string, std::string> digests(const std::filesystem::path& out) {
  std::map<std::string, std::string> hashes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(out)) {
    const auto name = std::filesystem::relative(entry.path(), out).string();
    if (entry.is_regular_file() && !name.starts_with(".stages")) {
      hashes[name] = sha256_file(entry.path()).value();
    }
  }
  return hashes;
}

}  // namespace abatis::testing
