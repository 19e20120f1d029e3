#pragma once
// Four numbers at once: vectors of the compiler, which every processor has instructions for. Rows
// of tables are whole numbers of these.

#include <cstring>

#include "clusters.hpp"

namespace abatis::interdiction {

using Four = Part __attribute__((vector_size(4 * sizeof(Part))));
using FourWhole = int __attribute__((vector_size(4 * sizeof(int))));

inline Four load(const Part* from) {
  Four four;
  std::memcpy(&four, from, sizeof four);
  return four;
}

inline void store(Part* to, Four four) {
  std::memcpy(to, &four, sizeof four);
}

inline Four spread(Part value) {
  return Four{value, value, value, value};
}

inline Four lesser(Four a, Four b) {
  return a < b ? a : b;
}

inline Part least_of(Four four) {
  const Part a = four[0] < four[1] ? four[0] : four[1];
  const Part b = four[2] < four[3] ? four[2] : four[3];
  return a < b ? a : b;
}

// Whole numbers, from 0.
inline Four rounded_down(Four four) {
  return __builtin_convertvector(__builtin_convertvector(four, FourWhole), Four);
}

// By column, 4 `Blocks` of them: the least over rows of `from` plus the row's number in `with`.
template <std::size_t Blocks>
inline void least_sums(const Part* from, int columns, const Part* with, int step, int rows,
                       Part* to) {
  Four least[Blocks];
  for (auto& one : least) one = spread(kNever);
  for (int row = 0; row < rows; ++row, from += columns, with += step) {
    const Four more = spread(*with);
    for (std::size_t i = 0; i < Blocks; ++i) least[i] = lesser(load(from + 4 * i) + more, least[i]);
  }
  for (std::size_t i = 0; i < Blocks; ++i) store(to + 4 * i, least[i]);
}

inline void least_sums(const Part* from, int columns, const Part* with, int step, int rows,
                       Part* to) {
  int done = 0;
  for (; done + 16 <= columns; done += 16) {
    least_sums<4>(from + done, columns, with, step, rows, to + done);
  }
  const int left = columns - done;
  if (left == 12) {
    least_sums<3>(from + done, columns, with, step, rows, to + done);
  } else if (left == 8) {
    least_sums<2>(from + done, columns, with, step, rows, to + done);
  } else if (left == 4) {
    least_sums<1>(from + done, columns, with, step, rows, to + done);
  }
}

// A triple's table takes a pair's; what exceeds the room no plan has. Returns the largest number.
inline Part take(Part* to, Part* from, Part room, int size) {
  const Four never = spread(kNever), most = spread(room);
  Four smallest{};
  for (int k = 0; k < size; k += 4) {
    const Four theirs = load(from + k), own = load(to + k), sum = own + theirs;
    const auto out = theirs > most || own >= never;
    store(to + k, out ? never : sum);
    store(from + k, out ? never : Four{});
    smallest = lesser(out ? Four{} : -sum, smallest);
  }
  return -least_of(smallest);
}

// Of what is certain beyond the triple's own part, a share goes from it to the pair. Returns the
// smallest number.
inline Part give(Part* to, Part* own, const Part* certain, Part share, Part room, int size) {
  const Four never = spread(kNever), most = spread(room);
  Four smallest{};
  for (int k = 0; k < size; k += 4) {
    const Four mine = load(own + k), all = load(certain + k) + mine;
    const Four given = rounded_down(all * share), sum = load(to + k) + given, left = mine - given;
    const auto out = mine >= never || all > most || sum > most;
    store(to + k, out ? never : sum);
    store(own + k, out ? never : left);
    smallest = lesser(out ? Four{} : left, smallest);
  }
  return least_of(smallest);
}

}  // namespace abatis::interdiction
