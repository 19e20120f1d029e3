// A plan's zones beside their records: what is on record, otherwise, no longer planned, tampered
// with.
#include "abatis/law/record_book.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/base/hash.hpp"

namespace abatis {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;

ZoneRecord zone(const std::string& site, std::int64_t number = 4000) {
  ZoneRecord r;
  r.site = site;
  r.zone = "MZ-" + site;
  r.state = "LTU";
  r.device = "anti_vehicle_mine";
  r.year = 2028;
  r.epsg = 3346;
  r.line = {{430000.04, 6020000}, {431500, 6020010}};
  r.outline = {{430000, 6019900}, {431500, 6019900}, {431500, 6020110}, {430000, 6019900}};
  r.reference[0] = r.line[0];
  r.reference[1] = r.line[1];
  r.extent_ha = 30.25;
  r.number = number;
  return r;
}

std::string begun(const std::vector<ZoneRecord>& zones) {
  return begin_records(zones, {"staff", {2026, 1, 15}});
}
std::string with(const std::string& file, const std::string& id, const std::string& event,
                 Date on) {
  const auto longer = append_record(
      file, {.zone = id, .event = event, .by = "depot", .note = "", .on = on, .number = {}},
      "records.jsonl");
  EXPECT_TRUE(longer) << to_string(longer.error());
  return longer.value_or(file);
}
std::vector<std::string> booked(const RecordBook& book) {
  std::vector<std::string> out;
  for (const BookedZone& one : book.zones) {
    out.push_back(one.zone.record.zone + " " + std::string(to_string(one.booked)) + " " +
                  one.zone.status);
  }
  return out;
}

TEST(RecordBook, WithoutRecordsAllIsProposed) {
  const RecordBook book = book_records({zone("a"), zone("b")}, {});
  EXPECT_FALSE(book.kept);
  EXPECT_THAT(booked(book), ElementsAre("MZ-a proposed proposed", "MZ-b proposed proposed"));
  EXPECT_EQ(to_string(book.zones[0].zone.since), "2028-01-01");
}

TEST(RecordBook, RecordsStandBesideThePlanThatHasChangedSince) {
  std::string file = begun({zone("a"), zone("b"), zone("c")});
  file = with(file, "MZ-a", "stored", {2028, 3, 1});
  file = with(file, "MZ-c", "stored", {2028, 3, 2});
  const RecordBook book = book_records({zone("d"), zone("b", 5000), zone("a")}, file);
  EXPECT_TRUE(book.kept);
  EXPECT_EQ(book.chain.lines, 5);
  EXPECT_FALSE(book.chain.fault);
  EXPECT_THAT(booked(book), ElementsAre("MZ-d proposed proposed", "MZ-b changed planned",
                                        "MZ-a recorded stored", "MZ-c dropped stored"));
  EXPECT_EQ(book.zones[1].zone.record.number, 4000) << "what is on record, not what is planned";
  EXPECT_EQ(book.count(Booked::dropped), 1);
  EXPECT_EQ(states_of(book).size(), 4U);
}

TEST(RecordBook, WhatWasTamperedWithIsNotBelieved) {
  std::string file = with(begun({zone("a"), zone("b")}), "MZ-a", "stored", {2028, 3, 1});
  file[file.find("LTU")] = 'X';
  const RecordBook book = book_records({zone("a"), zone("b")}, file);
  EXPECT_TRUE(book.kept);
  ASSERT_TRUE(book.chain.fault);
  EXPECT_EQ(book.chain.fault->line, 1);
  EXPECT_THAT(booked(book), ElementsAre("MZ-a proposed proposed", "MZ-b proposed proposed"));
  const RecordBook none = book_records({}, "{}\n");
  ASSERT_TRUE(none.chain.fault);
  EXPECT_EQ(none.chain.fault->line, 1);
}

// Every hash is right, and the second line plans what the first has planned, a day earlier.
TEST(RecordBook, WhatMakesNoSenseIsNotBelievedThoughItsHashesAre) {
  const std::string sound = begun({zone("a")});
  const auto twice = add_planned(sound, {zone("a", 9)}, {"staff", {2026, 1, 15}}, "records.jsonl");
  ASSERT_TRUE(twice);
  std::string second = twice->file.substr(sound.size());
  const std::string day = "\"on\":\"2026-01-15\"";
  second.replace(second.find(day), day.size(), "\"on\":\"2025-01-15\"");
  const std::string key = ",\"hash\":\"";
  const std::string body = second.substr(0, second.rfind(key));
  const RecordBook book =
      book_records({zone("a")}, sound + body + key + sha256_hex(body) + "\"}\n");
  ASSERT_TRUE(book.chain.fault);
  EXPECT_EQ(book.chain.fault->line, 2);
  EXPECT_EQ(book.chain.lines, 1) << "that stand";
  EXPECT_THAT(booked(book), ElementsAre("MZ-a proposed proposed"));
}

// A plan that is made anew goes on record line by line; what is held stays as it was recorded.
TEST(RecordBook, LaterPlansAreAddedAndWhatIsHeldStays) {
  std::string file = begun({zone("a"), zone("b"), zone("c"), zone("e")});
  file = with(file, "MZ-a", "stored", {2028, 3, 1});
  file = with(file, "MZ-c", "released", {2028, 3, 2});
  const std::vector<ZoneRecord> now{zone("a", 9), zone("b", 9), zone("c"), zone("d"), zone("e")};
  const auto added = add_planned(file, now, {"staff", {2029, 1, 1}}, "records.jsonl");
  ASSERT_TRUE(added) << to_string(added.error());
  EXPECT_EQ(added->added, 3) << "b anew, c again, d; e stands";
  EXPECT_THAT(added->held, ElementsAre("MZ-a"));
  EXPECT_EQ(added->file.substr(0, file.size()), file) << "nothing that stood was touched";
  const RecordBook book = book_records(now, added->file);
  EXPECT_THAT(booked(book),
              ElementsAre("MZ-a changed stored", "MZ-b recorded planned", "MZ-c recorded planned",
                          "MZ-d recorded planned", "MZ-e recorded planned"));
  const auto again = add_planned(added->file, now, {"staff", {2029, 1, 1}}, "records.jsonl");
  EXPECT_EQ(again->added, 0);
  EXPECT_EQ(again->file, added->file);
  const auto early = add_planned(file, now, {"staff", {2025, 1, 1}}, "records.jsonl");
  ASSERT_FALSE(early);
  EXPECT_THAT(early.error().message, HasSubstr("is before MZ-b was planned"));
}

TEST(RecordBook, NobodyPlansByAppending) {
  const auto refused = append_record(
      begun({zone("a")}),
      {.zone = "MZ-a", .event = "planned", .by = "x", .note = "", .on = {2029, 1, 1}, .number = {}},
      "records.jsonl");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().hint, HasSubstr("stored"));
  EXPECT_EQ(refused.error().hint.find("planned"), std::string::npos);
}

}  // namespace
}  // namespace abatis
