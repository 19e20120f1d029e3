// Early warning: who sees the border, by year, and what warning that gives.
import {borderStrip} from '../charts/strip';
import {h} from '../dom';
import {count, decimal, duration, money, percent, plain} from '../format';
import type {Plan, Watch} from '../types';
import {table} from './table';

const share = (s: number): string => `${count(100 * s)}\u00a0%`;

function lead(w: Watch): HTMLElement {
  const o = w.objective;
  return h('div', {},
    h('p', {}, `${count(w.sensors.length)} sensors and effectors, chosen from ${count(w.candidates)} candidates at ` +
      `${count(w.places)} places, watch ${decimal(w.border_m / 1000)} km of land border of ${w.rules.states.join(', ')}. ` +
      `Line of sight is exact on ground and trees. They were chosen by what they cover, before the plan, which pays ` +
      `for them from the same yearly money. Over the years they reach ${percent(o.value)} of what there is to cover; ` +
      `proven: no choice within the money reaches more than ${percent(o.bound)}` +
      `${o.timed_out ? ' (the proof of some year was stopped by time)' : ''}. All candidates together would reach ${percent(o.every_candidate)} in a year.`),
    h('p', {}, 'Coverage by range and sight only. Effectors sense nothing here. What they see is counted; nobody is identified.'));
}

function bought(w: Watch): HTMLElement {
  const kinds = new Map<string, {name: string; n: number; first: number; last: number; eur: number}>();
  for (const s of w.sensors) {
    const k = kinds.get(s.measure) ?? {name: s.name, n: 0, first: s.bought, last: s.bought, eur: 0};
    k.n += 1;
    k.first = Math.min(k.first, s.bought);
    k.last = Math.max(k.last, s.bought);
    k.eur += s.cost_eur;
    kinds.set(s.measure, k);
  }
  return table('watch-kinds', 'Sensors bought',
    [['Sensor or effector', false], ['Bought', true], ['In the years', true], ['Purchase', true]],
    [...kinds.values()].map((k) => [k.name, count(k.n), k.first === k.last ? String(k.first) : `${k.first}–${k.last}`,
                                    money(k.eur)]));
}

function borderTable(w: Watch): HTMLElement {
  return table('watch-border', 'Border seen by year',
    [['Year', false], ['Acting', true], ['By day: one', true], ['two', true], ['two kinds', true], ['By night: one', true],
     ['two', true], ['In fog: one', true], ['two', true], ['Longest gap', true], ['Spent', true], ['Objective', true], ['Bound', true]],
    w.years.map((y) => [String(y.year), count(y.acting), share(y.border.day.once), share(y.border.day.twice),
      share(y.border.day.modalities), share(y.border.night.once), share(y.border.night.twice), share(y.border.fog.once),
      share(y.border.fog.twice), `${decimal(y.longest_gap_m / 1000)} km`, money(y.spent_eur), percent(y.value), percent(y.bound)]));
}

function airTable(w: Watch): HTMLElement {
  const last = w.years[w.years.length - 1]!;
  return table('watch-air', 'Low flyers by altitude',
    [['Altitude', false], ['By day: one', true], ['two kinds', true], ['In fog: one', true], ['On a fibre', true],
     ['Effectors reach', true], ['on a fibre', true]],
    last.air.map((a) => [`${count(a.altitude_m)} m`, share(a.radio.day.once), share(a.radio.day.modalities),
      share(a.radio.fog.once), share(a.fibre.once), share(a.effectors), share(a.effectors_fibre)]));
}

const warned = (s: number | null): string => (s === null ? 'no lane' : s <= 0 ? 'none' : duration(s));

function lanes(w: Watch): HTMLElement {
  const last = w.years.length - 1;
  const row = (l: Watch['lanes'][number]): string[] => [l.name + (l.objective ? ' (objective)' : ''),
    l.population === null ? '–' : count(l.population), `${decimal(l.border_m / 1000)} km`, warned(l.clear_s[0] ?? null),
    warned(l.clear_s[last] ?? null), warned(l.hard_s[last] ?? null)];
  const shown = w.lanes.slice(0, 25);
  return h('div', {}, h('h3', {}, 'Warning of low flyers'),
    h('p', {}, `On the lane that is seen last, at ${count(w.rules.lane_altitude_m)} m and ${count(w.rules.flyer_mps * 3.6)} km/h, ` +
      `begun ${decimal(w.rules.approach_m / 1000)} km behind the border; less ${duration(w.rules.confirm_s)} to confirm and ` +
      `${duration(w.rules.disseminate_s)} to tell. Hard: in fog, on a fibre.` +
      (w.lanes.length > shown.length ? ` The largest ${shown.length} of ${count(w.lanes.length)} places; all are in watch.json.` : '')),
    table('watch-lanes', 'Warning of low flyers',
      [['Place', false], ['People', true], ['From the border', true], [`In ${w.years[0]!.year}`, true],
       [`In ${w.years[last]!.year}`, true], ['hard', true]], shown.map(row)));
}

function corridors(w: Watch): HTMLElement {
  const seen = (s: number, crossing: number): string =>
    (s <= -crossing ? 'not seen' : s < 0 ? `${duration(-s)} after` : `${duration(s)} before`);
  return h('div', {}, h('h3', {}, 'Movers on their least-time ways'),
    h('p', {}, 'When they are first seen, against the moment of crossing, in the last year.'),
    table('watch-corridors', 'Movers first seen', [['Axis', false], ['Mover and season', false], ['By day', true],
                                                  ['By night', true], ['In fog', true]],
      w.corridors.map((c) => {
        const s = c.seen_before_crossing_s[c.seen_before_crossing_s.length - 1]!;
        const at = c.crossing_to_objective_s;
        return [c.axis, `${c.mover}, ${c.season}`, seen(s.day, at), seen(s.night, at), seen(s.fog, at)];
      })));
}

function readiness(w: Watch): HTMLElement | string {
  if (!w.readiness) return '';
  const last = w.readiness[w.readiness.length - 1]!;
  if (last.stored === 0) return '';
  return h('div', {}, h('h3', {}, 'What it is worth in obstacles emplaced'),
    h('p', {}, `Of ${count(last.stored)} stored obstacles in ${last.year}, those that stand in time, and the hours of delay in ` +
      'them, by when the order goes out on other grounds. With sensors it goes out on what they see, if that is earlier; ' +
      'mean over cases, day, night and fog.'),
    table('watch-ready', 'Stored obstacles ready',
      [['Order before the crossing', false], ['Ready without', true], ['with', true], ['Hours without', true], ['with', true]],
      last.orders.map((o) => [o.order_before_crossing_s === 0 ? 'at the crossing' : duration(o.order_before_crossing_s),
        decimal(o.ready_without), decimal(o.ready_with), decimal(o.hours_without), decimal(o.hours_with)])),
    table('watch-ready-years', 'Stored obstacles ready by year, order at the crossing',
      [['Year, order at the crossing', false], ['Stored', true], ['Ready without', true], ['with', true], ['Hours without', true], ['with', true]],
      w.readiness.map((y) => [String(y.year), count(y.stored), decimal(y.orders[0]!.ready_without), decimal(y.orders[0]!.ready_with),
                              decimal(y.orders[0]!.hours_without), decimal(y.orders[0]!.hours_with)])));
}

// The picture is made by the program; as an image nothing in it can run.
function map(picture: string | undefined, year: number): HTMLElement | string {
  if (!picture) return '';
  return h('figure', {}, h('figcaption', {}, h('strong', {}, `Who sees what in ${year}`)),
    h('img', {class: 'watch-map', alt: 'Map of the border with sensors and what they see',
              src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture)}`}));
}

export function watch(plan: Plan, picture?: string): HTMLElement {
  const w = plan.watch;
  if (!w) return h('p', {}, 'The scenario asks for no early warning.');
  return h('div', {}, lead(w), bought(w), map(picture, w.years[w.years.length - 1]!.year),
    h('h3', {}, 'The border as a strip'), borderStrip(w), borderTable(w),
    h('h3', {}, `Low flyers over the zone in ${w.years[w.years.length - 1]!.year}`),
    h('p', {}, `Share of points as far as ${decimal(w.rules.zone_depth_m / 1000)} km on either side of the border, at heights over ` +
      'ground or trees; of effectors, of one’s own side.'),
    airTable(w), lanes(w), corridors(w), readiness(w),
    h('p', {class: 'faint'}, `${plain(w.rules.provenance)}.`));
}
