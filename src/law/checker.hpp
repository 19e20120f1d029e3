#pragma once
// How a group of actions is judged by one check, and the words for it.

#include "abatis/law/check.hpp"

namespace abatis {

using Actions = std::vector<const LawAction*>;

inline constexpr double kNearBorder = 5000;  // m, for effects across it

class Checker {
 public:
  explicit Checker(const LawView& view) : view_(view) {}

  bool concerns(Concerns concerns, const LawAction& action) const;
  // By the check's rule, its treaty in force for all of them.
  LawFinding judge(const Check& check, const Actions& actions) const;
  CommitmentFinding judge(const Commitment& commitment, const Actions& actions) const;

  // "14 sites, 18.2 km, 2026 to 2031": what they are, for evidence.
  std::string amount(const Actions& actions) const;
  const Site& site(const LawAction& action) const {
    return view_.sites.sites[static_cast<std::size_t>(action.site)];
  }
  const Option& option(const LawAction& action) const {
    return site(action).options[static_cast<std::size_t>(action.option)];
  }
  const Measure& measure(const LawAction& action) const {
    return view_.scenario.catalogue.measures[static_cast<std::size_t>(action.measure)];
  }
  const LawView& view() const { return view_; }

 private:
  struct Answer {
    Verdict verdict = Verdict::not_claimed;
    std::string evidence;
    Actions open;  // those that keep it from being met; empty = all it is about
  };
  Answer recorded(const Actions& actions) const;
  Answer flagged(CheckRule rule, const Actions& actions) const;
  Answer cleared(const Check& check, const Actions& actions) const;
  Answer claimed(const std::string& about, Concerns concerns, const Actions& actions) const;
  Answer transboundary(const Check& check, const Actions& actions) const;
  bool has_claim(const std::string& about, const LawAction& action) const;
  double set_aside(const std::string& about, const Actions& actions) const;
  double liability(const Actions& actions) const;
  std::string people(const Actions& actions) const;
  std::string of_concern(Concerns concerns, const Actions& actions) const;

  const LawView& view_;
};

std::vector<int> sites_of(const Actions& actions);
// Actions whose named figure the device data do not give, or give as `bad`.
bool is_explosive(const LawAction& action);

}  // namespace abatis
