#pragma once
// The relaxation over labels as a linear program, solved by Clp with rows added as they are
// violated.
//
// y(l, v, k) = 1: in layer l node v has label k or more. b(l, e, i): the tail of arc e has label i
// and the arc is bought. In a problem of several years x(e, l): arc e is bought in year l. One
// layer: the cost of what is bought is minimised, the sink's label is given. Several: the sum of
// the labels by which sinks stay below their highest is minimised, under the budgets.

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
  LabelLp(const InterdictProblem& problem, const std::vector<Layer>& layers,
          const std::vector<LayerState>& states, bool yearly);
  ~LabelLp();
  // With its rows and its basis; counts rows anew.
  LabelLp(const LabelLp& from);
  LabelLp& operator=(const LabelLp&) = delete;

  // Rows for head labels at which the messages of the states rise: where to begin.
  void begin_with(const std::vector<LayerState>& states);
  void restrict_layer(int layer, const Domains& domains);
  void restrict_purchases(const std::vector<signed char>& fixed);  // by purchase; -1: free
  // Solves, adding violated rows until none is left. A value above `limit` counts as none.
  LpSolution solve(double limit, const std::function<bool()>& stop);
  // For labels y(layer, v, k) that are neither 0 nor 1: what the value rises by at least when they
  // become 0, and 1; infinity when nothing within the limit is left. A few pivots each; to be
  // called after solve().
  struct Probe {
    int layer = 0;
    int node = 0;
    Label label = 0;
    double down = 0, up = 0;
  };
  void probe(std::vector<Probe>& probes);

  // Prices and head messages from the duals, in whole numbers; tails are completed by the caller.
  // Returns the part of the bound that belongs to no layer.
  Cost take_duals(std::vector<LayerState>& states, const std::vector<signed char>& fixed) const;

  void drop_slack_rows();

  double label_share(int layer, int v, Label k) const;  // y
  double bought(int layer, int arc) const;              // sum of b
  double purchase_share(int purchase) const;            // x
  struct PurchaseOf {
    int arc = 0;
    int year = 0;
  };
  const std::vector<PurchaseOf>& purchases() const { return purchases_; }
  std::int64_t rows_added() const { return rows_added_; }
  std::int64_t size() const;  // entries and columns

 private:
  enum class Kind : std::uint8_t { head, tail, order, nest, once, budget };
  struct Row {
    Kind kind = Kind::head;
    int layer = 0;
    int index = 0;  // arc, node, purchased arc or year
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
    std::vector<char> order_row;  // by column - first_label
    std::vector<char> nest_row;   // by arc
    int first_label = 0, first_buy = 0;
  };

  void add_label_columns(const std::vector<LayerState>& states);
  void add_purchase_columns();
  double row_terms(const Row& row);  // fills indices_ and values_; returns the right-hand side
  void mark(const Row& row);
  void add(const std::vector<Row>& rows);
  LpSolution solve_rows(double limit, double base, const std::function<bool()>& stop);
  double shortfall_at_lowest() const;
  // `whole_ways`: also the rows that those found will lead to.
  void find_violated(std::vector<Row>& found, bool whole_ways) const;
  void find_violated_in(int layer, bool whole_ways, std::vector<Row>& found) const;
  void find_violated_heads(int layer, int v, bool whole_ways, std::vector<Row>& found) const;
  void find_violated_purchases(std::vector<Row>& found) const;
  void add_label_term(double& rhs, int layer, int v, Label k, double value);
  void set_bounds(int column, double lower, double upper);

  const InterdictProblem& problem_;
  const std::vector<Layer>& layers_;
  bool yearly_;
  std::unique_ptr<ClpSimplex> lp_;
  std::vector<Columns> columns_;
  std::vector<double> objective_, upper_;
  std::vector<Row> rows_;
  std::vector<PurchaseOf> purchases_;
  std::vector<int> purchase_first_;  // by arc of the problem: its first purchase, -1 none
  std::vector<int> purchase_count_;
  int first_purchase_ = 0;
  std::vector<char> once_row_;
  std::vector<int> indices_;
  std::vector<double> values_;
  std::vector<double> probe_space_;
  // Of one layer, while violated rows are looked for: labels, and sums of purchases by arc.
  mutable std::vector<double> left_, sums_;
  mutable std::vector<std::size_t> sum_at_;
  std::int64_t rows_added_ = 0;
};

}  // namespace abatis::interdiction
