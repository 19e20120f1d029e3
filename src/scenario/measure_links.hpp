#pragma once
// What measures need of each other and where they undo each other: read by name while the list is
// read, resolved once it is whole, and held to make sense.

#include <string>
#include <vector>

#include "abatis/scenario/measure.hpp"
#include "table_reader.hpp"

namespace abatis {

class MeasureLinks {
 public:
  // `needs` and `conflicts` of the next measure.
  void read(TableReader& r);
  // Refuses names that do not exist, needs that run in a circle, a measure that conflicts with
  // itself or with what it needs, and stored measures where no park is; fills the measures.
  void resolve(Diagnostics& diagnostics, std::vector<Measure>& measures) const;

 private:
  struct Name {
    std::string id;
    Place at;
  };
  struct Conflict {
    Name with;
    MeasureConflict rule;
  };
  struct Links {
    std::vector<Name> needs;
    std::vector<Conflict> conflicts;
    Place stored_at;
  };
  void tell_circles(Diagnostics& diagnostics, const std::vector<Measure>& measures) const;
  void tell_excluded(Diagnostics& diagnostics, const std::vector<Measure>& measures) const;

  std::vector<Links> links_;  // by measure
};

}  // namespace abatis
