// The data in the page: plan.json (docs/reference/plan.schema.json) and the map's layers.
import type {FeatureCollection} from 'geojson';

export interface Triangle { min: number; mode: number; max: number; mean: number }
export interface Axis {
  id: string; name: string; entry: string; objective: string; weight: number; shown_case: number;
}
export interface Case {
  axis: number; mover: string; season: string; weight: number; speed: number;
  baseline_s: number | null; time_s: (number | null)[];
  grid: {before_s: number | null; after_s: number | null};
  network: {before_s: number | null; after_s: number | null};
}
export interface Measure {
  id: string; name: string; class: string; rule: string; unit: string;
  unit_cost_eur: Triangle; liability_eur_per_unit: Triangle;
  maintenance_share: number; lead_years: number; growth_years: number;
  symbol: string; colour: string; note: string; provenance: string;
  acts_provenance: string | null; stored: boolean;
  delays: {mover: string; season: string; delay_s: Triangle; provenance: string}[];
  site_delay_s: [number, number];
  first_year: number | null; last_year: number | null;
  farm_land_ha: number; earthwork_m3: number;
  candidates: number; bought: number; quantity: number;
  cost_eur: number; maintenance_eur: number; liability_eur: number;
  objective_without_s: number | null;
}
export interface Purchase {
  site: string; name: string; measure: string; year: number; acts_from: number | null;
  quantity: number; unit: string; cost_eur: number; maintenance_eur_per_year: number;
  liability_eur: number; cover: string | null; park: string | null;
  echelon: string | null; near: string;
  length_m: number; area_m2: number; delay_s: (number | null)[]; notes: string[];
  lonlat: [number, number] | null;
}
export interface Belt {
  echelon: string; distance_m: number; candidate_km: number; built_km: number; covered_km: number;
  mean_delay_s: number | null; effect: string;
}
export interface Park {
  site: string; name: string; opens: number | null; stored: number; late: number;
  crew_h: number; crew_h_held: number; loads: number; loads_held: number;
}
export interface Emplaced {
  site: string; measure: string; park: string; crew: number; place: number;
  alone_s: number | null; ready_s: number | null; needed_s: number | null; in_time: boolean;
}
export interface Decision {
  first: {site: string; name: string; measure: string};
  second: {site: string; name: string; measure: string};
  why: string; taken: 'neither' | 'first' | 'second';
}
export interface Quota {
  measure: string; at_least: number; unit: string; bought: number; met: boolean; provenance: string;
}
export interface MoneyYear {
  year: number; budget_eur: number; carried_eur: number; spent_eur: number;
  by_class: {class: string; purchase_eur: number; maintenance_eur: number}[];
}
export interface Earmark {
  class: string; rule: 'at_least' | 'at_most' | 'exactly'; amount_eur: number;
  tolerance_eur: number; spent_eur: number; met: boolean; provenance: string;
}
export interface InputFile {
  role: string; file: string; sha256: string;
  quality?: string; source?: string; licence?: string; date?: string;
}
export type TradeoffPoint = {label: string; level: number; found: false; why: string} & PointFigures
  | {label: string; level: number; found: true; why?: undefined} & PointFigures;
// Of points that were found.
interface PointFigures {
  status: string; objective_s: number; bound_s: number; baseline_s: number; gap: number;
  budget_eur: number; spent_eur: number; harm: number; harm_limit: number | null; grid_error: number;
  spent_by_class_eur: Record<string, number>;
  measures: {measure: string; bought: number; quantity: number; unit: string; cost_eur: number}[];
}
export interface Tradeoffs {
  harm_metric: string; harm_in: string | null; harm_unit: string;
  money: TradeoffPoint[]; harm: TradeoffPoint[]; earmarks: TradeoffPoint[];
  marginal: {year: number; class: string; seconds_per_meur: number}[];
  robust: {
    label: string; found: boolean; why?: string; status: string; baseline_s: number; plan_s: number;
    best_s: number; bound_s: number; regret_at_least_s: number; regret_at_most_s: number;
  }[];
}
export type Verdict = 'met' | 'not met' | 'not applicable' | 'not claimed';
export interface Law {
  no_legal_advice: string; on: string | null; first: string; last: string;
  data: {files: string[]; sha256: string};
  counts: {met: number; not_met: number; not_claimed: number; not_applicable: number};
  status: {
    treaty: string; name: string; state: string; in_force_first: boolean; in_force_last: boolean;
    since: string | null; until: string | null; words: string; source: string; provenance: string;
  }[];
  findings: {
    check: string; title: string; state: string | null; treaty: string | null; article: string | null;
    verdict: Verdict; evidence: string; mend: string | null; from: string; to: string;
    source: string | null; provenance: string; site_count: number; sites: string[];
  }[];
  commitments: {
    id: string; asked_by: string[]; text: string; verdict: Verdict; evidence: string; provenance: string;
    site_count: number; sites: string[];
  }[];
}
export interface Economy {
  state: string; price_year: number; provenance: string; life_years: number; life_provenance: string;
  years: {
    year: number; purchase_eur: number; maintenance_eur: number; constant_eur: number; index: number;
    current_eur: number; gdp_eur: number; defence_eur: number; share_of_gdp: number;
    share_of_defence: number; extrapolated: boolean; provenance: string;
  }[];
  purchase_eur: number; maintenance_eur: number; constant_eur: number; current_eur: number;
  rates: {currency: string; per_eur: number; date: string; plan_current: number; provenance: string}[];
  published_eur: number;
  split: {
    class: string; name: string; published_eur: number; published_share: number; plan_eur: number;
    plan_share: number;
  }[];
  whole_life: {
    purchases_eur: number; upkeep_eur: number; upkeep_after_eur: number; liability_eur: number;
    total_eur: number;
  };
}
interface SeenShare { once: number; twice: number; modalities: number }
interface SeenBy { day: SeenShare; night: SeenShare; fog: SeenShare }
export interface Watch {
  rules: {
    states: string[]; zone_depth_m: number; approach_m: number; flyer_mps: number; lane_altitude_m: number;
    confirm_s: number; disseminate_s: number; provenance: string;
  };
  border_m: number; places: number; candidates: number;
  objective: {value: number; bound: number; every_candidate: number; timed_out: boolean};
  sensors: {
    site: string; measure: string; name: string; modality: string; effector: boolean; near: string;
    bought: number; acts_from: number | null; cost_eur: number;
  }[];
  years: {
    year: number; value: number; bound: number; spent_eur: number; allowed_eur: number; acting: number;
    border: SeenBy;
    air: {altitude_m: number; radio: SeenBy; fibre: SeenShare; effectors: number; effectors_fibre: number}[];
    gaps_by_day_m: [number, number][]; longest_gap_m: number;
  }[];
  profile: {chainage_m: number[]; stretch: number[]; seeable: string; years: {year: number; day: string; night: string; fog: string}[]};
  lanes: {
    name: string; objective: boolean; population: number | null; border_m: number;
    clear_s: (number | null)[]; hard_s: (number | null)[];
  }[];
  corridors: {
    axis: string; mover: string; season: string; weight: number; approach_m: number; crossing_to_objective_s: number;
    seen_before_crossing_s: {day: number; night: number; fog: number}[];
  }[];
  readiness: {
    year: number; stored: number;
    orders: {order_before_crossing_s: number; ready_without: number; ready_with: number; hours_without: number; hours_with: number}[];
  }[] | null;
}
export interface ZoneRecord {
  zone: string; booked: 'proposed' | 'recorded' | 'changed' | 'dropped';
  status: string; since: string; by: string; number_counted: number | null; events: number;
  site: string; place: string; state: string; measure: string; type_class: string;
  number_planned: number; emplacing_method: string; life_time: string; marking: string;
  park: string; bought_in: number; crs: string; reference_points: [number, number][];
  perimeter: [number, number][]; middle: [number, number][];
  length_m: number; depth_m: number; perimeter_m: number; extent_ha: number; facing_deg: number;
}
export interface Records {
  kept: boolean; lines: number; head: string | null; fault: {line: number; why: string} | null;
  counts: {proposed: number; recorded: number; changed: number; dropped: number};
  zones: ZoneRecord[];
}
export interface Plan {
  format: string; marking: string;
  program: {name: string; version: string};
  scenario: {
    id: string; title: string; description: string; seed: number; first_year: number;
    years: number; crs: string; cell_m: number; rows: number; cols: number; price_year: number;
    friendly: string[]; adversary: string[];
  };
  result: {
    status: string; objective_s: number; bound_s: number; baseline_s: number;
    root_bound_s: number; gap: number; delay_gap: number; asked_gap: number;
    nodes: number; cuts: number; rounds: number;
  };
  words: string[];
  axes: Axis[];
  speeds: {mover: string; season: string; unknown_cells: number}[];
  cases: Case[];
  mean_before_s: number; mean_after_s: number;
  echelons: {id: string; name: string; from_m: number; to_m: number; provenance: string}[];
  candidates: number;
  measures: Measure[];
  purchases: Purchase[];
  money: {
    price_year: number; carry_over: number; discount_rate: number; liability_share: number;
    budget_eur: number; purchases_eur: number; maintenance_eur: number; liability_eur: number;
    provenance: string; years: MoneyYear[]; earmarks: Earmark[];
  };
  belts: Belt[];
  parks: Park[];
  readiness: {
    warning_s: Triangle; provenance: string;
    at_mean_warning: Emplaced[]; at_least_warning: Emplaced[];
  };
  decisions: Decision[];
  quotas: Quota[];
  routes: {
    id: string; name: string; mover: string; season: string; today_s: number | null;
    with_plan_s: number | null; at_most_s: number | null; provenance: string;
  }[];
  limits: {limit: string; per_meur_s: number | null; per_unit_s: number | null; binding: boolean}[];
  tradeoffs: Tradeoffs | null;
  watch: Watch | null;
  law: Law | null;
  records: Records | null;
  economy: Economy | null;
  network_error: {
    plans: number; worst: number; mean: number; worst_case: string; refinements: number;
    worst_of_this_plan: number; tolerance: number;
  };
  people: {
    within_1km: number; within_5km: number; settlements_within_5km: number;
    settlements_without_population: number;
  };
  civil: Civil;
  terrain_notes: {layer: string; text: string; cells: number}[];
  inputs: InputFile[];
  unverified: {entries: number; unverified: number};
  caveats: string[];
  not_assessed: string[];
}
// docs/reference/civil.schema.json
export interface PeopleNear {
  within_1km: number; within_5km: number;
  settlements_without_population_1km: number; settlements_without_population_5km: number;
  presumed_there_1km: number; presumed_there_5km: number;
}
export interface Spread { p10: number; p50: number; p90: number; mean: number }
export interface AccessChange {
  households_delayed: number; households_cut_off: number;
  settlements_delayed: number; settlements_cut_off: number; longest_delay_s: number | null;
}
export const kServices = ['clinic', 'school', 'shelter', 'crossing'] as const;
export type Service = (typeof kServices)[number];
export type AccessRow = AccessChange & Record<Service, AccessChange>;
export interface CivilTotals {
  land_ha: number; land: {use: string; ha: number}[];
  margin_eur_per_year: number; land_without_margin_ha: number;
  people_near_any_site: PeopleNear; people_near_mined_zones: PeopleNear;
  people_near_measure: (PeopleNear & {measure: string})[];
  mined_ha: number; person_years: number; clearance_eur: Spread; clearance_years: number;
  inspections: number; purchase_eur: number; maintenance_eur: number; liability_eur: number;
  access: {
    settlements_without_road: number; settlements_without_service_today: number;
    built: AccessRow; with_stored: AccessRow;
  } | null;
}
export interface CivilYear {
  year: number; land_ha: number; margin_eur: number; mined_ha: number; people_1km: number;
  person_years: number; cleared_ha: number; clearance_eur: Spread; inspections: number;
  purchase_eur: number; maintenance_eur: number;
}
export interface Civil {
  by: string; population: number; settlements: number; settlements_without_population: number;
  mined_zones: number; mined_zones_stored: number;
  figures: {
    clearance_eur_per_m2: {min: number; mode: number; max: number}; clearance_provenance: string;
    clearance_ha_per_year: number; clearance_capacity_provenance: string;
    inspection_years: number; inspection_provenance: string;
    access: {
      mover: string; season: string; delayed_s: number; to_road_m: number; household: number;
      provenance: string;
    } | null;
  };
  land_uses: {use: string; name: string; margin_eur_per_ha: number | null; provenance: string | null}[];
  plan: CivilTotals;
  districts: (CivilTotals & {name: string})[];
  years: CivilYear[];
  services: (Record<Service, number> & {off_road: number}) | null;
  evacuation: Evacuation | null;
}
export interface LeavingTotals {
  people: number; settlements: number; settlements_without_population: number; presumed_there: number;
  people_cut_off: number; settlements_cut_off: number; settlements_without_population_cut_off: number;
  presumed_there_cut_off: number;
  longest_way_s: number | null; at_least_s: number | null; at_most_s: number | null; undirected_s: number | null;
  bound_by: string | null;
}
export const kLeavingWhen = ['nothing_built', 'orders_wait', 'orders_first'] as const;
export type LeavingWhen = (typeof kLeavingWhen)[number];
export interface Evacuation {
  rules: {
    within_m: number; safe_m: number; zone_provenance: string; people_per_vehicle: number;
    traffic_provenance: string; presumed_provenance: string; mover: string; season: string;
  };
  people: number; settlements: number; settlements_without_population: number; presumed_there: number;
  settlements_without_road: number; settlements_without_way: number; people_without_way: number;
  roads_without_capacity: number;
  away: Record<LeavingWhen, LeavingTotals>; shelter: Record<LeavingWhen, LeavingTotals> | null;
  bottlenecks: {
    when: LeavingWhen; class: string; ref: string; length_m: number; capacity_per_h: number;
    vehicles: number; wait_s: number | null; relief_s_per_100_vehicles_per_h: number;
  }[];
  orders: {
    site: string; measure: string; kind: 'stored' | 'in_place'; settlements: string[];
    people: number; settlements_without_population: number; presumed_there: number; not_before_s: number;
    settlements_only_way: number; people_only_way: number; longest_detour_s: number;
    work_s: number; stands_s: number; needed_s: number | null; impossible: boolean;
  }[];
  orders_that_wait_for_nobody: number;
}
export interface Candidate {
  id: string; name: string; near: string;
  options: {
    measure: string; cover: string; park: string; quantity: number; cost: number; delay: number[];
  }[];
}
export interface Overlay {
  axis: number; case: number; image: string; bounds: [number, number, number, number];
  stops: {value_s: number; rgba: [number, number, number, number]; label: string}[];
}
export interface MapData {
  bounds: [number, number, number, number];
  land: FeatureCollection; water: FeatureCollection; rivers: FeatureCollection;
  roads: FeatureCollection; places: FeatureCollection; border: FeatureCollection;
  echelons: FeatureCollection; paths: FeatureCollection; objectives: FeatureCollection;
  sites: {lines: FeatureCollection; blocks: FeatureCollection; points: FeatureCollection};
  candidates: Candidate[];
  overlays: Overlay[];
}
export interface RoadSums { km: number; vehicle_km_per_h: number; person_km: number }
export interface ScreenCase {
  viewer: string; viewer_name: string; height_m: number; range_m: number; depth_m: number; placed: number;
  target: string; target_name: string; target_height_m: number; seen: RoadSums;
}
// screen.json (docs/reference/screen.schema.json) without its stretches, and the roads drawn.
export interface Screening {
  zone_m: number; viewer_spacing_m: number; rows_of: string; roads: RoadSums;
  cases: ScreenCase[]; judged: number;
  years: {year: number; leaf: RoadSums[]; bare: RoadSums[]}[];
  all_rows: {leaf: RoadSums[]; bare: RoadSums[]};
  choice: {
    metric: string; unit: string; leaves: string; plant: number; by_year: number; limit: number;
    limit_unit: string; cost: number; hidden: number; bound: number; all_candidates: number; sites: string[];
  } | null;
  rows: {
    site: string; near: string; km: number; planted: number | null; chosen: boolean;
    hidden_by_year_leaf: RoadSums[]; hidden_by_left: RoadSums; hidden_by_right: RoadSums;
  }[];
  felling_conflicts: {row: string; site: string; why: string}[];
  sensors: {name: string; seen_km2: number; hidden_km2: number; rows: {row: string; hidden_km2: number}[]}[];
  drawn: {
    roads: {id: string; line: number[]; rank: number; now: number; leaf?: number[]; bare?: number[]}[];
    rows: {site: string; line: number[]; planted: number}[];
    border: number[][];
  };
}
export interface Payload { plan: Plan; map: MapData; watch_map?: string; screening?: Screening }
