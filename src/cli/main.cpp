// The one catch site: what escapes to here is a bug or exhausted memory.

#include <cstdio>
#include <exception>
#include <new>

#include "console.hpp"
#include "parse.hpp"

int main(int argc, char** argv) {
  try {
    abatis::cli::Console::catch_signals();
    abatis::cli::Console console;
    return abatis::cli::parse_and_run(argc, argv, console);
  } catch (const std::bad_alloc&) {
    std::fputs("error: out of memory\n  hint: use a larger cell or fewer --threads\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr,
                 "error: internal fault: %s\n  hint: this is a bug; please report the command "
                 "and the scenario\n",
                 error.what());
  }
  return 1;
}
