// Compiled once for each set of instructions: nothing here may be shared between them.

#include <cstddef>
#include <cstring>

#include "give.hpp"

namespace abatis::interdiction {
namespace {

using Narrow = Part __attribute__((vector_size(4 * sizeof(Part))));
using NarrowWhole = int __attribute__((vector_size(4 * sizeof(int))));
#if defined(__AVX2__)
using Wide = Part __attribute__((vector_size(8 * sizeof(Part))));
using WideWhole = int __attribute__((vector_size(8 * sizeof(int))));
#else
using Wide = Narrow;
using WideWhole = NarrowWhole;
#endif

template <class Vector>
inline Vector load_from(const Part* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

template <class Vector>
inline Vector least(Vector a, Vector b) {
  return a < b ? a : b;
}

template <class Vector>
inline Vector all(Part value) {
  return Vector{} + value;
}

// For `Rows` rows and `Blocks` vectors of columns.
template <class Vector, class Whole, std::size_t Rows, std::size_t Blocks>
inline void give_block(const Giving& giving, int row, int column, Part share, Part room,
                       Vector& smallest) {
  constexpr std::size_t kWidth = sizeof(Vector) / sizeof(Part);
  const Vector never = all<Vector>(kNever), most = all<Vector>(room);
  Vector certain[Rows][Blocks];
  for (auto& some : certain) {
    for (auto& one : some) one = never;
  }
  const Part* from = giving.columns + column;
  const Part* with = giving.rows + static_cast<std::ptrdiff_t>(row) * giving.row_step;
  for (int k = 0; k < giving.third; ++k, from += giving.width, with += giving.third_step) {
    for (std::size_t r = 0; r < Rows; ++r) {
      const Vector more = all<Vector>(with[static_cast<std::ptrdiff_t>(r) * giving.row_step]);
      for (std::size_t i = 0; i < Blocks; ++i) {
        certain[r][i] = least(load_from<Vector>(from + kWidth * i) + more, certain[r][i]);
      }
    }
  }
  for (std::size_t r = 0; r < Rows; ++r) {
    const auto place = (static_cast<std::ptrdiff_t>(r) + row) * giving.width + column;
    for (std::size_t i = 0; i < Blocks; ++i) {
      Part *to = giving.to + place + kWidth * i, *own = giving.own + place + kWidth * i;
      const Vector mine = load_from<Vector>(own), sum = certain[r][i] + mine;
      const Vector given =
          __builtin_convertvector(__builtin_convertvector(sum * share, Whole), Vector);
      const Vector theirs = load_from<Vector>(to) + given, left = mine - given;
      const auto out = mine >= never || sum > most || theirs > most;
      const Vector next = out ? never : theirs, kept = out ? never : left;
      std::memcpy(to, &next, sizeof next);
      std::memcpy(own, &kept, sizeof kept);
      smallest = least(kept, smallest);
    }
  }
}

template <class Vector, class Whole, std::size_t Blocks>
inline Part give_columns(const Giving& giving, int column, Part share, Part room) {
  Vector smallest{};
  int row = 0;
  for (; row + 2 <= giving.height; row += 2) {
    give_block<Vector, Whole, 2, Blocks>(giving, row, column, share, room, smallest);
  }
  if (row < giving.height) {
    give_block<Vector, Whole, 1, Blocks>(giving, row, column, share, room, smallest);
  }
  Part one = 0;
  for (std::size_t i = 0; i < sizeof(Vector) / sizeof(Part); ++i)
    one = smallest[i] < one ? smallest[i] : one;
  return one;
}

Part give(const Giving& giving, Part share, Part room) {
  constexpr int kWidth = sizeof(Wide) / sizeof(Part);
  Part smallest = 0;
  const auto see = [&](Part one) { smallest = one < smallest ? one : smallest; };
  int column = 0;
  for (; column + 2 * kWidth <= giving.width; column += 2 * kWidth) {
    see(give_columns<Wide, WideWhole, 2>(giving, column, share, room));
  }
  for (; column + kWidth <= giving.width; column += kWidth) {
    see(give_columns<Wide, WideWhole, 1>(giving, column, share, room));
  }
  if (column < giving.width) {
    see(give_columns<Narrow, NarrowWhole, 1>(giving, column, share, room));
  }
  return smallest;
}

}  // namespace
}  // namespace abatis::interdiction
