// Untrusted instances of interdiction: whatever the bytes, the answer is a valid problem or at most
// twenty errors of bounded size. Small problems are solved too, for a moment: a plan that the check
// accepts, under a bound.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "abatis/interdict/interdict.hpp"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

void demand_valid(const abatis::InterdictProblem& problem) {
  const auto node = [&](int v) { return v >= 0 && v < problem.nodes; };
  demand(node(problem.source) && node(problem.sink) && !problem.budgets.empty());
  for (const auto& arc : problem.arcs) {
    demand(node(arc.tail) && node(arc.head));
    demand(arc.length >= 0 && arc.delay >= 0 && arc.cost >= 0);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // libFuzzer hands out bytes; text is read as char.
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto problem = abatis::parse_interdiction(text, "f.spni");
  if (!problem) {
    demand(!problem.error().empty() && problem.error().size() <= 20);
    for (const auto& error : problem.error()) {
      demand(!error.message.empty() && to_string(error).size() < 500);
    }
    return 0;
  }
  demand_valid(*problem);
  if (problem->nodes > 100 || problem->arcs.size() > 100 || problem->budgets.size() > 5) return 0;
  const auto answer = abatis::interdict(*problem, {.time_s = 0.05}, abatis::silent_monitor());
  if (!answer) {
    demand(answer.error().code == abatis::ErrorCode::infeasible);
    return 0;
  }
  demand(answer->objective <= answer->bound);
  const auto lengths = abatis::yearly_lengths(*problem, answer->purchases);
  demand(lengths && *lengths == answer->lengths);
  return 0;
}
