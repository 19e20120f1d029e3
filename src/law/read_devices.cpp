// What measures are in the eyes of the law, what is asked for, what is claimed.

#include <array>

#include <fmt/format.h>

#include "abatis/base/words.hpp"
#include "catalogue_reader.hpp"
#include "law_files.hpp"
#include "law_words.hpp"

namespace abatis {
namespace {

constexpr double kMostDevices = 1e6;
constexpr double kMostMoney = 1e13;

constexpr Choice<bool> kDelivery[] = {{"by_hand_or_vehicle", false}, {"remote", true}};

constexpr Choice<Concerns> kConcerns[] = {{"all", Concerns::all},
                                          {"mined", Concerns::mined},
                                          {"anti_personnel", Concerns::anti_personnel},
                                          {"demolition", Concerns::demolition},
                                          {"near_settlements", Concerns::near_settlements},
                                          {"works", Concerns::works},
                                          {"water", Concerns::water},
                                          {"wetland", Concerns::wetland},
                                          {"protected", Concerns::protected_areas},
                                          {"border_works", Concerns::border_works},
                                          {"land", Concerns::land}};

constexpr Choice<CheckRule> kCheckRules[] = {{"status", CheckRule::status},
                                             {"recorded", CheckRule::recorded},
                                             {"not_remote", CheckRule::not_remote},
                                             {"detectable", CheckRule::detectable},
                                             {"marked", CheckRule::marked},
                                             {"liftable", CheckRule::liftable},
                                             {"cleared", CheckRule::cleared},
                                             {"claim", CheckRule::claim},
                                             {"transboundary", CheckRule::transboundary}};

constexpr std::array<std::string_view, 5> kRules{"no_anti_personnel_mines", "stored_in_peacetime",
                                                 "mined_1km_from_settlements",
                                                 "clearance_paid_ahead", "claim"};

void flag(TableReader& r, std::string_view key, std::optional<bool>& into) {
  if (bool value = false; r.boolean(key, value)) into = value;
}

}  // namespace

std::string_view to_string(DeviceClass device) {
  for (const auto& name : kDeviceNames) {
    if (name.value == device) return name.name;
  }
  return "unknown";
}

std::string_view to_string(ActKind kind) {
  for (const auto& name : kActNames) {
    if (name.value == kind) return name.name;
  }
  return "unknown";
}

bool read_date(TableReader& r, std::string_view key, Date& into) {
  std::string text;
  if (!r.text(key, text)) return false;
  const auto date = parse_date(text);
  if (!date) {
    r.error(key, fmt::format("{} is no day of the calendar", in_quotes(text)),
            "write it as \"2025-12-27\"");
    return false;
  }
  into = *date;
  return true;
}

void read_devices(TableReader& file, LawData& into) {
  if (!file.has("devices")) return;
  for (const TomlNode* node : file.tables("devices", kMostEntries)) {
    TableReader r(file.diagnostics(), *node, spec::kDevice);
    Device d;
    r.text_list("measures", d.measures, kMostEntries);
    r.choice<DeviceClass>("device", d.device, kDeviceNames);
    if (bool remote = false; r.choice<bool>("delivery", remote, kDelivery)) {
      d.remotely_delivered = remote;
    }
    flag(r, "detectable", d.detectable);
    flag(r, "resists_detectors", d.resists_detectors);
    flag(r, "resists_lifting_longer", d.resists_lifting_longer);
    flag(r, "marked", d.marked);
    r.text("life_time", d.life_time);
    r.number("number_per_load", d.number_per_load, positive_up_to(kMostDevices));
    r.provenance("provenance", d.provenance);
    into.devices.push_back(std::move(d));
  }
}

void read_checks(Diagnostics& diagnostics, const TomlNode& root, LawData& into) {
  TableReader file(diagnostics, root, spec::kCheckFile);
  IdList ids;
  for (const TomlNode* node : file.tables("checks", kMostEntries)) {
    TableReader r(diagnostics, *node, spec::kCheck);
    Check c;
    r.text("id", c.id);
    r.text("title", c.title);
    r.reference("treaty", c.treaty, ids_of(into.treaties), "treaty");
    r.choice<Concerns>("concerns", c.concerns, kConcerns);
    r.choice<CheckRule>("rule", c.rule, kCheckRules);
    if (c.treaty < 0 && c.rule != CheckRule::status && !r.has("treaty")) {
      r.error("rule", "this rule is of a treaty, and the check names none");
    }
    r.text("article", c.article);
    r.text("mend", c.mend);
    r.provenance("provenance", c.provenance);
    ids.add(c.id, r.place("id"));
    into.checks.push_back(std::move(c));
  }
  ids.refuse_twice(diagnostics, "check");
}

void read_commitments(Diagnostics& diagnostics, const TomlNode& root, LawData& into) {
  TableReader file(diagnostics, root, spec::kCommitmentFile);
  const std::vector<std::string> rules(kRules.begin(), kRules.end());
  IdList ids;
  for (const TomlNode* node : file.tables("commitments", kMostEntries)) {
    TableReader r(diagnostics, *node, spec::kCommitment);
    Commitment c;
    r.id("id", c.id);
    r.text_list("asked_by", c.asked_by, kMostEntries);
    r.text("text", c.text);
    int rule = 0;
    if (r.reference("rule", rule, rules, "rule")) c.rule = rules[static_cast<std::size_t>(rule)];
    r.provenance("provenance", c.provenance);
    ids.add(c.id, r.place("id"));
    into.commitments.push_back(std::move(c));
  }
  ids.refuse_twice(diagnostics, "commitment");
}

void read_claims(TableReader& file, LawData& into) {
  if (!file.has("claims")) return;
  for (const TomlNode* node : file.tables("claims", kMostEntries)) {
    TableReader r(file.diagnostics(), *node, spec::kClaim);
    Claim c;
    r.text("about", c.about);
    r.text_list("sites", c.sites, kMostEntries);
    r.text("by", c.by);
    read_date(r, "date", c.date);
    r.text("evidence", c.evidence);
    r.quantity("amount", c.amount_eur, Dimension::money, between(0, kMostMoney));
    into.claims.push_back(std::move(c));
  }
}

}  // namespace abatis
