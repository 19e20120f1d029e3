#include "parse.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "abatis/base/version.hpp"
#include "abatis/base/words.hpp"
#include "columns.hpp"
#include "console.hpp"
#include "spec.hpp"
#include "usage.hpp"

namespace abatis::cli {
namespace {

constexpr std::size_t kOptionNames = 30;  // of them for the names of options
constexpr const char* kExitCodes =
    "Exit codes: 0 done, 1 failed, 2 bad usage or input, 3 infeasible,\n"
    "130 interrupted (the best result so far is saved).";

std::string footer_of(const CommandSpec& spec) {
  std::string text = wrapped(spec.description, kPage) + "\n\n";
  if (!spec.examples.empty()) {
    text += "Examples:\n";
    for (const auto& [what, command] : spec.examples) {
      text += fmt::format("  # {}\n  {}\n", what, command);
    }
    text += '\n';
  }
  return text + kExitCodes;
}

template <class T>
CLI::Validator number_check(const char* what) {
  return CLI::Validator(
      [what](std::string& text) {
        T value{};
        if (CLI::detail::lexical_cast(text, value)) return std::string();
        return fmt::format("{} is not {}", in_quotes(text), what);
      },
      "");
}

CLI::Validator choice_check(const std::vector<std::string>& choices) {
  return CLI::Validator(
      [choices](std::string& text) {
        if (std::find(choices.begin(), choices.end(), text) != choices.end()) return std::string();
        return fmt::format("{} is none of {}", in_quotes(text), fmt::join(choices, ", "));
      },
      "");
}

// Only the form is checked here; what a value means is checked by the command.
void check_kind(CLI::Option* option, const OptionSpec& spec) {
  if (!spec.choices.empty()) option->check(choice_check(spec.choices));
  if (spec.kind == ValueKind::integer) option->check(number_check<int>("a whole number"));
  if (spec.kind == ValueKind::number) option->check(number_check<double>("a number"));
}

// "DIR", or the words to choose from: "product|minimum".
std::string placeholder_of(const OptionSpec& spec) {
  if (spec.positional) return {};
  return spec.choices.empty() ? spec.placeholder : fmt::format("{}", fmt::join(spec.choices, "|"));
}

// The values of one command while parsing; CLI11 keeps pointers into it.
struct Parsed {
  const CommandSpec* spec = nullptr;
  CLI::App* app = nullptr;
  std::map<std::string, std::vector<std::string>> values;
  std::map<std::string, bool> flags;
};

void add_options(Parsed& parsed) {
  for (const auto& spec : parsed.spec->options) {
    std::string name = spec.positional ? spec.name : "--" + spec.name;
    if (spec.letter != 0) name = fmt::format("-{},{}", spec.letter, name);
    const std::string help = wrapped(spec.help, kPage - kOptionNames);
    if (spec.kind == ValueKind::flag) {
      parsed.app->add_flag(name, parsed.flags[spec.name], help);
      continue;
    }
    auto* option = parsed.app->add_option(name, parsed.values[spec.name], help);
    // Else the first of two positionals would take both words.
    if (!spec.many) option->expected(1)->allow_extra_args(false);
    option->type_name(placeholder_of(spec))->required(spec.required);
    check_kind(option, spec);
  }
}

Arguments arguments_of(const Parsed& parsed) {
  Arguments arguments;
  for (const auto& [name, values] : parsed.values) {
    if (!values.empty()) arguments.set(name, values);
  }
  for (const auto& [name, on] : parsed.flags) {
    if (on) arguments.set(name, {"true"});
  }
  return arguments;
}

// Creates the groups on the way and returns the app of the command itself.
CLI::App* app_for(CLI::App& root, const std::string& path, const std::string& description) {
  CLI::App* at = &root;
  std::size_t from = 0;
  while (from < path.size()) {
    const auto space = std::min(path.find(' ', from), path.size());
    const std::string word = path.substr(from, space - from);
    const bool last = space == path.size();
    const auto found = at->get_subcommands([&](CLI::App* app) { return app->get_name() == word; });
    if (found.empty()) {
      at = at->add_subcommand(word, last ? description : std::string{})->group("Commands");
    } else {
      at = found.front();
    }
    from = space + 1;
  }
  return at;
}

}  // namespace

// The words CLI11 writes into help, in ours.
void set_wording(CLI::App& root) {
  root.set_help_flag("-h,--help", "print this help");
  root.set_version_flag("--version", fmt::format("abatis {}", version()), "print the version");
  auto formatter = std::make_shared<CLI::Formatter>();
  formatter->label("Positionals", "Arguments");
  formatter->label("SUBCOMMAND", "COMMAND");
  formatter->label("OPTIONS", "options");
  formatter->label("REQUIRED", "(required)");
  formatter->column_width(kOptionNames);
  root.formatter(formatter);
}

int parse_and_run(int argc, char** argv, Console& console) {
  std::vector<std::string> plain =
      plain_words(std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
  const std::vector<std::string_view> words(plain.begin(), plain.end());
  if (const auto known = check_words(words); !known) return console.report(known.error());
  CLI::App root{
      wrapped("abatis plans a national defensive border line over ten years: what to build, where, "
              "in which year, with how much money, how much delay it buys, and how good the plan "
              "is proven to be.",
              kPage),
      "abatis"};
  set_wording(root);
  root.require_subcommand(1);
  root.footer(fmt::format(
      "Start here:\n  abatis run data/scenarios/suwalki/scenario.toml -o out/suwalki\n\n{}",
      kExitCodes));
  std::vector<std::unique_ptr<Parsed>> commands;
  for (const auto& spec : command_tree()) {
    auto parsed = std::make_unique<Parsed>();
    parsed->spec = &spec;
    parsed->app = app_for(root, spec.path, spec.summary);
    if (spec.action == nullptr) {
      parsed->app->require_subcommand(1)->footer(fmt::format(
          "See abatis {} COMMAND --help.{}", spec.path,
          spec.usual.empty() ? ""
                             : fmt::format(" Without a COMMAND it is {}.\nabatis {} is the same.",
                                           spec.usual, spec.alias)));
    } else {
      parsed->app->footer(footer_of(spec));
    }
    add_options(*parsed);
    commands.push_back(std::move(parsed));
  }
  std::vector<std::string> backwards(plain.rbegin(), plain.rend());  // as CLI11 takes them
  try {
    root.parse(backwards);
  } catch (const CLI::Success& success) {  // --help, --version
    return root.exit(success);
  } catch (const CLI::ParseError& error) {
    const std::string command = command_of(words);
    return console.report(
        Error{ErrorCode::input,
              error.what(),
              {},
              fmt::format("see abatis {}--help", command.empty() ? "" : command + " ")});
  }
  for (const auto& parsed : commands) {
    if (parsed->spec->action == nullptr || !parsed->app->parsed()) continue;
    const Arguments arguments = arguments_of(*parsed);
    if (arguments.has("json")) {
      console.set_mode(Console::Mode::json);
    } else if (arguments.has("quiet")) {
      console.set_mode(Console::Mode::quiet);
    }
    return parsed->spec->action(arguments, console);
  }
  return 2;
}

}  // namespace abatis::cli
