#include "checker.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "abatis/base/words.hpp"

namespace abatis {
namespace {

constexpr double kCent = 0.01;

std::string million(double eur) {
  return fmt::format("{:.1f} M EUR", eur / 1e6);
}

}  // namespace

bool Checker::has_claim(const std::string& about, const LawAction& action) const {
  const std::string& id = site(action).id;
  return std::any_of(view_.law.claims.begin(), view_.law.claims.end(), [&](const Claim& claim) {
    return claim.about == about && claim.date <= action.date &&
           (claim.sites.empty() ||
            std::find(claim.sites.begin(), claim.sites.end(), id) != claim.sites.end());
  });
}

Checker::Answer Checker::claimed(const std::string& about, Concerns concerns,
                                 const Actions& actions) const {
  Answer answer;
  for (const LawAction* a : actions) {
    if (!has_claim(about, *a)) answer.open.push_back(a);
  }
  const std::string what = amount(actions) + of_concern(concerns, actions);
  if (answer.open.empty()) {
    answer.verdict = Verdict::met;
    std::string by;
    for (const Claim& claim : view_.law.claims) {
      if (claim.about != about) continue;
      by +=
          fmt::format("; claimed by {} ({}, {})", claim.by, claim.evidence, to_string(claim.date));
    }
    answer.evidence = what + by;
    return answer;
  }
  answer.evidence = fmt::format(
      "{}; {}", what,
      answer.open.size() == actions.size()
          ? std::string("no claim before their dates")
          : fmt::format("no claim for {} of them before their dates", answer.open.size()));
  return answer;
}

Checker::Answer Checker::recorded(const Actions& actions) const {
  Answer answer;
  for (const LawAction* a : actions) {
    const bool whole = !a->device->life_time.empty() && a->device->number_per_load > 0 &&
                       a->device->marked.has_value() && measure(*a).mined_depth_m > 0 &&
                       option(*a).loads > 0;
    if (!whole) answer.open.push_back(a);
  }
  const std::string what = amount(actions);
  if (!answer.open.empty()) {
    answer.verdict = Verdict::not_met;
    answer.evidence =
        fmt::format("{}; of {} the data lack type, number, depth, marking or life time", what,
                    answer.open.size());
    return answer;
  }
  answer.verdict = Verdict::met;
  answer.evidence = fmt::format(
      "{}; a planned record of each holds two reference points, perimeter, extent, type class, "
      "number (as planned stock), dates, marking and life time; where each single one lies is for "
      "the force that lays it",
      what);
  return answer;
}

// Figures of devices.toml. What is bad and forbidden was refused before.
Checker::Answer Checker::flagged(CheckRule rule, const Actions& actions) const {
  Answer unknown, bad;
  for (const LawAction* a : actions) {
    const Device& d = *a->device;
    const auto look = [&](const std::optional<bool>& value, bool wrong) {
      if (!value) return unknown.open.push_back(a);
      if (*value == wrong) bad.open.push_back(a);
    };
    switch (rule) {
      case CheckRule::not_remote:
        look(d.remotely_delivered, true);
        break;
      case CheckRule::detectable:
        look(d.detectable, false);
        break;
      case CheckRule::marked:
        look(d.marked, false);
        break;
      default:
        look(d.resists_detectors, true);
        look(d.resists_lifting_longer, true);
        break;
    }
  }
  const std::string what = amount(actions);
  if (!bad.open.empty()) {
    bad.verdict = Verdict::not_met;
    bad.evidence = fmt::format("{}; devices.toml says otherwise of {} of them", what,
                               sites_of(bad.open).size());
    return bad;
  }
  if (!unknown.open.empty()) {
    unknown.evidence = fmt::format("{}; devices.toml does not say of {} of them", what,
                                   sites_of(unknown.open).size());
    return unknown;
  }
  return {Verdict::met, what + "; as devices.toml says of these measures", {}};
}

double Checker::set_aside(const std::string& about, const Actions& actions) const {
  double sum = charged_liability(view_.scenario) * liability(actions);
  for (const Claim& claim : view_.law.claims) {
    if (claim.about == about) sum += claim.amount_eur;
  }
  return sum;
}

Checker::Answer Checker::cleared(const Check& check, const Actions& actions) const {
  const double needed = liability(actions);
  const double there = set_aside(check.id, actions);
  Answer answer;
  answer.verdict = there + kCent >= needed ? Verdict::met : Verdict::not_met;
  answer.evidence =
      fmt::format("{}; clearing them costs {} by the catalogue's mean, {} is set aside",
                  amount(actions), million(needed), million(there));
  return answer;
}

Checker::Answer Checker::transboundary(const Check& check, const Actions& actions) const {
  std::string bound, free;
  for (const std::string& id : view_.scenario.adversary) {
    const int state = view_.law.state(id);
    if (state < 0) continue;
    const TreatyStatus status = status_on(view_.law, check.treaty, state, actions.back()->date);
    std::string& list = status.in_force ? bound : free;
    list += (list.empty() ? "" : ", ") + view_.law.states[static_cast<std::size_t>(state)].name;
  }
  const std::string others = free.empty() ? std::string() : "; not bound: " + free;
  if (bound.empty()) {
    return {Verdict::not_applicable, amount(actions) + " within 5 km of the border" + others, {}};
  }
  Answer answer = claimed(check.id, Concerns::all, actions);
  answer.evidence += fmt::format("; within 5 km of the border; bound with it: {}{}", bound, others);
  return answer;
}

LawFinding Checker::judge(const Check& check, const Actions& actions) const {
  Answer answer;
  switch (check.rule) {
    case CheckRule::recorded:
      answer = recorded(actions);
      break;
    case CheckRule::cleared:
      answer = cleared(check, actions);
      break;
    case CheckRule::transboundary:
      answer = transboundary(check, actions);
      break;
    case CheckRule::claim:
    case CheckRule::status:  // of its own kind: law_check.cpp
      answer = claimed(check.id, check.concerns, actions);
      break;
    default:
      answer = flagged(check.rule, actions);
      break;
  }
  LawFinding finding;
  finding.treaty = check.treaty;
  finding.article = check.article;
  finding.verdict = answer.verdict;
  finding.evidence = std::move(answer.evidence);
  finding.sites = sites_of(answer.open.empty() ? actions : answer.open);
  if (answer.verdict == Verdict::not_met || answer.verdict == Verdict::not_claimed) {
    finding.mend = check.mend;
  }
  return finding;
}

CommitmentFinding Checker::judge(const Commitment& commitment, const Actions& actions) const {
  Actions mined, wrong, unknown;
  for (const LawAction* a : actions) {
    if (is_explosive(*a)) mined.push_back(a);
    if (a->device == nullptr) unknown.push_back(a);
  }
  CommitmentFinding finding;
  const auto say = [&](Verdict verdict, std::string evidence, const Actions& about) {
    finding.verdict = verdict;
    finding.evidence = std::move(evidence);
    finding.sites = sites_of(about);
  };
  if (commitment.rule == "claim") {
    const Answer answer = claimed(commitment.id, Concerns::all, mined);
    if (mined.empty()) {
      say(Verdict::not_applicable, "the plan has no mined zone", {});
    } else {
      say(answer.verdict, answer.evidence, answer.open);
    }
    return finding;
  }
  if (commitment.rule == "clearance_paid_ahead") {
    const double needed = liability(mined), there = set_aside("L8", mined);
    say(there + kCent >= needed ? Verdict::met : Verdict::not_met,
        fmt::format("{} of {} is set aside", million(there), million(needed)), mined);
    return finding;
  }
  for (const LawAction* a : mined) {
    const bool bad = commitment.rule == "no_anti_personnel_mines"
                         ? a->device->device == DeviceClass::anti_personnel_mine
                     : commitment.rule == "stored_in_peacetime" ? !measure(*a).emplacement.stored()
                                                                : !site(*a).settlements_1km.empty();
    if (bad) wrong.push_back(a);
  }
  if (!unknown.empty() && wrong.empty()) {
    say(Verdict::not_claimed, fmt::format("devices.toml does not say what {} are", amount(unknown)),
        unknown);
  } else if (wrong.empty()) {
    say(Verdict::met,
        mined.empty() ? std::string("the plan has no mined zone") : "holds for " + amount(mined),
        {});
  } else {
    say(Verdict::not_met,
        fmt::format("not so for {} of {}; {}", wrong.size(), amount(mined), people(wrong)), wrong);
  }
  return finding;
}

}  // namespace abatis
