#pragma once
// Which neighbour gave each cell its time: found afterwards, from the times alone.

#include <vector>

#include "abatis/travel/travel.hpp"

namespace abatis::travel_detail {

// By cell: the neighbour of lowest index whose move arrives at exactly the cell's time; kNoCell at
// sources and where nothing arrives. O(cells x neighbours).
std::vector<Cell> find_predecessors(const TravelInput& input, int neighbours, bool reverse,
                                    const std::vector<double>& time, int threads);

}  // namespace abatis::travel_detail
