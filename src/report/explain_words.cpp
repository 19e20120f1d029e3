// What an explanation says to a reader.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "explain_names.hpp"
#include "text.hpp"

namespace abatis {
namespace {

using namespace report;

constexpr std::size_t kWays = 8;    // said in words; JSON has all
constexpr std::size_t kFallen = 6;  // named
constexpr double kNothing = 0.05;   // s: shown as 0.0

std::string seconds(double s) {
  return fixed(s, 1) + " s";
}

class Words {
 public:
  explicit Words(const ExplainView& view) : view_(view), e_(view.site) {}

  std::vector<std::string> take() {
    head();
    if (e_.in) {
      bought(*e_.in);
      if (!e_.offers.empty()) say(0, "Other options there, each in its place:");
    } else {
      say(0,
          e_.offers.size() == 1 ? "Not in the plan. Its option:" : "Not in the plan. Its options:");
    }
    for (const OptionOffer& o : e_.offers) offer(o);
    if (e_.fix) decision(*e_.fix);
    return std::move(lines_);
  }

 private:
  void say(std::size_t level, std::string text) {
    lines_.push_back(std::string(2 * level, ' ') + valid_utf8(text));
  }
  int year(int index) const { return view_.scenario.first_year + index; }

  void head();
  void bought(const SiteLoss& loss);
  void ways(const SiteLoss& loss);
  void offer(const OptionOffer& o);
  void reduced(const OptionOffer& o);
  void decision(const OptionDecision& d);
  std::string costs(const Purchase& p) const;
  std::string of_the_plan(double s) const;
  std::string years_text(const std::vector<int>& years) const;
  std::string by_way_of(const WayThrough& way, std::size_t index) const;
  std::string names(const std::vector<Purchase>& purchases) const;

  const ExplainView& view_;
  const SiteExplanation& e_;
  std::vector<std::string> lines_;
};

void Words::head() {
  const Site& s = site_at(view_, e_.site);
  say(0, fmt::format("{}: {}", s.id, s.name));
  std::string where;
  if (s.length_m > 0) where = fixed(s.length_m / 1000, 1) + " km";
  if (s.area_m2 > 0) where = fixed(s.area_m2 / 10000, 0) + " ha";
  if (s.echelon >= 0) {
    where += (where.empty() ? "" : ", ") +
             view_.scenario.echelons[static_cast<std::size_t>(s.echelon)].name;
  }
  if (!s.nearest_place.empty()) where += (where.empty() ? "near " : ", near ") + s.nearest_place;
  if (!where.empty()) say(1, where);
  for (const std::string& note : s.notes) say(1, note);
}

// "1.20 M EUR (engineering 1.00 + 0.02 a year, anti_tank 0.20), 1.38 M EUR until 2035"
std::string Words::costs(const Purchase& p) const {
  const PlanOption& option = view_.problem.options[static_cast<std::size_t>(p.option)];
  std::string classes;
  for (const PlanCharge& c : option.charges) {
    classes += fmt::format("{}{} {}", classes.empty() ? "" : ", ",
                           view_.problem.class_names[static_cast<std::size_t>(c.budget_class)],
                           fixed(c.cost / 1e6, 3));
    if (c.maintenance > 0) classes += fmt::format(" + {} a year", fixed(c.maintenance / 1e6, 3));
  }
  return fmt::format("{} M EUR ({}), {} M EUR until {}", fixed(option.cost() / 1e6, 3), classes,
                     fixed(whole_cost(view_, p) / 1e6, 3), year(view_.problem.years - 1));
}

std::string Words::of_the_plan(double s) const {
  const double added = e_.objective_s - view_.priced.baseline;
  return added > 0 ? fmt::format("{}, {} of what the plan adds", seconds(s), percent(s / added, 2))
                   : seconds(s);
}

// "2027-2030, 2033"
std::string Words::years_text(const std::vector<int>& years) const {
  std::string text;
  for (std::size_t i = 0; i < years.size();) {
    std::size_t last = i;
    while (last + 1 < years.size() && years[last + 1] == years[last] + 1) ++last;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", year(years[i]));
    if (last > i) text += fmt::format("-{}", year(years[last]));
    i = last + 1;
  }
  return text;
}

// What is entered on the grid where that was looked at, else the sites of the network's way.
std::string Words::by_way_of(const WayThrough& way, std::size_t index) const {
  std::string text;
  const auto add = [&](const std::string& name) { text += (text.empty() ? "" : ", ") + name; };
  if (index < view_.ground.size()) {
    for (const Entered& c : view_.ground[index].crossings) {
      add(c.site >= 0
              ? site_at(view_, c.site).id
              : view_.scenario.catalogue.naturals[static_cast<std::size_t>(c.natural)].name);
    }
    return fmt::format("on the ground in {}: {} by way of {}", year(way.year),
                       duration(view_.ground[index].time_s), text.empty() ? "open ground" : text);
  }
  for (const int s : way.sites) add(site_at(view_, s).id);
  return "by way of " + text;
}

std::string Words::names(const std::vector<Purchase>& purchases) const {
  std::string text;
  for (std::size_t i = 0; i < std::min(kFallen, purchases.size()); ++i) {
    const PlanOrigin& from = view_.origin[static_cast<std::size_t>(purchases[i].option)];
    text += (i == 0 ? "" : ", ") + site_at(view_, from.site).id;
  }
  if (purchases.size() > kFallen) text += fmt::format(" and {} more", purchases.size() - kFallen);
  return text;
}

void Words::bought(const SiteLoss& loss) {
  const int acts = acts_from(view_, loss.purchase);
  say(0, fmt::format("In the plan: {}, bought in {}, {}.",
                     option_label(view_, loss.purchase.option), year(loss.purchase.year),
                     acts < 0 ? "delays nobody itself" : fmt::format("acts from {}", year(acts))));
  say(1, "it costs " + costs(loss.purchase));
  const double lost = e_.objective_s - loss.objective_s;
  say(1, lost > kNothing
             ? fmt::format("without it the objective falls from {} to {}: {}",
                           seconds(e_.objective_s), seconds(loss.objective_s), of_the_plan(lost))
             : fmt::format("without it the objective stays at {}", seconds(e_.objective_s)));
  if (!loss.fallen.empty()) {
    say(1, fmt::format("{} {} on it and would fall with it ({}): then {}", loss.fallen.size(),
                       loss.fallen.size() == 1 ? "purchase relies" : "purchases rely",
                       names(loss.fallen), of_the_plan(e_.objective_s - loss.fallen_objective_s)));
  }
  ways(loss);
}

void Words::ways(const SiteLoss& loss) {
  if (loss.ways.empty()) {
    say(1, "no case would take its way through it then");
    return;
  }
  std::size_t cells = 0;
  for (const WayThrough& way : loss.ways) cells += way.years.size();
  say(1, fmt::format("without it, in {} of {} cases and years the way leads through it:", cells,
                     view_.problem.cases.size() * static_cast<std::size_t>(view_.problem.years)));
  for (std::size_t i = 0; i < std::min(kWays, loss.ways.size()); ++i) {
    const WayThrough& way = loss.ways[i];
    say(2, fmt::format("{}, {}: {} instead of {}{} ({} of the objective)", way_label(view_, way),
                       years_text(way.years), duration(way.time_s), duration(way.plan_s),
                       way.years.size() > 1 ? fmt::format(" in {}", year(way.year)) : "",
                       seconds(way.loss_s)));
    say(3, by_way_of(way, i));
  }
  if (loss.ways.size() > kWays) {
    say(2, fmt::format("and {} more ways (--json has all)", loss.ways.size() - kWays));
  }
}

void Words::offer(const OptionOffer& o) {
  say(1, option_label(view_, o.option));
  const double free = o.free_s - e_.objective_s;
  const bool adds = std::abs(free) > kNothing;
  say(2, fmt::format("given for nothing in {} it would {}", year(0),
                     !adds      ? "add nothing to the objective"
                     : free > 0 ? "add " + of_the_plan(free)
                                : "lose " + of_the_plan(-free)));
  say(2, "it costs " + costs({o.option, o.year}));
  const double then = o.year_s - e_.objective_s;
  if (o.against.empty()) {
    say(2, fmt::format("in {} no rule stands against it: the objective would change by {}",
                       year(o.year), seconds(then)));
  } else {
    say(2, fmt::format("against it, at the best in {}:", year(o.year)));
    for (const std::string& rule : o.against) say(3, rule);
  }
  reduced(o);
}

void Words::reduced(const OptionOffer& o) {
  if (!o.reduced_s) return;
  const auto most = best_with(view_, o);
  if (!most) {
    say(2, "no year takes it: it is dearer than every budget, or acts on no way before the end");
  } else if (*most < e_.objective_s - kNothing) {
    say(2, fmt::format("reduced cost {}: proven out, since no plan with it scores above {}",
                       seconds(*o.reduced_s), seconds(*most)));
  } else {
    say(2, fmt::format("reduced cost {} in the relaxation: a plan with it may score up to {}",
                       seconds(*o.reduced_s), seconds(*most)));
  }
}

void Words::decision(const OptionDecision& d) {
  const std::string what = fmt::format("{} in {}", option_label(view_, d.option), year(d.year));
  switch (d.answer) {
    case OptionDecision::Answer::possible: {
      const double less = e_.objective_s - d.objective_s;
      say(0,
          fmt::format("It could be decided for: with {} a plan exists that keeps every rule; the "
                      "first found scores {}, {} {} than this one.",
                      what, seconds(d.objective_s), seconds(std::abs(less)),
                      less >= 0 ? "less" : "more"));
      break;
    }
    case OptionDecision::Answer::impossible:
      say(0, fmt::format("It cannot be decided for: with {} no plan keeps the rules: {}.", what,
                         d.why));
      break;
    case OptionDecision::Answer::open:
      say(0, fmt::format("Whether it could be decided for is open: {}: {}.", what, d.why));
      break;
  }
}

}  // namespace

std::vector<std::string> explain_in_words(const ExplainView& view) {
  return Words(view).take();
}

}  // namespace abatis
