#include "abatis/base/files.hpp"

#include <csignal>
#include <fstream>

#include <sys/resource.h>

#include <gtest/gtest.h>

#include "support/temp_folder.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;

class Files : public ::testing::Test {
 protected:
  TempFolder own_;
  fs::path folder_ = own_.path();
  std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator{}));
  }
};

TEST_F(Files, WritesWholeAndReplaces) {
  ASSERT_TRUE(write_file(folder_ / "a.txt", "one"));
  ASSERT_TRUE(write_file(folder_ / "a.txt", std::string("t\0wo", 4)));
  EXPECT_EQ(read_file(folder_ / "a.txt").value(), std::string("t\0wo", 4));
  EXPECT_EQ(entries(), 1U) << "no temporary file is left";
}

TEST_F(Files, AFailedWriteNamesTheFileAndLeavesNothing) {
  std::ofstream(folder_ / "plain") << "x";
  const auto status = write_file(folder_ / "plain" / "child.txt", "one");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::io);
  EXPECT_EQ(status.error().where.file, (folder_ / "plain" / "child.txt").string());
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, AWriteThatFailsPartWayKeepsTheOldBytes) {
  ASSERT_TRUE(write_file(folder_ / "a.txt", "old"));
  // A limit on the size of files fails a write in its middle, as a full disk does.
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto status = write_file(folder_ / "a.txt", std::string(5000, 'x'));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::io);
  EXPECT_EQ(read_file(folder_ / "a.txt").value(), "old");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, AFolderThatCannotBeIsSaid) {
  std::ofstream(folder_ / "plain") << "x";
  const auto status = ensure_writable_folder(folder_ / "plain" / "out");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::io);
  EXPECT_NE(status.error().where.file.find("plain"), std::string::npos);
}

TEST_F(Files, ReadingIsBounded) {
  ASSERT_TRUE(write_file(folder_ / "big", std::string(100, 'x')));
  EXPECT_EQ(read_file(folder_ / "big", 99).error().code, ErrorCode::limit);
  EXPECT_TRUE(read_file(folder_ / "big", 100));
  EXPECT_EQ(read_file(folder_).error().code, ErrorCode::input);
  EXPECT_EQ(read_file(folder_ / "none").error().code, ErrorCode::input);
}

TEST_F(Files, HostilePathsStayInside) {
  EXPECT_TRUE(path_inside(folder_, "sub/new.tif"));
  for (const char* hostile : {"", "/etc/passwd", "../x", "a/../../x", "a/..", "..", "./../x"}) {
    EXPECT_FALSE(path_inside(folder_, hostile)) << hostile;
  }
  EXPECT_FALSE(path_inside(folder_, std::string_view("a\0b", 3)));
  fs::create_directory_symlink("/etc", folder_ / "link");
  EXPECT_FALSE(path_inside(folder_, "link/passwd"));
}

}  // namespace
}  // namespace abatis
