#pragma once
// A plan held against the law on the date of every action (MODEL section 13, docs/model/law.md).

#include <optional>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/law/law_data.hpp"
#include "abatis/law/status.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// What is checked. Not owned.
struct LawView {
  const Scenario& scenario;
  const Terrain& terrain;
  const SiteSet& sites;
  const std::vector<PlanOrigin>& origin;  // of the problem's options
  const std::vector<Purchase>& purchases;
  const LawData& law;
  std::optional<Date> on;  // as if every action were on this day
};

// One purchase as the law sees it.
struct LawAction {
  int site = 0, option = 0, measure = 0;  // indices as in Purchase's origin
  int state = -1;                         // in whose territory, index into LawData; -1 = unknown
  int year = 0;                           // calendar year of purchase
  Date date;                              // the first day of that year: the earliest it may be
  const Device* device = nullptr;         // nullptr: the data do not say what it is
  double border_m = 0;                    // of its nearest cell
  bool in_protected_area = false;
};

// By year, then site. O(cells of bought sites x protected areas near them).
std::vector<LawAction> law_actions(const LawView& view);

enum class Verdict : std::uint8_t { met, not_met, not_applicable, not_claimed };
std::string_view to_string(Verdict verdict);  // "not met"

struct LawFinding {
  int check = 0;                // index into LawData::checks
  int state = -1, treaty = -1;  // indices; -1 = none
  std::string article;
  Verdict verdict = Verdict::not_claimed;
  std::string evidence, mend;  // mend: empty where nothing is to mend
  std::vector<int> sites;      // indices into SiteSet::sites, ascending
  Date from, to;               // of the actions it is about
};

struct CommitmentFinding {
  int commitment = 0;  // index into LawData::commitments
  Verdict verdict = Verdict::not_claimed;
  std::string evidence;
  std::vector<int> sites;
};

struct StatusLine {
  int treaty = 0, state = 0;
  TreatyStatus first, last;  // on the first and last day of the plan's actions
};

struct LawFindings {
  std::vector<LawAction> actions;
  std::vector<LawFinding> findings;  // by check, then state, then treaty
  std::vector<CommitmentFinding> commitments;
  std::vector<StatusLine> statuses;  // of the states the actions are in, and of the adversaries
  Date first, last;                  // of the actions; of an empty plan the years of the scenario
  int count(Verdict verdict) const;
};

// Errors, all at once: a purchase of what a treaty in force forbids the state on that day, with the
// article. Deterministic. O(checks x actions + acts).
tl::expected<LawFindings, Errors> check_law(const LawView& view);

}  // namespace abatis
