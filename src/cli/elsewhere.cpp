// In the front program: commands that need maps are handed to abatis-rooms beside it, with the same
// arguments in the same process. GDAL and what it brings take a tenth of a second of CPU to load,
// which help, completion, interdict and cover need not pay.

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <unistd.h>

#include "actions.hpp"
#include "console.hpp"

namespace abatis::cli {
namespace {
namespace fs = std::filesystem;

// This process's own arguments, each ended by a zero.
std::vector<char*> own_words(std::string& text) {
  std::vector<char*> words;
  for (std::size_t at = 0; at < text.size(); at += std::strlen(text.data() + at) + 1) {
    words.push_back(text.data() + at);
  }
  words.push_back(nullptr);
  return words;
}

int hand_over(Console& console) {
  std::error_code fault;
  const fs::path rooms = fs::read_symlink("/proc/self/exe", fault).parent_path() / "abatis-rooms";
  std::ifstream given("/proc/self/cmdline", std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(given), {}};
  execv(rooms.c_str(), own_words(text).data());
  return console.report(Error{ErrorCode::io,
                              std::string("cannot be started: ") + std::strerror(errno),
                              {.file = rooms.string()},
                              "install it beside abatis"});
}

}  // namespace

#define ABATIS_ELSEWHERE(action)                   \
  int action(const Arguments&, Console& console) { \
    return hand_over(console);                     \
  }

ABATIS_ELSEWHERE(run_init)
ABATIS_ELSEWHERE(run_check)
ABATIS_ELSEWHERE(run_all)
ABATIS_ELSEWHERE(run_terrain)
ABATIS_ELSEWHERE(run_mobility)
ABATIS_ELSEWHERE(run_travel)
ABATIS_ELSEWHERE(run_viewshed)
ABATIS_ELSEWHERE(run_watch_report)
ABATIS_ELSEWHERE(run_corridors)
ABATIS_ELSEWHERE(run_sites)
ABATIS_ELSEWHERE(run_network)
ABATIS_ELSEWHERE(run_civil_report)
ABATIS_ELSEWHERE(run_gap_report)
ABATIS_ELSEWHERE(run_plan)
ABATIS_ELSEWHERE(run_tradeoffs)
ABATIS_ELSEWHERE(run_explain)
ABATIS_ELSEWHERE(run_law)
ABATIS_ELSEWHERE(run_records_init)
ABATIS_ELSEWHERE(run_records_append)
ABATIS_ELSEWHERE(run_records_verify)
ABATIS_ELSEWHERE(run_records_export)
ABATIS_ELSEWHERE(run_publish)
ABATIS_ELSEWHERE(run_compare)
ABATIS_ELSEWHERE(run_data_build)
ABATIS_ELSEWHERE(run_data_fetch)
ABATIS_ELSEWHERE(run_measures_list)
ABATIS_ELSEWHERE(run_measures_explain)
ABATIS_ELSEWHERE(run_measures_check)

#undef ABATIS_ELSEWHERE

}  // namespace abatis::cli
