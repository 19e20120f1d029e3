#include "measure_links.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "abatis/base/words.hpp"
#include "catalogue_reader.hpp"

namespace abatis {
namespace {

constexpr std::size_t kMost = 32;  // links of one kind of one measure

int index_of(const std::vector<Measure>& measures, const std::string& id) {
  const auto at =
      std::find_if(measures.begin(), measures.end(), [&](const Measure& m) { return m.id == id; });
  return at == measures.end() ? -1 : static_cast<int>(at - measures.begin());
}

// Which measures can ever be bought, one of their needs before them, when `without` (or -1) is not.
std::vector<char> buyable(const std::vector<Measure>& measures, int without) {
  std::vector<char> can(measures.size(), 0);
  for (bool more = true; more;) {
    more = false;
    for (std::size_t m = 0; m < measures.size(); ++m) {
      if (can[m] != 0 || static_cast<int>(m) == without) continue;
      const std::vector<int>& needs = measures[m].needs;
      const bool now = needs.empty() || std::any_of(needs.begin(), needs.end(), [&](int n) {
                         return can[static_cast<std::size_t>(n)] != 0;
                       });
      if (!now) continue;
      can[m] = 1;
      more = true;
    }
  }
  return can;
}

// A circle of needs that `start` leads into, among measures that cannot be bought. There is one:
// each of them needs only such. First to last.
std::vector<int> circle(const std::vector<Measure>& measures, int start) {
  std::vector<int> way;
  for (int m = start; std::find(way.begin(), way.end(), m) == way.end();) {
    way.push_back(m);
    m = measures[static_cast<std::size_t>(m)].needs.front();
    if (const auto again = std::find(way.begin(), way.end(), m); again != way.end()) {
      way.erase(way.begin(), again);
      break;
    }
  }
  return way;
}

}  // namespace

void MeasureLinks::read(TableReader& r) {
  Links links;
  links.stored_at = r.place("emplacement_rate");
  std::vector<std::string> needs;
  if (r.has("needs") && r.text_list("needs", needs, kMost)) {
    const std::vector<TomlNode>& items = r.value("needs")->items;
    for (std::size_t i = 0; i < needs.size(); ++i) {
      links.needs.push_back({std::move(needs[i]), items[i].at});
    }
  }
  if (r.has("conflicts")) {
    for (const TomlNode* node : r.tables("conflicts", kMost)) {
      TableReader row(r.diagnostics(), *node, spec::kMeasureConflicts);
      Conflict conflict;
      row.id("measure", conflict.with.id);
      conflict.with.at = row.place("measure");
      row.quantity("within", conflict.rule.within_m, Dimension::length, between(0, 50'000));
      row.boolean("same_water", conflict.rule.same_water);
      row.text("why", conflict.rule.why);
      links.conflicts.push_back(std::move(conflict));
    }
  }
  links_.push_back(std::move(links));
}

void MeasureLinks::resolve(Diagnostics& diagnostics, std::vector<Measure>& measures) const {
  const auto ids = ids_of(measures);
  const auto find = [&](const Name& name, std::string_view key) {
    const int index = index_of(measures, name.id);
    if (index < 0) {
      diagnostics.error(name.at, fmt::format("there is no measure {}", in_quotes(name.id)),
                        nearest_hint(name.id, ids, "measure"), std::string(key));
    }
    return index;
  };
  for (std::size_t m = 0; m < measures.size() && m < links_.size(); ++m) {
    for (const Name& name : links_[m].needs) {
      const int other = find(name, "needs");
      if (other >= 0) measures[m].needs.push_back(other);
    }
    for (const Conflict& conflict : links_[m].conflicts) {
      const int other = find(conflict.with, "conflicts");
      if (other < 0) continue;
      for (const MeasureConflict& earlier : measures[m].conflicts) {
        if (earlier.measure != other) continue;
        diagnostics.error(conflict.with.at,
                          fmt::format("a second conflict with {}", conflict.with.id),
                          "one row says how near and why", "conflicts");
      }
      measures[m].conflicts.push_back(conflict.rule);
      measures[m].conflicts.back().measure = other;
      if (other == static_cast<int>(m)) {
        diagnostics.error(conflict.with.at, "a measure cannot conflict with itself", {},
                          "conflicts");
      }
    }
  }
  tell_circles(diagnostics, measures);
  tell_excluded(diagnostics, measures);
  const bool park = std::any_of(measures.begin(), measures.end(),
                                [](const Measure& m) { return m.rule == SiteRule::park; });
  for (std::size_t m = 0; m < measures.size() && m < links_.size(); ++m) {
    if (park || !measures[m].emplacement.stored()) continue;
    diagnostics.error(
        links_[m].stored_at,
        fmt::format("{} is stored in peacetime, but no measure is a park", measures[m].id),
        "add a measure with rule = \"park\"", "emplacement_rate");
  }
}

void MeasureLinks::tell_circles(Diagnostics& diagnostics,
                                const std::vector<Measure>& measures) const {
  const std::vector<char> can = buyable(measures, -1);
  std::vector<char> told(measures.size(), 0);
  for (std::size_t m = 0; m < measures.size() && m < links_.size(); ++m) {
    if (can[m] != 0) continue;
    const std::vector<int> way = circle(measures, static_cast<int>(m));
    std::vector<std::string> names;
    for (const int i : way) names.push_back(measures[static_cast<std::size_t>(i)].id);
    names.push_back(names.front());
    const auto first = static_cast<std::size_t>(way.front());
    if (told[first] != 0) continue;
    for (const int i : way) told[static_cast<std::size_t>(i)] = 1;
    diagnostics.error(links_[first].needs.front().at,
                      fmt::format("needs run in a circle: {}", fmt::join(names, " needs ")),
                      "no measure of it could ever be bought first", "needs");
  }
}

void MeasureLinks::tell_excluded(Diagnostics& diagnostics,
                                 const std::vector<Measure>& measures) const {
  const std::vector<char> can = buyable(measures, -1);
  for (std::size_t m = 0; m < measures.size() && m < links_.size(); ++m) {
    for (const Conflict& conflict : links_[m].conflicts) {
      const int other = index_of(measures, conflict.with.id);
      if (other < 0 || other == static_cast<int>(m) || can[m] == 0) continue;
      const bool needs = buyable(measures, other)[m] == 0;
      const bool needed =
          can[static_cast<std::size_t>(other)] != 0 &&
          buyable(measures, static_cast<int>(m))[static_cast<std::size_t>(other)] == 0;
      if (!needs && !needed) continue;
      const std::string& own = measures[m].id;
      diagnostics.error(conflict.with.at,
                        fmt::format("{} needs {} and conflicts with it",
                                    needs ? own : conflict.with.id, needs ? conflict.with.id : own),
                        "drop one of the two", "conflicts");
    }
  }
}

}  // namespace abatis
