#include "abatis/run/records.hpp"

#include "abatis/base/files.hpp"
#include "kept_plan.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMostBytes = 256ULL << 20U;

fs::path own_file(const fs::path& out) {
  return out / "records" / "records.jsonl";
}

Status write_new(const fs::path& file, const std::string& text) {
  if (file.has_parent_path()) ABATIS_CHECK(ensure_writable_folder(file.parent_path()));
  return write_file(file, text);
}

Result<PlannedAdded> longer(const fs::path& file, const std::vector<ZoneRecord>& zones,
                            const RecordAuthor& author) {
  ABATIS_TRY(const std::string text, read_file(file, kMostBytes));
  return add_planned(text, zones, author, file.string());
}

}  // namespace

tl::expected<RecordsBegun, Errors> begin_kept_records(const RecordsOptions& options) {
  const auto plan = open_kept_plan(options.plan, {}, options.data, options.program);
  if (!plan) return tl::unexpected<Errors>(plan.error());
  const fs::path file = options.file.empty() ? own_file(plan->folder) : options.file;
  std::error_code ec;
  const bool there = fs::exists(file, ec);
  if (options.add && !there) {
    return failed({ErrorCode::input,
                   "no records to add to",
                   {.file = file.string()},
                   "begin them: leave out --add"});
  }
  if (there && !options.add) {
    return failed({ErrorCode::input,
                   "the records exist already, and records are only added to",
                   {.file = file.string()},
                   "--add adds what the plan has since; or name another file"});
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
  Result<PlannedAdded> text =
      options.add
          ? longer(file, zones, options.author)
          : PlannedAdded{begin_records(zones, options.author), static_cast<int>(zones.size()), {}};
  if (!text) return failed(std::move(text.error()));
  if (auto status = write_new(file, text->file); !status) return failed(std::move(status.error()));
  const RecordChain chain = verify_records(text->file);
  return RecordsBegun{file, text->added, std::move(text->held), chain.lines, chain.head};
}

Result<std::optional<std::string>> kept_records(const fs::path& out) {
  std::error_code ec;
  if (!fs::exists(own_file(out), ec)) return std::nullopt;
  ABATIS_TRY(std::string text, read_file(own_file(out), kMostBytes));
  return std::optional(std::move(text));
}

}  // namespace abatis
