#include "spec_parts.hpp"

#include <utility>

namespace abatis::cli {

OptionSpec value(std::string name, ValueKind kind, std::string placeholder, std::string help,
                 bool required) {
  return {.name = std::move(name),
          .kind = kind,
          .placeholder = std::move(placeholder),
          .help = std::move(help),
          .required = required};
}
OptionSpec given(std::string name, ValueKind kind, std::string help) {
  OptionSpec option = value(name, kind, name, std::move(help), true);
  option.positional = true;
  return option;
}
OptionSpec output(ValueKind kind, std::string placeholder, std::string help, bool required) {
  OptionSpec option = value("output", kind, std::move(placeholder), std::move(help), required);
  option.letter = 'o';
  return option;
}

OptionSpec scenario_file() {
  return {.name = "SCENARIO",
          .kind = ValueKind::file,
          .placeholder = "FILE",
          .help = "scenario file (TOML)",
          .required = true,
          .positional = true};
}

OptionSpec data_folder() {
  return {.name = "data",
          .letter = 'd',
          .kind = ValueKind::folder,
          .placeholder = "DIR",
          .help = "data folder; else ABATIS_DATA, else the scenario's own `data` key"};
}

OptionSpec threads() {
  return {.name = "threads",
          .letter = 'j',
          .kind = ValueKind::integer,
          .placeholder = "N",
          .help = "threads, 0 = all cores; the result is the same on any number"};
}

OptionSpec gap(const char* otherwise) {
  return {.name = "gap",
          .kind = ValueKind::text,
          .placeholder = "SHARE",
          .help = std::string("stop at this proven gap, e.g. 2% or 0.02; default: ") + otherwise};
}

OptionSpec search_time(const char* otherwise) {
  return {.name = "time",
          .kind = ValueKind::number,
          .placeholder = "SECONDS",
          .help = std::string("stop the search after this time and say so; default: ") + otherwise};
}

Options with_output_modes(Options options) {
  options.push_back({.name = "quiet", .letter = 'q', .help = "say nothing but errors"});
  options.push_back({.name = "json", .help = "events as JSON lines on standard output"});
  return options;
}

Options stage_options() {
  return with_output_modes({
      scenario_file(),
      output(ValueKind::folder, "DIR", "output folder; created when missing", true),
      data_folder(),
      threads(),
      {.name = "combine",
       .kind = ValueKind::text,
       .placeholder = "RULE",
       .help = "how mobility factors combine: all of them (FM 5-33) or only the worst",
       .choices = {"product", "minimum"}},
      value("memory", ValueKind::size, "SIZE",
            "refuse a run estimated above this, e.g. 4GiB; default: what is free"),
      {.name = "fresh", .help = "build every stage again, whatever is kept from earlier runs"},
  });
}

Options plan_options() {
  Options options = stage_options();
  options.push_back(gap("the scenario's"));
  options.push_back(search_time("the scenario's"));
  options.back().alias = "time-limit";
  options.push_back(value("seed", ValueKind::text, "N",
                          "seed of the search for a plan, from 0; another than the kept plan's "
                          "plans anew; default: the kept plan's, or 0"));
  return options;
}

CommandSpec stage(std::string name, std::string summary, std::string description,
                  int (*action)(const Arguments&, Console&)) {
  const std::string command = "abatis " + name + " " + kSuwalki;
  Options options = name == "plan" || name == "tradeoffs" || name == "run" || name == "report"
                        ? plan_options()
                        : stage_options();
  return {.path = std::move(name),
          .summary = std::move(summary),
          .description = std::move(description),
          .options = std::move(options),
          .examples = {{"on the embedded scenario", command}},
          .action = action};
}

}  // namespace abatis::cli
