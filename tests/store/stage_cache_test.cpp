#include "abatis/store/stage_cache.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "abatis/base/files.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;

class StageCacheTest : public ::testing::Test {
 protected:
  TempFolder own_;
  fs::path out_ = own_ / "out";
  const std::string key_ = std::string(64, 'a');
  const std::string other_ = std::string(64, 'b');
};

TEST_F(StageCacheTest, GivesBackWhatWasPut) {
  const auto cache = StageCache::open(out_).value();
  EXPECT_FALSE(cache.get("terrain", key_));
  ASSERT_TRUE(cache.put("terrain", key_, "bytes"));
  EXPECT_EQ(cache.get("terrain", key_), "bytes");
  EXPECT_FALSE(cache.get("terrain", other_));
  EXPECT_FALSE(cache.get("sites", key_));
}

TEST_F(StageCacheTest, KeepsOneEntryAStage) {
  const auto cache = StageCache::open(out_).value();
  ASSERT_TRUE(cache.put("terrain", key_, "one"));
  ASSERT_TRUE(cache.put("sites", key_, "two"));
  ASSERT_TRUE(cache.put("terrain", other_, "three"));
  EXPECT_FALSE(cache.get("terrain", key_));
  EXPECT_EQ(cache.get("terrain", other_), "three");
  EXPECT_EQ(cache.get("sites", key_), "two");
}

TEST_F(StageCacheTest, DamagedBytesAreAMiss) {
  const auto cache = StageCache::open(out_).value();
  ASSERT_TRUE(cache.put("terrain", key_, std::string(1000, 'x')));
  const auto file = out_ / ".stages" / ("terrain-" + key_.substr(0, 24) + ".bin");
  const std::string whole = read_file(file).value();
  for (const std::size_t size : {0UL, 10UL, 70UL, whole.size() - 1}) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << whole.substr(0, size);
    EXPECT_FALSE(cache.get("terrain", key_)) << size;
  }
  std::string flipped = whole;
  flipped.back() = 'y';
  std::ofstream(file, std::ios::binary | std::ios::trunc) << flipped;
  EXPECT_FALSE(cache.get("terrain", key_));
}

TEST_F(StageCacheTest, OneRunAtATime) {
  auto first = StageCache::open(out_);
  ASSERT_TRUE(first);
  const auto second = StageCache::open(out_);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().message.find("another run"), std::string::npos);
  {
    const StageCache gone = std::move(*first);
  }
  EXPECT_TRUE(StageCache::open(out_));
}

}  // namespace
}  // namespace abatis
