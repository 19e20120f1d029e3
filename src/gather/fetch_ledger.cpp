#include "fetch_ledger.hpp"

#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"

namespace abatis::gather {
namespace {

constexpr const char* kLedger = "checksums.json";
constexpr const char* kAttribution = "ATTRIBUTION.md";
constexpr int kFormat = 1;

std::string attribution_text(const Ledger& ledger) {
  std::string text =
      "# Sources of the files in this folder\n\n"
      "Written by `abatis data fetch`. Whoever passes on a file, or a map made from it, must name "
      "its source as stated.\n";
  std::map<std::string, std::set<std::string>> dates;
  std::map<std::string, const LedgerEntry*> sources;
  std::map<std::string, int> count;
  for (const auto& [file, entry] : ledger) {
    sources[entry.source] = &entry;
    dates[entry.source].insert(entry.date);
    ++count[entry.source];
  }
  for (const auto& [id, entry] : sources) {
    const std::set<std::string>& days = dates[id];
    const std::string when =
        days.size() == 1 ? *days.begin() : fmt::format("{} to {}", *days.begin(), *days.rbegin());
    text += fmt::format(
        "\n## {}\n\n- source: `{}`, {} file{}\n- licence: {}\n- attribution: {}\n- fetched: {}\n"
        "- from: <{}>\n",
        entry->title, id, count[id], count[id] == 1 ? "" : "s", entry->licence, entry->attribution,
        when, entry->url);
  }
  return text;
}

}  // namespace

Result<Ledger> read_ledger(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / kLedger;
  std::error_code ec;
  if (!std::filesystem::exists(path, ec)) return Ledger{};
  ABATIS_TRY(const std::string text, read_file(path));
  const auto wrong = [&](std::string message) {
    return input_error(std::move(message), {.file = path.string()},
                       "remove it to have every file checked and recorded anew");
  };
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("format") || json["format"] != kFormat ||
      !json.contains("files") || !json["files"].is_object()) {
    return wrong("the file is not a list of checksums of this version");
  }
  Ledger ledger;
  for (const auto& [file, value] : json["files"].items()) {
    const auto field = [&value](const char* key) {
      return value.is_object() && value.contains(key) && value[key].is_string()
                 ? value[key].get<std::string>()
                 : std::string();
    };
    LedgerEntry entry{field("source"), field("url"),   field("sha256"),  0,
                      field("date"),   field("title"), field("licence"), field("attribution")};
    if (entry.sha256.size() != 64 || !value.contains("bytes") ||
        !value["bytes"].is_number_unsigned()) {
      return wrong(fmt::format("the entry of \"{}\" is damaged", file));
    }
    entry.bytes = value["bytes"].get<std::uint64_t>();
    ledger[file] = std::move(entry);
  }
  return ledger;
}

Status write_ledger(const std::filesystem::path& folder, const Ledger& ledger) {
  nlohmann::json files = nlohmann::json::object();
  for (const auto& [file, entry] : ledger) {
    files[file] = {{"source", entry.source},   {"url", entry.url},
                   {"sha256", entry.sha256},   {"bytes", entry.bytes},
                   {"date", entry.date},       {"title", entry.title},
                   {"licence", entry.licence}, {"attribution", entry.attribution}};
  }
  const nlohmann::json json = {{"format", kFormat}, {"files", files}};
  ABATIS_CHECK(write_file(
      folder / kLedger, json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"));
  return write_file(folder / kAttribution, attribution_text(ledger));
}

}  // namespace abatis::gather
