#include "abatis/gap/gap.hpp"

#include <algorithm>

#include "abatis/base/parallel.hpp"
#include "abatis/roads/road_graph.hpp"
#include "ground.hpp"
#include "meeting.hpp"
#include "narrowest.hpp"
#include "own_routes.hpp"

namespace abatis {
namespace {

using namespace gap_detail;

// Bytes a task may hold per cell: times and predecessors of each entry, queue and marks, and the
// work of finding the cuts.
constexpr double kBytesPerCellAndEntry = 12;
constexpr double kBytesPerCell = 40;
constexpr double kFieldMemory = 1.5 * 1024 * 1024 * 1024;

// One speed under one set of delays. Years in which a mover meets the same delays share a task.
struct Task {
  int speed = 0;
  std::size_t state = 0;            // the first with these delays
  std::vector<std::size_t> states;  // all of them
  bool maps = false;
  GapCase result;
};

std::vector<Task> tasks_of(const GapInput& input) {
  std::vector<Task> tasks;
  const std::size_t last = input.states.size() - 1;
  for (int k = 0; k < static_cast<int>(input.mobility.speeds.size()); ++k) {
    for (std::size_t s = 0; s < input.states.size(); ++s) {
      const auto& delays = input.states[s].delay_s[static_cast<std::size_t>(k)];
      auto task = std::find_if(tasks.begin(), tasks.end(), [&](const Task& t) {
        return t.speed == k && input.states[t.state].delay_s[static_cast<std::size_t>(k)] == delays;
      });
      if (task == tasks.end()) task = tasks.insert(task, Task{.speed = k, .state = s});
      task->states.push_back(s);
      task->maps = task->maps || s == 0 || s == last;
    }
  }
  return tasks;
}

double area_of(const GapGround& ground) {
  const auto cells = ground.half.values.end() - ground.half.values.begin() -
                     std::count(ground.half.values.begin(), ground.half.values.end(), 0);
  return static_cast<double>(cells) * ground.half.grid.cell * ground.half.grid.cell;
}

Result<std::vector<std::vector<Cell>>> cells_of_entries(const GapInput& input,
                                                        const LandBridge& gap) {
  std::vector<std::vector<Cell>> cells;
  for (const int e : gap.entries) {
    ABATIS_TRY(auto one, entry_cells(input.scenario, input.terrain,
                                     input.scenario.entries[static_cast<std::size_t>(e)]));
    cells.push_back(std::move(one));
  }
  return cells;
}

}  // namespace

Result<Gap> compute_gap(const GapInput& input, int gap, int threads, Monitor& monitor) {
  const LandBridge& bridge = input.scenario.gaps[static_cast<std::size_t>(gap)];
  ABATIS_TRY(const auto entries, cells_of_entries(input, bridge));
  monitor.begin("gap: ground and own routes", 4, "steps");
  Gap out;
  out.gap = gap;
  const GapGround ground = make_ground(input.scenario, input.terrain, bridge);
  out.window = window_of(ground);
  out.ground_m2 = area_of(ground);
  monitor.advance(1);
  out.straight = narrowest_straight(ground);
  monitor.advance(1);
  out.overland = narrowest_overland(input.terrain, ground);
  monitor.advance(1);
  RoadGraph roads;
  if (ground.no_routes.empty()) {
    roads = make_road_graph(input.scenario.catalogue, input.terrain.roads,
                            {ground.half, ground.hinterland});
  }
  out.own = own_routes(input.scenario, input.terrain, ground, roads);
  monitor.advance(1);

  std::vector<Task> tasks = tasks_of(input);
  const MeetingInput common{input, bridge, ground, roads, entries, out.window};
  const double bytes =
      (kBytesPerCell + kBytesPerCellAndEntry * static_cast<double>(entries.size())) *
      static_cast<double>(input.terrain.grid.size());
  const int fitting = std::max(1, static_cast<int>(kFieldMemory / std::max(1.0, bytes)));
  monitor.begin("gap: times from either side", static_cast<std::int64_t>(tasks.size()), "cases");
  parallel_for(tasks.size(), std::min(thread_count(threads), fitting), [&](std::size_t i) {
    if (monitor.stop_requested()) return;
    Task& task = tasks[i];
    const auto& delays = input.states[task.state].delay_s[static_cast<std::size_t>(task.speed)];
    task.result = meet(common, task.speed, delays, task.maps);
    monitor.advance(1);
  });
  if (monitor.stop_requested()) {
    return fail(ErrorCode::interrupted, "stopped while measuring a gap");
  }
  const std::size_t speeds = input.mobility.speeds.size();
  out.cases.resize(input.states.size() * speeds);
  for (const Task& task : tasks) {
    for (const std::size_t s : task.states) {
      GapCase& one = out.cases[s * speeds + static_cast<std::size_t>(task.speed)];
      one = task.result;
      one.state = static_cast<int>(s);
      if (s == 0 || s + 1 == input.states.size()) continue;
      one.first_s = one.both_s = {};
    }
  }
  return out;
}

}  // namespace abatis
