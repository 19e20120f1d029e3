#include "usage.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "abatis/base/words.hpp"
#include "spec.hpp"

namespace abatis::cli {
namespace {

// Commands that may follow `path` ("" = the program itself), in the order of help.
std::vector<std::string> commands_after(const std::string& path) {
  std::vector<std::string> names;
  const std::string prefix = path.empty() ? "" : path + " ";
  for (const auto& spec : command_tree()) {
    if (!spec.path.starts_with(prefix)) continue;
    const std::string rest = spec.path.substr(prefix.size());
    if (rest.find(' ') == std::string::npos) names.push_back(rest);
  }
  return names;
}

bool is_group(const std::string& path) {
  if (path.empty()) return true;
  const CommandSpec* spec = find_command(path);
  return spec != nullptr && spec->action == nullptr;
}

bool is_option(std::string_view word) {
  // A number below zero is a value.
  return word.size() > 1 && word[0] == '-' && (word[1] < '0' || word[1] > '9') && word[1] != '.';
}

// The option that a word names; null when the command has none such.
const OptionSpec* find_option(const CommandSpec& spec, std::string_view word) {
  for (const auto& option : spec.options) {
    if (option.positional) continue;
    if (word.starts_with("--") ? word.substr(2, word.find('=') - 2) == option.name
                               : word[1] == option.letter) {
      return &option;
    }
  }
  return nullptr;
}

Error unknown_option(const std::string& path, std::string_view word) {
  std::vector<std::string> known{"--help"};
  if (path.empty()) known.emplace_back("--version");
  if (const CommandSpec* spec = find_command(path)) {
    for (const auto& option : spec->options) {
      if (!option.positional) known.push_back("--" + option.name);
    }
  }
  const std::string_view name = word.substr(0, word.find('='));
  return {ErrorCode::input,
          fmt::format("unknown option {} of `abatis{}{}`", in_quotes(name), path.empty() ? "" : " ",
                      path),
          {},
          nearest_hint(name, known, "option")};
}

bool is_help(std::string_view word) {
  return word == "--help" || word == "-h";
}

// Whether the value of `option` is the word after it.
bool takes_next(const OptionSpec& option, std::string_view word) {
  if (option.kind == ValueKind::flag) return false;
  return word.starts_with("--") ? word.find('=') == std::string_view::npos : word.size() == 2;
}

Status check_options(const std::string& path, std::span<const std::string_view> words) {
  const CommandSpec& spec = *find_command(path);
  const auto places = std::count_if(spec.options.begin(), spec.options.end(),
                                    [](const auto& o) { return o.positional; });
  const bool many =
      std::any_of(spec.options.begin(), spec.options.end(), [](const auto& o) { return o.many; });
  std::ptrdiff_t positionals = 0;
  bool options_over = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (!options_over && is_help(word)) return {};
    if (!options_over && word == "--") {
      options_over = true;
    } else if (!options_over && is_option(word)) {
      const OptionSpec* option = find_option(spec, word);
      if (option == nullptr) return tl::unexpected<Error>(unknown_option(path, word));
      if (takes_next(*option, word) && ++i == words.size()) {
        return input_error(fmt::format("{} needs a value ({})", word, option->placeholder), {},
                           option->help);
      }
    } else if (++positionals > places && !many) {
      return input_error(
          fmt::format("{} is one word too many for `abatis {}`", in_quotes(word), path), {},
          fmt::format("see abatis {} --help", path));
    }
  }
  return {};
}

// Older names of options become the ones of today.
void name_anew(std::vector<std::string>& words) {
  const std::vector<std::string_view> seen(words.begin(), words.end());
  const CommandSpec* spec = find_command(command_of(seen));
  if (spec == nullptr) return;
  for (std::string& word : words) {
    if (word == "--") return;
    for (const OptionSpec& option : spec->options) {
      const std::string old = "--" + option.alias;
      if (option.alias.empty() || word.substr(0, word.find('=')) != old) continue;
      word.replace(0, old.size(), "--" + option.name);
    }
  }
}

}  // namespace

std::vector<std::string> plain_words(std::vector<std::string> words) {
  if (words.empty()) return words;
  for (const CommandSpec& spec : command_tree()) {
    if (!spec.alias.empty() && words[0] == spec.alias) words[0] = spec.path;
    if (spec.usual.empty() || words[0] != spec.path) continue;
    if (words.size() == 1 || (is_option(words[1]) && !is_help(words[1]))) {
      words.insert(words.begin() + 1, spec.usual);
    }
  }
  name_anew(words);
  return words;
}

std::string command_of(std::span<const std::string_view> words) {
  std::string path;
  for (const std::string_view word : words) {
    if (!is_group(path)) break;
    const std::string next = path.empty() ? std::string(word) : fmt::format("{} {}", path, word);
    if (find_command(next) == nullptr) break;
    path = next;
  }
  return path;
}

Status check_words(std::span<const std::string_view> words) {
  const std::string path = command_of(words);
  const auto named = path.empty() ? 0 : 1 + std::count(path.begin(), path.end(), ' ');
  const auto rest = words.subspan(static_cast<std::size_t>(named));
  if (!is_group(path)) return check_options(path, rest);
  const auto commands = commands_after(path);
  if (rest.empty()) {
    return input_error(
        path.empty() ? "no command is given" : fmt::format("`abatis {}` needs a command", path), {},
        path.empty() ? "see abatis --help" : fmt::format("known: {}", fmt::join(commands, ", ")));
  }
  if (!is_option(rest[0])) {
    return input_error(fmt::format("unknown command {}",
                                   in_quotes(path.empty() ? std::string(rest[0])
                                                          : fmt::format("{} {}", path, rest[0]))),
                       {}, nearest_hint(rest[0], commands, "command"));
  }
  if (is_help(rest[0]) || (path.empty() && rest[0] == "--version")) return {};
  return tl::unexpected<Error>(unknown_option(path, rest[0]));
}

}  // namespace abatis::cli
