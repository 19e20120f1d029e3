// One step of a pass: what three labels cost together stays, costs only move, and the numbers are
// the same on all instructions. Seeds are fresh and printed; ABATIS_SEED repeats one.

#include "interdict/steps.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "abatis/base/numbers.hpp"
#include "abatis/base/random.hpp"
#include "interdict/grids.hpp"

namespace abatis::interdiction {

Steps steps_plain();

namespace {
using abatis::testing::fresh_seed;

using Table = std::vector<Part>;

// Three nodes u, v and w with their pairs and their triple; what is beyond a row's labels costs
// kNever.
struct Example {
  int us, vs, ws;
  Table u, v, w, uv, uw, vw, a, b, c;
  Table row = Table(64), turned = Table(64 * 64);

  // One label in eight is ruled out, where `some_out`.
  explicit Example(Random& random, bool some_out = true)
      : us(labels(random)), vs(labels(random)), ws(labels(random)) {
    for (const auto& [table, rows, columns] : {std::tuple{&u, 1, us},
                                               {&v, 1, vs},
                                               {&w, 1, ws},
                                               {&uv, us, vs},
                                               {&uw, us, ws},
                                               {&vw, vs, ws},
                                               {&a, us, vs},
                                               {&b, us, ws},
                                               {&c, vs, ws}}) {
      for (int i = 0; i < rows; ++i) {
        for (int k = 0; k < (columns + 3) / 4 * 4; ++k) {
          const bool out = k >= columns || (some_out && random.below(8) == 0);
          table->push_back(out ? kNever : static_cast<Part>(random.below(1 << 16)));
        }
      }
    }
    // The triple's tables may fall below 0, in amounts that cancel in their sum.
    for (int i = 0; i < us; ++i) {
      const auto moved = static_cast<Part>(random.below(1 << 17));
      for (std::size_t k = 0; k < v.size(); ++k) move(a[at(i) * v.size() + k], -moved);
      for (std::size_t k = 0; k < w.size(); ++k) move(b[at(i) * w.size() + k], moved);
    }
  }

  static int labels(Random& random) { return static_cast<int>(2 + random.below(15)); }
  static void move(Part& cost, Part by) { cost += cost < kNever ? by : 0; }
  PairTables pair(Table& own, Table& first, Table& second) {
    return {own.data(), first.data(), second.data(), static_cast<int>(own.size() / second.size()),
            static_cast<int>(second.size())};
  }
  Part step(const Steps& steps, bool forward, Part room) {
    return steps.triple({.uv = pair(uv, u, v),
                         .uw = pair(uw, u, w),
                         .vw = pair(vw, v, w),
                         .a = a.data(),
                         .b = b.data(),
                         .c = c.data(),
                         .us = us,
                         .vs = vs,
                         .ws = ws,
                         .turned = turned.data()},
                        forward, row.data(), room);
  }
  // Of three labels; from kNever on if any part of it does.
  Part of(int i, int j, int k) const {
    Part sum = 0;
    const auto v_at = at(i) * v.size() + at(j), w_at = at(i) * w.size() + at(k),
               vw_at = at(j) * w.size() + at(k);
    for (const Part part : {u[at(i)], v[at(j)], w[at(k)], uv[v_at], uw[w_at], vw[vw_at], a[v_at],
                            b[w_at], c[vw_at]}) {
      if (part >= kNever) return kNever;
      sum += part;
    }
    return sum;
  }
};

TEST(InterdictSteps, MoveCostsAndLoseNone) {
  const std::uint64_t seed = fresh_seed();
  Random random(seed, 0);
  int within = 0;
  for (int example = 0; example < 300; ++example) {
    const Example before(random);
    Example after = before;
    const Part room = static_cast<Part>((1 << 17) + random.below(1 << 18));
    after.step(chosen_steps(), example % 2 == 0, room);
    for (int i = 0; i < before.us; ++i) {
      for (int j = 0; j < before.vs; ++j) {
        for (int k = 0; k < before.ws; ++k) {
          const Part cost = before.of(i, j, k), now = after.of(i, j, k);
          if (cost <= room) {
            ++within;
            ASSERT_EQ(now, cost) << "seed " << seed << ", example " << example;
          } else {
            ASSERT_GT(now, room) << "seed " << seed << ", example " << example;
          }
        }
      }
    }
  }
  EXPECT_GT(within, 1000);
}

// What all labels of a triple cost reaches its nodes.
TEST(InterdictSteps, GiveNodesWhatIsCertain) {
  const std::uint64_t seed = fresh_seed();
  Random random(seed, 1);
  for (int example = 0; example < 300; ++example) {
    Example one(random, false);
    Part certain = 0;
    for (auto* table : {&one.a, &one.b, &one.c}) {
      const auto cost = static_cast<Part>(random.below(1 << 16));
      certain += cost;
      for (auto& label : *table) label = label < kNever ? cost : kNever;
    }
    for (auto* table : {&one.u, &one.v, &one.w, &one.uv, &one.uw, &one.vw}) {
      for (auto& label : *table) label = label < kNever ? 0 : kNever;
    }
    one.step(chosen_steps(), example % 2 == 0, kNever / 2);
    Part got = 0;
    for (const auto* node : {&one.u, &one.v, &one.w}) {
      got += *std::min_element(node->begin(), node->end());
    }
    EXPECT_EQ(got, certain) << "seed " << seed << ", example " << example;
  }
}

// No two labels are left that cost something in the triple whatever the third is.
TEST(InterdictSteps, LeaveNothingCertainInTheTriple) {
  const std::uint64_t seed = fresh_seed();
  Random random(seed, 3);
  int pairs = 0;
  for (int example = 0; example < 300; ++example) {
    Example one(random);
    one.step(chosen_steps(), example % 2 == 0, kNever / 2);
    Table uv(one.a.size(), kNever), uw(one.b.size(), kNever), vw(one.c.size(), kNever);
    for (int i = 0; i < one.us; ++i) {
      for (int j = 0; j < one.vs; ++j) {
        for (int k = 0; k < one.ws; ++k) {
          const auto v_at = at(i) * one.v.size() + at(j), w_at = at(i) * one.w.size() + at(k),
                     vw_at = at(j) * one.w.size() + at(k);
          const Part a = one.a[v_at], b = one.b[w_at], c = one.c[vw_at];
          if (std::max({a, b, c}) >= kNever) continue;
          for (Part* least : {&uv[v_at], &uw[w_at], &vw[vw_at]})
            *least = std::min(*least, a + b + c);
        }
      }
    }
    for (const auto* table : {&uv, &uw, &vw}) {
      for (const Part least : *table) {
        if (least >= kNever) continue;
        ++pairs;
        ASSERT_EQ(least, 0) << "seed " << seed << ", example " << example;
      }
    }
  }
  EXPECT_GT(pairs, 1000);
}

TEST(InterdictSteps, AreTheSameOnAllInstructions) {
  const std::uint64_t seed = fresh_seed();
  Random random(seed, 2);
  for (int example = 0; example < 1000; ++example) {
    Example one(random);
    Example plain = one;
    const Part room = static_cast<Part>(random.below(1 << 20));
    EXPECT_EQ(one.step(chosen_steps(), example % 2 == 0, room),
              plain.step(steps_plain(), example % 2 == 0, room));
    chosen_steps().pair(one.pair(one.uv, one.u, one.v), example % 2 == 0, one.row.data(), room);
    steps_plain().pair(plain.pair(plain.uv, plain.u, plain.v), example % 2 == 0, plain.row.data(),
                       room);
    for (const auto table : {&Example::u, &Example::v, &Example::w, &Example::uv, &Example::uw,
                             &Example::vw, &Example::a, &Example::b, &Example::c}) {
      ASSERT_EQ(one.*table, plain.*table) << "seed " << seed << ", example " << example;
    }
  }
}

}  // namespace
}  // namespace abatis::interdiction
