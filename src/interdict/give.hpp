#pragma once
// The inner loop of passes over triples, for the instructions that this processor has. All numbers
// are whole, so results are the same bits on each.

namespace abatis::interdiction {

using Part = float;
inline constexpr Part kNever = 1 << 22;  // of labels that no plan within the limit has

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

// A share of what is certain beyond the triple's own part goes from it to the pair; what exceeds
// the room no plan has. Returns the smallest number left.
using Give = Part (*)(const Giving& giving, Part share, Part room);
Give chosen_give();

}  // namespace abatis::interdiction
