#include "prices.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "abatis/base/numbers.hpp"

namespace abatis::covering {
namespace {

// Prices are held in units of 2^-shift: as fine as leaves room for every site's sum.
int shift_for(const Instance& instance) {
  std::int64_t all = instance.base;
  for (int g = 0; g < instance.groups(); ++g) all += instance.cap[at(g)] * instance.weight[at(g)];
  for (const auto w : instance.own) all += w;
  const int bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(all)));
  return std::clamp(60 - bits, 0, 30);
}

class Exact {
 public:
  Exact(const Instance& instance, const Prices& prices, const std::vector<Fate>& fate)
      : instance_(instance),
        fate_(fate),
        shift_(shift_for(instance)),
        one_(std::ldexp(1.0, shift_)) {
    site_.assign(instance.row.size(), 0);
    for (int s = 0; s < instance.sites(); ++s) site_[at(s)] = instance.own[at(s)] << shift_;
    fixed_ = static_cast<Wide>(instance.base) << shift_;
    if (prices.pair.empty()) {
      take_even(prices.group);
    } else {
      take_pairs(prices.pair);
    }
  }

  Bound bound() {
    const auto [low, high] = margins();
    Bound bound;
    const Wide total_low = total(low);
    const Wide total_high = total(high);
    const Wide total = std::min(total_low, total_high);
    bound.value = down(total);
    bound.against.assign(site_.size(), bound.value);
    bound.side.assign(site_.size(), Fate::out);
    for (int s = 0; s < instance_.sites(); ++s) {
      if (fate_of(s) != Fate::open) {
        bound.side[at(s)] = fate_of(s);
        continue;
      }
      const Wide gain = over(s, low);
      if (gain > 0) {
        bound.side[at(s)] = Fate::in;
        bound.against[at(s)] = std::min(bound.value, down(total_low - gain));
      } else {
        bound.against[at(s)] = std::min(bound.value, down(total_high + over(s, high)));
      }
    }
    return bound;
  }

 private:
  // What money is worth: `price` units for `cost` of it; no price at all is 0 for 1.
  struct Rate {
    Wide price = 0, cost = 1;
  };

  Fate fate_of(int s) const { return fate_.empty() ? Fate::open : fate_[at(s)]; }
  std::int64_t down(Wide units) const { return static_cast<std::int64_t>(units >> shift_); }
  std::int64_t units(double price, std::int64_t most) const {
    if (!(price > 0)) return 0;
    return price * one_ >= static_cast<double>(most) ? most : std::llround(price * one_);
  }

  void take_even(const std::vector<double>& prices) {
    for (int g = 0; g < instance_.groups(); ++g) {
      const std::int64_t whole = instance_.weight[at(g)] << shift_;
      const std::int64_t need = instance_.need[at(g)];
      const std::int64_t price = std::min(units(prices[at(g)], whole), whole / need);
      fixed_ += static_cast<Wide>(instance_.cap[at(g)]) * (whole - need * price);
      for (const int s : instance_.members[g]) site_[at(s)] += price;
    }
  }

  void take_pairs(const std::vector<double>& prices) {
    std::vector<std::int64_t> mine;
    for (int g = 0; g < instance_.groups(); ++g) {
      const std::int64_t whole = instance_.weight[at(g)] << shift_;
      const auto members = instance_.members[g];
      mine.clear();
      for (std::size_t m = 0; m < members.size(); ++m) {
        mine.push_back(units(prices[instance_.members.first[at(g)] + m], whole));
        site_[at(members[m])] += mine.back();
      }
      const auto need = instance_.need[at(g)];
      if (need == 1) {
        const auto least = *std::min_element(mine.begin(), mine.end());
        fixed_ +=
            static_cast<Wide>(instance_.cap[at(g)]) * std::max<std::int64_t>(0, whole - least);
        continue;
      }
      std::nth_element(mine.begin(), mine.begin() + (need - 1), mine.end());
      Wide least = 0;
      for (int m = 0; m < need; ++m) least += mine[at(m)];
      if (least < whole) fixed_ += whole - least;
    }
  }

  // The price of the site above what its cost is worth, rounded up.
  Wide over(int s, const Rate& rate) const {
    return site_[at(s)] - instance_.cost[at(s)] * rate.price / rate.cost;
  }

  // Any rate gives a bound: the money at its worth, and what sites are worth above theirs.
  Wide total(const Rate& rate) const {
    Wide sum = fixed_;
    Wide money = instance_.budget;
    for (int s = 0; s < instance_.sites(); ++s) {
      if (fate_of(s) == Fate::in) {
        money -= instance_.cost[at(s)];
        sum += site_[at(s)];
      } else if (fate_of(s) == Fate::open) {
        sum += std::max<Wide>(0, over(s, rate));
      }
    }
    return sum + (money * rate.price + rate.cost - 1) / rate.cost;
  }

  // The rates at which sites bought in the order of theirs just use the money up: of the first that
  // is not bought whole, and of the last that is bought, which bound as well when it fits exactly.
  std::pair<Rate, Rate> margins() const {
    std::vector<int> order;
    Wide money = instance_.budget;
    for (int s = 0; s < instance_.sites(); ++s) {
      if (fate_of(s) == Fate::in) money -= instance_.cost[at(s)];
      if (fate_of(s) == Fate::open && site_[at(s)] > 0) order.push_back(s);
    }
    const auto rate = [&](int s) {
      return static_cast<double>(site_[at(s)]) / static_cast<double>(instance_.cost[at(s)]);
    };
    std::sort(order.begin(), order.end(), [&](int a, int b) {
      const double ra = rate(a), rb = rate(b);
      return ra != rb ? ra > rb : a < b;
    });
    const auto exact = [&](int s) { return Rate{site_[at(s)], instance_.cost[at(s)]}; };
    int last = -1;
    for (const int s : order) {
      if (instance_.cost[at(s)] > money) {
        return {exact(s), money == 0 && last >= 0 ? exact(last) : exact(s)};
      }
      money -= instance_.cost[at(s)];
      last = s;
    }
    return {};
  }

  const Instance& instance_;
  const std::vector<Fate>& fate_;
  int shift_;
  double one_;
  Wide fixed_ = 0;
  std::vector<std::int64_t> site_;
};

}  // namespace

Bound bound_by(const Instance& instance, const Prices& prices, const std::vector<Fate>& fate) {
  return Exact(instance, prices, fate).bound();
}

Prices even_prices(const Instance& instance) {
  Prices prices;
  prices.group.resize(instance.weight.size());
  for (int g = 0; g < instance.groups(); ++g) {
    prices.group[at(g)] = static_cast<double>(instance.weight[at(g)]) /
                          static_cast<double>(instance.members[g].size());
  }
  return prices;
}

}  // namespace abatis::covering
