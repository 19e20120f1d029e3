#include "purchase_dates.hpp"

#include <algorithm>

#include "abatis/base/numbers.hpp"
#include "abatis/base/sort.hpp"

namespace abatis::interdiction {

PurchaseDates::PurchaseDates(const InterdictProblem& problem) : problem_(problem) {
  for (const auto budget : problem.budgets) {
    money_.push_back(budget + (money_.empty() ? 0 : money_.back()));
  }
  for (const auto& arc : problem.arcs) {
    int year = 0;
    while (year < years() && arc.cost > problem.budgets[at(year)]) ++year;
    payable_.push_back(arc.cost > 0 && arc.delay > 0 ? year : years());
  }
  decide({});
}

bool PurchaseDates::decide(const std::vector<Decision>& decisions) {
  earliest_ = payable_;
  latest_.assign(payable_.size(), years());
  for (const auto& [arc, year, bought] : decisions) {
    if (bought) {
      latest_[at(arc)] = std::min(latest_[at(arc)], year);
    } else {
      earliest_[at(arc)] = std::max(earliest_[at(arc)], year + 1);
    }
  }
  return set_left();
}

bool PurchaseDates::set_left() {
  left_ = money_;
  for (std::size_t a = 0; a < latest_.size(); ++a) {
    for (int y = latest_[a]; y < years(); ++y) left_[at(y)] -= problem_.arcs[a].cost;
  }
  if (std::any_of(left_.begin(), left_.end(), [](auto left) { return left < 0; })) return false;
  auto alone = problem_.budgets;  // without what is bought in that year for certain
  for (std::size_t a = 0; a < latest_.size(); ++a) {
    const auto cost = problem_.arcs[a].cost;
    for (int y = earliest_[a]; y < latest_[a]; ++y) {
      if (cost > left_[at(y)]) earliest_[a] = y + 1;
    }
    if (earliest_[a] > latest_[a]) return false;
    if (earliest_[a] == latest_[a] && latest_[a] < years()) alone[at(latest_[a])] -= cost;
  }
  return std::none_of(alone.begin(), alone.end(), [](auto left) { return left < 0; });
}

bool PurchaseDates::admit(const std::vector<int>& arcs, int year) const {
  auto left = left_[at(year)];
  for (const int a : arcs) {
    if (!may_stand(a, year)) return false;
    if (!must_stand(a, year)) left -= problem_.arcs[at(a)].cost;
  }
  return left >= 0;
}

InterdictProblem PurchaseDates::year_alone(int year) const {
  InterdictProblem one = problem_;
  one.budgets = {left_[at(year)]};
  for (std::size_t a = 0; a < one.arcs.size(); ++a) {
    auto& arc = one.arcs[a];
    if (must_stand(static_cast<int>(a), year)) arc.length += arc.delay;
    if (!is_open(static_cast<int>(a), year)) arc.cost = 0;
  }
  return one;
}

std::vector<int> PurchaseDates::must_stand(int year) const {
  std::vector<int> arcs;
  for (std::size_t a = 0; a < latest_.size(); ++a) {
    if (latest_[a] <= year) arcs.push_back(static_cast<int>(a));
  }
  return arcs;
}

std::vector<InterdictPurchase> PurchaseDates::schedule() const {
  auto arcs = must_stand(years() - 1);
  sort_stably(arcs, [&](int a, int b) { return latest_[at(a)] < latest_[at(b)]; });
  auto left = problem_.budgets;
  std::vector<InterdictPurchase> made;
  for (const int a : arcs) {
    const auto cost = problem_.arcs[at(a)].cost;
    const auto year =
        std::find_if(left.begin(), left.end(), [&](auto money) { return money >= cost; });
    if (year == left.end()) continue;
    *year -= cost;
    made.push_back({a, static_cast<int>(year - left.begin())});
  }
  sort_stably(made, [](const auto& a, const auto& b) {
    return a.year != b.year ? a.year < b.year : a.arc < b.arc;
  });
  return made;
}

std::optional<Decision> PurchaseDates::undated() const {
  for (std::size_t a = 0; a < latest_.size(); ++a) {
    if (latest_[a] == years() || earliest_[a] == latest_[a]) continue;
    return Decision{static_cast<int>(a), (earliest_[a] + latest_[a] - 1) / 2, true};
  }
  return std::nullopt;
}

}  // namespace abatis::interdiction
