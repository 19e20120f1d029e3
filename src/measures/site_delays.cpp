// What sites cost a mover: what later rooms ask of this one.

#include <cstddef>

#include "abatis/measures/sites.hpp"

namespace abatis {

std::vector<double> barrier_delays(const SiteSet& sites, const Mobility& mobility, int speed_index,
                                   const std::vector<double>& site_delay_s) {
  const auto& natural = mobility.natural_delay_s[static_cast<std::size_t>(speed_index)];
  std::vector<double> delays(static_cast<std::size_t>(sites.barrier_count()), 0.0);
  const auto naturals = static_cast<std::size_t>(sites.naturals);
  for (std::size_t n = 0; n < naturals && n < natural.size(); ++n) delays[n + 1] = natural[n];
  for (std::size_t s = 0; s < sites.sites.size(); ++s) {
    const int on = sites.sites[s].natural;
    const double today = on > 0 ? natural[static_cast<std::size_t>(on - 1)] : 0.0;
    delays[naturals + 1 + s] = today + (s < site_delay_s.size() ? site_delay_s[s] : 0.0);
  }
  return delays;
}

void apply_felling(const SiteSet& sites, Mobility& mobility) {
  const Felling& felling = sites.felling;
  for (std::size_t k = 0; k < felling.speed_mps.size() && k < mobility.speeds.size(); ++k) {
    Raster<float>& speed = mobility.speeds[k].speed_mps;
    for (std::size_t i = 0; i < felling.cells.size(); ++i) {
      speed[felling.cells[i]] = felling.speed_mps[k][i];
    }
  }
}

}  // namespace abatis
