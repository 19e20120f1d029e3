#include "finished/public_faults.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <regex>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/geo/io.hpp"

namespace abatis::testing {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;
constexpr double kStep = 500;
constexpr const char* kMarking = "Public: nothing finer than 500 m";

// Words of what is held ready, where and by whom, in keys, texts, names and metadata.
const std::set<std::string>& held() {
  static const std::set<std::string> kWords{
      "stock",       "stocks",  "stored", "store",  "stores",   "storage",
      "park",        "parks",   "depot",  "depots", "ready",    "readiness",
      "sensor",      "sensors", "crew",   "crews",  "emplaced", "emplace",
      "emplacement", "lonlat",  "lon",    "lat",    "site_id",  "sites_only"};
  return kWords;
}

// In packed bytes words of three letters stand by chance: `shortest` leaves them out.
std::string first_held_word(std::string_view text, std::size_t shortest = 1) {
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const auto c = i < text.size() ? static_cast<unsigned char>(text[i]) : ' ';
    if (std::isalpha(c) != 0) {
      word += static_cast<char>(std::tolower(c));
      continue;
    }
    if (word.size() >= shortest && held().count(word) > 0) return word;
    word.clear();
  }
  return {};
}

class Proving {
 public:
  Proving(const fs::path& folder, const Restricted& restricted, int epsg)
      : folder_(folder), restricted_(restricted), epsg_(epsg) {}

  std::vector<std::string> go() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.is_regular_file())
        files.push_back(entry.path());
      else if (!entry.is_directory())
        fault(entry.path(), "is no plain file");
    }
    std::sort(files.begin(), files.end());
    if (files.empty()) faults_.push_back("nothing was published");
    for (const fs::path& file : files) open(file);
    return std::move(faults_);
  }

 private:
  void fault(const fs::path& file, const std::string& what) {
    faults_.push_back(fs::relative(file, folder_).string() + ": " + what);
  }

  void open(const fs::path& file) {
    const std::string bytes = read_file(file).value_or("");
    if (bytes.find(kMarking) == std::string::npos) fault(file, "does not say that it is public");
    if (bytes.find("restricted working") != std::string::npos)
      fault(file, "speaks of the restricted");
    for (const std::string& word : restricted_.words) {
      if (bytes.find(word) != std::string::npos) fault(file, "holds " + word);
    }
    const std::string name = fs::relative(file, folder_).string();
    if (const std::string word = first_held_word(name); !word.empty()) {
      fault(file, "is named after a " + word);
    }
    const std::string kind = file.extension().string();
    if (kind == ".json")
      json(file, bytes);
    else if (kind == ".csv")
      text(file, bytes);
    else if (kind == ".html")
      page(file, bytes);
    else if (kind == ".gpkg")
      layer(file, bytes);
    else if (kind == ".tif")
      raster(file, bytes);
    else
      fault(file, "is of a kind that nobody expects");
  }

  void text(const fs::path& file, std::string_view bytes, std::size_t shortest = 1) {
    if (const std::string word = first_held_word(bytes, shortest); !word.empty()) {
      fault(file, "speaks of a " + word);
    }
  }

  // Every key is one of these; every text is free of what is held.
  void json(const fs::path& file, const std::string& bytes) {
    const Json json = Json::parse(bytes, nullptr, false);
    if (!json.is_object()) return fault(file, "is no JSON object");
    text(file, bytes);
    walk(file, json, "");
  }
  void walk(const fs::path& file, const Json& json, const std::string& at) {
    static const std::set<std::string> kKeys{"format",
                                             "marking",
                                             "program",
                                             "name",
                                             "version",
                                             "scenario",
                                             "id",
                                             "title",
                                             "first_year",
                                             "years",
                                             "price_year",
                                             "result",
                                             "status",
                                             "objective_s",
                                             "bound_s",
                                             "baseline_s",
                                             "gap",
                                             "mean_before_s",
                                             "mean_after_s",
                                             "money",
                                             "budget_eur",
                                             "purchases_eur",
                                             "maintenance_eur",
                                             "liability_eur",
                                             "year",
                                             "carried_eur",
                                             "spent_eur",
                                             "by_class",
                                             "class",
                                             "purchase_eur",
                                             "earmarks",
                                             "rule",
                                             "amount_eur",
                                             "met",
                                             "economy",
                                             "state",
                                             "constant_eur",
                                             "current_eur",
                                             "published_eur",
                                             "gdp_eur",
                                             "defence_eur",
                                             "share_of_gdp",
                                             "share_of_defence",
                                             "split",
                                             "published_share",
                                             "plan_eur",
                                             "plan_share",
                                             "whole_life",
                                             "upkeep_eur",
                                             "upkeep_after_eur",
                                             "total_eur",
                                             "civil",
                                             "by",
                                             "population",
                                             "settlements",
                                             "settlements_without_population",
                                             "mined_zones",
                                             "plan",
                                             "land_ha",
                                             "margin_eur_per_year",
                                             "land_without_margin_ha",
                                             "mined_ha",
                                             "person_years",
                                             "clearance_years",
                                             "inspections",
                                             "land",
                                             "use",
                                             "ha",
                                             "people_near_any_site",
                                             "within_1km",
                                             "within_5km",
                                             "settlements_without_population_1km",
                                             "settlements_without_population_5km",
                                             "presumed_there_1km",
                                             "presumed_there_5km",
                                             "presumed_there",
                                             "people_near_mined_zones",
                                             "clearance_eur",
                                             "p10",
                                             "p50",
                                             "p90",
                                             "mean",
                                             "access",
                                             "settlements_without_road",
                                             "settlements_without_service_today",
                                             "households_delayed",
                                             "households_cut_off",
                                             "settlements_delayed",
                                             "settlements_cut_off",
                                             "longest_delay_s",
                                             "sites",
                                             "kind",
                                             "districts",
                                             "margin_eur",
                                             "people_1km",
                                             "cleared_ha",
                                             "leaving",
                                             "people",
                                             "settlements_without_way",
                                             "people_without_way",
                                             "rules",
                                             "within_m",
                                             "safe_m",
                                             "people_per_vehicle",
                                             "nothing_built",
                                             "orders_wait",
                                             "people_cut_off",
                                             "longest_way_s",
                                             "at_least_s",
                                             "at_most_s",
                                             "undirected_s",
                                             "law",
                                             "no_legal_advice",
                                             "first",
                                             "last",
                                             "counts",
                                             "not_met",
                                             "not_claimed",
                                             "not_applicable",
                                             "findings",
                                             "check",
                                             "treaty",
                                             "article",
                                             "verdict",
                                             "from",
                                             "to",
                                             "source",
                                             "site_count",
                                             "commitments",
                                             "text",
                                             "records",
                                             "kept",
                                             "head",
                                             "type_class",
                                             "life_time",
                                             "status",
                                             "zones",
                                             "extent_ha",
                                             "sources",
                                             "role",
                                             "licence",
                                             "date",
                                             "quality",
                                             "files",
                                             "file",
                                             "sha256"};
    if (json.is_object()) {
      for (const auto& [key, value] : json.items()) {
        if (kKeys.count(key) == 0) fault(file, "has a key that nobody expects: " + at + "/" + key);
        walk(file, value, at + "/" + key);
      }
    } else if (json.is_array()) {
      // Two numbers side by side might be a place: no list of numbers leaves.
      for (const Json& one : json) {
        if (one.is_number()) fault(file, "has a list of numbers: " + at);
        walk(file, one, at);
      }
    }
  }

  // Words of the page, and its drawing: units of 100 m, so whole multiples of 5.
  void page(const fs::path& file, const std::string& bytes) {
    text(file, bytes);
    if (bytes.find("<script") != std::string::npos) fault(file, "has a script");
    for (const char* link : {"src=", "href=", "url(", "@import"}) {
      if (bytes.find(link) != std::string::npos) fault(file, "leads to another file");
    }
    static const std::regex kDrawing("(?: d|viewBox|points)=\"([^\"]*)\"");
    for (auto it = std::sregex_iterator(bytes.begin(), bytes.end(), kDrawing);
         it != std::sregex_iterator(); ++it) {
      static const std::regex kNumber("-?[0-9]+(?:\\.[0-9]+)?");
      const std::string drawn = (*it)[1].str();
      for (auto n = std::sregex_iterator(drawn.begin(), drawn.end(), kNumber);
           n != std::sregex_iterator(); ++n) {
        if (std::fmod(std::stod(n->str()), kStep / 100) != 0) {
          return fault(file, "draws at " + n->str());
        }
      }
    }
    for (const char* shape :
         {"<circle", "<image", "<line ", "<polyline", "<polygon", "<text", "transform="}) {
      if (bytes.find(shape) != std::string::npos) {
        fault(file, fmt::format("draws a shape that nobody expects: {}", shape));
      }
    }
  }

  void layer(const fs::path& file, const std::string& bytes) {
    text(file, bytes, 4);
    const auto read = read_layer(file, epsg_);  // an error where there are several layers
    if (!read) return fault(file, to_string(read.error()));
    static const std::set<std::string> kFields{"kind", "name", "cells", "marking"};
    for (const std::string& name : read->field_names) {
      if (kFields.count(name) == 0) fault(file, "has a field that nobody expects: " + name);
    }
    for (const Feature& feature : read->features) {
      for (const auto& part : feature.geometry.parts) {
        for (const Point p : part) {
          if (std::fmod(p.x, kStep) == 0 && std::fmod(p.y, kStep) == 0) continue;
          return fault(file, fmt::format("has a vertex at {} {}", p.x, p.y));
        }
      }
    }
  }

  void raster(const fs::path& file, const std::string& bytes) {
    text(file, bytes, 4);
    const auto info = raster_info(file);
    if (!info) return fault(file, to_string(info.error()));
    if (info->bands != 1) fault(file, "has more than one band");
    if (info->cell_x < kStep || info->cell_y < kStep) {
      fault(file, fmt::format("has cells of {} m", info->cell_x));
    }
    for (const double edge : {info->bounds.min_x, info->bounds.min_y, info->bounds.max_x,
                              info->bounds.max_y, info->cell_x, info->cell_y}) {
      if (std::fmod(edge, kStep) != 0) fault(file, fmt::format("has an edge at {}", edge));
    }
  }

  const fs::path& folder_;
  const Restricted& restricted_;
  int epsg_;
  std::vector<std::string> faults_;
};

}  // namespace

Restricted restricted_words(const fs::path& run) {
  Restricted out;
  const Json plan = Json::parse(read_file(run / "plan.json").value_or(""), nullptr, false);
  if (!plan.is_object()) return out;
  std::set<std::string> words;
  for (const Json& purchase : plan.value("purchases", Json::array())) {
    words.insert(purchase.value("site", ""));
    words.insert(purchase.value("name", ""));
    for (const Json& degree : purchase.value("lonlat", Json::array())) {
      words.insert(degree.dump());
    }
  }
  for (const Json& park : plan.value("parks", Json::array())) {
    words.insert(park.value("site", ""));
    words.insert(park.value("name", ""));
  }
  words.erase("");
  out.words.assign(words.begin(), words.end());
  return out;
}

std::vector<std::string> public_faults(const fs::path& folder, const Restricted& restricted,
                                       int epsg) {
  return Proving(folder, restricted, epsg).go();
}

}  // namespace abatis::testing
