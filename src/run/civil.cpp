#include "abatis/run/civil.hpp"

#include <memory>
#include <utility>

#include "abatis/civil/evacuation.hpp"
#include "abatis/civil/ledger.hpp"
#include "abatis/report/civil_products.hpp"
#include "kept_plan.hpp"

namespace abatis {
namespace {

Result<CivilSummary> ledger_of(const KeptPlan& plan, const LeavingRules& rules,
                               const RunOptions& options, Monitor& monitor) {
  ABATIS_TRY(const Terrain terrain, read_kept_terrain(plan));
  ABATIS_TRY(const std::unique_ptr<KeptPurchases> kept, read_kept_purchases(plan));
  monitor.begin("ledger of harm to civilians", 1, "plan");
  const Ledger ledger =
      compute_ledger(plan.scenario, terrain, kept->sites,
                     civil_purchases(kept->origin, kept->purchases), options.threads);
  ABATIS_TRY(const Evacuation evacuation,
             plan_evacuation(plan.scenario, terrain, kept->sites,
                             civil_purchases(kept->origin, kept->purchases), ledger.districts,
                             rules, options.threads, monitor));
  ABATIS_TRY(CivilProducts products, write_civil_products(plan.scenario, terrain, kept->sites,
                                                          ledger, options.out, &evacuation));
  monitor.advance(1);
  CivilSummary summary{std::move(products.words), {}};
  for (ProductFile& file : products.files) summary.products.push_back(std::move(file.name));
  return summary;
}

}  // namespace

tl::expected<CivilSummary, Errors> run_civil(const RunOptions& options, Monitor& monitor) {
  const auto plan = open_kept_plan(options.out, options.scenario, options.data, options.program);
  if (!plan) return tl::unexpected<Errors>(plan.error());
  const auto rules = load_leaving_rules(own_leaving_file(plan->scenario.file));
  if (!rules) return tl::unexpected<Errors>(rules.error());
  auto summary = ledger_of(*plan, *rules, options, monitor);
  if (!summary) return failed(std::move(summary.error()));
  return std::move(*summary);
}

}  // namespace abatis
