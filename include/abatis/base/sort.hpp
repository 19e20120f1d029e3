#pragma once
// A stable sort that every compiler of the project accepts: clang 19 rejects std::stable_sort of
// libstdc++ 12 for a deprecated function inside it.

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

namespace abatis {

// Sorts `values` by `less`; equal ones keep their order. O(n log n), with n indices and one copy of
// the values as scratch space.
template <class T, class Less>
void sort_stably(std::vector<T>& values, Less less) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (less(values[a], values[b])) return true;
    return !less(values[b], values[a]) && a < b;
  });
  std::vector<T> sorted;
  sorted.reserve(values.size());
  for (const std::size_t i : order) sorted.push_back(std::move(values[i]));
  values = std::move(sorted);
}

}  // namespace abatis
