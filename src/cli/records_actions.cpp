// abatis records init, append, verify, export

#include <charconv>
#include <filesystem>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/words.hpp"
#include "abatis/run/records.hpp"
#include "actions.hpp"
#include "console.hpp"
#include "run_arguments.hpp"

namespace abatis::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMostBytes = 256ULL << 20U;

Result<Date> day_of(const Arguments& arguments) {
  const auto day = parse_date(arguments.text("on"));
  if (day) return *day;
  return input_error(fmt::format("{} is no day of the calendar", in_quotes(arguments.text("on"))),
                     {.item = "--on"}, "write it as 2026-01-15");
}

Result<std::optional<std::int64_t>> number_of(const Arguments& arguments) {
  if (!arguments.has("number")) return std::optional<std::int64_t>{};
  const std::string text = arguments.text("number");
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size() || value < 0) {
    return input_error(fmt::format("{} is no count", in_quotes(text)), {.item = "--number"},
                       "a whole number from 0");
  }
  return std::optional(value);
}

Result<RecordChain> append(const Arguments& arguments) {
  const fs::path file = arguments.text("FILE");
  ABATIS_TRY(const std::string text, read_file(file, kMostBytes));
  RecordEvent event{.zone = arguments.text("zone"),
                    .event = arguments.text("event"),
                    .by = arguments.text("by"),
                    .note = arguments.text("note"),
                    .on = {},
                    .number = {}};
  ABATIS_TRY(event.on, day_of(arguments));
  ABATIS_TRY(event.number, number_of(arguments));
  ABATIS_TRY(const std::string longer, append_record(text, event, file.string()));
  ABATIS_CHECK(write_file(file, longer));
  return verify_records(longer);
}

void say_chain(const RecordChain& chain, const std::string& file, Console& console) {
  console.say(fmt::format("{}: {} lines, head {}", file, chain.lines, chain.head));
  console.say("Note the head elsewhere: lines cut off at the end show only against it.");
  console.event(fmt::format(R"({{"event":"records","file":{},"lines":{},"head":{}}})",
                            json_quote(file), chain.lines, json_quote(chain.head)));
}

Status verify(const Arguments& arguments, Console& console) {
  const std::string file = arguments.text("FILE");
  ABATIS_TRY(const std::string text, read_file(file, kMostBytes));
  ABATIS_TRY(const auto zones, read_records(text, file));
  const RecordChain chain = verify_records(text);
  if (arguments.has("head") && arguments.text("head") != chain.head) {
    return input_error(
        fmt::format("the last of {} lines has not the hash that was noted", chain.lines),
        {.file = file, .item = "--head"},
        "lines at the end were taken out, or the whole was written anew: compare with a copy");
  }
  console.say(fmt::format("No line was changed: {} zones.", zones.size()));
  say_chain(chain, file, console);
  return {};
}

Result<std::vector<std::string>> write_export(const Arguments& arguments) {
  const std::string file = arguments.text("FILE");
  ABATIS_TRY(const std::string text, read_file(file, kMostBytes));
  ABATIS_TRY(const auto zones, read_records(text, file));
  return export_records(zones, arguments.text("output"), arguments.has("public"));
}

}  // namespace

int run_records_init(const Arguments& arguments, Console& console) {
  RecordsOptions options;
  options.plan = arguments.text("PLAN");
  options.file = arguments.text("output");
  options.data = data_options(arguments);
  const auto day = day_of(arguments);
  if (!day) return console.report(day.error());
  options.author = {arguments.text("by"), *day};
  options.add = arguments.has("add");
  const auto program = program_hash();
  if (!program) return console.report(program.error());
  options.program = *program;
  const auto begun = begin_kept_records(options);
  if (!begun) return console.report(begun.error());
  if (options.add) console.say(fmt::format("{} zones added.", begun->zones));
  for (const std::string& zone : begun->held) {
    console.say(fmt::format("{}: the plan has it otherwise, but it is held as recorded", zone));
  }
  say_chain({begun->lines, begun->head, {}}, begun->file.string(), console);
  return 0;
}

int run_records_append(const Arguments& arguments, Console& console) {
  const auto chain = append(arguments);
  if (!chain) return console.report(chain.error());
  say_chain(*chain, arguments.text("FILE"), console);
  return 0;
}

int run_records_verify(const Arguments& arguments, Console& console) {
  const auto status = verify(arguments, console);
  return status ? 0 : console.report(status.error());
}

int run_records_export(const Arguments& arguments, Console& console) {
  const auto files = write_export(arguments);
  if (!files) return console.report(files.error());
  for (const std::string& file : *files) {
    console.say(fmt::format("  {}/{}", arguments.text("output"), file));
  }
  return 0;
}

}  // namespace abatis::cli
