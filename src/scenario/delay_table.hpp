#pragma once
// Delays of one obstacle, as rows that each cover some movers and some seasons: natural obstacles
// and measures share them.

#include <optional>
#include <string>
#include <vector>

#include "catalogue_reader.hpp"

namespace abatis {

struct DelayCell {
  Triangular delay;
  Provenance provenance;
  Place at;
};

class DelayTable {
 public:
  DelayTable(Diagnostics& diagnostics, const Catalogue& catalogue)
      : diagnostics_(diagnostics),
        movers_(ids_of(catalogue.movers)),
        seasons_(ids_of(catalogue.seasons)),
        cells_(movers_.size() * seasons_.size()) {}

  // Reads `delays` of `owner`; says which are missing when all that is there could be read.
  void read(TableReader& owner, const TableSpec& row_spec);
  // Calls `use(mover, season, cell)` for every delay given, by mover, then season.
  template <class Use>
  void each(Use&& use) const {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (cells_[i]) {
        use(static_cast<int>(i / seasons_.size()), static_cast<int>(i % seasons_.size()),
            *cells_[i]);
      }
    }
  }

 private:
  bool read_row(const TomlNode& node, const TableSpec& row_spec);
  void tell_missing(TableReader& owner);

  Diagnostics& diagnostics_;
  std::vector<std::string> movers_, seasons_;
  std::vector<std::optional<DelayCell>> cells_;
};

}  // namespace abatis
