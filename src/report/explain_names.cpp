#include "explain_names.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "facts.hpp"

namespace abatis::report {

const Site& site_at(const ExplainView& view, int site) {
  return view.sites.sites[static_cast<std::size_t>(site)];
}

const Option& option_of(const ExplainView& view, int problem_option) {
  const PlanOrigin& origin = view.origin[static_cast<std::size_t>(problem_option)];
  return site_at(view, origin.site).options[static_cast<std::size_t>(origin.option)];
}

std::string option_label(const ExplainView& view, int problem_option) {
  const Option& option = option_of(view, problem_option);
  const auto& measures = view.scenario.catalogue.measures;
  std::string label = measures[static_cast<std::size_t>(option.measure)].name;
  if (option.cover >= 0) {
    label += " with " + measures[static_cast<std::size_t>(option.cover)].name;
  }
  if (option.park >= 0) label += ", stored in " + site_at(view, option.park).id;
  return label;
}

std::string way_label(const ExplainView& view, const WayThrough& way) {
  const Case& c = view.scenario.cases[static_cast<std::size_t>(way.kase)];
  return fmt::format("{}, {}", axis_label(view.scenario, c.axis), case_label(view.scenario, c));
}

int acts_from(const ExplainView& view, const Purchase& purchase) {
  const Option& option = option_of(view, purchase.option);
  for (int year = purchase.year; year < view.scenario.years; ++year) {
    for (std::size_t speed = 0; speed < option.delay_s.size(); ++speed) {
      if (delay_at(option, static_cast<int>(speed), year - purchase.year) > 0) return year;
    }
  }
  return -1;
}

double whole_cost(const ExplainView& view, const Purchase& purchase) {
  const PlanOption& option = view.problem.options[static_cast<std::size_t>(purchase.option)];
  return option.cost() + option.maintenance() * (view.problem.years - 1 - purchase.year);
}

std::optional<double> best_with(const ExplainView& view, const OptionOffer& offer) {
  if (!offer.reduced_s || !std::isfinite(*offer.reduced_s)) return std::nullopt;
  return std::min(view.priced.bound, view.priced.reduced_bound - *offer.reduced_s);
}

}  // namespace abatis::report
