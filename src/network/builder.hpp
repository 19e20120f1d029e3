#pragma once
// Building, measuring and refining, on inputs that tests can write by hand.

#include <optional>
#include <span>

#include "abatis/base/monitor.hpp"
#include "input.hpp"
#include "probe.hpp"
#include "speed_net.hpp"

namespace abatis::network_detail {

// Rounds after which a network that still fails is given up. Refining by a plan's own grid path
// makes its error at most kArcStretch, so two rounds do unless something is broken.
inline constexpr int kMaxRounds = 6;

// The network held to input.rules.tolerance on input.plans. `extra`: by speed, nodes kept from an
// earlier refinement (or empty). Errors: a case not connected; ErrorCode::limit when the
// tolerance is not met; ErrorCode::interrupted.
Result<Network> build(const NetworkInput& input, const std::vector<std::vector<Cell>>& extra,
                      int threads, Monitor& monitor);

// Network against grid, for every plan and case.
Result<NetworkError> measure(const NetworkInput& input, const Network& network,
                             std::span<const SiteDelays> plans, int threads, Monitor& monitor);

}  // namespace abatis::network_detail
