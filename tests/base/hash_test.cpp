#include "abatis/base/hash.hpp"

#include <gtest/gtest.h>

#include "abatis/base/files.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {

TEST(Hash, MatchesTheFipsVectors) {  // FIPS 180-4 examples
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, TextIsFramed) {
  Hasher a;
  a.text("ab");
  a.text("c");
  Hasher b;
  b.text("a");
  b.text("bc");
  EXPECT_NE(a.hex(), b.hex());
}

TEST(Hash, AFileHasTheHashOfItsBytes) {
  const TempFolder folder;
  const auto path = folder / "file";
  const std::string bytes(200'000, 'q');
  ASSERT_TRUE(write_file(path, bytes));
  EXPECT_EQ(sha256_file(path).value(), sha256_hex(bytes));
  std::filesystem::remove(path);
  EXPECT_EQ(sha256_file(path).error().code, ErrorCode::input);
}

}  // namespace
}  // namespace abatis
