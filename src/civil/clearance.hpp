#pragma once
// Mined zones over the years: how long they stand, when they are cleared, inspections until then.

#include <vector>

#include "abatis/civil/ledger.hpp"

namespace abatis::civil_detail {

// Years that [from, to) has in common with the calendar year that begins at `year`.
double years_in(double from, double to, int year);

// Inspections due in [from, to): every `interval` years from `from` on, the first one interval
// after it. Those that fall into the calendar year `year`.
std::int64_t inspections_in(double from, double to, double interval, int year);
std::int64_t inspections(double from, double to, double interval);

// Sets stands_from and cleared_at of the mined zones among `sites`, inspections with them: they are
// cleared from `plan_end` on, one after another at `m2_year`, in the order they came.
void plan_clearance(std::vector<SiteLedger>& sites, double plan_end, const CivilFigures& figures);

}  // namespace abatis::civil_detail
