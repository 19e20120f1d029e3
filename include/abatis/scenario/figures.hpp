#pragma once
// What every figure of a catalogue carries: its spread and where it comes from.

#include <string>

namespace abatis {

// A citation, or "unverified" when the figure was not checked against a source.
struct Provenance {
  std::string source;
  bool verified() const { return source != "unverified"; }
};

struct Triangular {
  double min = 0, mode = 0, max = 0;
  double mean() const { return (min + mode + max) / 3.0; }
  bool operator==(const Triangular&) const = default;
};

}  // namespace abatis
