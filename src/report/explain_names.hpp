#pragma once
// What words and JSON of an explanation share.

#include <optional>
#include <string>

#include "abatis/report/explain.hpp"

namespace abatis::report {

const Site& site_at(const ExplainView& view, int site);
const Option& option_of(const ExplainView& view, int problem_option);
// "Anti-vehicle ditch with AT cover, stored in park-001"
std::string option_label(const ExplainView& view, int problem_option);
// "West to Eastham, heavy tracked, dry"
std::string way_label(const ExplainView& view, const WayThrough& way);
// Index of the first year in which a purchase delays anybody; nothing within the plan: -1.
int acts_from(const ExplainView& view, const Purchase& purchase);
// Cost and upkeep until the plan ends of a purchase, EUR.
double whole_cost(const ExplainView& view, const Purchase& purchase);
// No plan with the option scores more (s); nothing when no relaxation was solved or none has it.
std::optional<double> best_with(const ExplainView& view, const OptionOffer& offer);

}  // namespace abatis::report
