#include "measure_links.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "abatis/base/words.hpp"
#include "catalogue_reader.hpp"

namespace abatis {
namespace {

constexpr std::size_t kMost = 32;  // links of one kind of one measure

int index_of(const std::vector<Measure>& measures, const std::string& id) {
  const auto at = std::find_if(measures.begin(), measures.end(),
                               [&](const Measure& m) { return m.id == id; });
  return at == measures.end() ? -1 : static_cast<int>(at - measures.begin());
}

// A circle of needs through `start`, first to last, or nothing.
std::vector<int> circle(const std::vector<Measure>& measures, int start) {
  std::vector<int> way;
  std::vector<char> seen(measures.size(), 0);
  const std::function<bool(int)> follow = [&](int m) {
    way.push_back(m);
    for (const int next : measures[static_cast<std::size_t>(m)].needs) {
      if (next == start) return true;
      if (seen[static_cast<std::size_t>(next)] != 0) continue;
      seen[static_cast<std::size_t>(next)] = 1;
      if (follow(next)) return true;
    }
    way.pop_back();
    return false;
  };
  follow(start);
  return way;
}

// Whether `to` must be there before `from`, however far back.
bool relies_on(const std::vector<Measure>& measures, int from, int to) {
  std::vector<char> seen(measures.size(), 0);
  std::vector<int> open{from};
  while (!open.empty()) {
    const int m = open.back();
    open.pop_back();
    for (const int next : measures[static_cast<std::size_t>(m)].needs) {
      if (next == to) return true;
      if (seen[static_cast<std::size_t>(next)]++ == 0) open.push_back(next);
    }
  }
  return false;
}

}  // namespace

void MeasureLinks::read(TableReader& r) {
  Links links;
  links.at = r.at();
  std::vector<std::string> needs;
  if (r.has("needs") && r.text_list("needs", needs, kMost)) {
    for (std::string& id : needs) links.needs.push_back({std::move(id), r.place("needs")});
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
      measures[m].conflicts.push_back(conflict.rule);
      measures[m].conflicts.back().measure = other;
      if (other == static_cast<int>(m)) {
        diagnostics.error(conflict.with.at, "a measure cannot conflict with itself", {},
                          "conflicts");
      }
    }
  }
  std::vector<char> told(measures.size(), 0);
  for (std::size_t m = 0; m < measures.size() && m < links_.size(); ++m) {
    const std::vector<int> way = circle(measures, static_cast<int>(m));
    const bool known = std::any_of(way.begin(), way.end(), [&](int i) {
      return told[static_cast<std::size_t>(i)] != 0;
    });
    if (!way.empty() && !known) {
      std::vector<std::string> names;
      for (const int i : way) {
        names.push_back(measures[static_cast<std::size_t>(i)].id);
        told[static_cast<std::size_t>(i)] = 1;
      }
      names.push_back(measures[m].id);
      diagnostics.error(links_[m].needs.front().at,
                        fmt::format("needs run in a circle: {}", fmt::join(names, " needs ")),
                        "no measure of it could ever be bought first", "needs");
    }
    for (const Conflict& conflict : links_[m].conflicts) {
      const int other = index_of(measures, conflict.with.id);
      if (other >= 0 && relies_on(measures, static_cast<int>(m), other)) {
        diagnostics.error(conflict.with.at,
                          fmt::format("{} needs {} and conflicts with it", measures[m].id,
                                      conflict.with.id),
                          "drop one of the two", "conflicts");
      }
    }
  }
  const bool park = std::any_of(measures.begin(), measures.end(),
                                [](const Measure& m) { return m.rule == SiteRule::park; });
  for (std::size_t m = 0; m < measures.size() && m < links_.size(); ++m) {
    if (park || !measures[m].emplacement.stored()) continue;
    diagnostics.error(links_[m].at,
                      fmt::format("{} is stored in peacetime, but no measure is a park",
                                  measures[m].id),
                      "add a measure with rule = \"park\"", "emplacement_rate");
  }
}

}  // namespace abatis
