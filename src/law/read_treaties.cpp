// States, treaties, and what states did about them.

#include <algorithm>

#include <fmt/format.h>

#include "abatis/base/sort.hpp"
#include "abatis/law/status.hpp"
#include "catalogue_reader.hpp"
#include "law_files.hpp"
#include "law_words.hpp"

namespace abatis {
namespace {

constexpr int kMaxMonths = 120;

constexpr Choice<bool> kBinds[] = {{"parties", false}, {"union", true}};

void read_forbids(TableReader& owner, Treaty& treaty) {
  if (!owner.has("forbids")) return;
  for (const TomlNode* node : owner.tables("forbids", kMostEntries)) {
    TableReader r(owner.diagnostics(), *node, spec::kForbids);
    Prohibition p;
    r.choice<DeviceClass>("device", p.device, kDeviceNames);
    r.text("article", p.article);
    r.text("what", p.what);
    treaty.forbids.push_back(std::move(p));
  }
}

void read_treaty(TableReader& r, Treaty& t) {
  r.text("title", t.title);
  r.choice<bool>("binds", t.binds_union, kBinds);
  const bool adopted = read_date(r, "adopted", t.adopted);
  const bool in_force = read_date(r, "in_force", t.in_force);
  if (adopted && in_force && t.in_force < t.adopted) {
    r.error("in_force", fmt::format("the treaty is in force on {}, before it was adopted on {}",
                                    to_string(t.in_force), to_string(t.adopted)));
  }
  if (Date from; read_date(r, "applies_from", from)) {
    t.applies_from = from;
    if (in_force && from < t.in_force) {
      r.error("applies_from", fmt::format("it applies from {}, before it is in force on {}",
                                          to_string(from), to_string(t.in_force)));
    }
  }
  r.integer("withdrawal_months", t.withdrawal_months, 0, kMaxMonths);
  r.boolean("withdrawal_waits_for_peace", t.waits_for_peace);
  r.text("withdrawal_article", t.withdrawal_article);
  r.text("source", t.source);
  read_forbids(r, t);
}

bool consents(const TreatyAct& act) {
  return act.kind != ActKind::signature && act.kind != ActKind::withdrawal_notice;
}

// One state's acts on one treaty, in the order of their deposit.
class ActCheck {
 public:
  ActCheck(const LawData& law, Errors& errors) : law_(law), errors_(errors) {}

  void next(const TreatyAct& act) {
    const Treaty& treaty = law_.treaties[static_cast<std::size_t>(act.treaty)];
    if (act.deposited < treaty.adopted) {
      wrong(act, fmt::format("deposited on {}, before {} was adopted on {}",
                             to_string(act.deposited), treaty.name, to_string(treaty.adopted)));
    }
    if (act.effective && *act.effective < act.deposited) {
      wrong(act, fmt::format("effective on {}, before the deposit on {}", to_string(*act.effective),
                             to_string(act.deposited)));
    } else if (act.effective && consents(act) && *act.effective < treaty.in_force) {
      wrong(act, fmt::format("effective on {}, before {} itself was in force on {}",
                             to_string(*act.effective), treaty.name, to_string(treaty.in_force)));
    }
    if (act.kind == ActKind::signature) {
      if (bound_ != nullptr) wrong(act, "a signature after the consent to be bound");
    } else if (consents(act)) {
      if (bound_ != nullptr) {
        wrong(act, "a second consent to be bound without a withdrawal between them");
      }
      bound_ = &act;
    } else {
      withdrawal(act, treaty);
      bound_ = nullptr;
    }
  }

 private:
  void withdrawal(const TreatyAct& act, const Treaty& treaty) {
    if (bound_ == nullptr) {
      return wrong(act, "a notice of withdrawal by a state that is no party then");
    }
    if (act.deposited < bound_->effective.value_or(bound_->deposited)) {
      wrong(act, fmt::format("a notice of withdrawal on {}, before the state was bound",
                             to_string(act.deposited)));
    }
    if (treaty.withdrawal_months == 0) {
      return wrong(act, fmt::format("{} says nothing of withdrawals", treaty.name),
                   "give withdrawal_months of the treaty");
    }
    const auto effect = withdrawal_effect(law_, act);
    // A day written before an armed conflict was known of is held against peace.
    const Date peace = months_after(act.deposited, treaty.withdrawal_months);
    if (act.effective && *act.effective != peace && act.effective != effect) {
      wrong(act,
            fmt::format("effective on {}, but {} months after the deposit on {} is {}",
                        to_string(*act.effective), treaty.withdrawal_months,
                        to_string(act.deposited), to_string(peace)),
            "correct one of them, or state the armed conflict that held it back");
    }
  }
  void wrong(const TreatyAct& act, std::string message, std::string hint = {}) {
    errors_.push_back({ErrorCode::input, std::move(message), act.where, std::move(hint)});
  }

  const LawData& law_;
  Errors& errors_;
  const TreatyAct* bound_ = nullptr;
};

}  // namespace

void read_states(Diagnostics& diagnostics, const TomlNode& root, LawData& into) {
  TableReader file(diagnostics, root, spec::kStateFile);
  read_named(file, spec::kState, kMostEntries, "state", into.states,
             [](TableReader& r, LawState& s) {
               if (Date from; read_date(r, "union_from", from)) s.union_from = from;
             });
}

void read_treaties(Diagnostics& diagnostics, const TomlNode& root, LawData& into) {
  TableReader file(diagnostics, root, spec::kTreatyFile);
  read_named(file, spec::kTreaty, kMostEntries, "treaty", into.treaties, read_treaty);
}

void read_acts(TableReader& file, LawData& into) {
  if (!file.has("acts")) return;
  const auto treaties = ids_of(into.treaties);
  const auto states = ids_of(into.states);
  for (const TomlNode* node : file.tables("acts", kMostEntries)) {
    TableReader r(file.diagnostics(), *node, spec::kAct);
    TreatyAct act;
    bool good = r.reference("treaty", act.treaty, treaties, "treaty");
    good = r.reference("state", act.state, states, "state") && good;
    good = r.choice<ActKind>("kind", act.kind, kActNames) && good;
    good = read_date(r, "deposited", act.deposited) && good;
    if (Date day; read_date(r, "effective", day)) {
      act.effective = day;
    } else if (r.has("effective")) {
      good = false;
    }
    r.text("condition", act.condition);
    r.text("article", act.article);
    r.provenance("provenance", act.provenance);
    act.where = r.diagnostics().where(r.place("deposited"), "acts");
    if (good) into.acts.push_back(std::move(act));
  }
}

void read_conflicts(TableReader& file, LawData& into) {
  if (!file.has("conflicts")) return;
  const auto states = ids_of(into.states);
  for (const TomlNode* node : file.tables("conflicts", kMostEntries)) {
    TableReader r(file.diagnostics(), *node, spec::kConflict);
    ArmedConflict conflict;
    bool good = r.reference("state", conflict.state, states, "state");
    good = read_date(r, "from", conflict.from) && good;
    if (Date until; read_date(r, "until", until)) {
      conflict.until = until;
      if (good && until < conflict.from) {
        r.error("until", fmt::format("the armed conflict ends on {}, before it begins on {}",
                                     to_string(until), to_string(conflict.from)));
      }
    }
    r.provenance("provenance", conflict.provenance);
    if (good) into.conflicts.push_back(std::move(conflict));
  }
}

void check_acts(const LawData& law, Errors& errors) {
  for (std::size_t i = 0; i < law.acts.size();) {
    ActCheck check(law, errors);
    const TreatyAct& first = law.acts[i];
    for (; i < law.acts.size() && law.acts[i].treaty == first.treaty &&
           law.acts[i].state == first.state;
         ++i) {
      check.next(law.acts[i]);
    }
  }
}

}  // namespace abatis
