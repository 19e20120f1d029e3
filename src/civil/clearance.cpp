#include "clearance.hpp"

#include <algorithm>
#include <cmath>

#include "abatis/base/sort.hpp"

namespace abatis {

double quantile(const Triangular& t, double q) {
  const double width = t.max - t.min;
  if (width <= 0) return t.mode;
  const double rising = (t.mode - t.min) / width;
  if (q <= rising) return t.min + std::sqrt(q * width * (t.mode - t.min));
  return t.max - std::sqrt((1 - q) * width * (t.max - t.mode));
}

Spread spread_of(const Triangular& t, double times) {
  return {times * quantile(t, 0.1), times * quantile(t, 0.5), times * quantile(t, 0.9),
          times * t.mean()};
}

namespace civil_detail {

double years_in(double from, double to, int year) {
  const double begin = std::max(from, static_cast<double>(year));
  const double end = std::min(to, static_cast<double>(year + 1));
  return std::max(0.0, end - begin);
}

std::int64_t inspections(double from, double to, double interval) {
  if (!(to > from)) return 0;
  return static_cast<std::int64_t>(std::ceil((to - from) / interval)) - 1;
}

std::int64_t inspections_in(double from, double to, double interval, int year) {
  const auto until = [&](double end) { return inspections(from, std::min(to, end), interval); };
  return until(static_cast<double>(year + 1)) - until(static_cast<double>(year));
}

void plan_clearance(std::vector<SiteLedger>& sites, double plan_end, const CivilFigures& figures) {
  std::vector<SiteLedger*> zones;
  for (SiteLedger& site : sites) {
    if (site.mined_m2 > 0) zones.push_back(&site);
  }
  sort_stably(zones, [](const SiteLedger* a, const SiteLedger* b) {
    return a->stands_from < b->stands_from;
  });
  double now = plan_end;
  for (SiteLedger* zone : zones) {
    now = std::max(now, zone->stands_from) + zone->mined_m2 / figures.clearance_m2_year;
    zone->cleared_at = now;
    zone->inspections = inspections(zone->stands_from, now, figures.inspection_years);
  }
}

}  // namespace civil_detail
}  // namespace abatis
