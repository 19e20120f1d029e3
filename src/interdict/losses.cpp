#include "losses.hpp"

#include <algorithm>

namespace abatis::interdiction {

// Lowers one year of the first conflict that the targets are in, in each way, until there is none.
bool Losses::lower(std::vector<std::int64_t>& targets, std::int64_t spare, std::size_t free) const {
  for (const auto& conflict : conflicts_) {
    bool in = true;
    for (std::size_t i = 0; i < conflict.years.size() && in; ++i) {
      in = targets[conflict.years[i]] >= conflict.targets[i];
    }
    if (!in) continue;
    for (std::size_t i = 0; i < conflict.years.size(); ++i) {
      if (conflict.targets[i] <= floor_) continue;
      auto tried = targets;
      std::int64_t lost = 0;
      for (std::size_t y = 0; y <= conflict.years[i]; ++y) {  // earlier years reach no more
        const auto target = std::min(tried[y], conflict.targets[i] - 1);
        lost += y == free ? 0 : tried[y] - target;
        tried[y] = target;
      }
      if (lost > spare || !lower(tried, spare - lost, free)) continue;
      targets = std::move(tried);
      return true;
    }
    return false;
  }
  return true;
}

std::optional<std::vector<std::int64_t>> Losses::targets(std::int64_t spare,
                                                         std::size_t free) const {
  auto targets = reach_;
  if (!lower(targets, spare, free)) return std::nullopt;
  return targets;
}

std::int64_t Losses::least(std::int64_t most, std::size_t free) const {
  std::int64_t spare = 0;
  while (spare < most && !targets(spare, free)) ++spare;
  return spare;
}

}  // namespace abatis::interdiction
