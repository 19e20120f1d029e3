#pragma once
// What of a run may be told to everybody, field by field.

#include <string>
#include <vector>

#include "run_folder.hpp"

namespace abatis::finished {

// Text for everybody, or null where it speaks of what is held ready, where and by whom: a second
// fence behind the list of fields.
Json public_text(const std::string& text);
bool speaks_of_what_is_held(const std::string& text);

// Kinds of site that the public edition knows; a measure of no kind is told in totals of money
// only.
struct PublicKind {
  const char* id;
  const char* name;
  const char* colour;
  bool mapped;  // as 500 m cells; crossings are counted, since a cell would name the bridge
};
const std::vector<PublicKind>& public_kinds();
// Index into public_kinds(), -1 = none. `mined`: the site is a mined zone.
int kind_of(const std::string& rule, bool mined);

// By site id of the run's purchases, the kind and the district: what zones and counts are made of.
struct PublicSite {
  std::string site;
  int kind = -1;
  std::string district;
};
std::vector<PublicSite> public_sites(const RunFolder& run);

// public.json (docs/reference/public.schema.json).
Json public_facts(const RunFolder& run, const std::vector<PublicSite>& sites);

}  // namespace abatis::finished
