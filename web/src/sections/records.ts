// Records of mined zones: what is due for each, what is on record, and whether that still stands.
import {h} from '../dom';
import {count, decimal, plain} from '../format';
import type {Plan, Records, ZoneRecord} from '../types';
import {table} from './table';

const kCompass = ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'];
const towards = (degrees: number): string => kCompass[Math.round(degrees / 45) % 8]!;
const metres = (value: number): string => `${count(value)}\u00a0m`;
const point = (p: [number, number]): string => `${p[0].toFixed(0)}\u00a0E ${p[1].toFixed(0)}\u00a0N`;

function standing(r: Records): HTMLElement {
  if (r.fault) {
    return h('p', {class: 'warning', role: 'note'}, h('b', {}, 'The records do not stand. '),
      `Line ${r.fault.line} of records/records.jsonl: ${r.fault.why}. Nothing on record is believed here; the zones `
      + 'below are as the plan proposes them. Compare the file with a copy.');
  }
  const c = r.counts;
  if (!r.kept) {
    return h('p', {}, `Nothing is on record yet: the ${count(c.proposed)} zones below are what the plan proposes. `,
      h('code', {}, 'abatis records init'), ' begins their records, ', h('code', {}, 'abatis records append'),
      ' adds what happens to them.');
  }
  const parts = [
    `${count(c.recorded)} on record as the plan has them`,
    c.changed ? `${count(c.changed)} on record otherwise than the plan has them now` : '',
    c.proposed ? `${count(c.proposed)} proposed and not on record` : '',
    c.dropped ? `${count(c.dropped)} on record and no longer in the plan` : '',
  ].filter(Boolean).join('; ');
  return h('p', {}, `Of the zones below: ${parts}. records/records.jsonl holds ${count(r.lines)} lines, each sealed with `
    + 'the hash of the one before; none was changed. Hash of the last: ', h('code', {class: 'hash'}, r.head ?? ''), '.');
}

const kBooked = {proposed: 'nothing on record', recorded: '', changed: 'the plan has it otherwise now',
                 dropped: 'not in the plan any more'};

function life(z: ZoneRecord, kept: boolean): HTMLElement {
  const when = z.booked === 'proposed' ? `for ${z.bought_in}` : `${z.since}, by ${z.by}`;
  const note = kept ? kBooked[z.booked] : '';
  return h('div', {}, h('b', {}, plain(z.status)), ` ${when}`, note ? h('div', {class: 'small'}, note) : '');
}

const zone = (z: ZoneRecord): HTMLElement =>
  h('div', {}, h('span', {class: 'whole'}, z.zone), h('div', {class: 'small'}, z.place));

function number(z: ZoneRecord): HTMLElement {
  return h('div', {}, `about ${count(z.number_planned)}`,
    z.number_counted === null ? '' : h('div', {class: 'small'}, `${count(z.number_counted)} counted`));
}

function shape(z: ZoneRecord): HTMLElement {
  return h('div', {}, `${decimal(z.extent_ha)}\u00a0ha: ${metres(z.length_m)} × ${metres(z.depth_m)}, facing ${towards(z.facing_deg)}`,
    h('details', {class: 'small'}, h('summary', {}, `perimeter ${metres(z.perimeter_m)}`),
      z.perimeter.map(point).join('; ')));
}

// What all zones share is said once; a column is for what differs.
function shared(zones: ZoneRecord[]): HTMLElement {
  const kinds = new Map<string, number>();
  for (const z of zones) {
    const text = `${plain(z.type_class)}, emplaced ${z.emplacing_method}; ${z.marking}; life time: ${z.life_time || 'not stated'}`;
    kinds.set(text, (kinds.get(text) ?? 0) + 1);
  }
  return h('ul', {}, ...[...kinds].map(([text, n]) => h('li', {}, `${count(n)} ${n === 1 ? 'zone' : 'zones'}: ${text}.`)));
}

export function records(plan: Plan): HTMLElement {
  const r = plan.records;
  if (!r) return h('p', {}, 'Not made for this plan.');
  if (r.zones.length === 0) return h('p', {}, 'The plan has no mined zone, and none is on record.');
  return h('div', {},
    h('p', {}, 'What CCW Amended Protocol II asks to be recorded (Art. 9, Technical Annex 1(a)), at the level of zones. '
      + 'Where a single device lies is never held here: that record belongs to the force that lays it.'),
    standing(r), shared(r.zones),
    table('record-table', 'Records of mined zones', [['Zone', false], ['State', false], ['Life', false],
                                                     ['Devices', true], ['Extent', false],
                                                     [`Reference points (${r.zones[0]!.crs})`, false], ['Park', false]],
      r.zones.map((z) => [zone(z), z.state, life(z, r.kept), number(z), shape(z),
        h('div', {}, ...z.reference_points.map((p) => h('div', {class: 'whole'}, point(p)))), h('span', {class: 'whole'}, z.park)])),
    h('p', {class: 'small'}, 'For other programs: records/mined_zones.gpkg, .geojson and .csv with the fields of IMSMA Core’s '
      + 'hazard form, .kml and .nvg as overlays.'));
}
