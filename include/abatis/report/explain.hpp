#pragma once
// What `abatis explain` says of a site, in words and as JSON (docs/reference/explain.md).

#include <string>
#include <vector>

#include "abatis/measures/sites.hpp"
#include "abatis/network/network.hpp"
#include "abatis/plan/explain.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis {

// What a way enters on the grid: a site, or a natural obstacle outside all sites.
struct Entered {
  int site = -1;     // index into SiteSet::sites
  int natural = -1;  // index into Catalogue::naturals
  bool operator==(const Entered&) const = default;
};

// A way of SiteLoss::ways on the grid itself, in its worst year.
struct GroundWay {
  double time_s = 0;
  std::vector<Entered> crossings;  // in order
};

// Everything the explanation is told from. Not owned.
struct ExplainView {
  const Scenario& scenario;
  const SiteSet& sites;
  const PlanProblem& problem;
  const std::vector<PlanOrigin>& origin;  // of problem.options
  const SiteExplanation& site;
  const PlanResult& priced;              // baseline and reduced costs of the kept plan
  const std::vector<GroundWay>& ground;  // of the first ways
};

// Lines for a reader, indented by two spaces a level, not broken.
std::vector<std::string> explain_in_words(const ExplainView& view);

// One JSON object, without line breaks.
std::string explain_json(const ExplainView& view);

}  // namespace abatis
