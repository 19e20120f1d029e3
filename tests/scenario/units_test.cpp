#include "scenario/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace abatis {
namespace {

using enum Dimension;
using ::testing::HasSubstr;

struct Known {
  const char* text;
  Dimension dimension;
  double value;
};

// Every unit of the reference page, by hand.
TEST(Units, EveryUnitHasItsValue) {
  const Known all[] = {
      {"1500 mm", length, 1.5},
      {"25 cm", length, 0.25},
      {"100 m", length, 100},
      {"2 km", length, 2000},
      {"90 s", time, 90},
      {"90 min", time, 5400},
      {"3 h", time, 10800},
      {"2 d", time, 172800},
      {"2 years", years, 2},
      {"1 year", years, 1},
      {"5 EUR", money, 5},
      {"5 kEUR", money, 5e3},
      {"110 MEUR", money, 110e6},
      {"1.1 bnEUR", money, 1.1e9},
      {"800 EUR/km", money_per_km, 800},
      {"800 kEUR/km", money_per_km, 8e5},
      {"1.5 MEUR/km", money_per_km, 1.5e6},
      {"10 EUR/m", money_per_km, 1e4},
      {"900 EUR/ha", money_per_ha, 900},
      {"2 kEUR/ha", money_per_ha, 2000},
      {"0.1 EUR/m2", money_per_ha, 1000},
      {"40 EUR/piece", money_per_piece, 40},
      {"40 kEUR/piece", money_per_piece, 4e4},
      {"1 MEUR/piece", money_per_piece, 1e6},
      {"72 km/h", speed, 20},
      {"20 m/s", speed, 20},
      {"5 %", share, 0.05},
      {"45 %", percent, 45},
      {"58 psi", pressure, 58},
      {"6.894757293168 kPa", pressure, 1},
      {"65 t", mass, 65},
      {"1800 kg", mass, 1.8},
      {"900 /ha", per_area, 900},
      {"0.09 /m2", per_area, 900},
      {"1700 /h", per_hour, 1700},
      {"20 /min", per_hour, 1200},
      {"300 ha", area, 300},
      {"3 km2", area, 300},
      {"12 pieces", pieces, 12},
      {"1 piece", pieces, 1},
  };
  for (const Known& known : all) {
    const auto value = parse_quantity(known.text, known.dimension);
    ASSERT_TRUE(value) << known.text;
    EXPECT_NEAR(*value, known.value, 1e-9 * known.value) << known.text;
  }
}

TEST(Units, SpacesSignsAndExponentsAreRead) {
  EXPECT_EQ(parse_quantity("  2.5e3   m ", length), 2500);
  EXPECT_EQ(parse_quantity("100m", length), 100);
  EXPECT_EQ(parse_quantity("+3 m", length), 3);
  EXPECT_EQ(parse_quantity("-3 m", length), -3);
  EXPECT_EQ(parse_quantity(".5 km", length), 500);
}

TEST(Units, ABareNumberSaysWhichUnitsFit) {
  const auto fault = parse_quantity("100", length);
  ASSERT_FALSE(fault);
  EXPECT_EQ(fault.error().message,
            "expected a length such as \"100 m\", got \"100\" without a unit");
  EXPECT_EQ(fault.error().hint, "units that fit: mm, cm, m, km");
}

TEST(Units, AUnitOfAnotherDimensionIsNamed) {
  const auto fault = parse_quantity("3 h", length);
  ASSERT_FALSE(fault);
  EXPECT_THAT(fault.error().message, HasSubstr("\"3 h\": h is no unit of it"));
  EXPECT_EQ(fault.error().hint, "units that fit: mm, cm, m, km");
}

TEST(Units, AnUnknownUnitGetsItsNearest) {
  const auto fault = parse_quantity("3 MEURO", money);
  ASSERT_FALSE(fault);
  EXPECT_THAT(fault.error().message, HasSubstr("unknown unit \"MEURO\""));
  EXPECT_EQ(fault.error().hint, "did you mean \"MEUR\"?");
}

TEST(Units, WhatIsNoNumberIsRefused) {
  for (const char* text : {"", " ", "m", "inf m", "nan m", "-inf m", "0x10 m", "1e999 m", "++3 m",
                           "+-3 m", "- 3 m", "1,5 m", "1 0 m", "--3 m", "∞ m", "%", "3 m m"}) {
    EXPECT_FALSE(parse_quantity(text, length)) << text;
  }
}

TEST(Units, ShownValuesReadBack) {
  const Known all[] = {{"", length, 250},       {"", length, 380000},   {"", time, 90},
                       {"", time, 36000},       {"", money, 211e6},     {"", money, 50},
                       {"", speed, 20},         {"", share, 0.05},      {"", percent, 45},
                       {"", pressure, 58},      {"", mass, 65},         {"", per_area, 900},
                       {"", money_per_km, 8e5}, {"", money_per_ha, 90}, {"", money_per_piece, 7},
                       {"", years, 2}};
  for (const Known& known : all) {
    const std::string text = shown(known.value, known.dimension);
    const auto value = parse_quantity(text, known.dimension);
    ASSERT_TRUE(value) << text;
    EXPECT_NEAR(*value, known.value, 1e-5 * known.value) << text;
  }
}

}  // namespace
}  // namespace abatis
