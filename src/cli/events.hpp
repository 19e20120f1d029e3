#pragma once
// What commands on a scenario tell alike: stages done, words, products. Each also as a JSON line.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "abatis/run/run.hpp"
#include "console.hpp"

namespace abatis::cli {

// Only as events: a command that shows stages says them itself.
void tell_stages(Console& console, const std::vector<StageDone>& stages);
void tell_words(Console& console, const std::vector<std::string>& words,
                std::string_view event = "word");
// The last event of a command: `products` files lie in `out`.
void tell_done(Console& console, const std::filesystem::path& out, std::size_t products,
               bool interrupted = false);

}  // namespace abatis::cli
