#include "spec.hpp"

#include "spec_parts.hpp"

namespace abatis::cli {

const std::vector<CommandSpec>& command_tree() {
  static const std::vector<CommandSpec> tree = [] {
    std::vector<CommandSpec> all;
    for (const auto add : {add_first_stages, add_rasters, add_corridors, add_planning, add_readers,
                           add_files, add_report, add_measures, add_data, add_words}) {
      add(all);
    }
    return all;
  }();
  return tree;
}

const CommandSpec* find_command(std::string_view path) {
  for (const auto& spec : command_tree()) {
    if (spec.path == path) return &spec;
  }
  return nullptr;
}

}  // namespace abatis::cli
