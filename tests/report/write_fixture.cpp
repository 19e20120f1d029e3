// write_report_fixture OUT: the products of the made-up run, for the browser tests of the page.
#include <cstdio>
#include <string>

#include "fixture.hpp"

int main(int argc, char** argv) {
  using namespace abatis;
  if (argc < 2 || argc > 3) {
    std::fputs("usage: write_report_fixture OUT [TEXT put into every name]\n", stderr);
    return 2;
  }
  const auto made = fixture::make_fixture({argc == 3 ? argv[2] : "", false});
  const auto outcome = compute_outcome(made->view(), 0, silent_monitor());
  if (!outcome) {
    std::fprintf(stderr, "%s\n", to_string(outcome.error()).c_str());
    return exit_code(outcome.error().code);
  }
  const auto files = write_products(made->view(), *outcome, argv[1], 0, silent_monitor());
  if (!files) {
    std::fprintf(stderr, "%s\n", to_string(files.error()).c_str());
    return exit_code(files.error().code);
  }
  for (const ProductFile& file : *files) std::printf("%s\n", file.name.c_str());
  return 0;
}
