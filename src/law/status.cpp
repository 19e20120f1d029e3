#include "abatis/law/status.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace abatis {
namespace {

bool holds(const ArmedConflict& conflict, const Date& day) {
  return conflict.from <= day && (!conflict.until || day <= *conflict.until);
}

TreatyStatus union_status(const Treaty& treaty, const LawState& state, const Date& on) {
  TreatyStatus status;
  if (!state.union_from) {
    status.words = fmt::format("{} is no member of the European Union", state.name);
    return status;
  }
  status.since = std::max(*state.union_from, treaty.applies_from.value_or(treaty.in_force));
  status.in_force = on >= *status.since;
  status.words =
      fmt::format("{} binds {} since {}", treaty.name, state.name, to_string(*status.since));
  return status;
}

std::string notice_words(const Treaty& treaty, const TreatyAct& notice,
                         const TreatyStatus& status) {
  const std::string given =
      fmt::format("notice of withdrawal received {}", to_string(notice.deposited));
  if (!status.until) {
    return fmt::format("{}; it takes no effect before the armed conflict ends ({})", given,
                       treaty.withdrawal_article);
  }
  return fmt::format("{}, {} {} ({})", given, status.in_force ? "takes effect" : "in effect since",
                     to_string(*status.until), treaty.withdrawal_article);
}

std::string words_of(const Treaty& treaty, const LawState& state, const TreatyStatus& status,
                     const TreatyAct* signature, const Date& on) {
  if (status.consent == nullptr) {
    return signature == nullptr ? fmt::format("{} is no party to {}", state.name, treaty.name)
                                : fmt::format(
                                      "{} signed {} on {} and has not consented to be "
                                      "bound",
                                      state.name, treaty.name, to_string(signature->deposited));
  }
  std::string words =
      on < *status.since ? fmt::format("{} will be a party to {} from {}", state.name, treaty.name,
                                       to_string(*status.since))
      : status.in_force  ? fmt::format("{} is a party to {} since {}", state.name, treaty.name,
                                       to_string(*status.since))
                         : fmt::format("{} is no longer a party to {}", state.name, treaty.name);
  if (status.notice != nullptr) words += "; " + notice_words(treaty, *status.notice, status);
  return words;
}

}  // namespace

std::optional<Date> withdrawal_effect(const LawData& law, const TreatyAct& notice) {
  const Treaty& treaty = law.treaties[static_cast<std::size_t>(notice.treaty)];
  const Date expiry = months_after(notice.deposited, treaty.withdrawal_months);
  Date effect = expiry;
  if (!treaty.waits_for_peace) return effect;
  for (const ArmedConflict& conflict : law.conflicts) {
    if (conflict.state != notice.state || !holds(conflict, expiry)) continue;
    if (!conflict.until) return std::nullopt;
    effect = std::max(effect, next_day(*conflict.until));
  }
  return effect;
}

TreatyStatus status_on(const LawData& law, int treaty, int state, const Date& on) {
  const Treaty& t = law.treaties[static_cast<std::size_t>(treaty)];
  const LawState& s = law.states[static_cast<std::size_t>(state)];
  if (t.binds_union) return union_status(t, s, on);
  TreatyStatus status;
  const TreatyAct* signature = nullptr;
  for (const TreatyAct& act : law.acts) {  // in the order of their deposit
    if (act.treaty != treaty || act.state != state || act.deposited > on) continue;
    if (act.kind == ActKind::signature) {
      signature = &act;
    } else if (act.kind == ActKind::withdrawal_notice) {
      status.notice = &act;
      status.until = withdrawal_effect(law, act);
      const Date expiry = months_after(act.deposited, t.withdrawal_months);
      status.waiting_for_peace = on >= expiry && (!status.until || *status.until > on);
    } else {
      status = {};
      status.consent = &act;
      status.since = std::max(act.effective.value_or(act.deposited), t.in_force);
    }
  }
  status.in_force = status.consent != nullptr && *status.since <= on &&
                    (status.notice == nullptr || !status.until || on < *status.until);
  status.words = words_of(t, s, status, signature, on);
  return status;
}

}  // namespace abatis
