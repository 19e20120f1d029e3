// A plan read back names the very options that were bought.

#include "run/plan_file.hpp"

#include <gtest/gtest.h>

#include "support/temp_folder.hpp"

namespace abatis {
namespace {

// One site that offers mines stored in two parks, with and without cover.
struct Made {
  Scenario scenario;
  SiteSet sites;
  std::vector<PlanOrigin> origin;

  Made() {
    scenario.id = "made";
    scenario.first_year = 2026;
    scenario.years = 3;
    scenario.catalogue.measures.resize(2);
    scenario.catalogue.measures[0].id = "mines";
    scenario.catalogue.measures[1].id = "cover";
    sites.sites.resize(3);
    sites.sites[0].id = "belt-001";
    sites.sites[0].length_m = 1500;
    sites.sites[1].id = "park-001";
    sites.sites[2].id = "park-002";
    for (const int park : {1, 2}) {
      for (const int cover : {-1, 1}) {
        origin.push_back({0, static_cast<int>(sites.sites[0].options.size())});
        sites.sites[0].options.push_back({.measure = 0, .cover = cover, .park = park});
      }
    }
  }
  Result<std::vector<Purchase>> read(const std::string& cover, const std::string& park) const {
    const TempFolder folder;
    const auto file = folder.write(
        "plan.json",
        R"({"format": "abatis-plan/1", "scenario": {"id": "made"}, "inputs": [], "purchases": [)"
        R"({"site": "belt-001", "measure": "mines", "year": 2027, "length_m": 1500, "cover": )" +
            cover + R"(, "park": )" + park + "}]}");
    return read_purchases({file, ""}, scenario, sites, origin);
  }
};

TEST(PlanFile, CoverAndParkTellOptionsOfOneMeasureApart) {
  const Made made;
  int option = 0;
  for (const char* park : {R"("park-001")", R"("park-002")"}) {
    for (const char* cover : {"null", R"("cover")"}) {
      const auto bought = made.read(cover, park);
      ASSERT_TRUE(bought) << to_string(bought.error());
      ASSERT_EQ(bought->size(), 1U);
      EXPECT_EQ(bought->front().option, option++) << cover << " from " << park;
      EXPECT_EQ(bought->front().year, 1);
    }
  }
}

TEST(PlanFile, APurchaseThatTheSiteDoesNotOfferIsRefusedByName) {
  const Made made;
  for (const auto& [cover, park] :
       {std::pair{"null", "null"}, {"null", R"("park-003")"}, {R"("other")", R"("park-001")"}}) {
    const auto bought = made.read(cover, park);
    ASSERT_FALSE(bought);
    EXPECT_NE(bought.error().message.find("belt-001"), std::string::npos);
    EXPECT_EQ(bought.error().where.item, "purchases[0]");
  }
}

}  // namespace
}  // namespace abatis
