#pragma once
// What a pass does to one pair and to one triple of nodes, for the instructions that this processor
// has. All numbers are whole, so results are the same bits on each. Rows of tables are whole
// vectors of four; what is beyond their labels costs kNever.

#include <cstdint>

namespace abatis::interdiction {

using Part = std::int32_t;
// Of labels that no plan within the limit has: so far above any limit that the tables of a triple,
// which drift apart by amounts that cancel in their sum, may do so for thousands of passes; and so
// low that four of them can be added.
inline constexpr Part kNever = 1 << 28;

struct PairTables {
  Part* own = nullptr;                       // by label of the first node, then of the second
  Part *first = nullptr, *second = nullptr;  // costs of the nodes
  int rows = 0, columns = 0;                 // labels of the first; of the second, whole vectors
};

struct TripleTables {
  PairTables uv, uw, vw;
  Part *a = nullptr, *b = nullptr, *c = nullptr;  // for uv, uw and vw: it costs their sum
  int us = 0, vs = 0, ws = 0;                     // labels
  Part* turned = nullptr;                         // room for c, turned
};

// `row`: room for the widest row. What exceeds `room` no plan has.
struct Steps {
  // All that the nodes have goes to the pair; what is certain comes back, half of it to the first
  // node and then all to the second, or the other way round.
  void (*pair)(const PairTables& pair, bool forward, Part* row, Part room);
  // All that nodes and pairs have goes to the triple; what is certain comes back, the first pair
  // before the others or after them. Returns the greatest number left in the triple.
  Part (*triple)(const TripleTables& triple, bool forward, Part* row, Part room);
};
const Steps& chosen_steps();

}  // namespace abatis::interdiction
