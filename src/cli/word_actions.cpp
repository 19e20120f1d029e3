// abatis completion, abatis man: what the command tree says of itself.

#include "actions.hpp"
#include "console.hpp"

namespace abatis::cli {

int run_completion(const Arguments& arguments, Console& console) {
  console.data(arguments.text("SHELL") == "bash" ? bash_completion() : zsh_completion());
  return 0;
}

int run_man(const Arguments& /*arguments*/, Console& console) {
  console.data(man_page());
  return 0;
}

}  // namespace abatis::cli
