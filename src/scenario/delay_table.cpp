#include "delay_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace abatis {
namespace {
constexpr double kMaxDelay = 366.0 * 86400;
}  // namespace

void DelayTable::read(TableReader& owner, const TableSpec& row_spec) {
  const auto rows = owner.tables("delays", cells_.size() + 1);
  bool all_good = owner.has("delays") && !rows.empty();
  for (const TomlNode* node : rows) all_good = read_row(*node, row_spec) && all_good;
  if (all_good) tell_missing(owner);
}

bool DelayTable::read_row(const TomlNode& node, const TableSpec& row_spec) {
  TableReader r(diagnostics_, node, row_spec);
  std::vector<int> movers, seasons;
  DelayCell cell;
  cell.at = r.at();
  bool good = r.references("movers", movers, movers_, "mover");
  good = r.references("seasons", seasons, seasons_, "season") && good;
  good = r.triangular("delay", cell.delay, Dimension::time, between(0, kMaxDelay)) && good;
  good = r.provenance("provenance", cell.provenance) && good;
  for (const int m : movers) {
    for (const int s : seasons) {
      auto& place =
          cells_[static_cast<std::size_t>(m) * seasons_.size() + static_cast<std::size_t>(s)];
      if (place) {
        r.error("delay", fmt::format("the delay of {} in season {} stands twice, first in line {}",
                                     movers_[static_cast<std::size_t>(m)],
                                     seasons_[static_cast<std::size_t>(s)], place->at.line));
      } else {
        place = cell;
      }
    }
  }
  return good;
}

void DelayTable::tell_missing(TableReader& owner) {
  std::vector<std::string> missing;
  for (std::size_t m = 0; m < movers_.size(); ++m) {
    for (std::size_t s = 0; s < seasons_.size(); ++s) {
      if (!cells_[m * seasons_.size() + s]) {
        missing.push_back(fmt::format("{} in {}", movers_[m], seasons_[s]));
      }
    }
  }
  if (missing.empty()) return;
  const std::size_t count = missing.size();
  constexpr std::size_t kNamed = 6;
  if (count > kNamed) missing.resize(kNamed);
  owner.error("delays",
              fmt::format("{} of {} delays are missing: {}{}", count, cells_.size(),
                          fmt::join(missing, ", "), count > kNamed ? ", ..." : ""),
              "give every mover of movers.toml a delay in every season of seasons.toml");
}

}  // namespace abatis
