#include "abatis/finished/publish.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "public_page.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

using namespace finished;

// A folder beside the one meant, moved into its place once it is whole; gone if that fails.
class Draft {
 public:
  explicit Draft(const fs::path& to) : to_(to), at_(to.string() + ".part") {
    std::error_code ignored;
    fs::remove_all(at_, ignored);
  }
  ~Draft() {
    std::error_code ignored;
    fs::remove_all(at_, ignored);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  const fs::path& at() const { return at_; }

  Status put_in_place() {
    std::error_code ec;
    fs::remove(to_, ec);  // an empty folder may stand there
    fs::rename(at_, to_, ec);
    if (!ec) return {};
    return fail(ErrorCode::io, "cannot be put in place: " + ec.message(), {.file = to_.string()},
                "name a folder that can be written");
  }

 private:
  fs::path to_, at_;
};

Status be_empty(const fs::path& to) {
  std::error_code ec;
  if (!fs::exists(to, ec)) return {};
  if (fs::is_directory(to, ec) && fs::is_empty(to, ec)) return {};
  return input_error("holds files already, and what is published should hold nothing else",
                     {.file = to.string()}, "name a new folder, or empty this one");
}

Status write_texts(const std::vector<PublicText>& texts, const fs::path& to,
                   std::vector<std::string>& files) {
  for (const PublicText& text : texts) {
    ABATIS_CHECK(ensure_writable_folder((to / text.file).parent_path()));
    ABATIS_CHECK(write_file(to / text.file, text.bytes));
    files.push_back(text.file);
  }
  return {};
}

Status write_manifest(const fs::path& to, std::vector<std::string>& files) {
  Json manifest = {{"program", "abatis"}, {"marking", kPublicEdition}, {"files", Json::array()}};
  for (const std::string& file : files) {
    ABATIS_TRY(const std::string digest, sha256_file(to / file));
    manifest["files"].push_back({{"file", file}, {"marking", kPublicEdition}, {"sha256", digest}});
  }
  ABATIS_CHECK(write_file(to / "manifest.json", manifest.dump(2) + "\n"));
  files.emplace_back("manifest.json");
  return {};
}

fs::path without_slash(const fs::path& folder) {
  return folder.has_filename() ? folder : folder.parent_path();
}

}  // namespace

Result<Published> publish_run(const fs::path& run, const fs::path& to) {
  const fs::path target = without_slash(to);
  ABATIS_CHECK(be_empty(target));
  ABATIS_TRY(const RunFolder from, open_run_folder(run));
  const std::vector<PublicSite> sites = public_sites(from);
  const Json facts = public_facts(from, sites);
  ABATIS_TRY(const PublicMap map, public_map(from, sites));
  Draft draft(target);
  ABATIS_CHECK(ensure_writable_folder(draft.at()));
  Published out;
  std::vector<PublicText> texts{public_page(facts, map), {"public.json", facts.dump(2) + "\n"}};
  for (PublicText& text : public_leaves(facts, map)) texts.push_back(std::move(text));
  for (PublicText& text : public_tables(facts)) texts.push_back(std::move(text));
  ABATIS_CHECK(write_texts(texts, draft.at(), out.files));
  ABATIS_CHECK(write_public_zones(map, draft.at()));
  out.files.emplace_back("zones.gpkg");
  ABATIS_TRY(std::vector<std::string> rasters, write_public_rasters(from, map.grid, draft.at()));
  for (std::string& raster : rasters) out.files.push_back(std::move(raster));
  ABATIS_CHECK(write_manifest(draft.at(), out.files));
  ABATIS_CHECK(draft.put_in_place());
  return out;
}

}  // namespace abatis
