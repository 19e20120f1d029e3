// abatis interdict

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/interdict/interdict.hpp"
#include "actions.hpp"
#include "argument_values.hpp"
#include "console.hpp"
#include "process.hpp"

namespace abatis::cli {
namespace {

Result<InterdictOptions> interdict_options(const Arguments& arguments) {
  InterdictOptions options;
  ABATIS_TRY(options.threads, parse_threads(arguments));
  ABATIS_TRY(const auto time, parse_time(arguments));
  ABATIS_TRY(const auto gap, parse_gap(arguments));
  options.time_s = time.value_or(options.time_s);
  options.gap = gap.value_or(options.gap);
  return options;
}

std::string plan_lines(const InterdictResult& result) {
  std::string lines;
  for (const auto& [arc, year] : result.purchases) lines += fmt::format("{} {}\n", arc, year);
  return lines;
}

std::string as_json(const InterdictResult& result) {
  std::string lengths, arcs;
  for (const auto length : result.lengths) {
    lengths += fmt::format("{}{}", lengths.empty() ? "" : ",", length);
  }
  for (const auto& [arc, year] : result.purchases) {
    arcs += fmt::format(R"({}{{"arc":{},"year":{}}})", arcs.empty() ? "" : ",", arc, year);
  }
  return fmt::format(
      R"({{"event":"done","objective":{},"bound":{},"status":"{}","cpu_s":{:.3f},"nodes":{},)"
      R"("cuts":{},"lengths":[{}],"arcs":[{}]}})",
      result.objective, result.bound, to_word(result.status), cpu_seconds(), result.nodes,
      result.cuts, lengths, arcs);
}

void say(const InterdictProblem& problem, const InterdictResult& result, Console& console) {
  const bool yearly = problem.budgets.size() > 1;
  const char* const what = yearly ? "sum of the shortest lengths" : "shortest length";
  if (result.status == InterdictStatus::optimal) {
    console.say(fmt::format("{} {}: proven, no purchases reach more", what, result.objective));
  } else {
    console.say(fmt::format("{} {}; no purchases reach more than {} ({})", what, result.objective,
                            result.bound, to_word(result.status)));
  }
  for (std::size_t year = 0; year < problem.budgets.size(); ++year) {
    std::string bought;
    for (const auto& purchase : result.purchases) {
      if (static_cast<std::size_t>(purchase.year) != year) continue;
      const auto& arc = problem.arcs[static_cast<std::size_t>(purchase.arc)];
      bought +=
          fmt::format("{}{} ({}-{})", bought.empty() ? "" : ", ", purchase.arc, arc.tail, arc.head);
    }
    console.say(fmt::format("  year {}: {}; buys {}", year, result.lengths[year],
                            bought.empty() ? "nothing" : bought));
  }
}

}  // namespace

int run_interdict(const Arguments& arguments, Console& console) {
  const auto options = interdict_options(arguments);
  if (!options) return console.report(options.error());
  const auto problem = read_interdiction(arguments.text("FILE"));
  if (!problem) return console.report(problem.error());
  keep_freed_memory();
  console.begin("interdict", 0, "");
  auto result = interdict(*problem, *options, console);
  console.clear_line();
  if (!result) {
    auto error = result.error();
    error.where.file = arguments.text("FILE");
    return console.report(error);
  }
  if (arguments.has("output")) {
    const auto written = write_file(arguments.text("output"), plan_lines(*result));
    if (!written) return console.report(written.error());
  }
  say(*problem, *result, console);
  console.event(as_json(*result));
  return result->status == InterdictStatus::interrupted ? exit_code(ErrorCode::interrupted) : 0;
}

}  // namespace abatis::cli
