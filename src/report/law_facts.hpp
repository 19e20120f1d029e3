#pragma once
// The law, the records and the economy of a plan, for plan.json, the page and the tables.

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "abatis/economy/economy.hpp"
#include "abatis/law/record_book.hpp"
#include "abatis/report/law.hpp"
#include "abatis/report/products.hpp"
#include "tables.hpp"

namespace abatis::report {

// What law.json and plan.json both hold.
nlohmann::ordered_json law_object(const SiteSet& sites, const LawReport& law, bool open);
std::vector<Table> law_tables(const RunView& view);
std::string law_line(const LawReport& law);

// Records of mined zones beside the plan (docs/reference/records.md).
nlohmann::ordered_json records_json(const RecordBook& book);
// Writes the zones, restricted, for other programs into `out`/records, which is there; files
// relative to `out`.
Result<std::vector<ProductFile>> write_records(const RecordBook& book,
                                               const std::filesystem::path& out);

// Nothing where no economy is known of.
std::optional<MoneyTable> money_of(const RunView& view, const Facts& facts);
nlohmann::ordered_json economy_json(const RunView& view, const Facts& facts);  // or null
std::vector<Table> economy_tables(const RunView& view, const Facts& facts);

}  // namespace abatis::report
