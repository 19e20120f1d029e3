#pragma once
// Deterministic parallel loops: results are written by index, so 1, 2 and 8 threads give the
// same bits. No reduction across threads is offered on purpose.

#include <cstddef>
#include <functional>

namespace abatis {

// Calls body(i) once for each i in [0, count), on up to `threads` threads (0 = all cores),
// in no particular order. body must only write to places owned by i. The first exception
// (lowest i among those thrown) is rethrown after all threads have stopped.
void parallel_for(std::size_t count, int threads, const std::function<void(std::size_t)>& body);

// Number of threads meant by `threads` (0 = hardware concurrency, at least 1).
int thread_count(int threads);

}  // namespace abatis
