#pragma once
// The relaxation over labels as a linear program, solved by Clp with rows added as they are
// violated.
//
// y(v, k) = 1: node v has label k or more. b(e, i): the tail of arc e has label i and the arc is
// bought. The cost of what is bought is minimised, the sink's label is given.

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "ascent.hpp"

class ClpSimplex;

namespace abatis::interdiction {

struct LpSolution {
  double value = 0;      // infinity: no solution within the limit
  bool stopped = false;  // by the stop; `value` is then only what is known
};

class LabelLp {
 public:
  LabelLp(const InterdictProblem& problem, const Layer& layer, const Domains& domains);
  ~LabelLp();
  // With its rows and its basis; counts rows anew.
  LabelLp(const LabelLp& from);
  LabelLp& operator=(const LabelLp&) = delete;

  // Rows for head labels at which the messages rise: where to begin.
  void begin_with(const Messages& messages);
  void restrict_to(const Domains& domains);
  // Solves, adding violated rows until none is left. A value above `limit` counts as none.
  LpSolution solve(double limit, const std::function<bool()>& stop);

  // Head messages from the duals, in whole numbers; tails are completed by the caller.
  void take_duals(LayerState& state) const;

  void drop_slack_rows();

  double label_share(int v, Label k) const;  // y
  double bought(int arc) const;              // sum of b
  std::int64_t rows_added() const { return rows_added_; }
  std::int64_t size() const;  // entries and columns

 private:
  enum class Kind : std::uint8_t { head, tail, order };
  struct Row {
    Kind kind = Kind::head;
    int index = 0;  // arc, or node
    Label label = 0;
  };
  struct Columns {
    Domains built;
    std::vector<int> label;            // by node: column of built.lo + 1
    std::vector<int> buy;              // by arc: column of the first label, -1 none
    std::vector<int> buy_count;        // by arc
    std::vector<char> buy_row;         // by column - first_buy: its tail row is in
    std::vector<std::size_t> head_at;  // by arc: where its head rows' marks begin
    std::vector<Label> head_first;     // by arc: first label with a head row
    std::vector<int> head_count;
    std::vector<char> head_row;
    std::vector<char> order_row;  // by column
    int first_buy = 0;
  };

  void add_columns(const InterdictProblem& problem, const Domains& domains);
  double row_terms(const Row& row);  // fills indices_ and values_; returns the right-hand side
  void mark(const Row& row);
  void add(const std::vector<Row>& rows);
  LpSolution solve_rows(double limit, const std::function<bool()>& stop);
  // `whole_ways`: also the rows that those found will lead to.
  void find_violated(std::vector<Row>& found, bool whole_ways) const;
  void find_violated_heads(int v, bool whole_ways, std::vector<Row>& found) const;
  void add_label_term(double& rhs, int v, Label k, double value);
  void set_bounds(int column, double lower, double upper);

  const Layer& layer_;
  std::unique_ptr<ClpSimplex> lp_;
  Columns columns_;
  std::vector<Row> rows_;
  std::vector<int> indices_;
  std::vector<double> values_;
  // While violated rows are looked for: labels, and sums of purchases by arc.
  mutable std::vector<double> left_, sums_;
  mutable std::vector<std::size_t> sum_at_;
  std::int64_t rows_added_ = 0;
};

}  // namespace abatis::interdiction
