#include "abatis/run/watch.hpp"

#include <memory>
#include <utility>

#include "abatis/report/watch_products.hpp"
#include "kept_plan.hpp"

namespace abatis {
namespace {

Result<WatchSummary> watch_of(const KeptPlan& plan, const RunOptions& options, Monitor& monitor) {
  if (!plan.scenario.surveillance.given) {
    return input_error("the scenario of this plan asks for no early warning",
                       {.file = plan.scenario.file.string(), .item = "surveillance"},
                       "add [surveillance], sensors to sites.measures and money for their class");
  }
  ABATIS_TRY(const Terrain terrain, read_kept_terrain(plan));
  ABATIS_TRY(const std::unique_ptr<KeptPurchases> kept, read_kept_purchases(plan));
  const auto watch = plan.kept<Watch>("watch", plan.keys.watch);
  if (!watch) return fail(ErrorCode::internal, "the sensors were read and are gone");
  monitor.begin("early warning", 1, "plan");
  ABATIS_TRY(WatchProducts made,
             write_watch_products(plan.scenario, terrain, kept->sites, *watch,
                                  watch_purchases(kept->origin, kept->purchases), options.out));
  monitor.advance(1);
  WatchSummary summary{std::move(made.words), {}};
  for (ProductFile& file : made.files) summary.products.push_back(std::move(file.name));
  return summary;
}

}  // namespace

tl::expected<WatchSummary, Errors> run_watch(const RunOptions& options, Monitor& monitor) {
  const auto plan = open_kept_plan(options.out, options.scenario, options.data, options.program);
  if (!plan) return tl::unexpected<Errors>(plan.error());
  auto summary = watch_of(*plan, options, monitor);
  if (!summary) return failed(std::move(summary.error()));
  return std::move(*summary);
}

}  // namespace abatis
