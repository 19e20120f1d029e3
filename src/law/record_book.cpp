#include "abatis/law/record_book.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "record_fields.hpp"

namespace abatis {
namespace {

ZoneState proposed(const ZoneRecord& record) {
  return {record, "proposed", {record.year, 1, 1}, "the plan", {}, 0};
}

// What is on record, by zone; nothing where it cannot be believed, and then why.
std::vector<ZoneState> on_record(std::string_view file, RecordChain& chain) {
  chain = verify_records(file);
  if (chain.fault) return {};
  auto zones = read_records(file, "records");
  if (zones) return std::move(*zones);
  chain.fault = {zones.error().where.line, zones.error().message};
  chain.lines = chain.fault->line - 1;
  return {};
}

}  // namespace

std::string_view to_string(Booked booked) {
  constexpr std::array<std::string_view, 4> kNames{"proposed", "recorded", "changed", "dropped"};
  return kNames.at(static_cast<std::size_t>(booked));
}

int RecordBook::count(Booked booked) const {
  return static_cast<int>(std::count_if(
      zones.begin(), zones.end(), [&](const BookedZone& zone) { return zone.booked == booked; }));
}

RecordBook book_records(const std::vector<ZoneRecord>& planned,
                        const std::optional<std::string_view>& file) {
  RecordBook book;
  book.kept = file.has_value();
  std::vector<ZoneState> kept;
  if (file) kept = on_record(*file, book.chain);
  std::map<std::string_view, const ZoneState*> by_zone;
  for (const ZoneState& state : kept) by_zone.emplace(state.record.zone, &state);
  for (const ZoneRecord& record : planned) {
    const auto found = by_zone.find(record.zone);
    if (found == by_zone.end()) {
      book.zones.push_back({proposed(record), Booked::proposed});
      continue;
    }
    const ZoneState& state = *found->second;
    const bool same = record_fields(state.record) == record_fields(record);
    book.zones.push_back({state, same ? Booked::recorded : Booked::changed});
    by_zone.erase(found);
  }
  for (const ZoneState& state : kept) {
    if (by_zone.contains(state.record.zone)) book.zones.push_back({state, Booked::dropped});
  }
  return book;
}

std::vector<ZoneState> states_of(const RecordBook& book) {
  std::vector<ZoneState> states;
  for (const BookedZone& zone : book.zones) states.push_back(zone.zone);
  return states;
}

}  // namespace abatis
