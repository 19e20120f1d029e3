#include "report/styles.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace abatis::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReportStyles, EscapeWhatTheyQuote) {
  const std::string style = qml(GeometryKind::line, "kind\"<",
                                {{"a&b", "A & B", {255, 0, 0}}, {"", "rest", {}}}, "name\"");
  EXPECT_THAT(style, HasSubstr("attr=\"kind&quot;&lt;\""));
  EXPECT_THAT(style, HasSubstr("symbol=\"0\" value=\"a&amp;b\" label=\"A &amp; B\""));
  EXPECT_THAT(style, HasSubstr("fieldName=\"name&quot;\""));
  EXPECT_THAT(style,
              HasSubstr("<Option name=\"line_color\" type=\"QString\" value=\"255,0,0,255\"/>"));
}

TEST(ReportStyles, OneSymbolNeedsNoField) {
  const std::string style = qml(GeometryKind::polygon, "", {{"", "all", {9, 9, 9}, 0.3}});
  EXPECT_THAT(style, HasSubstr("type=\"singleSymbol\""));
  EXPECT_THAT(style, HasSubstr("labelsEnabled=\"0\""));
  EXPECT_THAT(style, Not(HasSubstr("<categories>")));
}

}  // namespace
}  // namespace abatis::report
