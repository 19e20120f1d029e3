#include "abatis/law/law_data.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/base/sort.hpp"
#include "law_files.hpp"
#include "toml_reader.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

struct LawFile {
  std::string_view name;
  void (*read)(Diagnostics&, const TomlNode&, LawData&);
};

template <const TableSpec& kSpec, void (*kRead)(TableReader&, LawData&)>
void read_table(Diagnostics& diagnostics, const TomlNode& root, LawData& into) {
  TableReader file(diagnostics, root, kSpec);
  kRead(file, into);
}

// In this order: a file may refer to those before it.
constexpr std::array kFiles{
    LawFile{"states.toml", read_states},
    LawFile{"treaties.toml", read_treaties},
    LawFile{"acts.toml", read_table<spec::kActFile, read_acts>},
    LawFile{"conflicts.toml", read_table<spec::kConflictFile, read_conflicts>},
    LawFile{"devices.toml", read_table<spec::kDeviceFile, read_devices>},
    LawFile{"checks.toml", read_checks},
    LawFile{"commitments.toml", read_commitments},
};

void read_own(Diagnostics& diagnostics, const TomlNode& root, LawData& into) {
  TableReader file(diagnostics, root, spec::kOwnLawFile);
  read_conflicts(file, into);
  read_acts(file, into);
  read_devices(file, into);
  read_claims(file, into);
}

class Loading {
 public:
  void file(const std::string& shown, const std::string& text,
            void (*read)(Diagnostics&, const TomlNode&, LawData&)) {
    law_.files.push_back(shown);
    hasher_.text(text);
    Diagnostics diagnostics(shown);
    const auto root = parse_toml(text);
    if (!root) {
      diagnostics.error(root.error().at, root.error().message, root.error().hint);
    } else if (!unreadable_) {
      read(diagnostics, *root, law_);
    }
    // Ids of a file that could not be read would all be unknown later: one fault is told once.
    unreadable_ = unreadable_ || !root;
    for (Error& error : diagnostics.sorted()) errors_.push_back(std::move(error));
  }
  void unreadable(Error error) {
    errors_.push_back(std::move(error));
    unreadable_ = true;
  }
  tl::expected<LawData, Errors> take() {
    sort_stably(law_.acts, [](const TreatyAct& a, const TreatyAct& b) {
      return std::tie(a.treaty, a.state, a.deposited) < std::tie(b.treaty, b.state, b.deposited);
    });
    check_acts(law_, errors_);
    if (!errors_.empty()) return tl::unexpected<Errors>(std::move(errors_));
    law_.digest = hasher_.hex();
    return std::move(law_);
  }

 private:
  LawData law_;
  Errors errors_;
  Hasher hasher_;
  bool unreadable_ = false;
};

}  // namespace

int LawData::state(std::string_view id) const {
  const auto at =
      std::find_if(states.begin(), states.end(), [&](const LawState& s) { return s.id == id; });
  return at == states.end() ? -1 : static_cast<int>(at - states.begin());
}

int LawData::treaty(std::string_view id) const {
  const auto at =
      std::find_if(treaties.begin(), treaties.end(), [&](const Treaty& t) { return t.id == id; });
  return at == treaties.end() ? -1 : static_cast<int>(at - treaties.begin());
}

const Device* LawData::device_of(std::string_view measure) const {
  const Device* found = nullptr;
  for (const Device& device : devices) {
    if (std::find(device.measures.begin(), device.measures.end(), measure) !=
        device.measures.end()) {
      found = &device;
    }
  }
  return found;
}

tl::expected<LawData, Errors> load_law(const std::optional<fs::path>& folder,
                                       const std::optional<fs::path>& own) {
  Loading loading;
  for (const LawFile& file : kFiles) {
    if (folder) {
      const fs::path path = *folder / file.name;
      auto text = read_file(path, kMaxTomlBytes);
      if (text) {
        loading.file(path.string(), *text, file.read);
      } else {
        Error error = std::move(text).error();
        if (error.hint.empty()) error.hint = "a folder of law holds every file of data/law";
        loading.unreadable(std::move(error));
      }
      continue;
    }
    for (const LawText& built : builtin_law()) {
      if (built.name != file.name) continue;
      loading.file(fmt::format("built-in law/{}", file.name), built.text, file.read);
    }
  }
  if (own) {
    auto text = read_file(*own, kMaxTomlBytes);
    if (text) {
      loading.file(own->string(), *text, read_own);
    } else {
      loading.unreadable(std::move(text).error());
    }
  }
  return loading.take();
}

std::optional<fs::path> own_law_file(const fs::path& scenario) {
  std::error_code ec;
  fs::path file = scenario.parent_path() / "law.toml";
  if (!fs::is_regular_file(file, ec)) return std::nullopt;
  return file;
}

}  // namespace abatis
