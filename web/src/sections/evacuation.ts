// Leaving the border zone by road: how soon, past what, and which orders wait for whom.
import {h} from '../dom';
import {count, decimal, duration, plain} from '../format';
import {kLeavingWhen} from '../types';
import type {Evacuation, LeavingTotals, LeavingWhen, Plan} from '../types';
import {table} from './table';

const kWhen: Record<LeavingWhen, string> = {
  nothing_built: 'nothing built', orders_wait: 'the plan, while orders wait', orders_first: 'the plan, after all orders'};
const kMostRoads = 12;

const people = (n: number, presumed: number): string => (presumed > 0 ? `${count(n)} (+${count(presumed)})` : count(n));
const time = (s: number | null): string => (s === null || s <= 0 ? '\u2013' : duration(s));

function row(label: string, t: LeavingTotals): string[] {
  return [label, people(t.people, t.presumed_there), time(t.longest_way_s), time(t.at_least_s),
          time(t.at_most_s), time(t.undirected_s), people(t.people_cut_off, t.presumed_there_cut_off)];
}

function times(e: Evacuation): HTMLElement {
  const rows = kLeavingWhen.map((w) => row(`Away: ${kWhen[w]}`, e.away[w]));
  const shelter = e.shelter;
  if (shelter) rows.push(...kLeavingWhen.map((w) => row(`Shelter or away: ${kWhen[w]}`, shelter[w])));
  return table('evacuation-times', 'How soon the zone is clear',
    [['Where to, under what', false], ['People with a way', true], ['Longest way, empty roads', true],
     ['Not sooner than', true], ['Soon enough, directed', true], ['Undirected', true], ['Cut off', true]], rows);
}

function roads(e: Evacuation): HTMLElement | string {
  const held = e.bottlenecks.filter((b) => b.when === 'orders_wait');
  if (held.length === 0) return h('p', {}, 'No road holds anybody up for a minute while orders wait.');
  return h('div', {},
    h('p', {}, `Roads that hold people up while orders wait${held.length > kMostRoads ? `, the ${kMostRoads} worst of ${count(held.length)}` : ''}; ` +
      'evacuation.gpkg has them as lines. “Relief”: what 100 vehicles an hour more would take off the bound, at first; a dash is a queue off the cut that proves it.'),
    table('evacuation-roads', 'Bottlenecks',
      [['Road', false], ['Class', false], ['Vehicles an hour', true], ['Vehicles', true], ['Longest wait', true], ['Relief', true]],
      held.slice(0, kMostRoads).map((b) => [b.ref || 'without a number', plain(b.class), count(b.capacity_per_h), count(b.vehicles),
        time(b.wait_s), b.relief_s_per_100_vehicles_per_h > 0 ? duration(b.relief_s_per_100_vehicles_per_h) : '\u2013'])));
}

function orders(plan: Plan, e: Evacuation): HTMLElement {
  const name = (id: string) => plan.measures.find((m) => m.id === id)?.name ?? plain(id);
  const who = (o: Evacuation['orders'][number]): string =>
    o.settlements.length <= 3 ? o.settlements.join(', ') : `${o.settlements.slice(0, 2).join(', ')} and ${count(o.settlements.length - 2)} more`;
  const free = `${count(e.orders_that_wait_for_nobody)} orders close no road that somebody leaves by.`;
  if (e.orders.length === 0) return h('p', {}, `No order has to wait. ${free}`);
  return h('div', {},
    h('p', {}, `An order stands here if it closes a road that somebody leaves by. It must wait, after the order to leave, until the last of them has passed. ${free} ` +
      '“Too late”: it would then stand only after the first mover is there, by the mean warning, if both orders come together.'),
    h('details', {}, h('summary', {}, `The ${count(e.orders.length)} orders that wait, ` +
        `${count(e.orders.filter((o) => o.impossible).length)} of them too late`),
    table('evacuation-orders', 'Orders that wait',
      [['Site', false], ['Measure', false], ['Not before', true], ['Waits for', false], ['People', true], ['Without another way', true],
       ['Stands after', true], ['Needed after', true], ['', false]],
      e.orders.map((o) => [o.site, name(o.measure), time(o.not_before_s), who(o), people(o.people, o.presumed_there),
        o.settlements_only_way > 0 ? `${count(o.people_only_way)} in ${count(o.settlements_only_way)}` : '\u2013', time(o.stands_s), time(o.needed_s),
        o.impossible ? 'too late' : '']))));
}

export function evacuation(plan: Plan): HTMLElement {
  const e = plan.civil.evacuation;
  if (!e) return h('div', {}, h('h3', {}, 'Leaving by road'), h('p', {}, 'Not assessed.'));
  const r = e.rules;
  const lead = h('p', {}, `${count(e.people)} people on record and about ${count(e.presumed_there)} presumed, in ${count(e.settlements)} settlements within ` +
    `${decimal(r.within_m / 1000)} km of the border leave by ${r.mover.toLowerCase()}, ${decimal(r.people_per_vehicle)} people each, until ` +
    `the border is ${decimal(r.safe_m / 1000)} km away. In brackets are people presumed in the ${count(e.settlements_without_population)} settlements without a population on record; the traffic counts them. ` +
    'Not sooner than: no schedule does it, for any choice of roads. Soon enough: everybody is told when to set out and by which ways, and nobody queues. Undirected: all set out at once, each by the road that is quickest when empty, queues included; orders and waits below are by these. ' +
    (e.settlements_without_road + e.settlements_without_way > 0
      ? `${count(e.settlements_without_road)} settlements have no road, ${count(e.settlements_without_way)} no way by road even today. ` : ''));
  return h('div', {}, h('h3', {}, 'Leaving by road'), lead, times(e), roads(e), orders(plan, e),
    h('details', {}, h('summary', {}, 'Figures this is reckoned by'), h('ul', {},
      h('li', {}, `Zone: ${r.zone_provenance}.`), h('li', {}, `People in a vehicle: ${r.traffic_provenance}.`),
      h('li', {}, `People presumed: ${r.presumed_provenance}.`))));
}
