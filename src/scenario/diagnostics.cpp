#include "diagnostics.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

namespace abatis {

void Diagnostics::error(Place at, std::string message, std::string hint, std::string item) {
  errors_.push_back(
      {ErrorCode::input, std::move(message), where(at, std::move(item)), std::move(hint)});
}

void Diagnostics::error(Place at, const Error& cause, std::string item) {
  errors_.push_back({cause.code, cause.message, where(at, std::move(item)), cause.hint});
}

Errors Diagnostics::sorted() const {
  std::vector<std::size_t> order(errors_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Where& x = errors_[a].where;
    const Where& y = errors_[b].where;
    return std::tuple(x.line, x.column, a) < std::tuple(y.line, y.column, b);
  });
  const std::size_t told = std::min(order.size(), kMaxErrors);
  Errors all;
  for (std::size_t i = 0; i < told; ++i) all.push_back(errors_[order[i]]);
  if (told < order.size()) {
    all.push_back({ErrorCode::input,
                   fmt::format("and {} more errors", order.size() - told),
                   {.file = file_},
                   {}});
  }
  return all;
}

}  // namespace abatis
