#pragma once
// What the descriptions of commands are put together from, and the groups of commands.

#include <string>
#include <vector>

#include "spec.hpp"

namespace abatis::cli {

using Options = std::vector<OptionSpec>;

inline constexpr const char* kSuwalki = "data/scenarios/suwalki/scenario.toml -o out/suwalki";

// `--name PLACEHOLDER`.
OptionSpec value(std::string name, ValueKind kind, std::string placeholder, std::string help,
                 bool required = false);
// A positional that must be there; help shows it by its name.
OptionSpec given(std::string name, ValueKind kind, std::string help);
// `--output`, `-o`.
OptionSpec output(ValueKind kind, std::string placeholder, std::string help, bool required = false);

OptionSpec scenario_file();
OptionSpec data_folder();
OptionSpec threads();
OptionSpec gap(const char* otherwise);
OptionSpec search_time(const char* otherwise);
Options with_output_modes(Options options);

// Of a command that runs stages of a scenario, and of one that plans.
Options stage_options();
Options plan_options();
CommandSpec stage(std::string name, std::string summary, std::string description,
                  int (*action)(const Arguments&, Console&));

// Each adds its commands in the order of help.
void add_first_stages(std::vector<CommandSpec>& tree);
void add_rasters(std::vector<CommandSpec>& tree);
void add_corridors(std::vector<CommandSpec>& tree);
void add_planning(std::vector<CommandSpec>& tree);
void add_readers(std::vector<CommandSpec>& tree);
void add_files(std::vector<CommandSpec>& tree);
void add_report(std::vector<CommandSpec>& tree);
void add_measures(std::vector<CommandSpec>& tree);
void add_data(std::vector<CommandSpec>& tree);
void add_words(std::vector<CommandSpec>& tree);

}  // namespace abatis::cli
