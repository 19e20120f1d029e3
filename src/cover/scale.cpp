#include "scale.hpp"

#include <array>
#include <cmath>

namespace abatis::covering {
namespace {

constexpr std::array<double, kMaxDecimals + 1> kPower = {1,   1e1, 1e2, 1e3, 1e4,
                                                         1e5, 1e6, 1e7, 1e8, 1e9};
constexpr double kExactBelow = 9007199254740992.0;  // 2^53

}  // namespace

bool whole_at(double value, int decimals, std::int64_t& whole) {
  const double power = kPower[static_cast<std::size_t>(decimals)];
  const double scaled = std::nearbyint(value * power);
  if (!(std::abs(scaled) < kExactBelow) || scaled / power != value) return false;
  whole = static_cast<std::int64_t>(scaled);
  return true;
}

std::int64_t Scale::whole(double value) const {
  std::int64_t result = 0;
  if (exact && whole_at(value, decimals, result)) return result;
  return std::llround(value / unit);
}

double Scale::value(std::int64_t whole) const {
  return exact ? static_cast<double>(whole) / kPower[static_cast<std::size_t>(decimals)]
               : static_cast<double>(whole) * unit;
}

Scale scale_for(const std::vector<double>& figures, double spread) {
  double sum = 0;
  Scale scale;
  std::int64_t whole = 0;
  for (const double figure : figures) {
    sum += figure;
    while (scale.decimals <= kMaxDecimals && !whole_at(figure, scale.decimals, whole)) {
      ++scale.decimals;
    }
    if (scale.decimals > kMaxDecimals) break;
  }
  if (scale.decimals <= kMaxDecimals) {
    const double power = kPower[static_cast<std::size_t>(scale.decimals)];
    scale.unit = 1 / power;
    if (sum * power * spread < kExactBelow) return scale;
  }
  sum = 0;
  for (const double figure : figures) sum += figure;
  scale = {.exact = false, .decimals = 0};
  scale.unit = sum > 0 ? std::exp2(std::ceil(std::log2(sum * spread)) - 50) : 1;
  return scale;
}

}  // namespace abatis::covering
