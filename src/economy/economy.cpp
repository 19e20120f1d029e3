#include "abatis/economy/economy.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "economy_files.hpp"
#include "toml_reader.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

constexpr bool kRequired = true;
constexpr KeySpec file_keys[] = {
    {"economy", kRequired}, {"years", kRequired}, {"rates"}, {"split"}};
constexpr KeySpec economy_keys[] = {{"state", kRequired},          {"name", kRequired},
                                    {"gdp_year", kRequired},       {"gdp", kRequired},
                                    {"provenance", kRequired},     {"life_years", kRequired},
                                    {"life_provenance", kRequired}};
constexpr KeySpec year_keys[] = {{"year", kRequired},
                                 {"inflation", kRequired},
                                 {"growth", kRequired},
                                 {"defence", kRequired},
                                 {"provenance", kRequired}};
constexpr KeySpec rate_keys[] = {{"currency", kRequired},
                                 {"per_eur", kRequired},
                                 {"date", kRequired},
                                 {"provenance", kRequired}};
constexpr KeySpec split_keys[] = {{"class", kRequired},  {"name", kRequired},
                                  {"amount", kRequired}, {"of_it_union"},
                                  {"date", kRequired},   {"provenance", kRequired}};
const TableSpec kFile{"", file_keys};
const TableSpec kEconomy{"economy", economy_keys};
const TableSpec kYears{"years", year_keys};
const TableSpec kRates{"rates", rate_keys};
const TableSpec kSplit{"split", split_keys};

constexpr std::size_t kMost = 500;
constexpr double kMostMoney = 1e15;
constexpr int kFirst = 1900, kLast = 2200;

void read_head(Diagnostics& diagnostics, const TomlNode& node, Economy& into) {
  TableReader r(diagnostics, node, kEconomy);
  r.id("state", into.state);
  r.text("name", into.name);
  r.integer("gdp_year", into.gdp_year, kFirst, kLast);
  r.quantity("gdp", into.gdp_eur, Dimension::money, positive_up_to(kMostMoney));
  r.number("life_years", into.life_years, between(0, 200));
  r.provenance("provenance", into.provenance);
  r.provenance("life_provenance", into.life_provenance);
}

void read_years(TableReader& file, Economy& into) {
  for (const TomlNode* node : file.tables("years", kMost)) {
    TableReader r(file.diagnostics(), *node, kYears);
    EconomyYear y;
    if (r.integer("year", y.year, kFirst, kLast) && !into.years.empty() &&
        y.year <= into.years.back().year) {
      r.error("year", fmt::format("{} comes after {}", y.year, into.years.back().year),
              "list the years in their order, each once");
    }
    r.quantity("inflation", y.inflation, Dimension::share, between(-0.5, 5));
    r.quantity("growth", y.growth, Dimension::share, between(-0.5, 1));
    r.quantity("defence", y.defence, Dimension::share, positive_up_to(1));
    r.provenance("provenance", y.provenance);
    into.years.push_back(std::move(y));
  }
}

void read_rates(TableReader& file, Economy& into) {
  if (!file.has("rates")) return;
  std::vector<std::string> ids;
  std::vector<Place> places;
  for (const TomlNode* node : file.tables("rates", kMost)) {
    TableReader r(file.diagnostics(), *node, kRates);
    ExchangeRate rate;
    r.id("currency", rate.currency);
    r.number("per_eur", rate.per_eur, positive_up_to(1e6));
    r.text("date", rate.date);
    r.provenance("provenance", rate.provenance);
    ids.push_back(rate.currency);
    places.push_back(r.place("currency"));
    into.rates.push_back(std::move(rate));
  }
  refuse_duplicates(file.diagnostics(), ids, places, "currency");
}

void read_split(TableReader& file, Economy& into) {
  if (!file.has("split")) return;
  for (const TomlNode* node : file.tables("split", kMost)) {
    TableReader r(file.diagnostics(), *node, kSplit);
    PublishedShare share;
    r.id("class", share.budget_class);
    r.text("name", share.name);
    const bool amount =
        r.quantity("amount", share.amount_eur, Dimension::money, between(0, kMostMoney));
    if (r.quantity("of_it_union", share.of_it_union_eur, Dimension::money,
                   between(0, kMostMoney)) &&
        amount && share.of_it_union_eur > share.amount_eur) {
      r.error("of_it_union", "more than the amount it is part of");
    }
    r.text("date", share.date);
    r.provenance("provenance", share.provenance);
    into.split.push_back(std::move(share));
  }
}

tl::expected<std::optional<Economy>, Errors> parse(const std::string& text, std::string shown) {
  Economy economy;
  economy.file = shown;
  economy.digest = sha256_hex(text);
  Diagnostics diagnostics(std::move(shown));
  const auto root = parse_toml(text);
  if (!root) {
    diagnostics.error(root.error().at, root.error().message, root.error().hint);
  } else {
    TableReader file(diagnostics, *root, kFile);
    if (const TomlNode* head = file.table("economy")) read_head(diagnostics, *head, economy);
    read_years(file, economy);
    read_rates(file, economy);
    read_split(file, economy);
  }
  if (!diagnostics.empty()) return tl::unexpected<Errors>(diagnostics.sorted());
  return economy;
}

}  // namespace

std::span<const TableSpec* const> economy_tables() {
  static const std::array<const TableSpec*, 5> tables{&kFile, &kEconomy, &kYears, &kRates, &kSplit};
  return tables;
}

const EconomyYear& Economy::at(int year) const {
  const auto after = std::upper_bound(years.begin(), years.end(), year,
                                      [](int y, const EconomyYear& e) { return y < e.year; });
  return after == years.begin() ? *after : *(after - 1);
}

tl::expected<std::optional<Economy>, Errors> load_economy(const std::string& state,
                                                          const std::optional<fs::path>& own) {
  if (own) {
    auto text = read_file(*own, kMaxTomlBytes);
    if (!text) return failed(std::move(text).error());
    return parse(*text, own->string());
  }
  for (const EconomyText& built : builtin_economies()) {
    if (built.state == state)
      return parse(built.text, fmt::format("built-in economy/{}.toml", state));
  }
  return std::optional<Economy>{};
}

std::optional<fs::path> own_economy_file(const fs::path& scenario) {
  std::error_code ec;
  fs::path file = scenario.parent_path() / "economy.toml";
  if (!fs::is_regular_file(file, ec)) return std::nullopt;
  return file;
}

}  // namespace abatis
