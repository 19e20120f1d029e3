#pragma once
// Purchases of sensors under construction: what they cover by year, what is left of the money, and
// what one more would add.

#include <vector>

#include "siting.hpp"

namespace abatis::watching {

// Money by year: whether a purchase can be paid with its upkeep in all later years.
class Purse {
 public:
  explicit Purse(const SitingProblem& problem)
      : problem_(&problem), due_(problem.share.size(), 0.0) {}
  bool pays(int candidate, int year) const;
  void pay(int candidate, int year) { book(candidate, year, 1); }
  void refund(int candidate, int year) { book(candidate, year, -1); }

 private:
  void book(int candidate, int year, double sign);

  const SitingProblem* problem_;
  std::vector<double> due_;  // EUR by year
};

// Candidates and demand, both ways round, with what a year of cover counts for.
struct SitingMap {
  explicit SitingMap(const SitingProblem& problem);

  int candidates() const { return static_cast<int>(problem.prices.size()); }
  int years() const { return static_cast<int>(problem.share.size()); }
  // The year from which on a purchase acts; years() = never.
  int acts(int candidate, int year) const {
    return std::min(year + problem.prices[at(candidate)].lead, years());
  }

  const SitingProblem& problem;
  std::vector<std::vector<int>> reach;  // demand, by candidate
  std::vector<double> onward;           // by year: sum of the weights of this year and later ones
};

// What the worth of a purchase is measured by, EUR: [candidate x years + year], above 0.
using SitingPrices = std::vector<double>;
// Everything that is paid for it until the last year.
SitingPrices whole_prices(const SitingProblem& problem);

class Schedule {
 public:
  explicit Schedule(const SitingMap& map);

  double value() const { return value_; }  // sum over years of their weight times weight covered
  int year_of(int candidate) const { return year_of_[at(candidate)]; }  // -1 = not bought
  bool pays(int candidate, int year) const { return purse_.pays(candidate, year); }
  void buy(int candidate, int year);
  void give_up(int candidate);
  // What buying would add, by year, into `gains`. O(reach + years squared).
  void gains(int candidate, std::vector<double>& gains) const;
  // Buys what adds most for its price, of the candidates that are `allowed`, until nothing that
  // adds can be paid.
  void fill(const SitingPrices& prices, const std::vector<char>& allowed);
  std::vector<std::pair<int, int>> bought() const;  // by year, then candidate

 private:
  struct Offer {
    double worth = 0;
    int candidate = -1;
    int year = 0;
    friend bool operator<(const Offer& a, const Offer& b) {
      return a.worth != b.worth ? a.worth < b.worth : a.candidate > b.candidate;
    }
  };
  Offer offer(int candidate, const SitingPrices& prices);
  int first(int demand) const;

  const SitingMap* map_;
  Purse purse_;
  std::vector<int> year_of_;
  std::vector<int> count_;  // by demand and year: purchases that begin to act then
  std::vector<int> first_;  // by demand: the first year with one
  double value_ = 0;
  mutable std::vector<double> waiting_;  // by year: weight first covered then
  std::vector<double> gains_;
};

// Each purchase in turn is given up and the money spent anew without it first, as long as the
// value rises; at most `rounds` times through all. Deterministic. False = stopped.
bool exchange(Schedule& schedule, const SitingMap& map, const SitingPrices& prices, int rounds,
              const Monitor& monitor);

}  // namespace abatis::watching
