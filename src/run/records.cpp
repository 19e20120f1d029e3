#include "abatis/run/records.hpp"

#include "abatis/base/files.hpp"
#include "kept_plan.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

tl::unexpected<Errors> failed(Error error) {
  return tl::unexpected<Errors>(Errors{std::move(error)});
}

Status write_new(const fs::path& file, const std::string& text) {
  if (file.has_parent_path()) ABATIS_CHECK(ensure_writable_folder(file.parent_path()));
  return write_file(file, text);
}

}  // namespace

tl::expected<RecordsBegun, Errors> begin_kept_records(const RecordsOptions& options) {
  const auto plan = open_kept_plan(options.plan, {}, options.data, options.program);
  if (!plan) return tl::unexpected<Errors>(plan.error());
  const fs::path file =
      options.file.empty() ? plan->folder / "records" / "records.jsonl" : options.file;
  std::error_code ec;
  if (fs::exists(file, ec)) {
    return failed({ErrorCode::input,
                   "the records exist already, and records are only added to",
                   {.file = file.string()},
                   "add to them with abatis records append, or name another file"});
  }
  const auto law = load_law(std::nullopt, own_law_file(plan->scenario.file));
  if (!law) return tl::unexpected<Errors>(law.error());
  auto kept = read_kept_purchases(*plan);
  if (!kept) return failed(std::move(kept.error()));
  auto terrain = read_kept_terrain(*plan);
  if (!terrain) return failed(std::move(terrain.error()));
  const KeptPurchases& k = **kept;
  const LawView view{plan->scenario, *terrain, k.sites, k.origin, k.purchases, *law, {}};
  const auto findings = check_law(view);
  if (!findings) return tl::unexpected<Errors>(findings.error());
  const auto zones = zone_records(view, findings->actions);
  const std::string text = begin_records(zones, options.author);
  if (auto status = write_new(file, text); !status) return failed(std::move(status.error()));
  return RecordsBegun{file, static_cast<int>(zones.size()), verify_records(text).head};
}

}  // namespace abatis
