#include "abatis/law/check.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "checker.hpp"

namespace abatis {
namespace {

// A device that a protocol's own limits forbid, whatever treaty lists its class.
struct Limit {
  const char* check;
  bool (*broken)(const Device&);
  const char* what;
};
bool personnel(const Device& d) {
  return d.device == DeviceClass::anti_personnel_mine;
}
constexpr Limit kLimits[] = {
    {"L3", [](const Device& d) { return personnel(d) && d.remotely_delivered == true; },
     "a remotely delivered anti-personnel mine that is not shown to destroy itself"},
    {"L4", [](const Device& d) { return personnel(d) && d.detectable == false; },
     "an anti-personnel mine that cannot be detected"},
    {"L5", [](const Device& d) { return personnel(d) && d.marked == false; },
     "an anti-personnel mine outside a marked and fenced area"},
    {"L6", [](const Device& d) { return is_mine_or_trap(d.device) && d.resists_detectors == true; },
     "a device that is set off by mine detectors"},
    {"L6",
     [](const Device& d) { return is_mine_or_trap(d.device) && d.resists_lifting_longer == true; },
     "an anti-handling device that outlives the mine it guards"},
};

constexpr const char* kNoState =
    "give the scenario a states layer with the ground under these sites";

class LawCheck {
 public:
  explicit LawCheck(const LawView& view) : view_(view), law_(view.law), checker_(view) {
    out_.actions = law_actions(view);
    for (const LawAction& a : out_.actions) {
      by_state_[a.state].push_back(&a);
      all_.push_back(&a);
    }
    out_.first =
        view.on.value_or(all_.empty() ? Date{view.scenario.first_year, 1, 1} : all_.front()->date);
    out_.last = view.on.value_or(
        all_.empty() ? Date{view.scenario.first_year + view.scenario.years - 1, 1, 1}
                     : all_.back()->date);
  }

  tl::expected<LawFindings, Errors> go() {
    refuse();
    if (!errors_.empty()) return tl::unexpected<Errors>(std::move(errors_));
    for (std::size_t c = 0; c < law_.checks.size(); ++c) {
      const Check& check = law_.checks[c];
      for (const auto& [state, actions] : by_state_) {
        if (check.rule == CheckRule::status) {
          status_of(static_cast<int>(c), state, actions);
        } else {
          of_state(static_cast<int>(c), state, actions);
        }
      }
    }
    for (std::size_t c = 0; c < law_.commitments.size(); ++c) {
      CommitmentFinding finding = checker_.judge(law_.commitments[c], all_);
      finding.commitment = static_cast<int>(c);
      out_.commitments.push_back(std::move(finding));
    }
    statuses();
    return std::move(out_);
  }

 private:
  const std::string& state_name(int state) const {
    static const std::string kUnknown = "ground of no state on record";
    return state < 0 ? kUnknown : law_.states[static_cast<std::size_t>(state)].name;
  }
  bool binds(int treaty, const LawAction& a) const {
    return a.state >= 0 && status_on(law_, treaty, a.state, a.date).in_force;
  }

  void refuse_one(const LawAction& a, const Treaty& treaty, const std::string& article,
                  const std::string& what) {
    errors_.push_back(
        {ErrorCode::input,
         fmt::format("{} at {}: {} forbids {} {} ({}), in force there on {}",
                     checker_.measure(a).name, checker_.site(a).id, treaty.name,
                     state_name(a.state), what, article, to_string(a.date)),
         {.file = view_.scenario.file.string(), .item = checker_.site(a).id},
         "take the measure out of [sites], decide `never` on the site, or correct devices.toml"});
  }

  // What no plan may name.
  void refuse() {
    constexpr std::size_t kMost = 50;
    for (const LawAction& a : out_.actions) {
      if (a.device == nullptr || errors_.size() >= kMost) continue;
      for (std::size_t t = 0; t < law_.treaties.size(); ++t) {
        for (const Prohibition& p : law_.treaties[t].forbids) {
          if (p.device != a.device->device || !binds(static_cast<int>(t), a)) continue;
          refuse_one(a, law_.treaties[t], p.article, p.what);
        }
      }
      for (const Limit& limit : kLimits) {
        const auto check = std::find_if(law_.checks.begin(), law_.checks.end(),
                                        [&](const Check& c) { return c.id == limit.check; });
        if (check == law_.checks.end() || check->treaty < 0 || !limit.broken(*a.device)) continue;
        if (!binds(check->treaty, a)) continue;
        refuse_one(a, law_.treaties[static_cast<std::size_t>(check->treaty)], check->article,
                   limit.what);
      }
    }
  }

  void add(int check, int state, LawFinding finding, const Actions& about) {
    finding.check = check;
    finding.state = state;
    finding.from = about.front()->date;
    finding.to = about.front()->date;
    for (const LawAction* a : about) {
      finding.from = std::min(finding.from, a->date);
      finding.to = std::max(finding.to, a->date);
    }
    out_.findings.push_back(std::move(finding));
  }

  // L1: of each treaty that forbids something, whether it binds on the days of the actions.
  void status_of(int check, int state, const Actions& actions) {
    Actions unknown;
    for (const LawAction* a : actions) {
      if (a->device == nullptr) unknown.push_back(a);
    }
    for (std::size_t t = 0; t < law_.treaties.size(); ++t) {
      const Treaty& treaty = law_.treaties[t];
      if (treaty.forbids.empty()) continue;
      Actions bound, free;
      for (const LawAction* a : actions) {
        (binds(static_cast<int>(t), *a) ? bound : free).push_back(a);
      }
      for (const Actions* group : {&bound, &free}) {
        if (group->empty()) continue;
        LawFinding f;
        f.treaty = static_cast<int>(t);
        f.article = group == &bound ? treaty.forbids.front().article : treaty.withdrawal_article;
        const std::string words = state < 0
                                      ? "not known in which state they lie"
                                      : status_on(law_, f.treaty, state, group->back()->date).words;
        f.verdict = state < 0         ? Verdict::not_claimed
                    : group == &free  ? Verdict::not_applicable
                    : unknown.empty() ? Verdict::met
                                      : Verdict::not_claimed;
        f.evidence = fmt::format("{}; {}", words, checker_.amount(*group));
        if (f.verdict == Verdict::met) {
          f.evidence += fmt::format("; none is {}", article_words(treaty));
        } else if (f.verdict == Verdict::not_claimed) {
          f.mend = state < 0 ? kNoState : law_.checks[static_cast<std::size_t>(check)].mend;
          if (state >= 0) {
            f.evidence += fmt::format("; what {} of them are is not on record", unknown.size());
          }
        }
        f.sites = sites_of(f.verdict == Verdict::not_claimed && state >= 0 ? unknown : *group);
        add(check, state, std::move(f), *group);
      }
    }
  }
  static std::string article_words(const Treaty& treaty) {
    std::string words;
    for (const Prohibition& p : treaty.forbids) {
      std::string name(to_string(p.device));
      std::replace(name.begin(), name.end(), '_', ' ');
      words += (words.empty() ? "of the class " : " or ") + name;
    }
    return words;
  }

  void of_state(int c, int state, const Actions& actions) {
    const Check& check = law_.checks[static_cast<std::size_t>(c)];
    Actions about;
    for (const LawAction* a : actions) {
      if (checker_.concerns(check.concerns, *a)) about.push_back(a);
    }
    LawFinding none;
    none.treaty = check.treaty;
    none.article = check.article;
    none.verdict = Verdict::not_applicable;
    if (about.empty()) {
      none.evidence = "the plan does nothing there that it is about";
      return add(c, state, std::move(none), actions);
    }
    Actions bound, free;
    for (const LawAction* a : about) (binds(check.treaty, *a) ? bound : free).push_back(a);
    if (!bound.empty()) add(c, state, checker_.judge(check, bound), bound);
    if (free.empty()) return;
    none.evidence =
        fmt::format("{}; {}",
                    state < 0 ? "not known in which state they lie"
                              : status_on(law_, check.treaty, state, free.back()->date).words,
                    checker_.amount(free));
    if (state < 0) {
      none.verdict = Verdict::not_claimed;
      none.mend = kNoState;
    }
    none.sites = sites_of(free);
    add(c, state, std::move(none), free);
  }

  void statuses() {
    std::set<int> states;
    for (const auto& [state, actions] : by_state_) states.insert(state);
    for (const auto* side : {&view_.scenario.friendly, &view_.scenario.adversary}) {
      for (const std::string& id : *side) states.insert(law_.state(id));
    }
    states.erase(-1);
    for (std::size_t t = 0; t < law_.treaties.size(); ++t) {
      for (const int s : states) {
        const int treaty = static_cast<int>(t);
        out_.statuses.push_back({treaty, s, status_on(law_, treaty, s, out_.first),
                                 status_on(law_, treaty, s, out_.last)});
      }
    }
  }

  const LawView& view_;
  const LawData& law_;
  Checker checker_;
  LawFindings out_;
  std::map<int, Actions> by_state_;
  Actions all_;
  Errors errors_;
};

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::met:
      return "met";
    case Verdict::not_met:
      return "not met";
    case Verdict::not_applicable:
      return "not applicable";
    case Verdict::not_claimed:
      return "not claimed";
  }
  return "";
}

int LawFindings::count(Verdict verdict) const {
  return static_cast<int>(std::count_if(findings.begin(), findings.end(),
                                        [&](const LawFinding& f) { return f.verdict == verdict; }));
}

tl::expected<LawFindings, Errors> check_law(const LawView& view) {
  return LawCheck(view).go();
}

}  // namespace abatis
