#pragma once
// Words of a user in messages: the nearest known one, and text that is safe to show.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace abatis {

// Optimal string alignment distance (insert, delete, replace, swap neighbours), case ignored.
// Strings are cut at 64 bytes. O(64 x 64).
int edit_distance(std::string_view a, std::string_view b);

// `did you mean "cell"?` for the nearest of `known` when at most a third of the letters differ, or
// when `text` begins it; else the first of them.
std::string nearest_hint(std::string_view text, std::span<const std::string> known,
                         std::string_view what);

// The text with its blanks turned into line breaks so that no line is longer than `width`
// characters, words longer than that apart. Line breaks in `text` stay.
std::string wrapped(std::string_view text, std::size_t width);

// Text as it may stand in a message: at most 60 characters, control characters escaped, quoted.
std::string in_quotes(std::string_view text);

}  // namespace abatis
