#pragma once
// A choice under construction: what it counts, what each site would add, changed site by site.

#include <functional>
#include <vector>

#include "instance.hpp"

namespace abatis::covering {

class State {
 public:
  explicit State(const Instance& instance);

  void clear();
  void add(int site);   // not chosen yet; may exceed the budget, which is for the caller to see to
  void drop(int site);  // chosen
  bool has(int site) const { return chosen_[static_cast<std::size_t>(site)] != 0; }
  std::int64_t value() const { return value_; }
  std::int64_t left() const { return left_; }  // of the budget
  // What adding the site counts for, with promises: a group that would still miss m members pays
  // its weight / (m + 1)^2. Where every need is 1 it is what the value rises by; else a multiple of
  // it, so that small weights divide.
  std::int64_t promise(int site) const { return promise_[static_cast<std::size_t>(site)]; }
  const std::vector<int>& order() const { return order_; }  // chosen ones, in no order that matters
  int count(int group) const { return count_[static_cast<std::size_t>(group)]; }

  // The site of most promise, by cost, that the budget allows, other than `except`; -1 when nothing
  // promises anything.
  int best(int except = -1) const;
  void fill();  // adds the best until none is left

  Choice choice() const;

 private:
  void change(int site, int by);
  std::int64_t pay(int group, int count) const;

  const Instance& instance_;
  std::vector<char> chosen_;
  std::vector<int> order_, place_;
  std::vector<int> count_;
  std::vector<std::int64_t> promise_;
  std::int64_t value_ = 0, left_ = 0;
  int shift_ = 0;  // promises are in units of 2^-shift
};

// Exchanges one chosen site for others as long as the value rises, from each chosen site in turn.
// Stops when `stop` says so. O(chosen x (pairs near a site + sites)) a round.
void improve(const Instance& instance, State& state, const std::function<bool()>& stop);

}  // namespace abatis::covering
