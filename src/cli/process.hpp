#pragma once
// What a command that computes for itself asks of its process.

namespace abatis::cli {

// Keeps freed memory instead of handing it back: the simplex takes and gives back large blocks
// thousands of times, and each would be cleared anew.
void keep_freed_memory();

// CPU seconds of the process, all threads.
double cpu_seconds();

}  // namespace abatis::cli
