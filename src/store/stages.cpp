#include "abatis/store/stages.hpp"

#include "fields.hpp"

namespace abatis {
namespace {

// Hash over named parts: the order of the calls is the order of the stages.
class Key {
 public:
  Key(std::string_view stage, std::string_view before) {
    hasher_.text(stage);
    hasher_.text(before);
  }
  template <class T>
  Key& with(const T& part) {
    store::Digest digest(hasher_);
    T copy = part;  // descriptions are written for reading too, and take a mutable value
    digest(copy);
    return *this;
  }
  std::string hex() { return hasher_.hex(); }

 private:
  Hasher hasher_;
};

bool is_catalogue(const InputFile& input) {
  return input.role.starts_with("catalogue");
}
bool is_layer(const InputFile& input) {
  return input.role.starts_with("layer");
}

// Only what the file holds counts, not where it lies.
std::vector<std::string> hashes(const Scenario& scenario, bool (*wanted)(const InputFile&)) {
  std::vector<std::string> list;
  for (const auto& input : scenario.inputs) {
    if (wanted(input)) {
      list.push_back(input.role);
      list.push_back(input.sha256);
    }
  }
  return list;
}

// Of [screening] what says which roads are seen; not which rows are wanted.
ScreeningRules far_looks(ScreeningRules rules) {
  rules.choice = {};
  rules.sensors.clear();
  return rules;
}

}  // namespace

template <class T>
std::string to_bytes(const T& value) {
  std::string bytes;
  store::Writer writer(bytes);
  // Writing reads the value only; the shared description takes it mutable.
  writer(const_cast<T&>(value));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  return bytes;
}

template <class T>
std::optional<T> from_bytes(std::string_view bytes) {
  try {
    T value;
    store::Reader reader(bytes);
    reader(value);
    if (!reader.at_end()) return std::nullopt;
    return value;
  } catch (const store::ArchiveDamaged&) {
    return std::nullopt;  // the stage is built again
  }
}

template std::string to_bytes(const Terrain&);
template std::string to_bytes(const Mobility&);
template std::string to_bytes(const SiteSet&);
template std::string to_bytes(const Watch&);
template std::string to_bytes(const Network&);
template std::string to_bytes(const PlannedNetwork&);
template std::string to_bytes(const Tradeoffs&);
template std::string to_bytes(const ChosenRows&);
template std::optional<Terrain> from_bytes(std::string_view);
template std::optional<Mobility> from_bytes(std::string_view);
template std::optional<SiteSet> from_bytes(std::string_view);
template std::optional<Watch> from_bytes(std::string_view);
template std::optional<Network> from_bytes(std::string_view);
template std::optional<PlannedNetwork> from_bytes(std::string_view);
template std::optional<Tradeoffs> from_bytes(std::string_view);
template std::optional<ChosenRows> from_bytes(std::string_view);

StageKeys stage_keys(const Scenario& scenario, std::string_view program, int combine) {
  StageKeys keys;
  std::vector<std::string> attributes;
  for (const auto& layer : scenario.layers) {
    attributes.push_back(layer.table);
    attributes.push_back(layer.attribute);
  }
  keys.terrain = Key("terrain", program)
                     .with(hashes(scenario, is_catalogue))
                     .with(hashes(scenario, is_layer))
                     .with(attributes)
                     .with(scenario.grid)
                     .with(scenario.friendly)
                     .with(scenario.adversary)
                     .with(scenario.terrain)
                     .hex();
  keys.mobility = Key("mobility", keys.terrain)
                      .with(scenario.movers)
                      .with(scenario.seasons)
                      .with(combine)
                      .hex();
  keys.travel = Key("travel", keys.mobility)
                    .with(scenario.entries)
                    .with(scenario.objectives)
                    .with(scenario.axes)
                    .with(scenario.cases)
                    .hex();
  keys.sites = Key("sites", keys.travel)
                   .with(scenario.echelons)
                   .with(scenario.measures)
                   .with(scenario.sites)
                   .with(scenario.warning)
                   .with(scenario.upgrades)
                   .with(scenario.standoffs)
                   .with(scenario.gates)
                   .with(scenario.routes)
                   .with(far_looks(scenario.screening))
                   .with(scenario.years)
                   .hex();
  // Money and its earmarks say which sensors can be had, and when.
  const bool watched = scenario.surveillance.given;
  keys.watch = Key("watch", keys.sites)
                   .with(scenario.surveillance)
                   .with(watched ? scenario.money : Money{})
                   .with(watched ? scenario.earmarks : std::vector<Earmark>{})
                   .with(watched ? scenario.plan.year_weights : std::vector<double>{})
                   .hex();
  keys.network = Key("network", keys.watch)
                     .with(scenario.network)
                     .with(scenario.routes)
                     .with(scenario.seed)
                     .hex();
  PlanRules rules = scenario.plan;
  rules.gap = rules.time_limit_s = 0;
  rules.node_limit = 0;
  keys.plan = Key("plan", keys.network)
                  .with(scenario.money)
                  .with(scenario.earmarks)
                  .with(scenario.quotas)
                  .with(scenario.decisions)
                  .with(scenario.screening.choice.asked ? scenario.screening : ScreeningRules{})
                  .with(scenario.harm_limits)
                  .with(scenario.capacities)
                  .with(scenario.first_year)
                  .with(rules)
                  .hex();
  keys.tradeoffs = Key("tradeoffs", keys.plan).with(scenario.tradeoffs).hex();
  keys.report = Key("report", keys.tradeoffs)
                    .with(scenario.title)
                    .with(scenario.description)
                    .with(scenario.caveats)
                    .with(scenario.layers)
                    .with(scenario.first_year)
                    .with(scenario.screening)
                    .hex();
  // What a gap is held against beside this (a plan) is hashed by the stage itself.
  keys.gap = Key("gap", keys.mobility)
                 .with(scenario.entries)
                 .with(scenario.gaps)
                 .with(scenario.layers)
                 .with(scenario.caveats)
                 .hex();
  // What stands in the plan that screening is held against is hashed by the stage itself.
  keys.screen = Key("screen", keys.sites)
                    .with(scenario.screening)
                    .with(scenario.decisions)
                    .with(scenario.first_year)
                    .with(scenario.layers)
                    .with(scenario.caveats)
                    .hex();
  return keys;
}

}  // namespace abatis
