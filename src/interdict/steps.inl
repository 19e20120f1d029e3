// Compiled once for each set of instructions: nothing here may be shared between them.

#include <cstddef>
#include <cstring>
#include <initializer_list>

#include "steps.hpp"

namespace abatis::interdiction {
namespace {

using Narrow = Part __attribute__((vector_size(4 * sizeof(Part))));
using NarrowFloats = float __attribute__((vector_size(4 * sizeof(float))));
#if defined(__AVX2__)
using Wide = Part __attribute__((vector_size(8 * sizeof(Part))));
using WideFloats = float __attribute__((vector_size(8 * sizeof(float))));
#else
using Wide = Narrow;
using WideFloats = NarrowFloats;
#endif

template <class Vector>
inline constexpr int kWidth = sizeof(Vector) / sizeof(Part);
template <class Vector>
struct FloatsOf;
template <>
struct FloatsOf<Narrow> {
  using type = NarrowFloats;
};
#if defined(__AVX2__)
template <>
struct FloatsOf<Wide> {
  using type = WideFloats;
};
#endif

template <class Vector>
inline Vector load(const Part* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

template <class Vector>
inline void store(Part* to, Vector vector) {
  std::memcpy(to, &vector, sizeof vector);
}

template <class Vector>
inline Vector lesser(Vector a, Vector b) {
  return a < b ? a : b;
}

template <class Vector>
inline Vector all(Part value) {
  return Vector{} + value;
}

enum class Share { third, half, all };

// Of numbers from 0; a third is rounded to what a float holds.
template <class Vector>
inline Vector share_of(Vector vector, Share share) {
  if (share == Share::all) return vector;
  if (share == Share::half) return vector >> 1;
  constexpr float kThird = 1.0F / 3;
  return __builtin_convertvector(
      __builtin_convertvector(vector, typename FloatsOf<Vector>::type) * kThird, Vector);
}

template <class Vector>
inline Part least_of(Vector vector) {
  Part least = vector[0];
  for (int i = 1; i < kWidth<Vector>; ++i) least = vector[i] < least ? vector[i] : least;
  return least;
}

// `each(vector, place)` for a whole row.
template <class Each>
inline void across(int width, const Each& each) {
  int j = 0;
  for (; j + kWidth<Wide> <= width; j += kWidth<Wide>) each(Wide{}, j);
  for (; j < width; j += kWidth<Narrow>) each(Narrow{}, j);
}

// The least of a row.
inline Part least_across(const Part* row, int width) {
  Wide wide = all<Wide>(kNever);
  Narrow narrow = all<Narrow>(kNever);
  int j = 0;
  for (; j + kWidth<Wide> <= width; j += kWidth<Wide>) wide = lesser(load<Wide>(row + j), wide);
  for (; j < width; j += kWidth<Narrow>) narrow = lesser(load<Narrow>(row + j), narrow);
  const Part a = least_of(wide), b = least_of(narrow);
  return a < b ? a : b;
}

inline void keep_none(Part* costs, int width) {
  across(width, [&](auto kind, int j) {
    using Vector = decltype(kind);
    const auto never = all<Vector>(kNever);
    store(costs + j, load<Vector>(costs + j) < never ? Vector{} : never);
  });
}

// What is certain for each label of the first node goes to it, or half of that.
inline void give_first(const PairTables& pair, bool half) {
  Part* own = pair.own;
  for (int i = 0; i < pair.rows; ++i, own += pair.columns) {
    const Part certain = least_across(own, pair.columns);
    if (certain >= kNever) {
      pair.first[i] = kNever;
      continue;
    }
    const Part given = half ? certain >> 1 : certain, sum = pair.first[i] + given;
    pair.first[i] = sum < kNever ? sum : kNever;
    across(pair.columns, [&](auto kind, int j) {
      using Vector = decltype(kind);
      const auto never = all<Vector>(kNever);
      const Vector mine = load<Vector>(own + j);
      store(own + j, mine < never ? mine - given : never);
    });
  }
}

// The same for the second; `least`: room for a row.
inline void give_second(const PairTables& pair, Part* least, bool half) {
  across(pair.columns, [&](auto kind, int j) { store(least + j, all<decltype(kind)>(kNever)); });
  Part* own = pair.own;
  for (int i = 0; i < pair.rows; ++i, own += pair.columns) {
    across(pair.columns, [&](auto kind, int j) {
      using Vector = decltype(kind);
      store(least + j, lesser(load<Vector>(own + j), load<Vector>(least + j)));
    });
  }
  across(pair.columns, [&](auto kind, int j) {
    using Vector = decltype(kind);
    const auto never = all<Vector>(kNever);
    const Vector certain = load<Vector>(least + j),
                 given = half ? (certain < never ? certain >> 1 : never) : certain;
    store(least + j, given);
    store(pair.second + j, lesser(load<Vector>(pair.second + j) + given, never));
  });
  own = pair.own;
  for (int i = 0; i < pair.rows; ++i, own += pair.columns) {
    across(pair.columns, [&](auto kind, int j) {
      using Vector = decltype(kind);
      const auto never = all<Vector>(kNever);
      const Vector mine = load<Vector>(own + j);
      store(own + j, mine < never ? mine - load<Vector>(least + j) : never);
    });
  }
}

inline void give_nodes(const PairTables& pair, bool forward, Part* row) {
  if (forward) {
    give_first(pair, true);
    give_second(pair, row, false);
  } else {
    give_second(pair, row, true);
    give_first(pair, false);
  }
}

void step_pair(const PairTables& pair, bool forward, Part* row, Part room) {
  Part* own = pair.own;
  for (int i = 0; i < pair.rows; ++i, own += pair.columns) {
    const Part more = pair.first[i];
    across(pair.columns, [&](auto kind, int j) {
      using Vector = decltype(kind);
      const Vector sum = load<Vector>(own + j) + load<Vector>(pair.second + j) + more;
      store(own + j, sum > all<Vector>(room) ? all<Vector>(kNever) : sum);
    });
    pair.first[i] = more < kNever ? 0 : kNever;
  }
  keep_none(pair.second, pair.columns);
  give_nodes(pair, forward, row);
}

// A triple's table takes a pair's and, `with_nodes`, those of its nodes. Returns the greatest
// number there.
inline Part take(const PairTables& pair, Part* to, bool with_nodes, Part room) {
  Wide wide{};
  Narrow narrow{};
  const auto see = [&](auto vector) {
    if constexpr (sizeof vector == sizeof(Wide)) {
      wide = lesser(-vector, wide);
    } else {
      narrow = lesser(-vector, narrow);
    }
  };
  Part* own = pair.own;
  for (int i = 0; i < pair.rows; ++i, own += pair.columns, to += pair.columns) {
    const Part more = with_nodes ? pair.first[i] : 0;
    across(pair.columns, [&](auto kind, int j) {
      using Vector = decltype(kind);
      Vector theirs = load<Vector>(own + j);
      if (with_nodes) theirs += load<Vector>(pair.second + j) + more;
      const Vector never = all<Vector>(kNever), mine = load<Vector>(to + j), sum = mine + theirs;
      const auto out = theirs > all<Vector>(room) || mine >= never;
      store(to + j, out ? never : sum);
      store(own + j, out ? never : Vector{});
      see(out ? Vector{} : sum);
    });
    if (with_nodes) pair.first[i] = more < kNever ? 0 : kNever;
  }
  if (with_nodes) keep_none(pair.second, pair.columns);
  const Part a = least_of(wide), b = least_of(narrow);
  return a < b ? -a : -b;
}

// Of a pair that gets from a triple's table, and where what is certain of it comes from: the least
// over the third node of a row of `rows` and a column of `columns`.
struct Giving {
  Part* to = nullptr;   // the pair's table
  Part* own = nullptr;  // the triple's part for these two nodes
  int width = 0;        // of both, whole vectors of four
  int height = 0;
  const Part* columns = nullptr;  // by label of the third node, `width` each
  const Part* rows = nullptr;     // by row, then label of the third node
  int row_step = 0, third_step = 0;
  int third = 0;  // its labels
};

// For `Rows` rows and `Blocks` vectors of columns.
template <class Vector, std::size_t Rows, std::size_t Blocks>
inline void give_block(const Giving& giving, int row, int column, Share share, Part room,
                       Vector& smallest) {
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
        certain[r][i] = lesser(load<Vector>(from + kWidth<Vector> * i) + more, certain[r][i]);
      }
    }
  }
  for (std::size_t r = 0; r < Rows; ++r) {
    const auto place = (static_cast<std::ptrdiff_t>(r) + row) * giving.width + column;
    for (std::size_t i = 0; i < Blocks; ++i) {
      Part *to = giving.to + place + kWidth<Vector> * i,
           *own = giving.own + place + kWidth<Vector> * i;
      const Vector mine = load<Vector>(own), sum = certain[r][i] + mine;
      const Vector given = share_of(sum, share);
      const Vector theirs = load<Vector>(to) + given, left = mine - given;
      const auto out = mine >= never || sum > most || theirs > most;
      store(to, out ? never : theirs);
      const Vector kept = out ? never : left;
      store(own, kept);
      smallest = lesser(kept, smallest);
    }
  }
}

template <class Vector, std::size_t Blocks>
inline Part give_columns(const Giving& giving, int column, Share share, Part room) {
  Vector smallest{};
  int row = 0;
  for (; row + 2 <= giving.height; row += 2) {
    give_block<Vector, 2, Blocks>(giving, row, column, share, room, smallest);
  }
  if (row < giving.height) {
    give_block<Vector, 1, Blocks>(giving, row, column, share, room, smallest);
  }
  return least_of(smallest);
}

// A share of what is certain beyond the triple's own part goes from it to the pair. Returns the
// greatest number left, its sign left out.
Part give(const Giving& giving, Share share, Part room) {
  Part smallest = 0;
  const auto see = [&](Part one) { smallest = one < smallest ? one : smallest; };
  int column = 0;
  for (; column + 2 * kWidth<Wide> <= giving.width; column += 2 * kWidth<Wide>) {
    see(give_columns<Wide, 2>(giving, column, share, room));
  }
  for (; column + kWidth<Wide> <= giving.width; column += kWidth<Wide>) {
    see(give_columns<Wide, 1>(giving, column, share, room));
  }
  if (column < giving.width) {
    see(give_columns<Narrow, 1>(giving, column, share, room));
  }
  return -smallest;
}

// Four rows of four, row after row, turned.
inline void turn_four(const Part* from, int step, Part* to, int to_step) {
  const auto a = load<Narrow>(from), b = load<Narrow>(from + step),
             c = load<Narrow>(from + 2 * step), d = load<Narrow>(from + 3 * step);
  const auto ac = __builtin_shufflevector(a, c, 0, 4, 1, 5),
             bd = __builtin_shufflevector(b, d, 0, 4, 1, 5),
             ac2 = __builtin_shufflevector(a, c, 2, 6, 3, 7),
             bd2 = __builtin_shufflevector(b, d, 2, 6, 3, 7);
  store(to, __builtin_shufflevector(ac, bd, 0, 4, 1, 5));
  store(to + to_step, __builtin_shufflevector(ac, bd, 2, 6, 3, 7));
  store(to + 2 * to_step, __builtin_shufflevector(ac2, bd2, 0, 4, 1, 5));
  store(to + 3 * to_step, __builtin_shufflevector(ac2, bd2, 2, 6, 3, 7));
}

// The table of the second and third node, turned; what is beyond its rows costs kNever.
inline void turn(const TripleTables& t) {
  const int columns = t.uv.columns, others = t.vw.columns;
  int j = 0;
  for (; j + 4 <= t.vs; j += 4) {
    for (int k = 0; k < others; k += 4) {
      turn_four(t.c + j * others + k, others, t.turned + k * columns + j, columns);
    }
  }
  for (; j < columns; ++j) {
    for (int k = 0; k < t.ws; ++k) {
      t.turned[k * columns + j] = j < t.vs ? t.c[j * others + k] : kNever;
    }
  }
}

Part step_triple(const TripleTables& t, bool forward, Part* row, Part room) {
  Part greatest = 0;
  const auto see = [&](Part one) { greatest = one > greatest ? one : greatest; };
  see(take(t.uv, t.a, true, room));
  see(take(t.vw, t.c, true, room));
  see(take(t.uw, t.b, false, room));
  const Giving first{t.uv.own, t.a, t.uv.columns, t.us, t.turned, t.b, t.uw.columns, 1, t.ws},
      second{t.uw.own, t.b, t.uw.columns, t.us, t.c, t.a, t.uv.columns, 1, t.vs},
      third{t.vw.own, t.c, t.vw.columns, t.vs, t.b, t.a, 1, t.uv.columns, t.us};
  const auto to_first = [&](Share share) {
    turn(t);
    see(give(first, share, room));
  };
  const auto to_second = [&](Share share) { see(give(second, share, room)); };
  const auto to_third = [&](Share share) { see(give(third, share, room)); };
  if (forward) {
    to_first(Share::third);
    to_second(Share::half);
    to_third(Share::all);
    to_second(Share::all);
    to_first(Share::all);
  } else {
    to_third(Share::third);
    to_second(Share::half);
    to_first(Share::all);
    to_second(Share::all);
    to_third(Share::all);
  }
  for (const PairTables* pair : {forward ? &t.uv : &t.vw, &t.uw, forward ? &t.vw : &t.uv}) {
    give_nodes(*pair, forward, row);
  }
  return greatest;
}

}  // namespace
}  // namespace abatis::interdiction
