#pragma once
// Screening on its way through a run: rows chosen before the plan, what the plan's rows do after.

#include <optional>
#include <vector>

#include "abatis/plan/plan.hpp"
#include "abatis/screen/screening.hpp"
#include "abatis/store/stage_cache.hpp"
#include "abatis/store/stages.hpp"
#include "abatis/watch/watch.hpp"

namespace abatis {

// Kept under this name in the stage cache, by StageKeys::screen.
inline constexpr const char* kChosenStage = "screen_rows";

// Years in which candidates are bought: by a plan, or as chosen and decided; 0 = not.
std::vector<int> planted_by_plan(const Scenario& scenario, const RoadExposure& roads,
                                 const std::vector<PlanOrigin>& origin,
                                 const std::vector<Purchase>& purchases);
std::vector<int> planted_as_chosen(const Scenario& scenario, const SiteSet& sites,
                                   const RoadExposure& roads, const ChosenRows& chosen);

// The sensors of early warning as sensors of one's own, whose sight rows of trees may stand in.
// Effectors and what needs no sight are left out.
void screen_own_sensors(Scenario& scenario, const Terrain& terrain, const Watch& watch);

// What stands around the choice. Not owned.
struct ScreenGroundwork {
  const Scenario& scenario;
  const Terrain& terrain;
  const SiteSet& sites;
  int threads = 0;
  Monitor& monitor;
};

// The roads, found once for whoever asks first.
class Screened {
 public:
  Result<const RoadExposure*> roads(const ScreenGroundwork& work);
  // Rows of [screening] choose: those kept, or chosen now and kept. Nothing where none are asked.
  Result<std::optional<ChosenRows>> chosen(const ScreenGroundwork& work, const StageCache& cache,
                                           const std::string& key, bool fresh);

 private:
  std::optional<RoadExposure> roads_;
};

}  // namespace abatis
