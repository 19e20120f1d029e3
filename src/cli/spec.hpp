#pragma once
// The command tree as data. Parsing, help, completion and the man page are all made from it.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace abatis::cli {

class Console;

// Values as given, by long option name or positional name; a flag holds "true".
class Arguments {
 public:
  void set(const std::string& name, std::vector<std::string> values) {
    values_[name] = std::move(values);
  }
  bool has(const std::string& name) const { return values_.contains(name); }
  std::string text(const std::string& name, const std::string& fallback = {}) const {
    const auto it = values_.find(name);
    return it == values_.end() || it->second.empty() ? fallback : it->second.front();
  }
  std::vector<std::string> texts(const std::string& name) const {
    const auto it = values_.find(name);
    return it == values_.end() ? std::vector<std::string>{} : it->second;
  }

 private:
  std::map<std::string, std::vector<std::string>> values_;
};

enum class ValueKind { flag, file, folder, text, integer, number, size };

struct OptionSpec {
  std::string name;  // "output" for --output; the name of a positional
  char letter = 0;   // 'o' for -o
  ValueKind kind = ValueKind::flag;
  std::string placeholder;  // "DIR"
  std::string help;
  std::vector<std::string> choices = {};
  bool required = false;
  bool positional = false;
  bool many = false;       // a positional that may stand several times
  std::string alias = {};  // an older name that still works; help and completion leave it out
};

struct CommandSpec {
  std::string path;         // "run", "data build"; a group has no action
  std::string summary;      // one line
  std::string description;  // paragraphs
  std::vector<OptionSpec> options;
  std::vector<std::pair<std::string, std::string>> examples;  // what it does, command
  int (*action)(const Arguments&, Console&) = nullptr;
  std::string usual = {};  // a group's command where none is named
  std::string alias = {};  // another word for a group
};

// All commands, in the order of help.
const std::vector<CommandSpec>& command_tree();
const CommandSpec* find_command(std::string_view path);

std::string bash_completion();
std::string zsh_completion();
std::string man_page();

}  // namespace abatis::cli
