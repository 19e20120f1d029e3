#pragma once
// Physical values are text with a unit, "100 m", "3 h", "800 kEUR/km": a bare number says nothing.

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace abatis {

// What a value measures. The unit it is kept in stands behind it.
enum class Dimension {
  length,           // m
  time,             // s
  years,            // years
  money,            // EUR
  money_per_km,     // EUR per km
  money_per_ha,     // EUR per ha
  money_per_piece,  // EUR per piece
  speed,            // m/s
  share,            // 1 (5 % is 0.05)
  percent,          // percent (slopes: 45 % is 45)
  pressure,         // psi
  mass,             // t (metric)
  per_area,         // 1/ha
  per_hour,         // 1/h
  area,             // ha
  pieces,           // pieces
};

struct UnitFault {
  std::string message;  // without the key it belongs to
  std::string hint;
};

// `"2 km"` as 2000 for Dimension::length. Refuses text without a number, a bare number, an unknown
// unit and a unit of another dimension; the message says which units fit.
tl::expected<double, UnitFault> parse_quantity(std::string_view text, Dimension dimension);

// "a length such as \"100 m\"" and "units that fit: mm, cm, m, km".
std::string_view example_of(Dimension dimension);
std::string units_hint(Dimension dimension);
// The value in the unit it is kept in, for messages: "100 m", "5 %", "1.2 MEUR".
std::string shown(double value, Dimension dimension);

}  // namespace abatis
