#include "gather/build_recipe.hpp"

#include <gtest/gtest.h>

#include "gather/tiny_packages.hpp"

namespace abatis::gather {
namespace {

class RecipeFile : public ::testing::Test {
 protected:
  Error error_of(const std::string& recipe, const std::string& facts = "") {
    folder_.write("facts.toml", facts);
    const auto read = read_recipe(folder_.write("recipe.toml", recipe));
    EXPECT_FALSE(read);
    return read ? Error{} : read.error();
  }
  std::string good_ = tiny_recipe();
  TempFolder folder_;
};

TEST_F(RecipeFile, TheShippedOneIsSound) {
  const auto recipe =
      read_recipe(std::filesystem::path(ABATIS_SOURCE_DIR) / "data/gather/suwalki.toml");
  ASSERT_TRUE(recipe) << to_string(recipe.error());
  EXPECT_EQ(recipe->grid().cols, 1540);
  EXPECT_EQ(recipe->grid().rows, 1240);
  EXPECT_EQ(recipe->files.size(), 2U);
  EXPECT_GT(recipe->roads.size(), 40U);
  EXPECT_EQ(recipe->soils[10], "Pt");
}

TEST_F(RecipeFile, FaultsNameFileLineAndColumn) {
  const auto unknown = error_of(good_ + "\nforrest = 1\n");
  EXPECT_EQ(unknown.code, ErrorCode::input);
  EXPECT_NE(unknown.message.find("forrest"), std::string::npos);
  EXPECT_GT(unknown.where.line, 1);
  EXPECT_GT(unknown.where.column, 0);

  auto text = good_;
  text.replace(text.find("cell_m = 100"), 12, "cell_m = 170");
  EXPECT_NE(error_of(text).message.find("whole cells"), std::string::npos);

  text = good_;
  text.replace(text.find("forest = 0.3"), 12, "forest = 3.0");
  const auto range = error_of(text);
  EXPECT_NE(range.message.find("from 0 to 0.9"), std::string::npos);

  text = good_;
  text.replace(text.find("id = \"lakes\""), 12, "id = \"ponds\"");
  EXPECT_NE(error_of(text).message.find("lakes"), std::string::npos);

  EXPECT_NE(error_of("id = ").where.line, 0);
  EXPECT_FALSE(error_of("id = [&").message.empty());
  EXPECT_EQ(error_of("id = 1\ntitle = \"\xff\"\n").where.line, 2);
  EXPECT_EQ(error_of("# \xc4").where.line, 1);
}

TEST_F(RecipeFile, TheFactsFileStaysBesideTheRecipe) {
  auto text = good_;
  text.replace(text.find("facts.toml"), 10, "../../etc/passwd");
  const auto error = error_of(text);
  EXPECT_EQ(error.code, ErrorCode::input);
}

TEST_F(RecipeFile, FactsAreChecked) {
  EXPECT_NE(error_of(good_, "[[road]]\nclass = \"lane\"\npast = [\"A\", \"B\"]\n")
                .message.find("motorway"),
            std::string::npos);
  EXPECT_NE(
      error_of(good_, "[[road]]\nclass = \"trunk\"\npast = [\"A\"]\n").message.find("two places"),
      std::string::npos);
  const auto wrong =
      error_of(good_, "[[bridge]]\nname = \"B\"\nriver = \"R\"\nat = \"X\"\nwide = 3\n");
  EXPECT_EQ(wrong.where.line, 5);
  EXPECT_NE(wrong.where.file.find("facts.toml"), std::string::npos);
}

}  // namespace
}  // namespace abatis::gather
