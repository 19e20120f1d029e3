#pragma once
// Checks the words of a command line against the command tree, before their values are read.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"

namespace abatis::cli {

// An unknown command or option (with the nearest known one), or one positional too many. `words`
// are those after the program's name. Values and what is missing are checked elsewhere.
Status check_words(std::span<const std::string_view> words);

// The words with another word for a group put right, its usual command where none is named, and
// older names of options replaced by those of today.
std::vector<std::string> plain_words(std::vector<std::string> words);

// The command that `words` begin with ("data build"), as far as they name one.
std::string command_of(std::span<const std::string_view> words);

}  // namespace abatis::cli
