// abatis cover

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/memory.hpp"
#include "abatis/base/words.hpp"
#include "abatis/cover/cover.hpp"
#include "actions.hpp"
#include "argument_values.hpp"
#include "console.hpp"
#include "process.hpp"

namespace abatis::cli {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

// A finite number that is the whole text.
Result<double> parse_amount(const Arguments& arguments, const std::string& option) {
  const std::string text = arguments.text(option);
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return input_error(fmt::format("{} is no amount", in_quotes(text)), {.item = "--" + option},
                       "give a finite number, e.g. 5000 or 5.5");
  }
  return value;
}

Result<CoverProblem> limits_of(const Arguments& arguments) {
  CoverProblem problem;
  ABATIS_TRY(problem.radius, parse_amount(arguments, "radius"));
  if (arguments.has("choose") == arguments.has("budget")) {
    return input_error(arguments.has("choose") ? "both --choose and --budget are given"
                                               : "neither --choose nor --budget is given",
                       {}, "give --choose P (at most so many sites) or --budget B");
  }
  if (arguments.has("choose")) {
    problem.choose = std::strtoll(arguments.text("choose").c_str(), nullptr, 10);
  } else {
    ABATIS_TRY(problem.budget, parse_amount(arguments, "budget"));
  }
  problem.backup = std::atoi(arguments.text("backup", "1").c_str());
  if (arguments.has("backup-share")) {
    ABATIS_TRY(problem.backup_share, parse_share(arguments.text("backup-share"), "--backup-share"));
  }
  return problem;
}

Result<CoverOptions> cover_options(const Arguments& arguments) {
  CoverOptions options;
  ABATIS_TRY(options.threads, parse_threads(arguments));
  ABATIS_TRY(const auto time, parse_time(arguments));
  ABATIS_TRY(const auto gap, parse_gap(arguments));
  ABATIS_TRY(const auto seed, parse_seed(arguments));
  options.time_s = time.value_or(options.time_s);
  options.gap = gap.value_or(options.gap);
  options.seed = seed.value_or(options.seed);
  return options;
}

double gap_of(const CoverResult& result) {
  return result.bound > 0 ? (result.bound - result.value) / result.bound : 0;
}

// With the decimals of the weights, where these are exact; without zeros at the end.
std::string figure(double value, const CoverResult& result) {
  if (!result.exact) return fmt::format("{}", value);
  std::string text = fmt::format("{:.{}f}", value, result.decimals);
  if (result.decimals == 0) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string listed(const std::vector<int>& rows) {
  std::string text;
  for (const int row : rows) text += fmt::format("{}{}", text.empty() ? "" : ",", row);
  return text;
}

// What the search knows by now, in the unit of the weights: an event or a line now and then.
class Progress : public Monitor {
 public:
  explicit Progress(Console& console) : console_(console) {}
  void note(std::string_view line) override { console_.note(line); }
  bool stop_requested() const override { return console_.stop_requested(); }
  void searched(const SearchState& state) override {
    constexpr double kEvery = 1;
    const double now = since(begin_);
    if (now - said_ < kEvery || !state.best) return;
    said_ = now;
    const double gap = state.bound > 0 ? (state.bound - *state.best) / state.bound : 0;
    if (console_.json()) {
      console_.event(fmt::format(
          R"({{"event":"search","step":{},"value":{},"bound":{},"gap":{},"seconds":{:.1f}}})",
          json_quote(state.what), *state.best, state.bound, gap, now));
    } else {
      console_.note(fmt::format("best {:.10g}  bound {:.10g}  gap {:.3f} %  {}", *state.best,
                                state.bound, 100 * gap, state.what));
    }
  }

 private:
  Console& console_;
  Clock::time_point begin_ = Clock::now();
  double said_ = 0;
};

struct Times {
  double seconds = 0, read_s = 0;
};

std::string as_json(const CoverProblem& problem, const CoverResult& result, const Times& times) {
  return fmt::format(
      R"({{"event":"done","value":{},"bound":{},"gap":{},"status":"{}","chosen":[{}],)"
      R"("standing":[{}],"cost":{:.12g},"covered_once":{},"covered_backup":{},"total":{},"exact":{},)"
      R"("seconds":{:.4f},"cpu_s":{:.4f},"read_s":{:.4f},"nodes":{},"demand_points":{},"sites":{},)"
      R"("groups":{},"open_sites":{},"pairs":{},"peak_mb":{:.1f}}})",
      figure(result.value, result), figure(result.bound, result), gap_of(result),
      to_word(result.status), listed(result.chosen), listed(result.standing), result.cost,
      figure(result.once, result), figure(result.backed, result), figure(result.total, result),
      result.exact, times.seconds, cpu_seconds(), times.read_s, result.nodes, problem.demand.size(),
      problem.sites.size(), result.groups, result.open_sites, result.pairs,
      static_cast<double>(peak_memory()) / 1e6);
}

void say(const CoverProblem& problem, const CoverResult& result, Console& console) {
  const double share = result.total > 0 ? 100 * result.value / result.total : 0;
  console.say(fmt::format("covers {} of {} ({:.2f} %){}", figure(result.value, result),
                          figure(result.total, result), share,
                          result.status == CoverStatus::optimal
                              ? ": proven, no choice covers more"
                              : fmt::format("; no choice covers more than {} (gap {:.3f} %, {})",
                                            figure(result.bound, result), 100 * gap_of(result),
                                            to_word(result.status))));
  if (problem.backup > 1) {
    console.say(fmt::format("once {}, by {} sites or more {}", figure(result.once, result),
                            problem.backup, figure(result.backed, result)));
  }
  std::string rows = listed(result.chosen);
  constexpr std::size_t kMost = 2000;
  if (rows.size() > kMost) rows = rows.substr(0, rows.rfind(',', kMost)) + ",...";
  console.say(fmt::format("{} new site{} for {:.12g}: row{} {}", result.chosen.size(),
                          result.chosen.size() == 1 ? "" : "s", result.cost,
                          result.chosen.size() == 1 ? "" : "s", rows.empty() ? "none" : rows));
}

std::string as_csv(const CoverProblem& problem, const CoverResult& result) {
  std::string text = "row,x,y,cost,state\n";
  const auto add = [&](int row, const char* state) {
    const auto& site = problem.sites[static_cast<std::size_t>(row)];
    text += fmt::format("{},{},{},{},{}\n", row, site.x, site.y, site.cost, state);
  };
  for (const int row : result.chosen) add(row, "chosen");
  for (const int row : result.standing) add(row, "standing");
  return text;
}

}  // namespace

int run_cover(const Arguments& arguments, Console& console) {
  if (arguments.has("SCENARIO")) {
    for (const char* other : {"demand", "sites", "radius", "choose", "budget"}) {
      if (!arguments.has(other)) continue;
      return console.report(
          Error{ErrorCode::input,
                fmt::format("--{} is of plain files, and SCENARIO is given too", other),
                {},
                "drop one of the two; see abatis cover --help"});
    }
    return run_watch_report(arguments, console);
  }
  for (const char* needed : {"demand", "sites", "radius"}) {
    if (arguments.has(needed)) continue;
    return console.report(Error{ErrorCode::input,
                                fmt::format("--{} is missing", needed),
                                {},
                                "give --demand, --sites and --radius, or a SCENARIO; see abatis "
                                "cover --help"});
  }
  const auto begin = Clock::now();
  keep_freed_memory();
  const auto options = cover_options(arguments);
  if (!options) return console.report(options.error());
  auto problem = limits_of(arguments);
  if (!problem) return console.report(problem.error());
  auto demand = read_demand(arguments.text("demand"));
  if (!demand) return console.report(demand.error());
  auto sites = read_cover_sites(arguments.text("sites"));
  if (!sites) return console.report(sites.error());
  problem->demand = std::move(*demand);
  problem->sites = std::move(*sites);
  Times times{.read_s = since(begin)};
  console.begin("cover", 0, "");
  Progress progress(console);
  const auto result = cover(*problem, *options, progress);
  console.clear_line();
  if (!result) return console.report(result.error());
  if (arguments.has("output")) {
    const auto written = write_file(arguments.text("output"), as_csv(*problem, *result));
    if (!written) return console.report(written.error());
  }
  times.seconds = since(begin);
  say(*problem, *result, console);
  console.event(as_json(*problem, *result, times));
  return result->status == CoverStatus::interrupted ? exit_code(ErrorCode::interrupted) : 0;
}

}  // namespace abatis::cli
