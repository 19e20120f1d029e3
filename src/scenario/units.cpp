#include "units.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "diagnostics.hpp"

namespace abatis {
namespace {

struct Unit {
  Dimension dimension;
  std::string_view name;
  double factor;  // value in the kept unit = number x factor
};

using enum Dimension;
constexpr double kPsiPerKilopascal = 0.145037737730;  // 1 psi = 6.894757293168 kPa (NIST SP 811)
constexpr std::array kUnitTable{
    Unit{length, "mm", 1e-3},
    Unit{length, "cm", 1e-2},
    Unit{length, "m", 1},
    Unit{length, "km", 1e3},
    Unit{time, "s", 1},
    Unit{time, "min", 60},
    Unit{time, "h", 3600},
    Unit{time, "d", 86400},
    Unit{years, "years", 1},
    Unit{years, "year", 1},
    Unit{money, "EUR", 1},
    Unit{money, "kEUR", 1e3},
    Unit{money, "MEUR", 1e6},
    Unit{money, "bnEUR", 1e9},
    Unit{money_per_km, "EUR/km", 1},
    Unit{money_per_km, "kEUR/km", 1e3},
    Unit{money_per_km, "MEUR/km", 1e6},
    Unit{money_per_km, "EUR/m", 1e3},
    Unit{money_per_ha, "EUR/ha", 1},
    Unit{money_per_ha, "kEUR/ha", 1e3},
    Unit{money_per_ha, "EUR/m2", 1e4},
    Unit{money_per_piece, "EUR/piece", 1},
    Unit{money_per_piece, "kEUR/piece", 1e3},
    Unit{money_per_piece, "MEUR/piece", 1e6},
    Unit{speed, "km/h", 1 / 3.6},
    Unit{speed, "m/s", 1},
    Unit{share, "%", 0.01},
    Unit{percent, "%", 1},
    Unit{pressure, "psi", 1},
    Unit{pressure, "kPa", kPsiPerKilopascal},
    Unit{mass, "kg", 1e-3},
    Unit{mass, "t", 1},
    Unit{per_area, "/ha", 1},
    Unit{per_area, "/m2", 1e4},
    Unit{per_hour, "/h", 1},
    Unit{per_hour, "/min", 60},
    Unit{area, "ha", 1},
    Unit{area, "km2", 100},
    Unit{pieces, "pieces", 1},
    Unit{pieces, "piece", 1},
};

std::vector<std::string> units_of(Dimension dimension) {
  std::vector<std::string> names;
  for (const Unit& unit : kUnitTable) {
    if (unit.dimension == dimension) names.emplace_back(unit.name);
  }
  return names;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

std::string_view example_of(Dimension dimension) {
  switch (dimension) {
    case length:
      return "a length such as \"100 m\"";
    case time:
      return "a time such as \"90 min\"";
    case years:
      return "a number of years such as \"2 years\"";
    case money:
      return "money such as \"110 MEUR\"";
    case money_per_km:
      return "money per km such as \"800 kEUR/km\"";
    case money_per_ha:
      return "money per ha such as \"900 EUR/ha\"";
    case money_per_piece:
      return "money per piece such as \"120 kEUR/piece\"";
    case speed:
      return "a speed such as \"72 km/h\"";
    case share:
      return "a share such as \"5 %\"";
    case percent:
      return "a slope such as \"45 %\"";
    case pressure:
      return "a pressure such as \"58 psi\"";
    case mass:
      return "a weight such as \"65 t\"";
    case per_area:
      return "a number per area such as \"900 /ha\"";
    case per_hour:
      return "a number per hour such as \"1700 /h\"";
    case area:
      return "an area such as \"300 ha\"";
    case pieces:
      return "a number of pieces such as \"12 pieces\"";
  }
  return "a value with its unit";
}

std::string units_hint(Dimension dimension) {
  return fmt::format("units that fit: {}", fmt::join(units_of(dimension), ", "));
}

tl::expected<double, UnitFault> parse_quantity(std::string_view text, Dimension dimension) {
  const std::string_view whole = trimmed(text);
  const auto wrong = [&](std::string_view why) {
    return tl::unexpected<UnitFault>(
        {fmt::format("expected {}, got {}{}", example_of(dimension), in_quotes(text), why),
         units_hint(dimension)});
  };
  // from_chars takes no leading plus, and would take "inf" and "nan".
  const bool signed_number = whole.starts_with('+') || whole.starts_with('-');
  const std::string_view digits = whole.substr(signed_number ? 1 : 0);
  if (digits.empty() || ((digits[0] < '0' || digits[0] > '9') && digits[0] != '.')) {
    return wrong(" without a number in front");
  }
  const std::string_view rest = whole.starts_with('+') ? digits : whole;
  double number = 0;
  const auto [end, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (fault != std::errc{} || !std::isfinite(number)) return wrong(": the number cannot be read");
  const std::string_view unit = trimmed(rest.substr(static_cast<std::size_t>(end - rest.data())));
  if (unit.empty()) return wrong(" without a unit");
  bool known = false;
  for (const Unit& candidate : kUnitTable) {
    if (candidate.name != unit) continue;
    if (candidate.dimension == dimension) return number * candidate.factor;
    known = true;
  }
  if (known) return wrong(fmt::format(": {} is no unit of it", unit));
  const auto names = units_of(dimension);
  std::string hint = nearest_hint(unit, names, "unit");
  if (!hint.starts_with("did")) hint = units_hint(dimension);
  return tl::unexpected<UnitFault>(
      {fmt::format("expected {}, got {}: unknown unit {}", example_of(dimension), in_quotes(text),
                   in_quotes(unit)),
       std::move(hint)});
}

std::string shown(double value, Dimension dimension) {
  switch (dimension) {
    case length:
      return std::abs(value) >= 10000 ? fmt::format("{:g} km", value / 1000)
                                      : fmt::format("{:g} m", value);
    case time:
      return std::abs(value) >= 7200 ? fmt::format("{:g} h", value / 3600)
                                     : fmt::format("{:g} s", value);
    case years:
      return fmt::format("{:g} years", value);
    case money:
      return std::abs(value) >= 1e5 ? fmt::format("{:.6g} MEUR", value / 1e6)
                                    : fmt::format("{:g} EUR", value);
    case money_per_km:
      return fmt::format("{:g} EUR/km", value);
    case money_per_ha:
      return fmt::format("{:g} EUR/ha", value);
    case money_per_piece:
      return fmt::format("{:g} EUR/piece", value);
    case speed:
      return fmt::format("{:g} km/h", value * 3.6);
    case share:
      return fmt::format("{:g} %", value * 100);
    case percent:
      return fmt::format("{:g} %", value);
    case pressure:
      return fmt::format("{:g} psi", value);
    case mass:
      return fmt::format("{:g} t", value);
    case per_area:
      return fmt::format("{:g} /ha", value);
    case per_hour:
      return fmt::format("{:g} /h", value);
    case area:
      return fmt::format("{:g} ha", value);
    case pieces:
      return fmt::format("{:g} pieces", value);
  }
  return fmt::format("{:g}", value);
}

}  // namespace abatis
