// Demand and sites from CSV.

#include <cmath>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/cover/cover.hpp"
#include "table.hpp"

namespace abatis {
namespace {

constexpr std::uint64_t kMaxBytes = 32ULL << 30U;

template <class Parse>
auto read_with(const std::filesystem::path& path, const Parse& parse)
    -> decltype(parse(std::string_view{}, std::string{})) {
  const auto text = read_file(path, kMaxBytes);
  if (!text) return tl::unexpected(Errors{text.error()});
  return parse(*text, path.string());
}

}  // namespace

tl::expected<std::vector<DemandPoint>, Errors> parse_demand(std::string_view text,
                                                            const std::string& name) {
  auto table = covering::parse_table(text, name,
                                     {{"x", true, -kMaxCoverValue, kMaxCoverValue},
                                      {"y", true, -kMaxCoverValue, kMaxCoverValue},
                                      {"weight", false, 0, kMaxCoverValue}});
  if (!table) return tl::unexpected(std::move(table.error()));
  std::vector<DemandPoint> demand(table->rows);
  for (std::size_t r = 0; r < demand.size(); ++r) {
    demand[r] = {.x = table->columns[0][r], .y = table->columns[1][r]};
    if (!table->columns[2].empty()) demand[r].weight = table->columns[2][r];
  }
  return demand;
}

tl::expected<std::vector<CoverSite>, Errors> parse_cover_sites(std::string_view text,
                                                               const std::string& name) {
  auto table = covering::parse_table(text, name,
                                     {{"x", true, -kMaxCoverValue, kMaxCoverValue},
                                      {"y", true, -kMaxCoverValue, kMaxCoverValue},
                                      {"cost", false, 0, kMaxCoverValue},
                                      {"fixed", false, 0, 1, true, true},
                                      {"radius", false, 0, kMaxCoverValue, true}});
  if (!table) return tl::unexpected(std::move(table.error()));
  const auto& columns = table->columns;
  std::vector<CoverSite> sites(table->rows);
  for (std::size_t r = 0; r < sites.size(); ++r) {
    CoverSite& site = sites[r];
    site.x = columns[0][r];
    site.y = columns[1][r];
    if (!columns[2].empty()) site.cost = columns[2][r];
    if (!columns[3].empty()) site.standing = columns[3][r] > 0.5;
    if (!columns[4].empty() && !std::isnan(columns[4][r])) site.radius = columns[4][r];
  }
  return sites;
}

tl::expected<std::vector<DemandPoint>, Errors> read_demand(const std::filesystem::path& path) {
  return read_with(path, parse_demand);
}

tl::expected<std::vector<CoverSite>, Errors> read_cover_sites(const std::filesystem::path& path) {
  return read_with(path, parse_cover_sites);
}

}  // namespace abatis
