#pragma once
// Whether a treaty binds a state on a day, and why.

#include <optional>
#include <string>
#include <vector>

#include "abatis/law/law_data.hpp"

namespace abatis {

struct TreatyStatus {
  bool in_force = false;
  std::optional<Date> since;       // bound from this day on
  std::optional<Date> until;       // no longer bound from this day on, as known on the data
  bool waiting_for_peace = false;  // the notice has run out, an armed conflict holds it back
  const TreatyAct* consent = nullptr;
  const TreatyAct* notice = nullptr;  // of withdrawal, deposited on or before the day
  std::string words;                  // one sentence for a reader
};

// The day on which a notice of withdrawal takes effect: its months after the deposit; where the
// treaty says so and an armed conflict of the state lasts over that day, the day after the last of
// these conflicts ends (Ottawa Convention, Art. 20(3)). Nothing while one of them has no end.
std::optional<Date> withdrawal_effect(const LawData& law, const TreatyAct& notice);

// O(acts + conflicts). A treaty that is not in force itself binds nobody.
TreatyStatus status_on(const LawData& law, int treaty, int state, const Date& on);

}  // namespace abatis
