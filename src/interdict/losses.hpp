#pragma once
// What years lose of what each of them could reach alone. Some years that cannot reach their
// targets together say that one of them loses more; the least losses that agree with all that is
// said so far give the bound. See docs/model/interdict.md.

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace abatis::interdiction {

// Years, rising, and targets that no plan reaches in all of them.
struct Conflict {
  std::vector<std::size_t> years;
  std::vector<std::int64_t> targets;
};

class Losses {
 public:
  // `reach`: by year, what it can reach at most; never falling. `floor`: no year reaches less.
  Losses(std::vector<std::int64_t> reach, std::int64_t floor)
      : reach_(std::move(reach)), floor_(floor) {}

  void add(Conflict conflict) { conflicts_.push_back(std::move(conflict)); }
  // Targets, never falling, that together stay no more than `spare` below `reach`, with one year of
  // each conflict below its target there; nothing where there are none. What `free` loses does not
  // count. Branching over the years of a conflict: with losses of L and conflicts of c years it
  // takes c^L looks at most.
  std::optional<std::vector<std::int64_t>> targets(std::int64_t spare,
                                                   std::size_t free = kNoYear) const;
  // The least spare for which there are targets, up to `most`.
  std::int64_t least(std::int64_t most, std::size_t free = kNoYear) const;

  static constexpr std::size_t kNoYear = static_cast<std::size_t>(-1);

 private:
  bool lower(std::vector<std::int64_t>& targets, std::int64_t spare, std::size_t free) const;

  std::vector<std::int64_t> reach_;
  std::int64_t floor_;
  std::vector<Conflict> conflicts_;
};

}  // namespace abatis::interdiction
