#pragma once

namespace abatis::cli {

class Console;

// Parses the arguments by the command tree and runs the command. Exit code: 0 done, 1 failed,
// 2 bad usage or input, 3 infeasible, 130 interrupted with what was found saved.
int parse_and_run(int argc, char** argv, Console& console);

}  // namespace abatis::cli
