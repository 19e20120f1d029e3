#include "abatis/base/words.hpp"

#include <algorithm>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/base/random.hpp"

namespace abatis {
namespace {

using ::testing::HasSubstr;

// The definition by recursion: optimal string alignment.
int distance_by_definition(std::string_view a, std::string_view b) {
  if (a.empty()) return static_cast<int>(b.size());
  if (b.empty()) return static_cast<int>(a.size());
  const auto cut = [](std::string_view s, std::size_t n) { return s.substr(0, s.size() - n); };
  int best =
      std::min({distance_by_definition(cut(a, 1), b) + 1, distance_by_definition(a, cut(b, 1)) + 1,
                distance_by_definition(cut(a, 1), cut(b, 1)) + (a.back() != b.back())});
  if (a.size() > 1 && b.size() > 1 && a.back() == b[b.size() - 2] && b.back() == a[a.size() - 2]) {
    best = std::min(best, distance_by_definition(cut(a, 2), cut(b, 2)) + 1);
  }
  return best;
}

TEST(EditDistance, EqualsItsDefinitionOnRandomWords) {
  constexpr std::uint64_t kSeed = 7;
  Random random(kSeed, 0);
  const auto word = [&] {
    std::string w;
    for (std::uint64_t n = random.below(7); n > 0; --n) {
      w += static_cast<char>('a' + random.below(3));
    }
    return w;
  };
  for (int i = 0; i < 300; ++i) {
    const std::string a = word(), b = word();
    EXPECT_EQ(edit_distance(a, b), distance_by_definition(a, b))
        << "seed " << kSeed << ": " << a << " " << b;
  }
}

TEST(EditDistance, IgnoresCaseAndCutsLongText) {
  EXPECT_EQ(edit_distance("CELL", "cell"), 0);
  EXPECT_EQ(edit_distance(std::string(100'000, 'a'), std::string(64, 'a')), 0);
}

TEST(NearestHint, SuggestsSlipsAndBeginningsOnly) {
  const std::vector<std::string> keys{"cell", "epsg", "anti_tank_mines"};
  EXPECT_EQ(nearest_hint("cel", keys, "key"), "did you mean \"cell\"?");
  EXPECT_EQ(nearest_hint("espg", keys, "key"), "did you mean \"epsg\"?");
  EXPECT_EQ(nearest_hint("anti_tank", keys, "key"), "did you mean \"anti_tank_mines\"?");
  EXPECT_EQ(nearest_hint("zebra", keys, "key"), "known: cell, epsg, anti_tank_mines");
  EXPECT_EQ(nearest_hint("b", std::vector<std::string>{"a"}, "entry"), "known: a");
  EXPECT_EQ(nearest_hint("b", {}, "entry"), "there is no entry to choose from");
}

TEST(InQuotes, EscapesAndCuts) {
  EXPECT_EQ(in_quotes("a\nb\x1b"), "\"a\\nb\\x1b\"");
  EXPECT_EQ(in_quotes("ąžuolas"), "\"ąžuolas\"");
  EXPECT_THAT(in_quotes(std::string(1000, 'x')), HasSubstr("x...\""));
  EXPECT_LT(in_quotes(std::string(1000, 'x')).size(), 70U);
}

TEST(Words, WrapAtTheWidthAndKeepWhatIsTooLong) {
  EXPECT_EQ(wrapped("one two three", 7), "one two\nthree");
  EXPECT_EQ(wrapped("one two three", 6), "one\ntwo\nthree");
  EXPECT_EQ(wrapped("one\ntwo three", 20), "one\ntwo three");
  EXPECT_EQ(wrapped("a somewhat-long-word b", 5), "a\nsomewhat-long-word\nb");
  EXPECT_EQ(wrapped("ąč ęė", 5), "ąč ęė");  // five characters in nine bytes
  EXPECT_EQ(wrapped("", 5), "");
}

}  // namespace
}  // namespace abatis
