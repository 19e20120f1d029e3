#include "abatis/base/error.hpp"

#include <gtest/gtest.h>

namespace abatis {
namespace {

TEST(Error, PrintsPlaceMessageAndHint) {
  const Error error{ErrorCode::input,
                    "unknown key \"celll\"",
                    {.file = "a.toml", .line = 3, .column = 7, .item = "region"},
                    "did you mean \"cell\"?"};
  EXPECT_EQ(to_string(error),
            "a.toml:3:7: error: unknown key \"celll\" [region]\n  hint: did you mean \"cell\"?");
}

TEST(Error, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(to_string(Error{ErrorCode::io, "disk full", {}, {}}), "error: disk full");
  EXPECT_EQ(to_string(Error{ErrorCode::io, "m", {.file = "f", .line = 2}, {}}), "f:2: error: m");
}

TEST(Error, ExitCodesAreTheDocumentedOnes) {
  EXPECT_EQ(exit_code(ErrorCode::input), 2);
  EXPECT_EQ(exit_code(ErrorCode::infeasible), 3);
  EXPECT_EQ(exit_code(ErrorCode::interrupted), 130);
  EXPECT_EQ(exit_code(ErrorCode::io), 1);
  EXPECT_EQ(exit_code(ErrorCode::limit), 1);
  EXPECT_EQ(exit_code(ErrorCode::internal), 1);
}

Result<int> half(int n) {
  if (n % 2 != 0) return input_error("odd");
  return n / 2;
}
Result<int> quarter(int n) {
  ABATIS_TRY(const int h, half(n));
  return half(h);
}

TEST(Error, TryReturnsTheFirstError) {
  EXPECT_EQ(quarter(12).value(), 3);
  EXPECT_EQ(quarter(6).error().message, "odd");
}

}  // namespace
}  // namespace abatis
