#include <array>

#include "law_files.hpp"

namespace abatis {
namespace spec {
namespace {

constexpr bool kRequired = true;

constexpr KeySpec state_file[] = {{"states", kRequired}};
constexpr KeySpec state[] = {
    {"id", kRequired}, {"name", kRequired}, {"union_from"}, {"provenance", kRequired}};
constexpr KeySpec treaty_file[] = {{"treaties", kRequired}};
constexpr KeySpec treaty[] = {
    {"id", kRequired},        {"name", kRequired},    {"title", kRequired},
    {"binds", kRequired},     {"adopted", kRequired}, {"in_force", kRequired},
    {"applies_from"},         {"withdrawal_months"},  {"withdrawal_waits_for_peace"},
    {"withdrawal_article"},   {"source", kRequired},  {"forbids"},
    {"provenance", kRequired}};
constexpr KeySpec forbids[] = {{"device", kRequired}, {"article", kRequired}, {"what", kRequired}};
constexpr KeySpec act_file[] = {{"acts", kRequired}};
constexpr KeySpec act[] = {
    {"treaty", kRequired}, {"state", kRequired}, {"kind", kRequired}, {"deposited", kRequired},
    {"effective"},         {"condition"},        {"article"},         {"provenance", kRequired}};
constexpr KeySpec conflict_file[] = {{"conflicts", kRequired}};
constexpr KeySpec conflict[] = {
    {"state", kRequired}, {"from", kRequired}, {"until"}, {"provenance", kRequired}};
constexpr KeySpec device_file[] = {{"devices", kRequired}};
constexpr KeySpec device[] = {
    {"measures", kRequired}, {"device", kRequired},      {"delivery"}, {"detectable"},
    {"resists_detectors"},   {"resists_lifting_longer"}, {"marked"},   {"life_time"},
    {"number_per_load"},     {"provenance", kRequired}};
constexpr KeySpec check_file[] = {{"checks", kRequired}};
constexpr KeySpec check[] = {
    {"id", kRequired},   {"title", kRequired},   {"treaty"},          {"concerns", kRequired},
    {"rule", kRequired}, {"article", kRequired}, {"mend", kRequired}, {"provenance", kRequired}};
constexpr KeySpec commitment_file[] = {{"commitments", kRequired}};
constexpr KeySpec commitment[] = {{"id", kRequired},
                                  {"asked_by", kRequired},
                                  {"text", kRequired},
                                  {"rule", kRequired},
                                  {"provenance", kRequired}};
constexpr KeySpec own_file[] = {{"conflicts"}, {"acts"}, {"devices"}, {"claims"}};
constexpr KeySpec claim[] = {{"about", kRequired},    {"sites"},
                             {"by", kRequired},       {"date", kRequired},
                             {"evidence", kRequired}, {"amount"}};

}  // namespace

const TableSpec kStateFile{"", state_file}, kState{"states", state};
const TableSpec kTreatyFile{"", treaty_file}, kTreaty{"treaties", treaty};
const TableSpec kForbids{"treaties.forbids", forbids};
const TableSpec kActFile{"", act_file}, kAct{"acts", act};
const TableSpec kConflictFile{"", conflict_file}, kConflict{"conflicts", conflict};
const TableSpec kDeviceFile{"", device_file}, kDevice{"devices", device};
const TableSpec kCheckFile{"", check_file}, kCheck{"checks", check};
const TableSpec kCommitmentFile{"", commitment_file}, kCommitment{"commitments", commitment};
const TableSpec kOwnLawFile{"", own_file}, kClaim{"claims", claim};

}  // namespace spec

std::span<const TableSpec* const> law_tables() {
  static const std::array<const TableSpec*, 10> tables{
      &spec::kState,  &spec::kTreaty, &spec::kForbids, &spec::kAct,        &spec::kConflict,
      &spec::kDevice, &spec::kClaim,  &spec::kCheck,   &spec::kCommitment, &spec::kOwnLawFile};
  return tables;
}

}  // namespace abatis
