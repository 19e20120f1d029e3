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

// Four rows of four, row after row, turned.
inline void turn(const Part* from, int step, Part* to, int to_step) {
  const Four a = load(from), b = load(from + step), c = load(from + 2 * step),
             d = load(from + 3 * step);
  const Four ac = __builtin_shuffle(a, c, FourWhole{0, 4, 1, 5}),
             bd = __builtin_shuffle(b, d, FourWhole{0, 4, 1, 5}),
             ac2 = __builtin_shuffle(a, c, FourWhole{2, 6, 3, 7}),
             bd2 = __builtin_shuffle(b, d, FourWhole{2, 6, 3, 7});
  store(to, __builtin_shuffle(ac, bd, FourWhole{0, 4, 1, 5}));
  store(to + to_step, __builtin_shuffle(ac, bd, FourWhole{2, 6, 3, 7}));
  store(to + 2 * to_step, __builtin_shuffle(ac2, bd2, FourWhole{0, 4, 1, 5}));
  store(to + 3 * to_step, __builtin_shuffle(ac2, bd2, FourWhole{2, 6, 3, 7}));
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

}  // namespace abatis::interdiction
