#pragma once
// Which cells become nodes: crossings of the bands between tiles, and portals of sites.

#include <vector>

#include "input.hpp"
#include "tiles.hpp"

namespace abatis::network_detail {

// Ascending, without repeats. A node on a cell of a site is a portal of that site.
//
// On each band line, every stretch of open cells of one kind (free ground, one natural obstacle,
// one site) is divided into lengths of about the spacing, and the fastest cell of each is taken,
// as is every road: a narrow strip faster than both its sides. Of each connected piece of a site
// the outer cells are taken fastest first, none nearer than two fifths of the spacing to one
// already taken.
// O(cells).
std::vector<Cell> choose_nodes(const NetworkInput& input, int speed, const std::vector<bool>& open,
                               const TileMap& tiles);

// Cells of a grid path that, as nodes, let the network follow it exactly: where it passes from
// tile to tile, and where it enters a site.
std::vector<Cell> nodes_on_path(const NetworkInput& input, const TileMap& tiles,
                                const std::vector<Cell>& path);

}  // namespace abatis::network_detail
