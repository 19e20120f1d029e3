#pragma once
// A plan's mined zones beside the records that are kept of them: which are on record, which the
// plan would have recorded otherwise, and which are on record though the plan has them no more.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "abatis/law/records.hpp"

namespace abatis {

enum class Booked {
  proposed,  // by the plan; nothing is on record
  recorded,  // as the plan has it
  changed,   // on record, and the plan has it otherwise
  dropped    // on record, and not in the plan
};
std::string_view to_string(Booked booked);

struct BookedZone {
  ZoneState zone;  // as it stands on record; of a proposed one `since` is 1 January of its year
  Booked booked = Booked::proposed;
};

struct RecordBook {
  std::vector<BookedZone> zones;  // the plan's in its order, then what it dropped
  bool kept = false;              // records were begun
  RecordChain chain;              // of them; its fault says why they count for nothing here
  int count(Booked booked) const;
};

// `file`: the text of the records, nothing where none were begun. Records that were tampered with,
// or that are none, leave every zone proposed and their fault in the chain. O(bytes + zones).
RecordBook book_records(const std::vector<ZoneRecord>& planned,
                        const std::optional<std::string_view>& file);

// What export_records() takes.
std::vector<ZoneState> states_of(const RecordBook& book);

}  // namespace abatis
