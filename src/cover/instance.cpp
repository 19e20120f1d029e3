#include "instance.hpp"

#include <algorithm>

#include "abatis/base/numbers.hpp"

namespace abatis::covering {
namespace {

// Sites -> groups, from groups -> sites.
Csr turned(const Csr& members, int groups, int sites) {
  Csr reach;
  reach.first.assign(at(sites) + 1, 0);
  for (const int s : members.items) ++reach.first[at(s) + 1];
  for (std::size_t s = 0; s < at(sites); ++s) reach.first[s + 1] += reach.first[s];
  reach.items.resize(members.items.size());
  auto next = reach.first;
  for (int g = 0; g < groups; ++g) {
    for (const int s : members[g]) reach.items[next[at(s)]++] = g;
  }
  return reach;
}

// Collects groups under construction: certain ones go to the base, those of one member to its own
// value, equal ones together.
class Builder {
 public:
  explicit Builder(Instance& into) : into_(into) { into_.own.assign(into_.row.size(), 0); }
  // `taken`: members that are chosen in any case, no more in the list.
  void add(std::span<const int> members, int need, int cap, int taken, std::int64_t weight) {
    if (weight == 0) return;
    if (need > 1) {
      need -= taken;
    } else {
      into_.base += weight * std::min(cap, taken);
      cap -= taken;
    }
    if (cap <= 0) return;
    if (need <= 0) {
      into_.base += weight;
    } else if (members.size() < at(need)) {
      return;
    } else if (need == 1 && members.size() <= at(cap)) {
      for (const int s : members) into_.own[at(s)] += weight;
    } else {
      pool_.add(members, need * kTag + cap, weight);
    }
  }
  void finish() {
    for (std::size_t s = 0; s < pool_.size(); ++s) {
      const auto list = pool_.list(s);
      into_.members.items.insert(into_.members.items.end(), list.begin(), list.end());
      into_.members.first.push_back(into_.members.items.size());
      into_.weight.push_back(pool_.weight(s));
      into_.need.push_back(pool_.tag(s) / kTag);
      into_.cap.push_back(pool_.tag(s) % kTag);
      into_.single = into_.single && into_.need.back() == 1;
    }
    into_.reach = turned(into_.members, into_.groups(), into_.sites());
  }

 private:
  static constexpr int kTag = 1024;  // above every cap

  Instance& into_;
  SetPool pool_;
};

Instance rebuilt(const Instance& old, const std::vector<Fate>& fate) {
  Instance now;
  now.base = old.base;
  now.budget = old.budget;
  now.taken = old.taken;
  std::vector<int> index(old.row.size(), -1);
  for (int s = 0; s < old.sites(); ++s) {
    if (fate[at(s)] == Fate::in) {
      now.base += old.own[at(s)];
      now.budget -= old.cost[at(s)];
      now.taken.push_back(old.row[at(s)]);
    } else if (fate[at(s)] == Fate::open) {
      index[at(s)] = now.sites();
      now.row.push_back(old.row[at(s)]);
      now.cost.push_back(old.cost[at(s)]);
    }
  }
  Builder builder(now);
  for (int s = 0; s < old.sites(); ++s) {
    if (index[at(s)] >= 0) now.own[at(index[at(s)])] = old.own[at(s)];
  }
  std::vector<int> list;
  for (int g = 0; g < old.groups(); ++g) {
    list.clear();
    int taken = 0;
    for (const int s : old.members[g]) {
      if (fate[at(s)] == Fate::in) ++taken;
      if (fate[at(s)] == Fate::open) list.push_back(index[at(s)]);
    }
    builder.add(list, old.need[at(g)], old.cap[at(g)], taken, old.weight[at(g)]);
  }
  builder.finish();
  return now;
}

// Sites that can be left out because another one costs no more and counts wherever they do. Only
// between sites whose groups count one member at most: a second one adds nothing there.
void leave_out_dominated(const Instance& instance, std::vector<Fate>& fate) {
  std::vector<int> mark(instance.weight.size(), -1);
  for (int s = 0; s < instance.sites(); ++s) {
    const auto groups = instance.reach[s];
    if (fate[at(s)] != Fate::open || instance.own[at(s)] > 0 || groups.empty()) continue;
    const bool single = std::all_of(groups.begin(), groups.end(), [&](int g) {
      return instance.need[at(g)] == 1 && instance.cap[at(g)] == 1;
    });
    if (!single) continue;
    int fewest = groups.front();
    for (const int g : groups) {
      mark[at(g)] = s;
      if (instance.members[g].size() < instance.members[fewest].size()) fewest = g;
    }
    for (const int other : instance.members[fewest]) {
      if (other == s || fate[at(other)] != Fate::open ||
          instance.cost[at(other)] > instance.cost[at(s)]) {
        continue;
      }
      const auto theirs = instance.reach[other];
      if (theirs.size() < groups.size()) continue;
      const auto shared =
          std::count_if(theirs.begin(), theirs.end(), [&](int g) { return mark[at(g)] == s; });
      if (static_cast<std::size_t>(shared) == groups.size()) {
        fate[at(s)] = Fate::out;
        break;
      }
    }
  }
}

}  // namespace

Instance make_instance(const CoverProblem& problem, const SetPool& sets,
                       const std::vector<Level>& levels, const std::vector<std::int64_t>& cost,
                       std::int64_t budget) {
  Instance instance;
  instance.budget = budget;
  std::vector<int> index(problem.sites.size(), -1);
  for (std::size_t s = 0; s < problem.sites.size(); ++s) {
    if (problem.sites[s].standing) continue;
    index[s] = instance.sites();
    instance.row.push_back(static_cast<int>(s));
    instance.cost.push_back(cost[s]);
  }
  Builder builder(instance);
  std::vector<int> list;
  for (std::size_t k = 0; k < sets.size(); ++k) {
    list.clear();
    for (const int s : sets.list(k)) {
      if (index[at(s)] >= 0) list.push_back(index[at(s)]);
    }
    const int standing = static_cast<int>(sets.list(k).size() - list.size());
    for (const auto& level : levels) {
      builder.add(list, level.need, level.cap, standing, sets.weight(k) * level.factor);
    }
  }
  builder.finish();
  return decided(instance, std::vector<Fate>(instance.row.size(), Fate::open));
}

Instance decided(const Instance& instance, const std::vector<Fate>& fate) {
  Instance now = rebuilt(instance, fate);
  for (;;) {
    std::vector<Fate> next(now.row.size(), Fate::open);
    for (int s = 0; s < now.sites(); ++s) {
      const bool useless = now.own[at(s)] == 0 && now.reach[s].empty();
      if (now.cost[at(s)] > now.budget || useless) {
        next[at(s)] = Fate::out;
      } else if (now.cost[at(s)] == 0) {
        next[at(s)] = Fate::in;
      }
    }
    leave_out_dominated(now, next);
    if (std::all_of(next.begin(), next.end(), [](Fate f) { return f == Fate::open; })) return now;
    now = rebuilt(now, next);
  }
}

}  // namespace abatis::covering
