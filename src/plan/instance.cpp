#include "instance.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <utility>

#include "abatis/base/parallel.hpp"
#include "tail.hpp"

namespace abatis::plan_detail {

namespace {
constexpr double kSumming = 1e-12;  // of a time: sums in another order differ by that
}  // namespace

Instance::Instance(const PlanProblem& p, Monitor& monitor, double ceiling)
    : problem(p), limits(p), memo_(p.cases.size()) {
  monitor.begin("plan: reduce networks", static_cast<std::int64_t>(p.cases.size()), "cases");
  site_options.resize(at(p.sites));
  for (std::size_t o = 0; o < p.options.size(); ++o) {
    site_options[at(p.options[o].site)].push_back(static_cast<int>(o));
  }
  at_place.resize(at(p.sites));
  leads_.resize(at(p.sites), 0);
  for (int s = 0; s < p.sites; ++s) {
    std::vector<int>& here = at_place[at(p.place_of(s))];
    const auto has_options = [&](int other) { return !site_options[at(other)].empty(); };
    leads_[at(s)] = has_options(s) && std::none_of(here.begin(), here.end(), has_options);
    here.push_back(s);
  }
  if (!p.routes.empty()) routes = std::make_unique<RouteRules>(p);
  find_searches(ceiling);
  if (unreachable_case >= 0) return;
  find_columns();
  find_effects();
  if (!is_mean()) {
    std::vector<double> times;
    for (const PlanCell& cell : cells) times.push_back(cell.base);
    baseline = value(times);
  }
  monitor.advance(static_cast<std::int64_t>(p.cases.size()));
}

// Searches by case, each cut down to what a shortest path can use when everything is built.
void Instance::find_searches(double ceiling) {
  const std::size_t cases = problem.cases.size();
  std::vector<std::vector<double>> top(cases, std::vector<double>(at(problem.years), 0.0));
  through_.resize(cases);
  std::vector<std::unique_ptr<GraphSearch>> searches(cases);
  parallel_for(cases, problem.threads, [&](std::size_t k) {
    const NetworkCase& c = problem.cases[k];
    const Graph& graph = *problem.graphs[at(c.graph)];
    const GraphSearch whole(graph, c.sources, c.targets);
    GraphSearch::Scratch scratch;
    for (int t = 0; t < problem.years; ++t) {
      std::vector<double> most(at(problem.sites), 0.0);
      for (const PlanOption& o : problem.options) {
        most[at(o.site)] = std::max(most[at(o.site)], delay_at(o, c.speed, t));
      }
      for (std::size_t s = 0; s < most.size(); ++s) {
        const auto place = at(problem.place_of(static_cast<int>(s)));
        if (place != s) most[place] += std::exchange(most[s], 0.0);
      }
      top[k][at(t)] = std::max(whole.base_s(), std::min(whole.least_time(most, scratch), ceiling));
    }
    const double highest = *std::max_element(top[k].begin(), top[k].end());
    searches[k] = std::make_unique<GraphSearch>(graph, c.sources, c.targets, highest);
    through_[k] = searches[k]->through_s(problem.sites);
  });
  for (std::size_t k = 0; k < cases; ++k) {
    search_.push_back(std::move(*searches[k]));
    base.push_back(search_[k].base_s());
    if (!(base[k] < kUnreachable) && problem.cases[k].weight > 0 && unreachable_case < 0) {
      unreachable_case = static_cast<int>(k);
    }
  }
  if (unreachable_case >= 0) return;
  for (int t = 0; t < problem.years; ++t) {
    for (std::size_t k = 0; k < cases; ++k) {
      const double weight = problem.year_weights[at(t)] * problem.cases[k].weight;
      if (weight <= 0) continue;
      baseline += weight * base[k];
      if (is_mean() && top[k][at(t)] <= base[k]) {
        constant += weight * base[k];
        continue;
      }
      if (cells.empty() || cells.back().year != t) year_cells_.emplace_back(cells.size(), 0);
      cells.push_back({t, static_cast<int>(k), weight, base[k], top[k][at(t)]});
      weight_.push_back(weight);
      year_cells_.back().second = cells.size();
      std::vector<double> cap(at(problem.sites), 0.0);
      for (std::size_t s = 0; s < cap.size(); ++s) {
        cap[s] =
            std::max(0.0, top[k][at(t)] - through_[k][at(problem.place_of(static_cast<int>(s)))]);
      }
      cap_.push_back(std::move(cap));
    }
  }
}

// Columns that can act before the horizon or count towards an earmark, a limit or a decision.
void Instance::find_columns() {
  std::vector<bool> wanted(at(class_count(problem)), false);  // spending on it may be required
  for (const PlanEarmark& e : problem.earmarks) {
    if (plan_detail::limits(e).low > 0) wanted[at(e.budget_class)] = true;
  }
  std::vector<std::vector<bool>> fixed(problem.options.size(),
                                       std::vector<bool>(at(problem.years), false));
  for (const PlanFixed& f : problem.fixed) fixed[at(f.option)][at(f.year)] = true;
  std::vector<std::vector<bool>> barred(problem.options.size(),
                                        std::vector<bool>(at(problem.years), false));
  for (const PlanBarred& b : problem.barred) {
    for (int t = std::max(0, b.from); t <= std::min(b.to, problem.years - 1); ++t) {
      barred[at(b.option)][at(t)] = true;
    }
  }
  const std::vector<double> most = spendable(problem);
  column_of_.assign(problem.options.size(), std::vector<int>(at(problem.years), -1));
  for (std::size_t o = 0; o < problem.options.size(); ++o) {
    first_column.push_back(static_cast<int>(columns.size()));
    const PlanOption& option = problem.options[o];
    const bool asked = limits.may_ask_for(static_cast<int>(o)) ||
                       std::any_of(option.charges.begin(), option.charges.end(),
                                   [&](const PlanCharge& c) { return wanted[at(c.budget_class)]; });
    for (int t = 0; t < problem.years; ++t) {
      if (barred[o][at(t)]) continue;
      columns.push_back({static_cast<int>(o), t});
      bool acts = false;
      for (std::size_t c = 0; c < cells.size() && !acts; ++c) {
        acts = capped_delay(columns.back(), c) > 0;
      }
      const bool affordable = option.cost() <= most[at(t)] + money_slack(most[at(t)]);
      if (fixed[o][at(t)] || (affordable && (acts || asked))) {
        column_of_[o][at(t)] = static_cast<int>(columns.size()) - 1;
      } else {
        columns.pop_back();
      }
    }
  }
  first_column.push_back(static_cast<int>(columns.size()));
}

double Instance::capped_delay(const Column& column, std::size_t cell) const {
  const PlanCell& where = cells[cell];
  const PlanOption& option = problem.options[at(column.option)];
  const int speed = problem.cases[at(where.kase)].speed;
  return std::min(delay_at(option, speed, where.year - column.year), cap_[cell][at(option.site)]);
}

void Instance::find_effects() {
  effect_.resize(cells.size() * columns.size());
  by_column_.resize(effect_.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const double effect = capped_delay(columns[c], i);
      effect_[i * columns.size() + c] = effect;
      by_column_[c * cells.size() + i] = effect;
    }
  }
  for (const Column& column : columns) {
    for (int t = 0; t < problem.years; ++t) taken_.push_back(taken_by(problem, column, t));
  }
  cap_.clear();
}

int Instance::column(int option, int year) const {
  return column_of_[at(option)][at(year)];
}

// By place, s; `used`: the columns of x that are not zero.
std::vector<double> Instance::delays(int cell, const std::vector<double>& x,
                                     const std::vector<int>& used) const {
  std::vector<double> delay(at(problem.sites), 0.0);
  for (const int c : used) delay[at(problem.place_of(site_of(c)))] += x[at(c)] * effect(c, cell);
  return delay;
}

// Under delays by place, s.
double Instance::length(const Path& path, const std::vector<double>& delay) const {
  double length = path.length;
  for (const auto& [site, count] : path.steps) {
    if (leads_[at(site)]) length += count * delay[at(problem.place_of(site))];
  }
  return length;
}

// A path known to be short under other delays is a limit to the search, and often the answer.
Answer Instance::shortest(int kase, const std::vector<double>& delay, GraphSearch::Scratch& scratch,
                          double at_most, const std::vector<double>* ahead) const {
  const double known =
      memo_.least(at(kase), [&](const Answer& a) { return length(a.path, delay); });
  const double limit = std::min(at_most, known + kSumming * known);
  Answer answer;
  std::vector<std::int32_t> arcs;
  answer.time = search_[at(kase)].least_time(delay, scratch, &arcs, limit, ahead);
  const Graph& graph = *problem.graphs[at(problem.cases[at(kase)].graph)];
  std::map<int, int> count;
  for (const std::int32_t a : arcs) {
    answer.path.length += graph.time_s[at(a)];
    const std::int32_t site = graph.site[at(a)];
    if (site < 0) continue;
    for (const int s : at_place[at(site)]) {
      if (!site_options[at(s)].empty()) ++count[s];
    }
  }
  answer.path.steps.assign(count.begin(), count.end());
  return answer;
}

std::vector<Answer> Instance::separate(const std::vector<double>& x) const {
  std::vector<int> used;
  for (std::size_t c = 0; c < x.size(); ++c) {
    if (x[c] > 0) used.push_back(static_cast<int>(c));
  }
  struct Task {
    int kase = 0;
    std::uint64_t hash = 0;
    std::vector<double> delay;
    std::vector<std::size_t> cells;
    Answer answer;
  };
  std::vector<Answer> answers(cells.size());
  std::vector<Task> tasks;
  std::vector<std::vector<double>> delay(cells.size());
  std::vector<std::uint64_t> hash(cells.size());
  parallel_for(cells.size(), problem.threads, [&](std::size_t i) {
    delay[i] = delays(static_cast<int>(i), x, used);
    hash[i] = Memo<Answer>::hash(delay[i]);
  });
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Task task{cells[i].kase, hash[i], std::move(delay[i]), {i}, {}};
    const auto same = std::find_if(tasks.begin(), tasks.end(), [&](const Task& other) {
      return other.kase == task.kase && other.hash == task.hash && other.delay == task.delay;
    });
    if (same != tasks.end()) {
      same->cells.push_back(i);
    } else if (auto known = memo_.find(at(task.kase), task.hash, task.delay)) {
      answers[i] = std::move(*known);
    } else {
      tasks.push_back(std::move(task));
    }
  }
  const auto workers = std::min(tasks.size(), at(thread_count(problem.threads)));
  std::atomic<std::size_t> next{0};
  parallel_for(workers, static_cast<int>(workers), [&](std::size_t) {
    GraphSearch::Scratch scratch;
    for (std::size_t i = next.fetch_add(1); i < tasks.size(); i = next.fetch_add(1)) {
      tasks[i].answer = shortest(tasks[i].kase, tasks[i].delay, scratch);
    }
  });
  for (const Task& task : tasks) {
    for (const std::size_t i : task.cells) answers[i] = task.answer;
    memo_.keep(at(task.kase), task.hash, task.delay, task.answer);
  }
  return answers;
}

double Instance::value(std::span<const double> time_s) const {
  double sum = constant;
  for (const auto& [first, end] : year_cells_) {
    sum += tail_value(std::span(weight_).subspan(first, end - first),
                      time_s.subspan(first, end - first), problem.tail);
  }
  return sum;
}

double Instance::objective(const std::vector<Answer>& answers) const {
  std::vector<double> times;
  for (const Answer& answer : answers) times.push_back(answer.time);
  return value(times);
}

std::vector<double> Instance::weights_at(std::span<const double> time_s) const {
  std::vector<double> weights, year;
  for (const auto& [first, end] : year_cells_) {
    tail_value(std::span(weight_).subspan(first, end - first), time_s.subspan(first, end - first),
               problem.tail, &year);
    weights.insert(weights.end(), year.begin(), year.end());
  }
  return weights;
}

}  // namespace abatis::plan_detail
