#pragma once
// Private to gather: what a data folder's checksums.json and ATTRIBUTION.md say.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "abatis/base/error.hpp"
#include "abatis/gather/fetch.hpp"

namespace abatis::gather {

struct LedgerEntry {
  std::string source;
  std::string url;
  std::string sha256;
  std::uint64_t bytes = 0;
  std::string date;  // ISO
  std::string title, licence, attribution;
};

// By file name inside the folder.
using Ledger = std::map<std::string, LedgerEntry>;

// An empty ledger when the folder has none.
Result<Ledger> read_ledger(const std::filesystem::path& folder);
// checksums.json and ATTRIBUTION.md, each whole or not at all.
Status write_ledger(const std::filesystem::path& folder, const Ledger& ledger);

}  // namespace abatis::gather
