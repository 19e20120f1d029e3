// Records of mined zones: what plan.json holds of them, and the files of a run.

#include "json.hpp"
#include "law/record_fields.hpp"
#include "law_facts.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

Json zone_json(const BookedZone& booked) {
  const ZoneState& zone = booked.zone;
  Json row = {{"zone", valid_utf8(zone.record.zone)},
              {"booked", to_string(booked.booked)},
              {"status", valid_utf8(zone.status)},
              {"since", to_string(zone.since)},
              {"by", valid_utf8(zone.by)},
              {"number_counted", zone.number ? Json(*zone.number) : Json(nullptr)},
              {"events", zone.events}};
  row.update(record_fields(zone.record));
  return row;
}

}  // namespace

Json records_json(const RecordBook& book) {
  const auto& fault = book.chain.fault;
  Json zones = Json::array();
  for (const BookedZone& zone : book.zones) zones.push_back(zone_json(zone));
  return {{"kept", book.kept},
          {"lines", book.chain.lines},
          {"head", book.kept && !fault ? Json(book.chain.head) : Json(nullptr)},
          {"fault",
           fault ? Json({{"line", fault->line}, {"why", valid_utf8(fault->why)}}) : Json(nullptr)},
          {"counts",
           {{"proposed", book.count(Booked::proposed)},
            {"recorded", book.count(Booked::recorded)},
            {"changed", book.count(Booked::changed)},
            {"dropped", book.count(Booked::dropped)}}},
          {"zones", std::move(zones)}};
}

Result<std::vector<ProductFile>> write_records(const RecordBook& book,
                                               const std::filesystem::path& out) {
  ABATIS_TRY(const auto names, export_records(states_of(book), out / "records", false));
  std::vector<ProductFile> files;
  for (const std::string& name : names) {
    files.push_back({"records/" + name, "mined zones and their records, for other programs"});
  }
  return files;
}

}  // namespace abatis::report
