// What a measure does, in tables: delays, sections of ditches, growth of what is planted.

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "abatis/measures/ditch.hpp"
#include "abatis/measures/trees.hpp"
#include "columns.hpp"
#include "measure_text.hpp"
#include "measure_words.hpp"

namespace abatis::cli {
namespace {

// A tenth where it says something.
std::string minutes(double seconds) {
  const double value = seconds / 60;
  std::string text = fmt::format("{:.{}f}", value, value < 100 ? 1 : 0);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

// Seasons that share a line.
std::string season_words(const Catalogue& c, const std::vector<std::string>& ids) {
  if (ids.size() == c.seasons.size() && ids.size() > 1) return "all seasons";
  return fmt::format("{}", fmt::join(ids, ", "));
}

const MeasureDelay* delay_of(const Measure& m, int mover, int season) {
  const auto at = std::find_if(m.delays.begin(), m.delays.end(), [&](const MeasureDelay& d) {
    return d.mover == mover && d.season == season;
  });
  return at == m.delays.end() ? nullptr : &*at;
}

// Numbers of sources in the order in which they are met.
class Sources {
 public:
  std::string mark(const Provenance& provenance) {
    const auto at = std::find_if(all_.begin(), all_.end(), [&](const Provenance& p) {
      return p.source == provenance.source;
    });
    const auto number = at - all_.begin() + 1;
    if (at == all_.end()) all_.push_back(provenance);
    return fmt::format("[{}]", number);
  }
  std::string text() const {
    std::string out;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const std::string_view words = standing_words(all_[i]);
      out += paragraph(words == all_[i].source
                           ? fmt::format("[{}] {}", i + 1, words)
                           : fmt::format("[{}] ({}) {}", i + 1, words, all_[i].source),
                       2);
    }
    return out;
  }

 private:
  std::vector<Provenance> all_;
};

struct Line {
  std::vector<std::string> seasons;
  std::vector<std::string> figures;
  bool operator==(const Line&) const = default;
};

// The figures of a mover, seasons that share them on one line.
std::vector<Line> lines_of(const Catalogue& c, const Measure& m, int mover, Sources& sources) {
  const Measure* cover = first_cover(c);
  std::vector<Line> lines;
  for (std::size_t s = 0; s < c.seasons.size(); ++s) {
    const MeasureDelay* d = delay_of(m, mover, static_cast<int>(s));
    if (d == nullptr) continue;
    const Counted count = counted(c, m, *d, cover);
    std::vector<std::string> figures{minutes(d->delay_s.min), minutes(d->delay_s.mode),
                                     minutes(d->delay_s.max), minutes(count.mean_s),
                                     count.stopped ? minutes(count.alone_s) : "-"};
    if (cover != nullptr) figures.push_back(count.stopped ? minutes(count.covered_s) : "-");
    figures.push_back(sources.mark(d->provenance));
    const auto same = std::find_if(lines.begin(), lines.end(),
                                   [&](const Line& line) { return line.figures == figures; });
    if (same != lines.end()) {
      same->seasons.push_back(c.seasons[s].id);
    } else {
      lines.push_back({{c.seasons[s].id}, std::move(figures)});
    }
  }
  return lines;
}

// Movers with the same rows stand above them together.
template <class Rows>
class ByMovers {
 public:
  void add(const std::string& mover, Rows rows) {
    const auto same =
        std::find_if(all_.begin(), all_.end(), [&](const auto& one) { return one.second == rows; });
    if (same != all_.end()) {
      same->first += ", " + mover;
    } else {
      all_.emplace_back(mover, std::move(rows));
    }
  }
  const std::vector<std::pair<std::string, Rows>>& all() const { return all_; }

 private:
  std::vector<std::pair<std::string, Rows>> all_;
};

const char* answer_word(DitchAnswer answer) {
  switch (answer) {
    case DitchAnswer::spans:
      return "spans";
    case DitchAnswer::steps:
      return "steps";
    case DitchAnswer::drives:
      return "drives";
    case DitchAnswer::stops:
      break;
  }
  return "STOPPED";
}

}  // namespace

std::string delays_text(const Catalogue& c, const Measure& m) {
  Sources sources;
  ByMovers<std::vector<Line>> movers;
  for (std::size_t i = 0; i < c.movers.size(); ++i) {
    movers.add(c.movers[i].name, lines_of(c, m, static_cast<int>(i), sources));
  }
  const Measure* cover = first_cover(c);
  Columns table(1);
  std::vector<std::string> head{"", "least", "likely", "most", "mean", "alone"};
  if (cover != nullptr) head.emplace_back("covered");
  head.emplace_back("source");
  table.row(std::move(head));
  bool passed = false;
  for (const auto& [names, lines] : movers.all()) {
    table.across(names);
    for (const Line& line : lines) {
      std::vector<std::string> row{"  " + season_words(c, line.seasons)};
      row.insert(row.end(), line.figures.begin(), line.figures.end());
      passed = passed || std::find(row.begin(), row.end(), "-") != row.end();
      table.row(std::move(row));
    }
  }
  std::string out = "  Delay of crossing it once, minutes:\n" + table.text(2);
  std::string words = fmt::format(
      "The plan counts \"alone\": the mean, but never above {} (disrupt) "
      "where nothing watches it.",
      short_time(c.effects.disrupt_at_most_s));
  if (cover != nullptr) {
    words += fmt::format(" With {} it counts \"covered\": {:.3g} times the mean.", cover->id,
                         cover->multiplier.mean());
  }
  if (passed) words += " \"-\": the section does not stop it, and the plan counts nothing.";
  return out + paragraph(words, 2) + sources.text();
}

std::string ditch_text(const Catalogue& c, const Measure& m) {
  const DitchSection before = section_before(m);
  const DitchSection after = section_after(m);
  const auto words = [](const DitchSection& s) {
    return fmt::format("{:g} m wide at the top, {:g} m at the bottom, {:g} m deep", s.top_m,
                       s.bottom_m, s.depth_m);
  };
  std::string out = paragraph(
      fmt::format(
          "From {} to {}: {:.0f} m3 of earth per km.{}", words(before), words(after),
          deepening_volume_m3_per_km(before, after),
          bank_unstable(after) ? " Banks steeper than 1:1.5 do not stand by themselves." : ""),
      2);
  if (!m.section_before.given() || !m.section_after.given()) {
    out += paragraph(
        "The catalogue gives no section of its own for all of it; what is missing is "
        "presumed (unverified).",
        2);
  }
  out += "  What a mover does with it:\n";
  using Rows = std::array<std::vector<std::string>, 2>;
  ByMovers<Rows> movers;
  for (const Mover& mover : c.movers) {
    Rows rows{{{"  as it is"}, {"  deepened"}}};
    for (const Season& season : c.seasons) {
      rows[0].emplace_back(answer_word(answer_to(before, mover, season)));
      rows[1].emplace_back(answer_word(answer_to(after, mover, season)));
    }
    movers.add(mover.name, std::move(rows));
  }
  Columns table(1);
  std::vector<std::string> head{""};
  for (const Season& season : c.seasons) head.push_back(season.id);
  table.row(std::move(head));
  for (const auto& [names, rows] : movers.all()) {
    table.across(names);
    for (const auto& row : rows) table.row(row);
  }
  return out + table.text(2);
}

std::string planting_text(const Catalogue& c, const Measure& m) {
  const TreeSpecies& species = c.trees[static_cast<std::size_t>(m.species)];
  const bool stand = m.rule == SiteRule::open_land;
  const int lead = static_cast<int>(std::ceil(m.lead_years));
  std::string out =
      paragraph(fmt::format("{}, {} old{} when planted{}; site index {:g} m at {:g} years.",
                            species.name, years_words(m.stock_age),
                            species.age == TreeAge::breast_height ? " (from breast height on)" : "",
                            stand ? fmt::format(", {:g} stems per ha", m.stems_per_ha) : "",
                            species.site_index_m, species.index_age),
                2);
  Columns table(0);
  std::vector<std::string> head{"year after purchase", "height m", "stem cm"};
  if (stand) head.emplace_back("stems per ha");
  table.row(std::move(head));
  for (const int since : {0, 2, 4, 6, 9, 14, 19, 29, 39, 59}) {
    const Stand at = stand_at(species, stand ? m.stems_per_ha : 1, m.stock_age + since);
    std::vector<std::string> row{fmt::format("{}", lead + since),
                                 fmt::format("{:.1f}", at.height_m),
                                 fmt::format("{:.1f}", 100 * at.diameter_m)};
    if (stand) row.push_back(fmt::format("{:.0f}", at.stems_per_ha));
    table.row(std::move(row));
  }
  out += table.text(2);
  if (stand) {
    Columns stops(2);
    for (const Mover& mover : c.movers) {
      const int year = stops_after(c, m, mover);
      stops.row({mover.name, year < 0 ? fmt::format("not within {} years", kLongestWatch)
                                      : fmt::format("from year {} after purchase", year)});
    }
    out += "  It stops (a mover that neither fits between the stems nor pushes them over):\n" +
           stops.text(4);
  }
  out += paragraph(
      fmt::format("height ({}): {}", standing_words(species.provenance), species.provenance.source),
      2);
  out +=
      paragraph(fmt::format("stem diameter ({}): {}", standing_words(species.diameter_provenance),
                            species.diameter_provenance.source),
                2);
  if (stand) {
    out += paragraph(fmt::format("stems ({}): {}", standing_words(species.stems_provenance),
                                 species.stems_provenance.source),
                     2);
  }
  return out;
}

}  // namespace abatis::cli
