// Completion scripts and the manual page, made from the command tree.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "abatis/base/version.hpp"
#include "spec.hpp"

namespace abatis::cli {
namespace {

std::string spellings(const OptionSpec& option) {
  std::string text;
  if (option.letter != 0) text += fmt::format("-{} ", option.letter);
  return text + "--" + option.name;
}

// Words that may follow `path` ("" = the program itself).
std::string next_words(const std::string& path) {
  std::set<std::string> words;
  const std::string prefix = path.empty() ? "" : path + " ";
  for (const auto& spec : command_tree()) {
    if (!spec.path.starts_with(prefix) || spec.path == path) continue;
    words.insert(
        spec.path.substr(prefix.size(), spec.path.find(' ', prefix.size()) - prefix.size()));
  }
  return fmt::format("{}", fmt::join(words, " "));
}

std::string zsh_escape(std::string text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\'' || c == '`' || c == '$') escaped += '\\';
    if (c == '\'') {
      escaped = escaped.substr(0, escaped.size() - 1) + "'\\''";
      continue;
    }
    escaped += c;
  }
  return escaped;
}

const char* zsh_action(const OptionSpec& option) {
  if (option.kind == ValueKind::file) return "_files";
  if (option.kind == ValueKind::folder) return "_files -/";
  return " ";
}

std::string roff(std::string text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\')
      escaped += "\\e";
    else if (c == '-')
      escaped += "\\-";
    else
      escaped += c;
  }
  return escaped;
}

}  // namespace

std::string bash_completion() {
  std::string script = R"(# bash completion of abatis; made by `abatis completion bash`
_abatis() {
  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" path="" word
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) case "$path $word" in
)";
  std::set<std::string> paths;
  for (const auto& spec : command_tree()) paths.insert(" " + spec.path);
  script += fmt::format("      \"{}\") path=\"$path $word\" ;;\n    esac ;; esac\n  done\n",
                        fmt::join(paths, "\"|\""));
  script += "  case \"$path:$previous\" in\n";
  for (const auto& spec : command_tree()) {
    for (const auto& option : spec.options) {
      if (option.kind == ValueKind::flag || option.positional) continue;
      std::string pattern = fmt::format("\" {}:--{}\"", spec.path, option.name);
      if (option.letter != 0) pattern += fmt::format("|\" {}:-{}\"", spec.path, option.letter);
      const char* files = option.kind == ValueKind::file     ? "compgen -f"
                          : option.kind == ValueKind::folder ? "compgen -d"
                                                             : nullptr;
      if (files != nullptr) {
        script +=
            fmt::format("    {}) COMPREPLY=($({} -- \"$current\")); return ;;\n", pattern, files);
      } else {
        script +=
            fmt::format("    {}) COMPREPLY=($(compgen -W \"{}\" -- \"$current\")); return ;;\n",
                        pattern, fmt::join(option.choices, " "));
      }
    }
  }
  script += "  esac\n  case \"$path\" in\n";
  script += fmt::format(
      "    \"\") COMPREPLY=($(compgen -W \"{} --help --version\" -- \"$current\")) ;;\n",
      next_words(""));
  for (const auto& spec : command_tree()) {
    std::string words = next_words(spec.path);
    bool files = false;
    for (const auto& option : spec.options) {
      if (!option.positional) words += " " + spellings(option);
      if (option.positional && option.kind == ValueKind::file) files = true;
      if (option.positional) words += fmt::format(" {}", fmt::join(option.choices, " "));
    }
    script +=
        fmt::format("    \" {}\") COMPREPLY=($(compgen -W \"{} --help\" -- \"$current\"){}) ;;\n",
                    spec.path, words, files ? " $(compgen -f -- \"$current\")" : "");
  }
  return script + "  esac\n}\ncomplete -o filenames -F _abatis abatis\n";
}

std::string zsh_completion() {
  // Not `path`: zsh ties that name to PATH.
  std::string script = "#compdef abatis\n# zsh completion; made by `abatis completion zsh`\n";
  script += "_abatis() {\n  local -a commands\n  local verb=\"$words[2]\"\n";
  script += "  if (( CURRENT == 2 )); then\n    commands=(\n";
  for (const auto& spec : command_tree()) {
    if (spec.path.find(' ') != std::string::npos) continue;
    script += fmt::format("      '{}:{}'\n", spec.path, zsh_escape(spec.summary));
  }
  script += "    )\n    _describe command commands\n    return\n  fi\n  case \"$verb\" in\n";
  for (const auto& spec : command_tree()) {
    if (spec.action != nullptr || spec.path.find(' ') != std::string::npos) continue;
    script += fmt::format(
        "    {0}) if (( CURRENT == 3 )); then compadd {1}; return; fi; "
        "verb=\"{0} $words[3]\" ;;\n",
        spec.path, next_words(spec.path));
  }
  script += "  esac\n  case \"$verb\" in\n";
  for (const auto& spec : command_tree()) {
    if (spec.action == nullptr) continue;
    script += fmt::format("    \"{}\") _arguments '--help[print help]'", spec.path);
    for (const auto& option : spec.options) {
      const std::string values = option.choices.empty()
                                     ? zsh_action(option)
                                     : fmt::format("({})", fmt::join(option.choices, " "));
      if (option.positional) {
        script += fmt::format(" \\\n      '*:{}:{}'", option.name, values);
        continue;
      }
      const std::string rest =
          option.kind == ValueKind::flag ? "" : fmt::format(":{}:{}", option.placeholder, values);
      const std::string help = zsh_escape(option.help);
      script += fmt::format(" \\\n      '--{}[{}]{}'", option.name, help, rest);
      if (option.letter != 0)
        script += fmt::format(" \\\n      '-{}[{}]{}'", option.letter, help, rest);
    }
    script += " ;;\n";
  }
  return script + "  esac\n}\n_abatis \"$@\"\n";
}

std::string man_page() {
  std::string page = fmt::format(
      ".TH ABATIS 1 \"\" \"abatis {}\" \"User Commands\"\n.SH NAME\nabatis \\- plan a national "
      "defensive border line over ten years\n.SH SYNOPSIS\n.B abatis\n.I COMMAND\n[options]\n"
      ".SH DESCRIPTION\nabatis reads a region, works out where movers can go and how fast, finds "
      "where measures could stand, chooses what to build in which year under a budget, proves how "
      "good that choice is, and writes a plan that can be looked at.\n.SH COMMANDS\n",
      version());
  for (const auto& spec : command_tree()) {
    if (spec.action == nullptr) continue;
    page += fmt::format(".SS abatis {}\n{}.\n.PP\n{}\n", roff(spec.path), roff(spec.summary),
                        roff(spec.description));
    for (const auto& option : spec.options) {
      std::string name = option.positional ? option.name : "--" + option.name;
      if (option.letter != 0) name = fmt::format("-{}, {}", option.letter, name);
      const std::string value = option.positional ? std::string()
                                : option.choices.empty()
                                    ? option.placeholder
                                    : fmt::format("{}", fmt::join(option.choices, "|"));
      page += fmt::format(".TP\n.BI \"{}{}\" {}\n{}\n", roff(name), value.empty() ? "" : " ",
                          roff(value), roff(option.help));
    }
    for (const auto& [what, command] : spec.examples) {
      page += fmt::format(".PP\nExample, {}:\n.PP\n.nf\n  {}\n.fi\n", roff(what), roff(command));
    }
  }
  page +=
      ".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n1\nfailed\n.TP\n2\nbad usage or input\n.TP\n3\n"
      "infeasible: no plan keeps the rules\n.TP\n130\ninterrupted; the best result so far is "
      "saved\n.SH ENVIRONMENT\n.TP\n.B ABATIS_DATA\ndata folder, when \\-\\-data is not "
      "given\n";
  return page;
}

}  // namespace abatis::cli
