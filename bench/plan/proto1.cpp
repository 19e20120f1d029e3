// prototype: single-year problems
#include <fmt/format.h>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>
#include "abatis/base/files.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/store/stages.hpp"
template <class T>
std::optional<T> kept(const std::filesystem::path& out, const std::string& stage) {
  constexpr std::size_t kHead = 15 + 64;
  for (const auto& entry : std::filesystem::directory_iterator(out / ".stages")) {
    if (!entry.path().filename().string().starts_with(stage + "-")) continue;
    const auto bytes = abatis::read_file(entry.path(), std::uint64_t{1} << 34U);
    if (bytes && bytes->size() > kHead) return abatis::from_bytes<T>(std::string_view(*bytes).substr(kHead));
  }
  return std::nullopt;
}
int main(int, char** argv) {
  using namespace abatis;
  ScenarioOptions options; options.require_layers = false;
  const auto scenario = load_scenario(argv[1], options);
  if (!scenario) { fmt::print("{}\n", to_string(scenario.error().front())); return 1; }
  const auto sites = kept<SiteSet>(argv[2], "sites");
  auto planned = kept<PlannedNetwork>(argv[2], "plan");
  auto network = planned ? std::optional(std::move(planned->network)) : kept<Network>(argv[2], "network");
  if (!sites || !network) { fmt::print("none\n"); return 1; }
  PlanProblem full = make_problem(*scenario, *sites, *network, nullptr);
  full.threads = 2;
  fmt::print("fixed {} limits {} conflicts {} routes {} places {}\n", full.fixed.size(), full.limits.size(), full.conflicts.size(), full.routes.size(), full.place.size());
  {
    double s=0; for (auto&f:full.fixed) s+=full.options[(size_t)f.option].cost();
    fmt::print("fixed cost {:.2f}\n", s/1e6);
    auto plan = PlannedNetwork{};
  }
  for (int t = 1; t < 7; ++t) {
    PlanProblem p = full;
    p.years = t + 1;
    p.budget.resize((size_t)t+1);
    p.year_weights.assign((size_t)t+1, 0.0);
    p.year_weights[(size_t)t] = full.year_weights[(size_t)t];
    std::erase_if(p.fixed, [&](auto& f) { return f.year > t; });
    for (auto& e : p.earmarks) if (e.rule == EarmarkRule::at_least) e.amount = 0;
    for (auto& l : p.limits) { l.low = -INFINITY; if (l.span == LimitSpan::horizon) { bool neg=false; for (auto&u:l.uses) neg |= u.amount<0; if (neg) l.high = INFINITY; } }
    std::erase_if(p.limits, [](auto& l){ return std::isinf(l.high); });
    p.gap = 0.001; p.time_limit_s = atof(argv[3]);
    Monitor m;
    auto r = solve_plan(p, m);
    if (!r) { fmt::print("{}: {}\n", t, to_string(r.error())); continue; }
    double w=full.year_weights[(size_t)t];
    fmt::print("year {}: w {:.3f} base {:.1f} best {:.1f} bound {:.1f}; per unit: base {:.0f} best {:.0f} bound {:.0f}; nodes {}\n", t, w, r->baseline, r->objective, r->bound, r->baseline/w, r->objective/w, r->bound/w, r->nodes);
    std::string s; for (double z : r->time_s[(size_t)t]) s += fmt::format(" {:.0f}", z);
    fmt::print("   times{}\n", s);
    std::fflush(stdout);
  }
}
