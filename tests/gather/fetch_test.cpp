// Everything is proved against a server of our own on 127.0.0.1; nothing else is contacted.
#include "abatis/gather/fetch.hpp"

#include <atomic>
#include <cstdlib>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/base/hash.hpp"
#include "abatis/base/random.hpp"
#include "abatis/geo/io.hpp"
#include "gather/http_server.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::HttpRequest;
using testing::HttpServer;

std::string noise(std::size_t size) {
  Random random(42, 0);
  std::string bytes(size, '\0');
  for (char& c : bytes) c = static_cast<char>(random.below(256));
  return bytes;
}

class FetchTest : public ::testing::Test {
 protected:
  FetchTest() {
    // A proxy of the machine must not stand between us and ourselves.
    ::setenv("no_proxy", "127.0.0.1", 1);
    options_.backoff_s = 0.02;
    options_.stall_timeout_s = 1;
    options_.connect_timeout_s = 2;
    options_.today = "2026-01-02";
  }
  FetchItem item(const std::string& path, const std::string& file = "a.bin") const {
    FetchSource source;
    source.id = "test";
    source.title = "Test file";
    source.licence = "CC0";
    source.attribution = "nobody";
    source.max_bytes = 10'000'000;
    return {source, server_.base() + path, file};
  }
  Result<FetchReport> run(const std::vector<FetchItem>& items) {
    return fetch({items}, folder_.path() / "data", options_, silent_monitor());
  }
  fs::path at(const std::string& file) const { return folder_.path() / "data" / file; }
  // The one error of a run that must bring one.
  Error error_of(const FetchItem& one) {
    const auto report = run({one});
    EXPECT_TRUE(report) << to_string(report.error());
    if (!report || report->errors.size() != 1) {
      ADD_FAILURE() << "expected one error";
      return {};
    }
    EXPECT_FALSE(fs::exists(at(one.file)));
    return report->errors[0];
  }

  TempFolder folder_;
  HttpServer server_;
  FetchOptions options_;
  const std::string bytes_ = noise(300'000);
};

TEST_F(FetchTest, BringsAFileAndWritesDownWhereFrom) {
  server_.on("/a", HttpServer::file(bytes_));
  const auto report = run({item("/a", "sub/a.bin")});
  ASSERT_TRUE(report) << to_string(report.error());
  ASSERT_TRUE(report->errors.empty()) << to_string(report->errors[0]);
  EXPECT_EQ(report->files.at(0).status, FetchStatus::fetched);
  EXPECT_EQ(report->files[0].sha256, sha256_hex(bytes_));
  EXPECT_EQ(report->bytes_received, bytes_.size());
  EXPECT_EQ(TempFolder::bytes_of(at("sub/a.bin")), bytes_);
  EXPECT_FALSE(fs::exists(at("sub/a.bin.part")));
  EXPECT_FALSE(fs::exists(at("sub/a.bin.part.from")));
  EXPECT_THAT(TempFolder::bytes_of(at("checksums.json")), HasSubstr(sha256_hex(bytes_)));
  const std::string credit = TempFolder::bytes_of(at("ATTRIBUTION.md"));
  EXPECT_THAT(credit, HasSubstr("licence: CC0"));
  EXPECT_THAT(credit, HasSubstr("attribution: nobody"));
  EXPECT_THAT(credit, HasSubstr("fetched: 2026-01-02"));
}

TEST_F(FetchTest, DoesNotFetchAgainWhatIsThere) {
  server_.on("/a", HttpServer::file(bytes_));
  ASSERT_TRUE(run({item("/a")}));
  const auto again = run({item("/a")});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->files.at(0).status, FetchStatus::kept);
  EXPECT_EQ(again->bytes_received, 0U);
  EXPECT_EQ(server_.requests("/a"), 1);
}

TEST_F(FetchTest, ReportsAFileThatChangedAndReplacesItOnlyWhenAsked) {
  server_.on("/a", HttpServer::file(bytes_));
  ASSERT_TRUE(run({item("/a")}));
  folder_.write("data/a.bin", "changed");
  const auto report = run({item("/a")});
  ASSERT_EQ(report->errors.size(), 1U);
  EXPECT_THAT(report->errors[0].message, HasSubstr("has changed since"));
  EXPECT_EQ(TempFolder::bytes_of(at("a.bin")), "changed");
  options_.replace_changed = true;
  EXPECT_TRUE(run({item("/a")})->errors.empty());
  EXPECT_EQ(TempFolder::bytes_of(at("a.bin")), bytes_);
}

TEST_F(FetchTest, AdoptsAFileThatSomeonePutThere) {
  fs::create_directories(at(""));
  folder_.write("data/a.bin", "mine");
  const auto report = run({item("/nothing")});
  ASSERT_TRUE(report->errors.empty());
  EXPECT_EQ(report->files.at(0).status, FetchStatus::adopted);
  EXPECT_EQ(server_.requests("/nothing"), 0);
  FetchItem pinned = item("/nothing", "b.bin");
  folder_.write("data/b.bin", "other");
  pinned.source.sha256 = sha256_hex("not this");
  EXPECT_EQ(run({pinned})->errors.size(), 1U);
}

TEST_F(FetchTest, GoesOnWhereACutOffLeftIt) {
  server_.on("/a", [&](const HttpRequest& request, const HttpServer::Send& send) {
    const std::string all = HttpServer::answer(request, bytes_, "\"v1\"");
    send(request.number <= 2 ? all.substr(0, 100'000) : all);
  });
  const auto report = run({item("/a")});
  ASSERT_TRUE(report->errors.empty()) << to_string(report->errors[0]);
  EXPECT_EQ(TempFolder::bytes_of(at("a.bin")), bytes_);
  EXPECT_EQ(server_.requests("/a"), 3);
  EXPECT_EQ(report->bytes_received, bytes_.size()) << "no byte came twice";
}

TEST_F(FetchTest, TakesUpThePartOfAnEarlierRun) {
  options_.retries = 0;
  server_.on("/a", [&](const HttpRequest& request, const HttpServer::Send& send) {
    const std::string all = HttpServer::answer(request, bytes_, "\"v1\"");
    send(request.number == 1 ? all.substr(0, 100'000) : all);
  });
  EXPECT_EQ(error_of(item("/a")).code, ErrorCode::io);
  const std::uint64_t have = fs::file_size(at("a.bin.part"));
  EXPECT_GT(have, 90'000U);
  const auto report = run({item("/a")});
  ASSERT_TRUE(report->errors.empty()) << to_string(report->errors[0]);
  EXPECT_EQ(report->files.at(0).resumed_at, have);
  EXPECT_EQ(report->bytes_received, bytes_.size() - have);
  EXPECT_EQ(TempFolder::bytes_of(at("a.bin")), bytes_);
}

TEST_F(FetchTest, TakesACompletePartWithoutAskingForMore) {
  fs::create_directories(at(""));
  server_.on("/a", HttpServer::file(bytes_));
  folder_.write("data/a.bin.part", bytes_);
  folder_.write("data/a.bin.part.from", server_.base() + "/a\n\"v1\"");
  const auto report = run({item("/a")});
  ASSERT_TRUE(report->errors.empty()) << to_string(report->errors[0]);
  EXPECT_EQ(report->bytes_received, 0U);
  EXPECT_EQ(TempFolder::bytes_of(at("a.bin")), bytes_);
}

TEST_F(FetchTest, BeginsAnewWhenTheFileIsAnotherOneNow) {
  const std::string newer = noise(200'000) + "newer";
  server_.on("/a", [&](const HttpRequest& request, const HttpServer::Send& send) {
    if (request.number == 1) {
      send(HttpServer::answer(request, bytes_, "\"v1\"").substr(0, 100'000));
    } else {
      send(HttpServer::answer(request, newer, "\"v2\""));
    }
  });
  const auto report = run({item("/a")});
  ASSERT_TRUE(report->errors.empty()) << to_string(report->errors[0]);
  EXPECT_EQ(TempFolder::bytes_of(at("a.bin")), newer);
  EXPECT_EQ(report->files.at(0).resumed_at, 0U);
}

TEST_F(FetchTest, BeginsAnewWhenTheServerIgnoresRanges) {
  server_.on("/a", [&](const HttpRequest& request, const HttpServer::Send& send) {
    const std::string all = HttpServer::whole(bytes_, "\"v1\"");
    send(request.number == 1 ? all.substr(0, 100'000) : all);
  });
  const auto report = run({item("/a")});
  ASSERT_TRUE(report->errors.empty()) << to_string(report->errors[0]);
  EXPECT_EQ(TempFolder::bytes_of(at("a.bin")), bytes_);
}

TEST_F(FetchTest, DoesNotJoinPartsThatNothingVouchesFor) {
  // Only a weak ETag and no date: the second half may be of another file.
  server_.on("/a", [&](const HttpRequest& request, const HttpServer::Send& send) {
    EXPECT_FALSE(request.headers.contains("range"));
    const std::string all = HttpServer::whole(bytes_, "W/\"v1\"");
    send(request.number == 1 ? all.substr(0, 100'000) : all);
  });
  ASSERT_TRUE(run({item("/a")})->errors.empty());
  EXPECT_EQ(TempFolder::bytes_of(at("a.bin")), bytes_);
}

TEST_F(FetchTest, DoesNotTrustAServerThatSendsAnotherRange) {
  server_.on("/a", [&](const HttpRequest& request, const HttpServer::Send& send) {
    if (request.number == 1) {
      send(HttpServer::whole(bytes_, "\"v1\"").substr(0, 100'000));
    } else if (request.headers.contains("range")) {
      send(
          "HTTP/1.1 206 Part\r\nContent-Length: 3\r\nContent-Range: bytes 7-9/300000\r\n"
          "ETag: \"v1\"\r\nConnection: close\r\n\r\nabc");
    } else {
      send(HttpServer::whole(bytes_, "\"v1\""));
    }
  });
  ASSERT_TRUE(run({item("/a")})->errors.empty());
  EXPECT_EQ(TempFolder::bytes_of(at("a.bin")), bytes_);
}

TEST_F(FetchTest, SeesThatALengthWasTooLong) {
  options_.retries = 1;
  server_.on("/a", [&](const HttpRequest&, const HttpServer::Send& send) {
    send("HTTP/1.1 200 OK\r\nContent-Length: 400000\r\nConnection: close\r\n\r\n" + bytes_);
  });
  const Error error = error_of(item("/a"));
  EXPECT_EQ(error.code, ErrorCode::io);
  EXPECT_EQ(server_.requests("/a"), 2);
  EXPECT_THAT(error.hint, HasSubstr("2 attempts"));
}

std::string real_tiff() {
  const TempFolder folder;
  Random random(1, 0);
  Raster<float> raster({3346, 500000, 6050000, 100, 200, 200}, 0.0F);
  for (float& v : raster.values) v = static_cast<float>(random.uniform());
  EXPECT_TRUE(write_cog(folder / "a.tif", raster, {}));
  return TempFolder::bytes_of(folder / "a.tif");
}

TEST_F(FetchTest, SeesThatALengthWasTooShort) {
  // The client cannot see what lies beyond the length; the TIFF's own list of blocks can.
  const std::string tiff = real_tiff();
  server_.on("/a", [&](const HttpRequest&, const HttpServer::Send& send) {
    send(fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                     tiff.size() / 2) +
         tiff);
  });
  FetchItem one = item("/a", "a.tif");
  one.source.type = FetchType::tiff;
  EXPECT_THAT(error_of(one).message, HasSubstr("is cut off"));
  server_.on("/b", HttpServer::file(tiff));
  one.url = server_.base() + "/b";
  EXPECT_TRUE(run({one})->errors.empty());
}

TEST_F(FetchTest, EveryCutOfATiffIsSeen) {
  const std::string tiff = real_tiff();
  FetchItem one = item("/a", "a.tif");
  one.source.type = FetchType::tiff;
  for (std::size_t i = 0; i < 12; ++i) {
    server_.on("/a", HttpServer::file(tiff.substr(0, tiff.size() * i / 12)));
    error_of(one);
  }
}

TEST_F(FetchTest, MakesOneRasterOfAllTiles) {
  const TempFolder made;
  std::vector<FetchItem> items;
  for (int i = 0; i < 3; ++i) {
    const Raster<float> tile({3346, 500000.0 + 2000.0 * i, 6050000, 100, 20, 20},
                             static_cast<float>(i + 1));
    ASSERT_TRUE(write_cog(made / "t.tif", tile, {}));
    const std::string name = fmt::format("tiles/{}.tif", i);
    server_.on("/" + name, HttpServer::file(TempFolder::bytes_of(made / "t.tif")));
    items.push_back(item("/" + name, name));
    items.back().source.type = FetchType::tiff;
    items.back().source.mosaic = "tiles/all.vrt";
  }
  const auto value_of_tile = [&](int i) {
    const Grid grid{3346, 500000.0 + 2000.0 * i, 6050000, 1000, 1, 1};
    return read_raster<float>(at("tiles/all.vrt"), grid, Resampling::average).value().values[0];
  };
  ASSERT_TRUE(run({items[0], items[1]})->errors.empty());
  EXPECT_EQ(value_of_tile(0), 1.0F);
  EXPECT_EQ(value_of_tile(1), 2.0F);
  ASSERT_TRUE(run({items[2]})->errors.empty());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(value_of_tile(i), static_cast<float>(i + 1));
  // The folder may be moved as a whole.
  fs::rename(at(""), folder_ / "moved");
  const Grid grid{3346, 500000, 6050000, 1000, 1, 1};
  EXPECT_TRUE(read_raster<float>(folder_ / "moved/tiles/all.vrt", grid, Resampling::average));
}

// Two blocks as osmium writes them: a header block and a data block of some bytes.
std::string small_pbf() {
  const auto block = [](const std::string& type, const std::string& blob) {
    std::string header = "\x0a" + std::string(1, static_cast<char>(type.size())) + type + "\x18" +
                         std::string(1, static_cast<char>(blob.size()));
    return std::string("\0\0\0", 3) + static_cast<char>(header.size()) + header + blob;
  };
  return block("OSMHeader", std::string(40, 'h')) + block("OSMData", std::string(90, 'd'));
}

TEST_F(FetchTest, ChecksPbfAndZipToTheirEnds) {
  const std::string pbf = small_pbf();
  FetchItem one = item("/p", "a.osm.pbf");
  one.source.type = FetchType::pbf;
  for (const std::size_t cut : {std::size_t{20}, pbf.size() / 2, pbf.size() - 1}) {
    server_.on("/p", HttpServer::file(pbf.substr(0, cut)));
    EXPECT_THAT(error_of(one).message, HasSubstr("cut off or damaged at block")) << cut;
  }
  server_.on("/p", HttpServer::file(pbf));
  EXPECT_TRUE(run({one})->errors.empty());

  FetchItem two = item("/z", "a.zip");
  two.source.type = FetchType::zip;
  server_.on("/z", HttpServer::file("PK\x03\x04 and then nothing more"));
  EXPECT_THAT(error_of(two).message, HasSubstr("cut off"));
}

TEST_F(FetchTest, RefusesAPageInPlaceOfAFile) {
  server_.on("/a", HttpServer::file("<!DOCTYPE html><title>Please log in</title>"));
  for (const FetchType type : {FetchType::tiff, FetchType::pbf, FetchType::zip}) {
    FetchItem one = item("/a");
    one.source.type = type;
    const Error error = error_of(one);
    EXPECT_EQ(error.code, ErrorCode::input);
    EXPECT_THAT(error.message, HasSubstr("<!DOCTYPE html>"));
    EXPECT_FALSE(fs::exists(at("a.bin.part")));
  }
}

TEST_F(FetchTest, HoldsAFileToItsKnownHash) {
  server_.on("/a", HttpServer::file(bytes_));
  FetchItem one = item("/a");
  one.source.sha256 = sha256_hex("something else");
  EXPECT_THAT(error_of(one).message, HasSubstr("the catalogue says"));
  one.source.sha256 = sha256_hex(bytes_);
  EXPECT_TRUE(run({one})->errors.empty());
}

TEST_F(FetchTest, TriesAgainAfterA500ButNotAfterA403) {
  server_.on("/a", [&](const HttpRequest& request, const HttpServer::Send& send) {
    send(request.number < 3 ? HttpServer::status(503) : HttpServer::whole(bytes_, "\"v1\""));
  });
  EXPECT_TRUE(run({item("/a")})->errors.empty());
  EXPECT_EQ(server_.requests("/a"), 3);
  server_.on("/b", [](const HttpRequest&, const HttpServer::Send& send) {
    send(HttpServer::status(403));
  });
  EXPECT_THAT(error_of(item("/b", "b")).message, HasSubstr("answers 403"));
  EXPECT_EQ(server_.requests("/b"), 1);
  server_.on("/c", [](const HttpRequest&, const HttpServer::Send& send) {
    send(HttpServer::status(500));
  });
  EXPECT_THAT(error_of(item("/c", "c")).message, HasSubstr("answers 500"));
  EXPECT_EQ(server_.requests("/c"), options_.retries + 1);
}

TEST_F(FetchTest, TakesANotFoundForAbsentOnlyWhereThatMayBe) {
  FetchItem one = item("/sea");
  EXPECT_THAT(error_of(one).message, HasSubstr("answers 404"));
  one.source.may_be_absent = true;
  const auto report = run({one});
  ASSERT_TRUE(report->errors.empty());
  EXPECT_EQ(report->files.at(0).status, FetchStatus::absent);
  EXPECT_FALSE(fs::exists(at("a.bin")));
  EXPECT_FALSE(fs::exists(at("a.bin.part")));
}

TEST_F(FetchTest, OneFailureDoesNotKeepTheOthersAway) {
  server_.on("/a", HttpServer::file(bytes_));
  const auto report = run({item("/missing", "m"), item("/a", "a")});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->errors.size(), 1U);
  EXPECT_EQ(report->errors[0].where.item, "source test");
  EXPECT_EQ(report->files.at(0).file, "a");
}

TEST_F(FetchTest, FollowsRedirectsButNotForEver) {
  server_.on("/a", HttpServer::file(bytes_));
  server_.on("/latest", [](const HttpRequest&, const HttpServer::Send& send) {
    send(HttpServer::status(302, "Location: /a\r\n"));
  });
  server_.on("/loop", [](const HttpRequest&, const HttpServer::Send& send) {
    send(HttpServer::status(302, "Location: /loop\r\n"));
  });
  EXPECT_TRUE(run({item("/latest")})->errors.empty());
  EXPECT_THAT(error_of(item("/loop", "l")).message, HasSubstr("redirects"));
  EXPECT_EQ(server_.requests("/loop"), options_.max_redirects + 1);
  const fs::path secret = folder_.write("secret", "secret");
  for (const std::string& target :
       {"file://" + secret.string(), std::string("ftp://127.0.0.1/x")}) {
    server_.on("/away", [&](const HttpRequest&, const HttpServer::Send& send) {
      send(HttpServer::status(302, "Location: " + target + "\r\n"));
    });
    error_of(item("/away", "x"));
  }
}

TEST_F(FetchTest, GivesUpOnAServerThatStalls) {
  options_.retries = 0;
  server_.on("/a", [&](const HttpRequest&, const HttpServer::Send& send) {
    send(HttpServer::whole(bytes_, "\"v1\"").substr(0, 50'000));
    for (int i = 0; i < 40 && !server_.stopping(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  });
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(error_of(item("/a")).message, HasSubstr("no byte came"));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_LT(took.count(), 3.5);
  EXPECT_GT(fs::file_size(at("a.bin.part")), 40'000U);
}

TEST_F(FetchTest, RefusesMoreThanItsBound) {
  FetchItem one = item("/a");
  one.source.max_bytes = 299'999;
  server_.on("/a", HttpServer::file(bytes_));
  EXPECT_EQ(error_of(one).code, ErrorCode::limit);
  // Without a length the bytes themselves are counted.
  server_.on("/a", [&](const HttpRequest&, const HttpServer::Send& send) {
    send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + bytes_);
  });
  EXPECT_EQ(error_of(one).code, ErrorCode::limit);
  EXPECT_FALSE(fs::exists(at("a.bin.part")));
}

TEST_F(FetchTest, NobodyListeningIsAnError) {
  options_.retries = 1;
  FetchItem one = item("/a");
  one.url = "http://127.0.0.1:1/a";
  EXPECT_EQ(error_of(one).code, ErrorCode::io);
  one.url = "file:///etc/passwd";
  error_of(one);
}

class StopAfter : public Monitor {
 public:
  explicit StopAfter(std::int64_t bytes) : bytes_(bytes) {}
  void advance(std::int64_t done) override { seen_ += done; }
  bool stop_requested() const override { return seen_ >= bytes_; }

 private:
  std::int64_t bytes_;
  std::atomic<std::int64_t> seen_{0};
};

TEST_F(FetchTest, KeepsThePartWhenTheUserStops) {
  server_.on("/a", [&](const HttpRequest& request, const HttpServer::Send& send) {
    const std::string all = HttpServer::answer(request, bytes_, "\"v1\"");
    if (request.number > 1) {
      send(all);
      return;
    }
    send(all.substr(0, 150'000));
    for (int i = 0; i < 30 && !server_.stopping(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  });
  StopAfter monitor(100'000);
  const auto stopped = fetch({{item("/a")}}, at(""), options_, monitor);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::interrupted);
  EXPECT_GE(fs::file_size(at("a.bin.part")), 100'000U);
  const auto report = run({item("/a")});
  ASSERT_TRUE(report && report->errors.empty());
  EXPECT_GE(report->files.at(0).resumed_at, 100'000U);
  EXPECT_EQ(TempFolder::bytes_of(at("a.bin")), bytes_);
}

TEST_F(FetchTest, WritesOnlyInsideItsFolder) {
  server_.on("/a", HttpServer::file(bytes_));
  for (const char* file : {"../out.bin", "/abatis-out.bin", "sub/../../out.bin"}) {
    const auto report = run({item("/a", file)});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->errors.size(), 1U) << file;
  }
  EXPECT_EQ(server_.requests("/a"), 0);
  EXPECT_FALSE(fs::exists(folder_ / "out.bin"));
}

TEST_F(FetchTest, AFolderThatCannotBeUsedIsAnError) {
  const fs::path file = folder_.write("file", "x");
  const auto report = fetch({{item("/a")}}, file / "data", options_, silent_monitor());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::io);
  fs::create_directories(at(""));
  for (const char* text : {"garbage", "{}", "[1]", "{\"format\":1,\"files\":{\"a\":3}}"}) {
    folder_.write("data/checksums.json", text);
    const auto damaged = run({item("/a")});
    ASSERT_FALSE(damaged) << text;
    EXPECT_EQ(damaged.error().where.file, at("checksums.json").string());
  }
}

}  // namespace
}  // namespace abatis
