#include "abatis/base/text.hpp"

#include <gtest/gtest.h>

namespace abatis {
namespace {

// The other way round: what a code point is encoded as (RFC 3629, section 3).
std::string encoded(unsigned code) {
  const auto tail = [](unsigned bits) { return static_cast<char>(0x80U | (bits & 0x3FU)); };
  if (code < 0x80U) return {static_cast<char>(code)};
  if (code < 0x800U) return {static_cast<char>(0xC0U | (code >> 6U)), tail(code)};
  if (code < 0x10000U) {
    return {static_cast<char>(0xE0U | (code >> 12U)), tail(code >> 6U), tail(code)};
  }
  return {static_cast<char>(0xF0U | (code >> 18U)), tail(code >> 12U), tail(code >> 6U),
          tail(code)};
}

TEST(Text, EveryCodePointIsOneSequenceAndSurrogatesAreNone) {
  for (unsigned code = 0; code <= 0x120000U; ++code) {
    const std::string bytes = encoded(code);
    const bool allowed = (code < 0xD800U || code > 0xDFFFU) && code <= 0x10FFFFU;
    ASSERT_EQ(utf8_length(bytes + "x"), allowed ? bytes.size() : 0) << std::hex << code;
    ASSERT_EQ(utf8_length(bytes.substr(0, bytes.size() - 1)), 0U) << "cut off: " << code;
  }
}

// Of the 65,536 pairs of bytes exactly the two-byte sequences are taken whole, which leaves out
// overlong forms.
TEST(Text, OfAllPairsOfBytesOnlyTheShortestFormsAreTaken) {
  unsigned pairs = 0;
  for (unsigned a = 0; a < 256; ++a) {
    for (unsigned b = 0; b < 256; ++b) {
      const std::string bytes = {static_cast<char>(a), static_cast<char>(b)};
      const std::size_t length = utf8_length(bytes);
      if (length == 2) ++pairs;
      ASSERT_EQ(length == 1, a < 0x80) << a;
    }
  }
  EXPECT_EQ(pairs, 0x800U - 0x80U);
}

TEST(Text, RepairsUtf8) {
  EXPECT_EQ(valid_utf8("Marijampolė"), "Marijampolė");
  EXPECT_EQ(valid_utf8("a\xFFz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(valid_utf8("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");  // overlong slash
  EXPECT_EQ(valid_utf8("\xED\xA0\x80").size(), 9U);               // a lone surrogate
  EXPECT_EQ(valid_utf8("\xF0\x9F\x8C\xB2"), "\xF0\x9F\x8C\xB2");  // a tree
  EXPECT_EQ(valid_utf8("\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD");  // cut off
}

TEST(Text, EscapesXml) {
  EXPECT_EQ(xml_text("<a b='c'>&\""), "&lt;a b=&apos;c&apos;&gt;&amp;&quot;");
  EXPECT_EQ(xml_text(std::string("a\x01") + "b\n\t"), "ab\n\t");
  EXPECT_EQ(xml_text("\xFF"), "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace abatis
