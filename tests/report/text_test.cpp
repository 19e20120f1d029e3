#include "report/text.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/page.hpp"

namespace abatis::report {
namespace {

TEST(ReportText, GroupsThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(-1234567), "-1,234,567");
  EXPECT_EQ(fixed(1234.56, 1), "1,234.6");
  EXPECT_EQ(fixed(-999.5, 0), "-1,000");
  EXPECT_EQ(fixed(std::nan(""), 1), "-");
}

TEST(ReportText, SaysDurations) {
  EXPECT_EQ(duration(48), "48 s");
  EXPECT_EQ(duration(2.179), "2.2 s");
  EXPECT_EQ(duration(0.0226), "0.023 s");
  EXPECT_EQ(duration(0), "0 s");
  EXPECT_EQ(duration(59.6), "1 min");
  EXPECT_EQ(duration(3599), "1 h 00 min");
  EXPECT_EQ(duration(11100), "3 h 05 min");
  EXPECT_EQ(duration(-120), "-2 min");
  EXPECT_EQ(duration(std::numeric_limits<double>::infinity()), "never");
}

TEST(ReportText, QuotesCsvAndDisarmsFormulas) {
  EXPECT_EQ(csv_text("plain"), "plain");
  EXPECT_EQ(csv_text("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_text("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(csv_text("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_text("=HYPERLINK(1)"), "'=HYPERLINK(1)");
  EXPECT_EQ(csv_text("@x,y"), "\"'@x,y\"");
  EXPECT_EQ(csv_number(0.1), "0.1");
  EXPECT_EQ(csv_number(std::nan("")), "");
}

TEST(ReportText, JsonInScriptIsInertAndTheSameValue) {
  const nlohmann::json value = {{"a", "</script><script>alert(1)</script>"},
                                {"b", "<!-- x"},
                                {"c", "\xE2\x80\xA8|\xE2\x80\xA9"}};
  const std::string safe = json_for_script(value.dump());
  EXPECT_EQ(safe.find('<'), std::string::npos);
  EXPECT_EQ(safe.find("\xE2\x80\xA8"), std::string::npos);
  EXPECT_EQ(safe.find("\xE2\x80\xA9"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(safe), value);
}

// Vectors of RFC 4648, section 10.
TEST(ReportText, Base64) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xFF\xFE"), "//4=");
}

TEST(Text, NamesInFilesKeepTheirLetters) {
  EXPECT_EQ(report::without_marks("Dąbrowa Białostocka"), "Dabrowa Bialostocka");
  EXPECT_EQ(report::without_marks("Šiauliai, Žežmariai"), "Siauliai, Zezmariai");
  EXPECT_EQ(report::without_marks("Гродна"), "Гродна");
  EXPECT_EQ(report::safe_name(report::without_marks("Gołdap")), "goldap");
}

}  // namespace
}  // namespace abatis::report
