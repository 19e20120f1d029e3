#include "leaves.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "abatis/base/text.hpp"
#include "evacuation.hpp"
#include "facts.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

constexpr double kMapWidth = 640, kMapHeight = 400, kMargin = 12;  // of the map, px

constexpr const char* kStyle =
    "body{font:11pt/1.45 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 "
    "1rem;color:#1b1b1b}"
    "h1{font-size:1.7rem;margin:0}h2{font-size:1.05rem;margin:1.1rem 0 .3rem}"
    "table{border-collapse:collapse;width:100%;font-size:.95em}"
    "th,td{border-bottom:1px solid #ccc;padding:.2rem .4rem;text-align:left}"
    "td.n,th.n{text-align:right}.marking{font:9pt sans-serif;color:#7a2f3a}"
    "svg{width:100%;height:auto;border:1px solid #ccc;background:#f7f5ee}"
    "p{margin:.4rem 0}.note{font-size:.88em;color:#555}"
    "h2{break-after:avoid}tr{break-inside:avoid}"
    "@page{size:A4;margin:12mm 14mm 14mm}@media print{body{margin:0;padding:0;max-width:none;"
    "font-size:8pt;columns:2;column-gap:8mm}h1{font-size:1.9em}h2{margin-top:.8rem}"
    "th,td{padding:.1rem .3rem}}";

// A map of a district: its outline or the ground around its town, sites, settlements.
class Drawing {
 public:
  Drawing(const CivilView& view, int district) : view_(view), district_(district) {
    for (std::size_t s = 0; s < view.terrain.settlements.size(); ++s) {
      if (mine(s)) cover(view.terrain.settlements[s].at);
    }
    const auto& areas = view.terrain.municipalities;
    if (view.ledger.districts.municipalities && district < static_cast<int>(areas.size())) {
      const Bounds b = bounds_of(areas[static_cast<std::size_t>(district)].area);
      cover({b.min_x, b.min_y});
      cover({b.max_x, b.max_y});
    }
    for (const SiteLedger& site : view.ledger.sites) {
      if (site.district != district) continue;
      const Bounds b = bounds_of(geometry_of(site));
      cover({b.min_x, b.min_y});
      cover({b.max_x, b.max_y});
    }
    box_ = box_.grown(1000);
    scale_ = std::min((kMapWidth - 2 * kMargin) / (box_.max_x - box_.min_x),
                      (kMapHeight - 2 * kMargin) / (box_.max_y - box_.min_y));
  }

  std::string svg() const {
    std::string out = fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Map\">",
                                  kMapWidth, kMapHeight);
    const auto& areas = view_.terrain.municipalities;
    if (view_.ledger.districts.municipalities && district_ < static_cast<int>(areas.size())) {
      out += path(areas[static_cast<std::size_t>(district_)].area,
                  "fill=\"#fff\" stroke=\"#888\" stroke-width=\"1.2\" fill-rule=\"evenodd\"");
    }
    for (const Feature& road : view_.terrain.roads.features) {
      if (!bounds_of(road.geometry).intersects(box_)) continue;
      out += path(road.geometry, "fill=\"none\" stroke=\"#c9bfa8\" stroke-width=\"1\"");
    }
    for (const SiteLedger& site : view_.ledger.sites) out += site_mark(site);
    for (std::size_t s = 0; s < view_.terrain.settlements.size(); ++s) {
      if (mine(s)) out += settlement_mark(view_.terrain.settlements[s]);
    }
    return out + scale_bar() + "</svg>";
  }

 private:
  bool mine(std::size_t settlement) const {
    return view_.ledger.districts.of_settlement[settlement] == district_;
  }
  const Geometry& geometry_of(const SiteLedger& site) const {
    return view_.sites.sites[static_cast<std::size_t>(site.bought.site)].geometry;
  }
  void cover(Point p) {
    if (!any_) box_ = {p.x, p.y, p.x, p.y};
    any_ = true;
    box_ = {std::min(box_.min_x, p.x), std::min(box_.min_y, p.y), std::max(box_.max_x, p.x),
            std::max(box_.max_y, p.y)};
  }
  std::string at(Point p) const {
    return fmt::format("{:.1f} {:.1f}", kMargin + (p.x - box_.min_x) * scale_,
                       kMargin + (box_.max_y - p.y) * scale_);
  }
  std::string path(const Geometry& geometry, const char* style) const {
    std::string d;
    for (const auto& part : geometry.parts) {
      for (std::size_t i = 0; i < part.size(); ++i) d += (i == 0 ? "M" : "L") + at(part[i]);
    }
    return d.empty() ? d : fmt::format("<path d=\"{}\" {}/>", d, style);
  }
  std::string dot(Point p, double radius, const char* fill) const {
    return fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" fill=\"{}\"/>",
                       kMargin + (p.x - box_.min_x) * scale_, kMargin + (box_.max_y - p.y) * scale_,
                       radius, fill);
  }
  std::string site_mark(const SiteLedger& site) const {
    const Geometry& geometry = geometry_of(site);
    if (!bounds_of(geometry).intersects(box_)) return {};
    const bool mined = site.mined_m2 > 0;
    if (geometry.kind == GeometryKind::point) return dot(middle_of(geometry), 3.5, "#2f6f4f");
    if (geometry.kind == GeometryKind::line) {
      return path(geometry, mined ? "fill=\"none\" stroke=\"#7a2f3a\" stroke-width=\"4\""
                                  : "fill=\"none\" stroke=\"#2f6f4f\" stroke-width=\"2.5\"");
    }
    return path(geometry, "fill=\"#2f6f4f\" fill-opacity=\"0.35\" stroke=\"none\"");
  }
  std::string settlement_mark(const Settlement& place) const {
    std::string out = dot(place.at, place.kind == "hamlet" ? 1.5 : 3, "#222");
    if (place.kind != "hamlet") {
      out += fmt::format(
          "<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"12\" font-family=\"sans-serif\">{}</text>",
          kMargin + 5 + (place.at.x - box_.min_x) * scale_,
          kMargin + 4 + (box_.max_y - place.at.y) * scale_, xml_text(place.name));
    }
    return out;
  }
  // A bar of 1, 2 or 5 times a power of ten km, a fifth of the map at most.
  std::string scale_bar() const {
    double metres = 1000;
    for (const double step : {2e3, 5e3, 1e4, 2e4, 5e4}) {
      if (step * scale_ <= kMapWidth / 5) metres = step;
    }
    return fmt::format(
        "<path d=\"M{0:.1f} {1}h{2:.1f}\" stroke=\"#222\" stroke-width=\"2\"/><text x=\"{0:.1f}\" "
        "y=\"{3}\" font-size=\"11\" font-family=\"sans-serif\">{4:.0f} km</text>",
        kMargin, kMapHeight - kMargin, metres * scale_, kMapHeight - kMargin - 5, metres / 1000);
  }

  const CivilView& view_;
  int district_;
  Bounds box_;
  bool any_ = false;
  double scale_ = 1;
};

std::string row(std::string_view what, const std::string& value) {
  return fmt::format("<tr><td>{}</td><td class=\"n\">{}</td></tr>", what, value);
}

std::string people_row(std::string_view what, std::int64_t people, int unknown,
                       std::int64_t presumed) {
  std::string value = grouped(people);
  if (unknown > 0) {
    value += fmt::format(" (and about {} presumed in {} settlement{} without a figure)",
                         grouped(presumed), grouped(unknown), unknown == 1 ? "" : "s");
  }
  return row(what, value);
}

std::string land_rows(const CivilView& view, const Totals& t) {
  std::string out;
  const auto& covers = view.scenario.catalogue.covers;
  for (std::size_t c = 0; c < t.land_m2.size(); ++c) {
    if (t.land_m2[c] < 50) continue;  // less than 0.01 ha is no figure for a reader
    const std::string name = c < covers.size() ? covers[c].name : "use unknown";
    out += row("Land taken: " + xml_text(name), fixed(t.land_m2[c] / 1e4, 2) + " ha");
  }
  out += row("Yearly margin of that land", grouped(std::llround(t.margin_eur_year)) + " EUR");
  return out;
}

std::string mined_rows(const Totals& t) {
  if (t.mined_m2 <= 0) return {};
  return row("Mined zones, stored ones included", fixed(t.mined_m2 / 1e4, 1) + " ha") +
         row("Clearing them, one chance in ten below", million_eur(t.clearance_eur.p10)) +
         row("Clearing them, as likely more as less", million_eur(t.clearance_eur.p50)) +
         row("Clearing them, one chance in ten above", million_eur(t.clearance_eur.p90)) +
         row("Clearing them, at the stated capacity", fixed(t.clearance_years, 1) + " years");
}

std::string access_table(const CivilView& view, int district) {
  if (!view.ledger.access.assessed) {
    return "<p class=\"note\">Not assessed: the data has no clinics, schools, shelters or "
           "crossings.</p>";
  }
  std::string out =
      "<table><tr><th>Way to</th><th class=\"n\">Households delayed</th><th class=\"n\">cut "
      "off</th>"
      "<th class=\"n\">delayed, stored emplaced</th><th class=\"n\">cut off, stored "
      "emplaced</th></tr>";
  const auto of = [&](InPlace in_place) {
    return summarise(view.scenario, view.terrain, view.ledger.access,
                     view.ledger.districts.of_settlement, district, in_place);
  };
  const AccessSummary built = of(InPlace::built);
  const AccessSummary all = of(InPlace::all);
  const auto add = [&](std::string_view name, const AccessChange& b, const AccessChange& a) {
    out += fmt::format("<tr><td>{}</td>", name);
    for (const double v : {b.delayed, b.cut_off, a.delayed, a.cut_off}) {
      out += fmt::format("<td class=\"n\">{}</td>", grouped(std::llround(v)));
    }
    out += "</tr>";
  };
  for (std::size_t k = 0; k < kServiceKinds; ++k) {
    if (view.ledger.access.services[k] == 0) continue;
    add(to_string(static_cast<ServiceKind>(k)), built.by_service[k], all.by_service[k]);
  }
  add("any of them", built.any, all.any);
  return out + "</table>";
}

std::string sites_table(const CivilView& view, int district) {
  struct Bought {
    int first = 0, last = 0, sites = 0;  // years of the plan
  };
  std::map<int, Bought> of_measure;
  for (const SiteLedger& site : view.ledger.sites) {
    if (site.district != district) continue;
    const int year = site.bought.year;
    const auto [found, fresh] = of_measure.try_emplace(site.measure, Bought{year, year, 0});
    Bought& bought = found->second;
    bought = {std::min(bought.first, year), std::max(bought.last, year), bought.sites + 1};
  }
  if (of_measure.empty()) return "<p>None stands here; some stand near.</p>";
  std::string out = "<table><tr><th>Measure</th><th>Bought in</th><th class=\"n\">Sites</th></tr>";
  for (const auto& [measure, bought] : of_measure) {
    const Measure& m = view.scenario.catalogue.measures[static_cast<std::size_t>(measure)];
    const int first = view.scenario.first_year + bought.first;
    const std::string years =
        bought.first == bought.last
            ? fmt::format("{}", first)
            : fmt::format("{} to {}", first, view.scenario.first_year + bought.last);
    out += fmt::format("<tr><td>{}</td><td>{}</td><td class=\"n\">{}</td></tr>", xml_text(m.name),
                       years, bought.sites);
  }
  return out + "</table>";
}

std::string leaf(const CivilView& view, int district) {
  const auto d = static_cast<std::size_t>(district);
  const Totals& t = view.ledger.by_district[d];
  const std::string name = xml_text(view.ledger.districts.names[d]);
  const Scenario& s = view.scenario;
  std::string out = fmt::format(
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title>"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><style>{1}"
      "@page{{@bottom-left{{content:\"{2}\";font:8pt sans-serif}}}}</style>"
      "</head><body><p class=\"marking\">{2}</p><h1>{0}</h1><p>What the plan \u201c{3}\u201d "
      "changes "
      "here from {4} to {5}; before it every figure is nought.</p>",
      name, kStyle, kMarking, xml_text(s.title), s.first_year, s.first_year + s.years - 1);
  out += Drawing(view, district).svg();
  out += "<p class=\"note\">Red: mined zones. Green: other measures. Dots: settlements.</p>";
  out += "<h2>What stands here</h2>" + sites_table(view, district);
  out += "<h2>People and land</h2><table>" +
         people_row("People within 1 km of a measure", t.near_any.within_1km,
                    t.near_any.unknown_1km, t.near_any.presumed_1km) +
         people_row("People within 1 km of a mined zone", t.near_mined.within_1km,
                    t.near_mined.unknown_1km, t.near_mined.presumed_1km) +
         people_row("People within 5 km of a mined zone", t.near_mined.within_5km,
                    t.near_mined.unknown_5km, t.near_mined.presumed_5km) +
         row("Person-years (people on record) within 1 km until all is cleared, if all is emplaced",
             grouped(std::llround(t.person_years))) +
         land_rows(view, t) + mined_rows(t) + "</table>";
  out += "<h2>Ways to services</h2>" + access_table(view, district);
  out += evacuation_leaf(view, district);
  out +=
      "<p class=\"note\">Each figure stands by itself and is set off against nothing. How it is "
      "counted: docs/model/civil.md.</p>";
  return out + "</body></html>\n";
}

bool touched(const CivilView& view, int district) {
  const Totals& t = view.ledger.by_district[static_cast<std::size_t>(district)];
  const double land = std::accumulate(t.land_m2.begin(), t.land_m2.end(), 0.0);
  if (land > 0 || t.near_any.within_5km > 0 || t.near_any.unknown_5km > 0) return true;
  return std::any_of(view.ledger.sites.begin(), view.ledger.sites.end(),
                     [&](const SiteLedger& site) { return site.district == district; });
}

}  // namespace

std::vector<Table> make_leaves(const CivilView& view) {
  std::vector<Table> leaves;
  std::set<std::string> taken;
  for (int d = 0; d < view.ledger.districts.elsewhere(); ++d) {
    if (!touched(view, d)) continue;
    const std::string base =
        safe_name(without_marks(view.ledger.districts.names[static_cast<std::size_t>(d)]));
    std::string name = base;
    for (int n = 2; !taken.insert(name).second; ++n) name = fmt::format("{}-{}", base, n);
    leaves.push_back({fmt::format("leaves/{}.html", name), "what the plan changes for one place",
                      leaf(view, d)});
  }
  return leaves;
}

}  // namespace abatis::report
