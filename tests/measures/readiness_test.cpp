// Queues of stored obstacles: by hand, by a plain simulation, and what must hold of any.

#include "abatis/measures/readiness.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>

#include "abatis/base/random.hpp"

namespace abatis {
namespace {

struct Task {
  double travel_s = 0, emplace_s = 0;
  double arrival_s = 0;  // of the first mover after the border; below 0: it delays nobody
  int park = 0;          // index among the parks
};

// Parks are the first sites, each task a site of its own after them.
struct World {
  Scenario scenario;
  SiteSet sites;
  std::vector<std::pair<int, int>> chosen;
  std::size_t parks = 0;

  World(const std::vector<int>& crews, double call_out_s, const std::vector<Task>& tasks)
      : parks(crews.size()) {
    for (std::size_t p = 0; p < crews.size(); ++p) {
      Measure park;
      park.rule = SiteRule::park;
      park.park.crews = crews[p];
      park.park.call_out_s = {call_out_s, call_out_s, call_out_s};
      scenario.catalogue.measures.push_back(park);
      Site site;
      site.rule = SiteRule::park;
      site.options.resize(1);
      site.options[0].measure = static_cast<int>(p);
      sites.sites.push_back(std::move(site));
    }
    scenario.catalogue.measures.emplace_back();  // what is stored
    for (const Task& task : tasks) {
      Site site;
      Option option;
      option.measure = static_cast<int>(parks);
      option.park = task.park;
      option.travel_s = task.travel_s;
      option.emplace_s = task.emplace_s;
      // Two movers: the first is never delayed and comes before all.
      site.arrival_s = {0, std::max(0.0, task.arrival_s)};
      option.delay_s = {{0, 0}, {0, task.arrival_s < 0 ? 0.0 : 600.0}};
      site.options.push_back(std::move(option));
      chosen.emplace_back(static_cast<int>(sites.sites.size()), 0);
      sites.sites.push_back(std::move(site));
    }
  }
  std::vector<Emplaced> emplaced(double warning_s) const {
    return emplace(scenario, sites, chosen, warning_s);
  }
};

constexpr double kHour = 3600;

TEST(Readiness, AQueueByHand) {
  // Needed, with a warning of 7,200 s: the second first (8,200 s), then the third (10,200 s), then
  // the first (12,200 s). Two crews leave at 3,600 s.
  const World world({2}, kHour, {{600, 3000, 5000, 0}, {1200, 1800, 1000, 0}, {300, 600, 3000, 0}});
  const auto all = world.emplaced(7200);
  ASSERT_EQ(all.size(), 3U);
  // By readiness: site 3, 2, 1.
  EXPECT_EQ(all[0].site, 3);
  EXPECT_EQ(all[0].crew, 1);
  EXPECT_EQ(all[0].place, 0);
  EXPECT_EQ(all[0].ready_s, 3600 + 300 + 600);
  EXPECT_EQ(all[0].needed_s, 7200 + 3000);
  EXPECT_EQ(all[1].site, 2);
  EXPECT_EQ(all[1].crew, 0);
  EXPECT_EQ(all[1].ready_s, 3600 + 1200 + 1800);
  EXPECT_EQ(all[1].alone_s, all[1].ready_s);
  EXPECT_EQ(all[2].site, 1);
  EXPECT_EQ(all[2].crew, 1) << "back at 4,800 s, the other at 7,800 s";
  EXPECT_EQ(all[2].place, 1);
  EXPECT_EQ(all[2].ready_s, 4800 + 600 + 3000);
  EXPECT_EQ(all[2].alone_s, 3600 + 600 + 3000);
  for (const Emplaced& one : all) EXPECT_TRUE(one.in_time()) << one.site;
}

TEST(Readiness, LessWarningIsLessInTime) {
  const World world({2}, kHour, {{600, 3000, 5000, 0}, {1200, 1800, 1000, 0}, {300, 600, 3000, 0}});
  std::map<int, bool> in_time;
  for (const Emplaced& one : world.emplaced(3000)) in_time[one.site] = one.in_time();
  EXPECT_EQ(in_time, (std::map<int, bool>{{1, false}, {2, false}, {3, true}}));
  for (const Emplaced& one : world.emplaced(0)) EXPECT_FALSE(one.in_time()) << one.site;
}

TEST(Readiness, ExactlyWhenItIsNeededIsInTime) {
  const World world({1}, kHour, {{600, 3000, 200, 0}});
  EXPECT_TRUE(world.emplaced(7000).at(0).in_time()) << "ready and needed at 7,200 s";
  EXPECT_FALSE(world.emplaced(6999).at(0).in_time());
}

TEST(Readiness, WhatDelaysNobodyIsNeededLast) {
  const World world({1}, 0, {{10, 10, -1, 0}, {10, 10, 9000, 0}});
  const auto all = world.emplaced(0);
  EXPECT_EQ(all[0].site, 2);
  EXPECT_EQ(all[1].site, 1);
  EXPECT_EQ(all[1].needed_s, std::numeric_limits<double>::infinity());
}

TEST(Readiness, ParksWorkAtTheSameTimeAndWhatIsBuiltIsLeftOut) {
  World world({1, 1}, kHour, {{60, 60, 100, 1}, {60, 60, 100, 0}, {60, 60, 100, 1}});
  world.sites.sites[4].options[0].park = -1;
  const auto all = world.emplaced(0);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].park, 0);
  EXPECT_EQ(all[1].park, 1);
  EXPECT_EQ(all[0].ready_s, 3720);
  EXPECT_EQ(all[1].ready_s, 3720);
}

TEST(Readiness, CrewHoursAreThoseAfterTheCallOut) {
  Measure park;
  park.park.crews = 6;
  park.park.call_out_s = {kHour, 2 * kHour, 6 * kHour};  // mean 3 h
  EXPECT_DOUBLE_EQ(crew_hours(park, 27 * kHour), 6 * 24);
  EXPECT_EQ(crew_hours(park, 3 * kHour), 0);
  EXPECT_EQ(crew_hours(park, kHour), 0) << "none left";
}

std::vector<Task> random_tasks(Random& random, std::size_t count, int parks) {
  std::vector<Task> tasks;
  for (std::size_t i = 0; i < count; ++i) {
    tasks.push_back({static_cast<double>(random.below(40)),
                     static_cast<double>(1 + random.below(60)),
                     static_cast<double>(random.below(400)) - 20,
                     static_cast<int>(random.below(static_cast<std::uint64_t>(parks)))});
  }
  return tasks;
}

// Second by second: at each tick every idle crew, in order, takes the next task of its park.
std::map<int, double> ready_by_clock(const World& world, const std::vector<Task>& tasks,
                                     const std::vector<int>& crews, double call_out_s) {
  std::map<int, double> ready;
  for (std::size_t p = 0; p < crews.size(); ++p) {
    std::vector<int> waiting;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      if (tasks[i].park == static_cast<int>(p)) waiting.push_back(static_cast<int>(i));
    }
    const auto needed = [&](int i) {
      const Task& task = tasks[static_cast<std::size_t>(i)];
      return task.arrival_s < 0 ? std::numeric_limits<double>::infinity() : task.arrival_s;
    };
    std::stable_sort(waiting.begin(), waiting.end(),
                     [&](int a, int b) { return needed(a) < needed(b); });
    std::vector<double> busy_until(static_cast<std::size_t>(crews[p]), 0);
    std::size_t next = 0;
    for (double now = call_out_s; next < waiting.size(); now += 1) {
      for (double& until : busy_until) {
        if (until > now || next == waiting.size()) continue;
        const int i = waiting[next++];
        const Task& task = tasks[static_cast<std::size_t>(i)];
        ready[static_cast<int>(world.parks) + i] = now + task.travel_s + task.emplace_s;
        until = now + 2 * task.travel_s + task.emplace_s;
      }
    }
  }
  return ready;
}

TEST(Readiness, RandomQueuesAreThoseOfAPlainClock) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Random random(seed, 0);
    const std::vector<int> crews{1 + static_cast<int>(random.below(4)),
                                 1 + static_cast<int>(random.below(4))};
    const double call_out = static_cast<double>(random.below(50));
    const std::vector<Task> tasks = random_tasks(random, 1 + random.below(25), 2);
    const World world(crews, call_out, tasks);
    const auto all = world.emplaced(100);
    ASSERT_EQ(all.size(), tasks.size());
    const auto expected = ready_by_clock(world, tasks, crews, call_out);
    double last = 0;
    int park = 0;
    for (const Emplaced& one : all) {
      EXPECT_EQ(one.ready_s, expected.at(one.site)) << "seed " << seed << " site " << one.site;
      EXPECT_GE(one.ready_s, one.alone_s) << "seed " << seed;
      if (one.park != park) last = 0;
      EXPECT_GE(one.park, park) << "seed " << seed;
      EXPECT_GE(one.ready_s, last) << "seed " << seed;
      last = one.ready_s;
      park = one.park;
    }
  }
}

// Tasks of a fixed order and no precedence: one more crew can only be free earlier.
TEST(Readiness, OneMoreCrewMakesNothingLater) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Random random(seed, 1);
    std::vector<Task> tasks = random_tasks(random, 20, 1);
    if (seed % 2 == 0) {
      for (Task& task : tasks) task.travel_s = 30, task.emplace_s = 50;
    }
    std::map<int, double> before;
    for (int crews = 1; crews <= 6; ++crews) {
      for (const Emplaced& one : World({crews}, 10, tasks).emplaced(50)) {
        if (crews > 1) {
          EXPECT_LE(one.ready_s, before.at(one.site)) << "seed " << seed << " crews " << crews;
        }
        before[one.site] = one.ready_s;
      }
    }
  }
}

TEST(Readiness, TheOrderOfTheChoiceIsNoMatter) {
  Random random(7, 2);
  World world({2}, 10, random_tasks(random, 12, 1));
  const auto one = world.emplaced(50);
  std::reverse(world.chosen.begin(), world.chosen.end());
  const auto other = world.emplaced(50);
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].site, other[i].site);
    EXPECT_EQ(one[i].ready_s, other[i].ready_s);
  }
}

}  // namespace
}  // namespace abatis
