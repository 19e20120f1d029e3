#include "scenario/toml_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace abatis {
namespace {

using ::testing::HasSubstr;

TEST(Toml, KeepsPlacesOfKeysAndValuesInFileOrder) {
  const auto root = parse_toml(
      "zebra = 1\n[table]\n  key = \"ą\" # c\n  b = [1.5, true]\n[[list]]\nx=2020-01-01\n");
  ASSERT_TRUE(root);
  ASSERT_EQ(root->entries.size(), 3U);
  EXPECT_EQ(root->entries[0].key, "zebra");
  EXPECT_EQ(root->entries[0].value.at, (Place{1, 9}));
  const TomlEntry* table = root->find("table");
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->value.at, (Place{2, 1}));
  EXPECT_EQ(table->value.entries[0].at, (Place{3, 3}));
  EXPECT_EQ(table->value.entries[0].value.at, (Place{3, 9}));
  EXPECT_EQ(table->value.entries[0].value.text, "ą");
  const TomlNode& list = table->value.entries[1].value;
  ASSERT_EQ(list.items.size(), 2U);
  EXPECT_EQ(list.items[0].real, 1.5);
  EXPECT_EQ(list.items[1].at, (Place{4, 13}));
  EXPECT_TRUE(list.items[1].boolean);
  EXPECT_EQ(root->find("list")->value.items[0].entries[0].value.kind, TomlNode::Kind::date);
  EXPECT_EQ(root->find("absent"), nullptr);
}

TEST(Toml, SyntaxErrorsHaveTheirPlace) {
  const auto bad = parse_toml("a = 1\nb = \n");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().at.line, 2);
  EXPECT_THAT(bad.error().message, HasSubstr("TOML syntax"));
  for (const char* text :
       {"[&", "a = [&", "[[", "a = \"", "a = '''", "a.b = 1\na = 2", "= 1", "a = 1 b = 2",
        "[a]\n[a]", "a = {b = 1,", "\xEF\xBB", "a = 1e", "\"\\u"}) {
    EXPECT_FALSE(parse_toml(text)) << text;
  }
}

TEST(Toml, MalformedUtf8IsToldAtItsPlace) {
  EXPECT_EQ(first_malformed_character("ok\nšā\xC3("), (Place{2, 3}));
  EXPECT_EQ(first_malformed_character(std::string_view("a\0b", 3)), (Place{1, 2}));
  // Overlong, surrogate, beyond U+10FFFF, lone continuation, cut off.
  for (const char* text : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80",
                           "\xF0\x9F\x92", "\xFF", "\xF5\x80\x80\x80"}) {
    EXPECT_EQ(first_malformed_character(text), (Place{1, 1})) << text;
    EXPECT_FALSE(parse_toml(text));
  }
  EXPECT_EQ(first_malformed_character("Suwałki – ąčęėįšųūž 💂"), Place{});
}

TEST(Toml, DepthAndSizeAreBounded) {
  std::string key = "a";
  for (int i = 0; i < 200'000; ++i) key += ".a";
  const auto deep = parse_toml(key + " = 1");
  ASSERT_FALSE(deep);
  EXPECT_THAT(deep.error().message, HasSubstr("dots"));
  EXPECT_FALSE(parse_toml("[" + key + "]"));
  EXPECT_FALSE(parse_toml("x = " + std::string(100'000, '[')));
  EXPECT_FALSE(parse_toml("x = " + std::string(40, '[') + "1" + std::string(40, ']')));
  EXPECT_TRUE(parse_toml("x = " + std::string(20, '[') + "1" + std::string(20, ']')));
  EXPECT_FALSE(parse_toml(std::string(kMaxTomlBytes + 1, ' ')));
}

TEST(Toml, DotsInTextAndCommentsAreNoDepth) {
  const std::string dots(100, '.');
  EXPECT_EQ(first_deep_key("a = \"" + dots + "\""), Place{});
  EXPECT_EQ(first_deep_key("a = '" + dots + "' # " + dots), Place{});
  EXPECT_EQ(first_deep_key("a = \"\"\"\n" + dots + "\\\"\"\"\""), Place{});
  EXPECT_EQ(first_deep_key("a = \"\\\"" + dots + "\""), Place{});
  EXPECT_EQ(first_deep_key("b = 1\n" + dots + " = 1"), (Place{2, 33}));
  EXPECT_EQ(first_deep_key("a = \"x\" " + dots), (Place{1, 41}));
}

}  // namespace
}  // namespace abatis
