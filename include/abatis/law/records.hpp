#pragma once
// Records of mined zones (CCW Amended Protocol II, Art. 9 and Technical Annex 1(a)) at the level of
// zones: never where a single device lies. An append-only file of JSON lines, chained by SHA-256.
// docs/reference/records.md.
//
//   std::string file = begin_records(zone_records(view, actions), {"staff", date});
//   file = *append_record(file, {.zone = "MZ-E1-B1-015", .event = "stored", .by = "depot", ...});
//   verify_records(file).fault   // nothing: no line was changed

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "abatis/law/check.hpp"

namespace abatis {

// What the Technical Annex asks for, of one zone.
struct ZoneRecord {
  std::string zone, site, place, state, measure, device, delivery, marking, life_time, park;
  int year = 0;                // of purchase
  int epsg = 0;                // of all points
  std::vector<Point> line;     // along the middle of the zone, the adversary to its left
  std::vector<Point> outline;  // closed ring
  Point reference[2];          // the ends of `line`
  double length_m = 0, depth_m = 0, perimeter_m = 0, extent_ha = 0;
  double facing_deg = 0;    // of the adversary, clockwise from grid north
  std::int64_t number = 0;  // devices, as planned stock
};

// One record for each action with a mine, trap or other device, in their order. O(points).
std::vector<ZoneRecord> zone_records(const LawView& view, const std::vector<LawAction>& actions);

struct RecordAuthor {
  std::string by;
  Date on;
};
// The whole text of a new file: a line `planned` for each zone.
std::string begin_records(const std::vector<ZoneRecord>& zones, const RecordAuthor& author);

struct PlannedAdded {
  std::string file;  // with the lines more
  int added = 0;
  // Zones that the plan has otherwise and for which something is held: left as they are.
  std::vector<std::string> held;
};
// A line `planned` more for each zone that is not on record, and anew for one that the plan has
// otherwise while nothing is held for it (planned, released). Errors as append_record().
Result<PlannedAdded> add_planned(std::string_view file, const std::vector<ZoneRecord>& zones,
                                 const RecordAuthor& author, const std::string& shown);

struct RecordEvent {
  std::string zone, event, by, note;
  Date on;
  std::optional<std::int64_t> number;  // devices, counted
};

struct RecordFault {
  int line = 0;  // 1-based
  std::string why;
};
struct RecordChain {
  int lines = 0;                     // that stand
  std::string head;                  // hash of the last of them
  std::optional<RecordFault> fault;  // the first line that was changed, moved, added or taken out
};
// Follows the hashes byte by byte. Lines cut off at the end show only where `head` is compared with
// one noted elsewhere. O(bytes).
RecordChain verify_records(std::string_view file);

// A zone as it stands.
struct ZoneState {
  ZoneRecord record;
  std::string status;  // last event
  Date since;
  std::string by;
  std::optional<std::int64_t> number;  // as last counted
  int events = 0;
};
// Errors: a fault of the chain; a line that is no record; events out of order. `shown` names the
// file.
Result<std::vector<ZoneState>> read_records(std::string_view file, const std::string& shown);

// The file with one line more. Errors as read_records(); an unknown zone; an event that cannot
// follow (planned, stored, emplaced, cleared, released; what was never laid may be released at
// once; `planned` is add_planned()'s); a day before the zone's last event.
Result<std::string> append_record(std::string_view file, const RecordEvent& event,
                                  const std::string& shown);

// GeoPackage, GeoJSON, CSV (fields mapped for IMSMA Core), KML and NVG into `folder`; returns their
// names. `open`: outlines grown to whole squares of kPublicGrid, no number, site, park or author.
Result<std::vector<std::string>> export_records(const std::vector<ZoneState>& zones,
                                                const std::filesystem::path& folder, bool open);

inline constexpr double kPublicGrid = 500;  // m: nothing finer leaves in public

}  // namespace abatis
