#pragma once
// Checks the words of a command line against the command tree, before their values are read.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"

namespace abatis::cli {

// The words with another word for a group put right, and its usual command where none is named.
std::vector<std::string> plain_words(std::vector<std::string> words);

// An unknown command or option (with the nearest known one), or one positional too many. `words`
// are those after the program's name. Values and what is missing are checked elsewhere.
Status check_words(std::span<const std::string_view> words);

// The command that `words` begin with ("data build"), as far as they name one.
// Words as given with another word for a group put right, and its usual command where none is
// named.
std::vector<std::string> plain_words(std::vector<std::string> words);

std::string command_of(std::span<const std::string_view> words);

}  // namespace abatis::cli
