#pragma once
// When stored obstacles stand after the order is given (MODEL section 7, docs/model/readiness.md).

#include <utility>
#include <vector>

#include "abatis/measures/sites.hpp"

namespace abatis {

// One stored obstacle in the queue of its park.
struct Emplaced {
  int site = 0, option = 0, park = 0;  // site and option, the park as a site
  int crew = 0;                        // of the park, from 0
  int place = 0;                       // in the crew's queue, from 0
  double alone_s = 0;                  // after the order, were its crew sent here first
  double ready_s = 0;                  // after the order, in its turn
  double needed_s = 0;                 // warning + first arrival of a mover that it delays
  bool in_time() const { return ready_s <= needed_s; }
};

// Each park sends its crews to what is needed first (earliest due date), every next task to the
// crew that is free first; a crew drives out, emplaces, and drives back for the next load. All
// parks at once; `chosen` are (site, option) pairs of a plan, those not stored are left out. By
// park, then by readiness. `warning_s` counts from the order to the crossing of the border.
std::vector<Emplaced> emplace(const Scenario& scenario, const SiteSet& sites,
                              const std::vector<std::pair<int, int>>& chosen, double warning_s);

// Hours of work that a park's crews have within the warning, after the call-out; 0 when there are
// none left.
double crew_hours(const Measure& park, double warning_s);

}  // namespace abatis
