#include "public_page.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "abatis/base/text.hpp"
#include "abatis/finished/publish.hpp"
#include "report/csv.hpp"
#include "report/text.hpp"

namespace abatis::finished {
namespace {

using report::duration;
using report::fixed;
using report::grouped;
using report::million_eur;

constexpr const char* kStyle =
    "body{font:11pt/1.45 Georgia,serif;max-width:52rem;margin:2rem auto;padding:0 "
    "1rem;color:#1b1b1b;background:#fff}"
    "h1{font-size:1.7rem;margin:.2rem 0}h2{font-size:1.1rem;margin:1.4rem 0 .3rem}"
    "table{border-collapse:collapse;width:100%;font-size:.92em}"
    "th,td{border-bottom:1px solid #ccc;padding:.2rem .4rem;text-align:left;vertical-align:top}"
    "td.n,th.n{text-align:right}.marking{font:9pt sans-serif;color:#1d5b3a}"
    "svg{width:100%;height:auto;max-height:34rem;border:1px solid #ccc;background:#f7f5ee}"
    ".key span{display:inline-block;width:.8em;height:.8em;margin:0 .3em 0 1em}"
    ".note{font-size:.88em;color:#555}.wide{overflow-x:auto}"
    "h2{break-after:avoid}tr{break-inside:avoid}"
    "@page{size:A4;margin:14mm 14mm 18mm}@media print{body{margin:0;padding:0;max-width:none;"
    "font-size:9.5pt}.leaf{font-size:8pt;columns:2;column-gap:8mm}.leaf svg{max-height:80mm}}";

// The marking once more in the margin of every printed page, and at the end.
std::string head(const std::string& title, const char* body_class = "") {
  return fmt::format(
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title><meta "
      "name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta "
      "name=\"description\" "
      "content=\"{1}\"><style>{2}@page{{@bottom-left{{content:\"{1}\";font:8pt "
      "sans-serif}}}}</style></head><body class=\"{3}\"><p "
      "class=\"marking\">{1}</p><h1>{0}</h1>",
      xml_text(title), kPublicEdition, kStyle, body_class);
}
std::string foot() {
  return fmt::format("<p class=\"marking\">{}</p></body></html>\n", kPublicEdition);
}

double number(const Json& from, const char* key) {
  const auto found = from.is_object() ? from.find(key) : from.end();
  return from.is_object() && found != from.end() && found->is_number() ? found->get<double>() : 0;
}
std::string text(const Json& from, const char* key, const char* otherwise = "(withheld)") {
  const auto found = from.is_object() ? from.find(key) : from.end();
  return from.is_object() && found != from.end() && found->is_string() ? found->get<std::string>()
                                                                       : otherwise;
}
std::string count(const Json& from, const char* key) {
  return grouped(std::llround(number(from, key)));
}
std::string hectares(const Json& from, const char* key) {
  return fixed(number(from, key), 1) + " ha";
}
std::string people(const Json& from, const std::string& within) {
  const std::string known = count(from, ("within_" + within).c_str());
  const auto unknown =
      std::llround(number(from, ("settlements_without_population_" + within).c_str()));
  const auto presumed = std::llround(number(from, ("presumed_there_" + within).c_str()));
  if (unknown == 0) return known;
  const std::string about =
      presumed > 0 ? fmt::format("about {} presumed in ", grouped(presumed)) : std::string();
  return fmt::format("{} (and {}{} settlements without a figure)", known, about, grouped(unknown));
}

// Rows of a table: the first `words` columns are words, the others figures.
class Rows {
 public:
  explicit Rows(const std::vector<std::string>& header, std::size_t words = 1) : words_(words) {
    out_ = "<div class=\"wide\"><table>";
    row(header, "th");
  }
  void add(const std::vector<std::string>& cells) { row(cells, "td"); }
  std::string take() { return out_ + "</table></div>"; }

 private:
  void row(const std::vector<std::string>& cells, const char* tag) {
    out_ += "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      out_ += fmt::format("<{0}{1}>{2}</{0}>", tag, i >= words_ ? " class=\"n\"" : "",
                          xml_text(cells[i]));
    }
    out_ += "</tr>";
  }
  std::size_t words_;
  std::string out_;
};

std::string key_of_map(const PublicMap& map) {
  std::string out = "<p class=\"note key\">";
  for (std::size_t k = 0; k < public_kinds().size(); ++k) {
    if (map.of_kind(static_cast<int>(k)).empty()) continue;
    out += fmt::format("<span style=\"background:{}\"></span>{}", public_kinds()[k].colour,
                       public_kinds()[k].name);
  }
  return out + fmt::format(
                   ". Black: the border. A cell is {} m and coloured where some site "
                   "touches it; crossings are counted, not drawn.</p>",
                   static_cast<std::int64_t>(map.grid.cell));
}

std::string sites_of(const Json& totals) {
  const Json& sites = totals["sites"];
  if (sites.empty()) return "<p>None stands here; some stand near.</p>";
  Rows rows({"What", "Sites"});
  for (const Json& one : sites) rows.add({text(one, "name"), count(one, "sites")});
  return rows.take();
}

std::string people_and_land(const Json& t) {
  Rows rows({"Metric", "Figure"});
  const Json& any = t["people_near_any_site"];
  const Json& mined = t["people_near_mined_zones"];
  rows.add({"People within 1 km of a site", people(any, "1km")});
  rows.add({"People within 1 km of a mined zone", people(mined, "1km")});
  rows.add({"People within 5 km of a mined zone", people(mined, "5km")});
  rows.add({"Person-years within 1 km until all is cleared", count(t, "person_years")});
  for (const Json& land : t["land"]) {
    rows.add({"Land taken: " + text(land, "use"), hectares(land, "ha")});
  }
  rows.add({"Yearly margin of that land", count(t, "margin_eur_per_year") + " EUR"});
  rows.add({"Mined zones", hectares(t, "mined_ha")});
  rows.add(
      {"Clearing them, one chance in ten below", million_eur(number(t["clearance_eur"], "p10"))});
  rows.add(
      {"Clearing them, one chance in ten above", million_eur(number(t["clearance_eur"], "p90"))});
  rows.add({"Years of clearance at the stated capacity", fixed(number(t, "clearance_years"), 1)});
  if (t["access"].is_object()) {
    rows.add({"Households delayed on their way to services",
              count(t["access"]["plan"], "households_delayed")});
    rows.add(
        {"Households cut off from some service", count(t["access"]["plan"], "households_cut_off")});
  }
  return rows.take();
}

std::string money_of(const Json& facts) {
  const Json& money = facts["money"];
  Rows rows({"Year", "Budget", "Spent"});
  for (const Json& year : money["years"]) {
    rows.add({fmt::format("{}", std::llround(number(year, "year"))),
              million_eur(number(year, "budget_eur")), million_eur(number(year, "spent_eur"))});
  }
  rows.add({"All", million_eur(number(money, "budget_eur")),
            million_eur(number(money, "purchases_eur") + number(money, "maintenance_eur"))});
  return fmt::format("<p>Prices of {}.</p>", std::llround(number(money, "price_year"))) +
         rows.take();
}

std::string law_of(const Json& facts) {
  const Json& law = facts["law"];
  if (!law.is_object()) return "<p>Not checked.</p>";
  std::string out = fmt::format(
      "<p>{} Findings: {} met, {} not met, {} not claimed, {} not "
      "applicable.</p>",
      xml_text(text(law, "no_legal_advice", "No legal advice.")), count(law["counts"], "met"),
      count(law["counts"], "not_met"), count(law["counts"], "not_claimed"),
      count(law["counts"], "not_applicable"));
  Rows rows({"Check", "State", "Treaty", "Article", "Finding"}, 5);
  for (const Json& f : law["findings"]) {
    rows.add({text(f, "check") + " " + text(f, "title"), text(f, "state", ""),
              text(f, "treaty", ""), text(f, "article", ""), text(f, "verdict")});
  }
  return out + rows.take();
}

std::string spaced(std::string id) {
  std::replace(id.begin(), id.end(), '_', ' ');
  return id;
}

std::string records_of(const Json& facts) {
  const Json& records = facts["records"];
  if (!records.is_object() || records["zones"].empty()) return "<p>No mined zone is planned.</p>";
  std::string out =
      "<p>Of every mined zone a record of its extent, type, number, dates, marking "
      "and life time is due (CCW Amended Protocol II, Art. 9). ";
  if (records["head"].is_string()) {
    out += fmt::format(
        "Records were begun. The hash of their last line is <code>{}</code>: who "
        "notes it can show later whether a line was changed or taken out.</p>",
        xml_text(text(records, "head")));
  } else {
    out += records["kept"] == Json(true) ? "Those that were begun do not stand unchanged.</p>"
                                         : "None was begun yet.</p>";
  }
  Rows rows({"Type class", "State", "Marking", "Life time", "Status", "Zones", "Extent"}, 5);
  for (const Json& z : records["zones"]) {
    rows.add({spaced(text(z, "type_class")), text(z, "state", ""), text(z, "marking"),
              text(z, "life_time"), text(z, "status"), count(z, "zones"),
              hectares(z, "extent_ha")});
  }
  return out + rows.take();
}

std::string districts_of(const Json& facts) {
  Rows rows({"Place", "Land taken", "People in 1 km of a mined zone", "Person-years", "Mined",
             "Clearing, P90"});
  for (const Json& d : facts["civil"]["districts"]) {
    if (number(d, "land_ha") <= 0 && d["sites"].empty()) continue;
    rows.add({text(d, "name"), hectares(d, "land_ha"), people(d["people_near_mined_zones"], "1km"),
              count(d, "person_years"), hectares(d, "mined_ha"),
              million_eur(number(d["clearance_eur"], "p90"))});
  }
  return rows.take();
}

std::string leaving_of(const Json& facts) {
  const Json& leaving = facts["civil"]["leaving"];
  if (!leaving.is_object()) return "<p>Not assessed.</p>";
  Rows rows({"Under what", "People with a way", "Not sooner than", "Soon enough, directed",
             "Undirected", "Cut off"});
  for (const auto& [key, name] :
       {std::pair{"nothing_built", "Today"}, std::pair{"orders_wait", "The plan"}}) {
    const Json& t = leaving[key];
    rows.add({name, count(t, "people"), duration(number(t, "at_least_s")),
              duration(number(t, "at_most_s")), duration(number(t, "undirected_s")),
              count(t, "people_cut_off")});
  }
  return fmt::format(
             "<p>{} people on record and about {} presumed, in {} settlements within {} km of the "
             "border, leave by road.</p>",
             count(leaving, "people"), count(leaving, "presumed_there"),
             count(leaving, "settlements"), fixed(number(leaving["rules"], "within_m") / 1000, 0)) +
         rows.take();
}

std::string sources_of(const Json& facts) {
  Rows rows({"Layer", "Source", "Licence", "Quality"}, 4);
  for (const Json& s : facts["sources"]) {
    rows.add({text(s, "role"), text(s, "source"), text(s, "licence"), text(s, "quality", "")});
  }
  return rows.take();
}

bool touched(const Json& d) {
  return number(d, "land_ha") > 0 || !d["sites"].empty() ||
         number(d["people_near_any_site"], "within_5km") > 0;
}

}  // namespace

PublicText public_page(const Json& facts, const PublicMap& map) {
  const Json& scenario = facts["scenario"];
  const auto first = std::llround(number(scenario, "first_year"));
  const Json& result = facts["result"];
  std::string out = head(text(scenario, "title", "A plan"));
  out += fmt::format(
      "<p>From {} to {} the plan spends {} of {}. On average over all ways, movers and seasons "
      "the way to an objective takes {} today and {} at its end. No plan within its rules is more "
      "than {} better.</p>",
      first, first + std::llround(number(scenario, "years")) - 1,
      million_eur(number(facts["money"], "purchases_eur") +
                  number(facts["money"], "maintenance_eur")),
      million_eur(number(facts["money"], "budget_eur")), duration(number(facts, "mean_before_s")),
      duration(number(facts, "mean_after_s")), report::percent(number(result, "gap")));
  out += public_svg(map, "") + key_of_map(map);
  out += "<h2>What it builds</h2>" + sites_of(facts["civil"]["plan"]);
  out += "<h2>Money</h2>" + money_of(facts);
  out +=
      "<h2>What it does to those who live there</h2><p>Each figure stands by itself and is set "
      "off against nothing.</p>" +
      people_and_land(facts["civil"]["plan"]);
  out += "<h2>By place</h2>" + districts_of(facts);
  out += "<h2>Leaving by road</h2>" + leaving_of(facts);
  out += "<h2>Law</h2>" + law_of(facts);
  out += "<h2>Records of mined zones</h2>" + records_of(facts);
  out += "<h2>Sources</h2>" + sources_of(facts);
  return {"report.html", out + foot()};
}

std::vector<PublicText> public_leaves(const Json& facts, const PublicMap& map) {
  std::vector<PublicText> leaves;
  std::set<std::string> taken;
  for (const Json& d : facts["civil"]["districts"]) {
    const std::string name = text(d, "name", "");
    if (name.empty() || !touched(d)) continue;
    const std::string base = report::safe_name(report::without_marks(name));
    std::string file = base;
    for (int n = 2; !taken.insert(file).second; ++n) file = fmt::format("{}-{}", base, n);
    std::string out = head(name, "leaf");
    out += public_svg(map, name) + key_of_map(map);
    out +=
        "<h2>What stands here</h2>" + sites_of(d) + "<h2>People and land</h2>" + people_and_land(d);
    leaves.push_back({fmt::format("leaves/{}.html", file), out + foot()});
  }
  return leaves;
}

namespace {

using report::Csv;

void end(Csv& csv) {
  csv.text(kPublicEdition).end();
}

PublicText money_csv(const Json& facts) {
  Csv csv({"year", "class", "purchase_eur", "maintenance_eur", "marking"});
  for (const Json& year : facts["money"]["years"]) {
    for (const Json& one : year["by_class"]) {
      csv.whole(std::llround(number(year, "year"))).text(text(one, "class"));
      csv.number(number(one, "purchase_eur")).number(number(one, "maintenance_eur"));
      end(csv);
    }
  }
  return {"tables/money.csv", csv.take()};
}

PublicText districts_csv(const Json& facts) {
  Csv csv({"district", "land_ha", "margin_eur_per_year", "people_1km_mined", "people_5km_mined",
           "unknown_1km_mined", "unknown_5km_mined", "mined_ha", "person_years",
           "clearance_eur_p10", "clearance_eur_p50", "clearance_eur_p90", "marking"});
  const auto add = [&](const std::string& name, const Json& t) {
    const Json& mined = t["people_near_mined_zones"];
    csv.text(name).number(number(t, "land_ha")).number(number(t, "margin_eur_per_year"));
    csv.number(number(mined, "within_1km")).number(number(mined, "within_5km"));
    csv.number(number(mined, "settlements_without_population_1km"));
    csv.number(number(mined, "settlements_without_population_5km"));
    csv.number(number(t, "mined_ha")).number(number(t, "person_years"));
    for (const char* q : {"p10", "p50", "p90"}) csv.number(number(t["clearance_eur"], q));
    end(csv);
  };
  for (const Json& d : facts["civil"]["districts"]) add(text(d, "name"), d);
  add("the plan", facts["civil"]["plan"]);
  return {"tables/districts.csv", csv.take()};
}

PublicText years_csv(const Json& facts) {
  Csv csv({"year", "land_ha", "margin_eur", "mined_ha", "people_1km", "person_years", "cleared_ha",
           "inspections", "marking"});
  for (const Json& y : facts["civil"]["years"]) {
    csv.whole(std::llround(number(y, "year")));
    for (const char* key : {"land_ha", "margin_eur", "mined_ha", "people_1km", "person_years",
                            "cleared_ha", "inspections"}) {
      csv.number(number(y, key));
    }
    end(csv);
  }
  return {"tables/years.csv", csv.take()};
}

PublicText law_csv(const Json& facts) {
  Csv csv({"check", "title", "state", "treaty", "article", "verdict", "from", "to", "marking"});
  if (facts["law"].is_object()) {
    for (const Json& f : facts["law"]["findings"]) {
      csv.text(text(f, "check")).text(text(f, "title")).text(text(f, "state", ""));
      csv.text(text(f, "treaty", "")).text(text(f, "article", "")).text(text(f, "verdict"));
      csv.text(text(f, "from", "")).text(text(f, "to", ""));
      end(csv);
    }
  }
  return {"tables/law.csv", csv.take()};
}

}  // namespace

std::vector<PublicText> public_tables(const Json& facts) {
  return {money_csv(facts), districts_csv(facts), years_csv(facts), law_csv(facts)};
}

}  // namespace abatis::finished
