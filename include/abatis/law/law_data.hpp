#pragma once
// Law as dated data: states, treaties, what states did about them, what measures are in the eyes of
// the law, what organisations ask for, and what a user claims. data/law/*.toml, documented in
// docs/reference/law.md. None of it is legal advice.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/law/date.hpp"
#include "abatis/scenario/figures.hpp"

namespace abatis {

// Said on every product that rests on these data.
inline constexpr const char* kNoLegalAdvice =
    "No legal advice: a reading of dated public data at the level of zones, to be checked by "
    "lawyers before anybody relies on it.";

struct LawState {
  std::string id, name;            // "LTU", as scenarios name it
  std::optional<Date> union_from;  // member of the European Union since
  Provenance provenance;
};

// What a measure stores or emplaces.
enum class DeviceClass : std::uint8_t {
  none,
  anti_vehicle_mine,
  anti_personnel_mine,
  booby_trap,
  other_device,
  cluster_munition,
  demolition_prepared  // charges are brought on order; works alone until then
};
std::string_view to_string(DeviceClass device);
// Mines, booby-traps and other devices: what CCW Amended Protocol II is about.
constexpr bool is_mine_or_trap(DeviceClass device) {
  return device == DeviceClass::anti_vehicle_mine || device == DeviceClass::anti_personnel_mine ||
         device == DeviceClass::booby_trap || device == DeviceClass::other_device;
}

struct Prohibition {
  DeviceClass device = DeviceClass::none;
  std::string article, what;
};

struct Treaty {
  std::string id, name, title;
  bool binds_union = false;  // else the states that consented
  Date adopted, in_force;
  std::optional<Date> applies_from;  // of Union law: not before
  int withdrawal_months = 0;         // after receipt by the depositary; 0 = none foreseen
  bool waits_for_peace = false;      // a withdrawal does, from an armed conflict at its expiry on
  std::string withdrawal_article, source;
  std::vector<Prohibition> forbids;
  Provenance provenance;
};

enum class ActKind : std::uint8_t {
  signature,
  ratification,
  accession,
  acceptance,
  consent,
  withdrawal_notice
};
std::string_view to_string(ActKind kind);

struct TreatyAct {
  int treaty = 0, state = 0;  // indices into LawData
  ActKind kind = ActKind::signature;
  Date deposited;                 // received by the depositary; of a signature its day
  std::optional<Date> effective;  // as published
  std::string condition, article;
  Provenance provenance;
  Where where;
};

struct ArmedConflict {
  int state = 0;
  Date from;
  std::optional<Date> until;  // its last day; nothing = it goes on
  Provenance provenance;
};

// What of a device the checks ask; nothing = not said.
struct Device {
  std::vector<std::string> measures;  // ids of the catalogue
  DeviceClass device = DeviceClass::none;
  std::optional<bool> remotely_delivered, detectable, resists_detectors, resists_lifting_longer,
      marked;
  std::string life_time;
  double number_per_load = 0;  // devices in a truck load of stock; 0 = not said
  Provenance provenance;
};

struct Commitment {
  std::string id, text, rule;
  std::vector<std::string> asked_by;
  Provenance provenance;
};

// Which actions a check is about.
enum class Concerns : std::uint8_t {
  all,
  mined,  // mines, booby-traps, other devices
  anti_personnel,
  demolition,
  near_settlements,  // mined zones and parks with a settlement within 1 km
  works,             // earth, concrete, planting
  water,             // works on ditches, streams, fords, peat
  wetland,           // works on peat, or on ditches that drain it
  protected_areas,   // works in one; all works where the scenario has no such layer
  border_works,      // works within 5 km of the border
  land               // whatever takes or binds land
};

enum class CheckRule : std::uint8_t {
  status,
  recorded,
  not_remote,
  detectable,
  marked,
  liftable,
  cleared,
  claim,
  transboundary
};

struct Check {
  std::string id, title, article, mend;
  int treaty = -1;  // index; -1 = none of its own
  Concerns concerns = Concerns::all;
  CheckRule rule = CheckRule::claim;
  Provenance provenance;
};

// Somebody says that something outside the plan is done: a warning is prepared, an assessment made.
struct Claim {
  std::string about;               // check or commitment: "L7", "L11.eia", "risk_education"
  std::vector<std::string> sites;  // ids; empty = the whole plan
  std::string by, evidence;
  Date date;  // from this day on
  double amount_eur = 0;
};

struct LawData {
  std::vector<LawState> states;
  std::vector<Treaty> treaties;
  std::vector<TreatyAct> acts;  // by treaty, state, then deposit
  std::vector<ArmedConflict> conflicts;
  std::vector<Device> devices;
  std::vector<Check> checks;
  std::vector<Commitment> commitments;
  std::vector<Claim> claims;
  std::vector<std::string> files;  // read, as shown to a reader
  std::string digest;              // SHA-256 of all texts

  int state(std::string_view id) const;   // index, or -1
  int treaty(std::string_view id) const;  // index, or -1
  // The last entry that names the measure, or nullptr: not said.
  const Device* device_of(std::string_view measure) const;
};

// Files of `folder` (those of data/law, all of them; nothing = the copies built in), and then what
// `own` adds: a user's law.toml with conflicts, acts, devices and claims. Errors, all at once, with
// file:line:column: unknown states, treaties and keys; dates in an impossible order; a withdrawal
// that could not take effect on the day written. O(bytes of the files + acts log acts).
tl::expected<LawData, Errors> load_law(const std::optional<std::filesystem::path>& folder,
                                       const std::optional<std::filesystem::path>& own);

// The law.toml beside a scenario file, where there is one.
std::optional<std::filesystem::path> own_law_file(const std::filesystem::path& scenario);

}  // namespace abatis
