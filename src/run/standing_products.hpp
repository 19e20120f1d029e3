#pragma once
// Products of an earlier run that still stand: what was said and which files, with their hashes.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"

namespace abatis {

struct StandingProducts {
  std::vector<std::string> words;
  std::vector<std::string> files;  // relative to the output folder
};

// Key of what is written for a plan: `key` without it, the gap asked for, the digest of the plan.
std::string products_key(const std::string& key, double gap, const std::string& plan);

// Text for the stage cache: the words, and each file with its SHA-256.
Result<std::string> describe_products(const StandingProducts& products,
                                      const std::filesystem::path& out);
// What such a text says, when every file in it stands in `out` unchanged.
std::optional<StandingProducts> standing_products(std::string_view stored,
                                                  const std::filesystem::path& out);

}  // namespace abatis
