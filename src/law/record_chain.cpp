// The file: lines of JSON, each sealed by the hash of itself and of the line before.

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "abatis/base/hash.hpp"
#include "abatis/base/text.hpp"
#include "abatis/base/words.hpp"
#include "abatis/law/records.hpp"
#include "record_fields.hpp"

namespace abatis {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kHashKey = R"(,"hash":")";
constexpr std::string_view kEnd = R"("})";
constexpr std::size_t kHashLength = 64;
const std::string kNoHash(kHashLength, '0');

constexpr std::string_view kPlanned = "planned";  // by begin_records() and add_planned() alone

struct Step {
  std::string_view from, to;
};
// What was never laid may be given back at once; what nothing is held for may be planned anew.
constexpr std::array<Step, 8> kSteps{{{kPlanned, kPlanned},
                                      {"released", kPlanned},
                                      {kPlanned, "stored"},
                                      {kPlanned, "released"},
                                      {"stored", "emplaced"},
                                      {"stored", "released"},
                                      {"emplaced", "cleared"},
                                      {"cleared", "released"}}};

bool may_follow(std::string_view from, std::string_view to) {
  return std::any_of(kSteps.begin(), kSteps.end(),
                     [&](const Step& s) { return s.from == from && s.to == to; });
}

// A body without its hash becomes a line; `previous` becomes its hash.
std::string sealed(Json body, std::string& previous) {
  body["previous"] = previous;
  std::string text = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  text.pop_back();  // the closing brace
  previous = sha256_hex(text);
  return fmt::format("{}{}{}{}\n", text, kHashKey, previous, kEnd);
}

Json line_head(int line, const std::string& zone, const std::string& event, const Date& on,
               const std::string& by) {
  return {{"line", line},
          {"zone", valid_utf8(zone)},
          {"event", event},
          {"on", to_string(on)},
          {"by", valid_utf8(by)}};
}

std::string planned_line(int line, const ZoneRecord& record, const RecordAuthor& author,
                         std::string& previous) {
  Json body = line_head(line, record.zone, std::string(kPlanned), author.on, author.by);
  body["record"] = record_fields(record);
  return sealed(std::move(body), previous);
}

// The line without its hash, and the hash; nothing where it does not end in one.
struct Sealed {
  std::string_view body, hash;
};
std::optional<Sealed> unsealed(std::string_view line) {
  const std::size_t tail = kHashKey.size() + kHashLength + kEnd.size();
  if (line.size() < tail || !line.ends_with(kEnd)) return std::nullopt;
  const std::string_view body = line.substr(0, line.size() - tail);
  if (line.substr(body.size(), kHashKey.size()) != kHashKey) return std::nullopt;
  return Sealed{body, line.substr(body.size() + kHashKey.size(), kHashLength)};
}

// Why a line does not follow on the one before; "" where it does.
std::string fault_of(std::string_view line, int number, const std::string& previous) {
  const auto parts = unsealed(line);
  if (!parts) return "it does not end in its hash";
  if (sha256_hex(parts->body) != parts->hash) return "its bytes do not have the hash it carries";
  const Json json = Json::parse(std::string(parts->body) + "}", nullptr, false);
  if (!json.is_object()) return "it is no JSON object";
  if (json.value("previous", "") != previous) {
    return "the hash of the line before is another: a line was changed, moved or taken out";
  }
  if (json.value("line", Json(0)) != Json(number)) return "its number is another";
  return {};
}

// What the lines say, once the chain holds.
class Story {
 public:
  explicit Story(std::string shown) : shown_(std::move(shown)) {}

  Status line(std::string_view text, int number) {
    const Json json = Json::parse(text, nullptr, false);
    try {
      return take(json, number);
    } catch (const Json::exception& e) {
      return wrong(number, fmt::format("no record of a zone: {}", e.what()));
    } catch (const std::logic_error&) {  // a figure of the record that is none
      return wrong(number, "no record of a zone");
    }
  }
  std::vector<ZoneState> zones;
  std::map<std::string, std::size_t> at;

 private:
  Status wrong(int number, std::string message) const {
    return input_error(std::move(message), {.file = shown_, .line = number},
                       "records are written by abatis records alone");
  }
  Status take(const Json& json, int number) {
    const std::string zone = json.at("zone"), event = json.at("event");
    const auto on = parse_date(json.at("on").get<std::string>());
    if (!on) return wrong(number, "its day is none of the calendar");
    const auto found = at.find(zone);
    if (event == kPlanned && found == at.end()) {
      at.emplace(zone, zones.size());
      zones.push_back({record_of(zone, json.at("record")), event, *on, json.at("by"), {}, 1});
      return {};
    }
    if (found == at.end()) return wrong(number, "of a zone that was never planned");
    ZoneState& state = zones[found->second];
    if (!may_follow(state.status, event) || *on < state.since) {
      return wrong(number, fmt::format("{} on {} after {} on {}", event, to_string(*on),
                                       state.status, to_string(state.since)));
    }
    if (event == kPlanned) {
      state.record = record_of(zone, json.at("record"));
      state.number.reset();
    } else if (json.at("number").is_number()) {
      state.number = json.at("number").get<std::int64_t>();
    }
    state.status = event;
    state.since = *on;
    state.by = json.at("by");
    ++state.events;
    return {};
  }
  std::string shown_;
};

}  // namespace

std::string begin_records(const std::vector<ZoneRecord>& zones, const RecordAuthor& author) {
  std::string file, previous = kNoHash;
  int line = 0;
  for (const ZoneRecord& r : zones) file += planned_line(++line, r, author, previous);
  return file;
}

Result<PlannedAdded> add_planned(std::string_view file, const std::vector<ZoneRecord>& zones,
                                 const RecordAuthor& author, const std::string& shown) {
  ABATIS_TRY(const std::vector<ZoneState> kept, read_records(file, shown));
  const RecordChain chain = verify_records(file);
  PlannedAdded out{std::string(file), 0, {}};
  std::string previous = chain.head;
  for (const ZoneRecord& zone : zones) {
    const auto found = std::find_if(kept.begin(), kept.end(), [&](const ZoneState& state) {
      return state.record.zone == zone.zone;
    });
    if (found != kept.end()) {
      if (record_fields(found->record) == record_fields(zone) && found->status != "released") {
        continue;
      }
      if (!may_follow(found->status, kPlanned)) {
        out.held.push_back(zone.zone);
        continue;
      }
      if (author.on < found->since) {
        return input_error(fmt::format("{} is before {} was {} on {}", to_string(author.on),
                                       zone.zone, found->status, to_string(found->since)),
                           {.file = shown, .item = "--on"}, "events are added in their order");
      }
    }
    out.file += planned_line(chain.lines + ++out.added, zone, author, previous);
  }
  return out;
}

RecordChain verify_records(std::string_view file) {
  RecordChain chain;
  chain.head = kNoHash;
  while (!file.empty()) {
    const std::size_t end = file.find('\n');
    const int number = chain.lines + 1;
    if (end == std::string_view::npos) {
      chain.fault = {number, "it is cut off"};
      return chain;
    }
    const std::string_view line = file.substr(0, end);
    if (std::string why = fault_of(line, number, chain.head); !why.empty()) {
      chain.fault = {number, std::move(why)};
      return chain;
    }
    chain.head = std::string(unsealed(line)->hash);
    chain.lines = number;
    file.remove_prefix(end + 1);
  }
  return chain;
}

Result<std::vector<ZoneState>> read_records(std::string_view file, const std::string& shown) {
  const RecordChain chain = verify_records(file);
  if (chain.fault) {
    return input_error(
        fmt::format("line {} was tampered with: {}", chain.fault->line, chain.fault->why),
        {.file = shown, .line = chain.fault->line},
        "compare it with a copy; nothing after this line can be trusted");
  }
  Story story(shown);
  int number = 0;
  while (!file.empty()) {
    const std::size_t end = file.find('\n');
    ABATIS_CHECK(story.line(file.substr(0, end), ++number));
    file.remove_prefix(end + 1);
  }
  return std::move(story.zones);
}

Result<std::string> append_record(std::string_view file, const RecordEvent& event,
                                  const std::string& shown) {
  ABATIS_TRY(const std::vector<ZoneState> zones, read_records(file, shown));
  std::vector<std::string> ids;
  for (const ZoneState& zone : zones) ids.push_back(zone.record.zone);
  const auto at = std::find(ids.begin(), ids.end(), event.zone);
  if (at == ids.end()) {
    return input_error(fmt::format("no zone {} in the records", in_quotes(event.zone)),
                       {.file = shown, .item = "--zone"}, nearest_hint(event.zone, ids, "zone"));
  }
  const ZoneState& zone = zones[static_cast<std::size_t>(at - ids.begin())];
  if (event.event == kPlanned || !may_follow(zone.status, event.event)) {
    std::string next;
    for (const Step& step : kSteps) {
      if (step.from == zone.status && step.to != kPlanned)
        next += fmt::format("{}{}", next.empty() ? "" : ", ", step.to);
    }
    return input_error(
        fmt::format("{} cannot be {}: it is {}", event.zone, event.event, zone.status),
        {.file = shown, .item = "--event"},
        next.empty() ? "its life has ended" : "what may follow: " + next);
  }
  if (event.on < zone.since) {
    return input_error(fmt::format("{} is before {} was {} on {}", to_string(event.on), event.zone,
                                   zone.status, to_string(zone.since)),
                       {.file = shown, .item = "--on"}, "events are added in their order");
  }
  const RecordChain chain = verify_records(file);
  Json body = line_head(chain.lines + 1, event.zone, event.event, event.on, event.by);
  body["number"] = event.number ? Json(*event.number) : Json(nullptr);
  body["note"] = valid_utf8(event.note);
  std::string previous = chain.head;
  return std::string(file) + sealed(std::move(body), previous);
}

}  // namespace abatis
