#include "abatis/report/products.hpp"

#include "abatis/base/files.hpp"
#include "abatis/report/civil_products.hpp"
#include "abatis/report/screen_products.hpp"
#include "abatis/report/watch_products.hpp"
#include "facts.hpp"
#include "law_facts.hpp"
#include "maps.hpp"
#include "page.hpp"
#include "tables.hpp"
#include "tradeoffs.hpp"

namespace abatis {
namespace {
constexpr const char* kPlanJson = "the plan: objective, bound, gap, purchases, money, inputs";
}  // namespace

Result<std::vector<ProductFile>> write_products(const RunView& view, const Outcome& outcome,
                                                const std::filesystem::path& out, int threads,
                                                Monitor& monitor, const Evacuation* evacuation) {
  using namespace report;
  // Every folder is proven writable before the first byte, so a plain mistake leaves nothing.
  for (const auto& folder : {out, out / "tables", out / "rasters"}) {
    ABATIS_CHECK(ensure_writable_folder(folder));
  }
  if (view.records != nullptr) ABATIS_CHECK(ensure_writable_folder(out / "records"));
  const Facts facts = collect_facts(view, outcome);
  std::vector<ProductFile> files;
  const std::string plan = plan_json(view, outcome, evacuation);
  ABATIS_TRY(const std::string page, make_page(view, outcome, facts, plan));
  const std::vector<Table> tables = make_tables(view, outcome, facts);
  ABATIS_CHECK(write_plan_geopackage(view, outcome, facts, out, files));
  ABATIS_CHECK(write_rasters(view, outcome, out, threads, monitor, files));
  for (const Table& table : tables) {
    ABATIS_CHECK(write_file(out / table.file, table.csv));
    files.push_back({table.file, table.what});
  }
  ABATIS_CHECK(write_file(out / "plan.json", plan));
  files.push_back({"plan.json", kPlanJson});
  ABATIS_TRY(CivilProducts civil, write_civil_products(view.scenario, view.terrain, view.sites,
                                                       outcome.ledger, out, evacuation));
  for (ProductFile& file : civil.files) files.push_back(std::move(file));
  if (view.watch != nullptr) {
    ABATIS_TRY(WatchProducts watch,
               write_watch_products(view.scenario, view.terrain, view.sites, *view.watch,
                                    watch_purchases(view.origin, view.plan.purchases), out));
    for (ProductFile& file : watch.files) files.push_back(std::move(file));
  }
  if (view.screening != nullptr) {
    ABATIS_TRY(auto screened, write_screen_products(*view.screening, out));
    for (ProductFile& file : screened) files.push_back(std::move(file));
  }
  if (view.law != nullptr) {
    ABATIS_CHECK(
        write_file(out / "law.json", law_json(view.scenario, view.sites, *view.law, false)));
    files.push_back({"law.json", "the plan held against the law on the date of every action"});
  }
  if (view.records != nullptr) {
    ABATIS_TRY(auto records, write_records(*view.records, out));
    for (ProductFile& file : records) files.push_back(std::move(file));
  }
  ABATIS_CHECK(write_file(out / "report.html", page));
  files.push_back({"report.html", "the report: opens from disk, needs no network"});
  return files;
}

Result<std::vector<ProductFile>> write_plan_products(const RunView& view, const Outcome& outcome,
                                                     const std::filesystem::path& out,
                                                     const Evacuation* evacuation) {
  using namespace report;
  ABATIS_CHECK(ensure_writable_folder(out));
  std::vector<ProductFile> files;
  ABATIS_CHECK(write_plan_geopackage(view, outcome, collect_facts(view, outcome), out, files));
  ABATIS_CHECK(write_file(out / "plan.json", plan_json(view, outcome, evacuation)));
  files.push_back({"plan.json", kPlanJson});
  const std::vector<Table> tables = tradeoff_tables(view);
  if (!tables.empty()) ABATIS_CHECK(ensure_writable_folder(out / "tables"));
  for (const Table& table : tables) {
    ABATIS_CHECK(write_file(out / table.file, table.csv));
    files.push_back({table.file, table.what});
  }
  return files;
}

}  // namespace abatis
