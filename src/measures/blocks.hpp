#pragma once
// Square blocks of one kind of ground beside the ways of movers: forest, drained peat, farm land.

#include <functional>
#include <string_view>

#include "site_ground.hpp"

namespace abatis::measures {

struct BlockKind {
  SiteRule rule = SiteRule::standing_forest;
  std::string_view word;            // "forest"
  double least_share = 0.6;         // of a block that must be of the kind
  std::function<bool(Cell)> holds;  // a cell of the kind; friendly ground is asked apart
};

// Blocks of `block_side` on the grid, inside an echelon, touched by the corridor, with at least the
// share of the kind. Road cells are no part of one, so roads stay open; pieces under a tenth of the
// kind are left out. Best first by usage x share, in order of finding.
std::vector<Candidate> find_blocks(const SiteGround& ground, const BlockKind& kind);

}  // namespace abatis::measures
