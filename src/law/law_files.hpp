#pragma once
// The files of law, and what each of them may say.

#include <string>
#include <vector>

#include "abatis/law/law_data.hpp"
#include "table_reader.hpp"

namespace abatis {

inline constexpr std::size_t kMostEntries = 1000;  // of a table or a list

struct LawText {
  std::string name;  // "treaties.toml"
  std::string text;
};

// The files of data/law as they were when the program was built.
const std::vector<LawText>& builtin_law();

// Every key of these files: readers refuse what is not here, a test holds docs/reference/law.md to
// it.
namespace spec {
extern const TableSpec kStateFile, kState, kTreatyFile, kTreaty, kForbids, kActFile, kAct,
    kConflictFile, kConflict, kDeviceFile, kDevice, kCheckFile, kCheck, kCommitmentFile,
    kCommitment, kOwnLawFile, kClaim;
}  // namespace spec
std::span<const TableSpec* const> law_tables();

// Each adds what a document says; references are to what was read before it.
void read_states(Diagnostics& diagnostics, const TomlNode& root, LawData& into);
void read_treaties(Diagnostics& diagnostics, const TomlNode& root, LawData& into);
void read_acts(TableReader& file, LawData& into);
void read_conflicts(TableReader& file, LawData& into);
void read_devices(TableReader& file, LawData& into);
void read_checks(Diagnostics& diagnostics, const TomlNode& root, LawData& into);
void read_commitments(Diagnostics& diagnostics, const TomlNode& root, LawData& into);
void read_claims(TableReader& file, LawData& into);

// "2025-12-27" of a key. False, and told, when it is no date; false when the key is absent.
bool read_date(TableReader& r, std::string_view key, Date& into);

// Dates of acts that cannot be so, once all acts and conflicts are known.
void check_acts(const LawData& law, Errors& errors);

}  // namespace abatis
