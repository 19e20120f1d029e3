#pragma once
// What a pass does to one pair and to one triple of nodes, for the instructions that this processor
// has. All numbers are whole, so results are the same bits on each. Rows of tables are whole
// vectors of four; what is beyond their labels costs kNever.

namespace abatis::interdiction {

using Part = float;
inline constexpr Part kNever = 1 << 22;  // of labels that no plan within the limit has

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
  // All that the nodes have goes to the pair; what is certain comes back, half of it to the first.
  void (*pair)(const PairTables& pair, Part* row, Part room);
  // All that nodes and pairs have goes to the triple; what is certain comes back, the first pair
  // before the others or after them. Returns the greatest number left in the triple.
  Part (*triple)(const TripleTables& triple, bool forward, Part* row, Part room);
};
const Steps& chosen_steps();

}  // namespace abatis::interdiction
