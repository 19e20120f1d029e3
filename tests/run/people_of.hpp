#pragma once
// Services and municipalities of the small world.

#include <string>

#include <fmt/format.h>

#include "support/tiny_world.hpp"

namespace abatis::testing {

// A clinic in the town and two municipalities, north and south of the road.
inline void add_people(TinyWorld& world) {
  const auto at = [](double east, double north) {
    return Geometry{GeometryKind::point, {{{TinyWorld::kWest + east, TinyWorld::kSouth + north}}}};
  };
  world.write_layer("services", GeometryKind::point, {"class", "name"},
                    {{at(10500, 4050), {std::string("clinic"), std::string("Clinic")}}});
  world.write_layer("municipalities", GeometryKind::polygon, {"name"},
                    {{TinyWorld::box(1500, 0, 12000, 4000), {std::string("South")}},
                     {TinyWorld::box(1500, 4000, 12000, 8000), {std::string("North")}}});
  std::string layers;
  for (const char* role : {"services", "municipalities"}) {
    layers += fmt::format(
        "[[layers]]\nrole = \"{0}\"\nfile = \"{0}.fgb\"\nquality = \"synthetic\"\nsource = \"made "
        "by the test\"\nlicence = \"CC0\"\ndate = \"2026\"\n\n",
        role);
  }
  world.edit("[[entries]]", layers + "[[entries]]");
}

}  // namespace abatis::testing
