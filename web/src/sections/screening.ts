// Roads seen from across the border, and what rows of trees do about it by year of growth.
import {h, svg} from '../dom';
import {count, decimal, money} from '../format';
import type {Plan, RoadSums, Screening, ScreenCase} from '../types';
import {table} from './table';

const kGrades = ['hidden', 'partly', 'mostly'] as const;
type Grade = (typeof kGrades)[number];
const gradeOf = (seen: number): Grade => (seen <= 0 ? 'hidden' : seen < 0.5 ? 'partly' : 'mostly');
const kLegend: Record<Grade, string> = {
  mostly: 'half or more of the stretch is seen', partly: 'less than half is seen', hidden: 'not seen'};
const kMetric: Record<string, string> = {
  length: 'km of road', vehicles: 'vehicle-km an hour', people: 'person-km'};

const caseName = (c: ScreenCase): string => `${c.target_name.toLowerCase()}, seen from: ${c.viewer_name.toLowerCase()}`;
const share = (part: number, whole: number): string => (whole > 0 ? `${count(100 * part / whole)}\u00a0%` : '–');

function lead(s: Screening): HTMLElement {
  const c = s.cases[s.judged]!;
  const sight = `A line of sight is followed over terrain, forest and houses; a road counts as seen where the top of ` +
    `what is on it is. Viewers stand every ${decimal(s.viewer_spacing_m / 1000)} km on the highest ground of the far side, at most ` +
    `${decimal(c.depth_m / 1000)} km from the border.`;
  return h('div', {}, h('p', {}, `All roads within ${decimal(s.zone_m / 1000)} km of the border: ${count(s.roads.km)} km. ${sight}`),
    h('p', {}, 'Each metric stands by itself: km of road; vehicle-km an hour, were each road as full as its class can ' +
      'carry (no counts of traffic are in the data); person-km, by those whose way to the nearest service or town it is.'));
}

function byCase(s: Screening, last: number): HTMLElement {
  const end = s.years[s.years.length - 1]!;
  return table('screen-cases', 'Roads seen, by viewer and target',
    [['Seen from', false], ['What', false], ['km seen', true], ['of roads', true], ['vehicle-km/h', true],
     ['person-km', true], [`km in ${last}, leaf`, true], [`km in ${last}, bare`, true]],
    s.cases.map((c, k) => [c.viewer_name, c.target_name, decimal(c.seen.km), share(c.seen.km, s.roads.km),
      count(c.seen.vehicle_km_per_h), count(c.seen.person_km), decimal(end.leaf[k]!.km), decimal(end.bare[k]!.km)]));
}

function choice(s: Screening): HTMLElement | string {
  const c = s.choice;
  if (!c) return '';
  const value = (v: number) => (c.limit_unit === 'km' ? `${decimal(v)} km` : money(v));
  const gap = c.hidden > 0 ? (c.bound - c.hidden) / c.hidden : 0;
  return h('p', {}, `Rows are chosen before the plan is made, by ${kMetric[c.metric] ?? c.metric}: ${count(c.sites.length)} rows, ` +
    `${value(c.cost)} of at most ${value(c.limit)}, bought in ${c.plant}. In ${c.by_year} (${c.leaves === 'leaf' ? 'in leaf' : 'bare'}) they hide ` +
    `${count(c.hidden)} ${kMetric[c.metric] ?? ''}; all ${count(s.rows.length)} candidates would hide ${count(c.all_candidates)}. ` +
    (gap > 1e-9 ? `No choice hides more than ${count(c.bound)}, proven.` : 'No choice within the limit hides more, proven.'));
}

// The roads of the zone with what is seen of them in one year and state. y points south.
class RoadMap {
  readonly node: SVGSVGElement;
  private readonly lines: SVGPolylineElement[] = [];
  private readonly rows: SVGPolylineElement[] = [];

  constructor(private readonly s: Screening) {
    const xs: number[] = [];
    const ys: number[] = [];
    for (const road of s.drawn.roads) road.line.forEach((v, i) => (i % 2 ? ys : xs).push(v));
    const edge = (list: number[], pick: (a: number, b: number) => number) => list.reduce((a, b) => pick(a, b), list[0] ?? 0);
    const pad = 1500;
    const west = edge(xs, Math.min) - pad;
    const north = edge(ys, Math.min) - pad;
    const width = edge(xs, Math.max) + pad - west;
    const height = edge(ys, Math.max) + pad - north;
    const points = (line: number[]) => {
      const out: string[] = [];
      for (let i = 0; i + 1 < line.length; i += 2) out.push(`${line[i]! - west},${line[i + 1]! - north}`);
      return out.join(' ');
    };
    this.node = svg('svg', {viewBox: `0 0 ${width} ${height}`, class: 'screen-map', role: 'img', id: 'screen-map',
                            'aria-label': 'Map of the roads near the border that are seen'});
    const unit = Math.max(width, height) / 1000;
    for (const border of s.drawn.border) {
      this.node.append(svg('polyline', {points: points(border), class: 'border', 'stroke-width': 2.5 * unit}));
    }
    for (const row of s.drawn.rows) {
      const line = svg('polyline', {points: points(row.line), class: 'row', 'stroke-width': 7 * unit},
                       svg('title', {}, `Row ${row.site}${row.planted ? `, planted ${row.planted}` : ', candidate'}`));
      this.rows.push(line);
      this.node.append(line);
    }
    for (const road of s.drawn.roads) {
      const line = svg('polyline', {points: points(road.line), 'stroke-width': (road.rank <= 4 ? 3 : 1.8) * unit});
      this.lines.push(line);
      this.node.append(line);
    }
    const km = 10_000;
    this.node.append(svg('line', {class: 'bar', x1: pad, x2: pad + km, y1: height - pad / 2, y2: height - pad / 2,
                                  'stroke-width': 2 * unit}),
                     svg('text', {class: 'bar', x: pad + km + 6 * unit, y: height - pad / 2 + 5 * unit, 'font-size': 16 * unit}, '10 km'));
  }

  // `year` as an index into years; -1 = nothing planted.
  show(year: number, bare: boolean): void {
    this.s.drawn.roads.forEach((road, i) => {
      const list = bare ? road.bare : road.leaf;
      this.lines[i]!.setAttribute('class', gradeOf(year < 0 || !list ? road.now : list[year]!));
    });
    this.s.drawn.rows.forEach((row, i) => {
      const there = year >= 0 && row.planted > 0 && row.planted <= this.s.years[year]!.year;
      this.rows[i]!.setAttribute('class', there ? 'row there' : 'row');
    });
  }
}

function growth(s: Screening): HTMLElement {
  const map = new RoadMap(s);
  const first = s.years[0]!.year;
  const said = h('output', {id: 'screen-said', for: 'screen-year'});
  const bare = h('input', {type: 'checkbox', id: 'screen-bare', onchange: () => show()});
  const slider = h('input', {type: 'range', id: 'screen-year', min: -1, max: s.years.length - 1, step: 1,
                             value: s.years.length - 1, 'aria-label': 'Year of growth', oninput: () => show()});
  const show = (): void => {
    const year = Number(slider.value);
    map.show(year, bare.checked);
    const now = year < 0 ? s.cases[s.judged]!.seen : (bare.checked ? s.years[year]!.bare : s.years[year]!.leaf)[s.judged]!;
    said.replaceChildren(h('b', {}, year < 0 ? 'Nothing planted' : String(first + year)),
      ` ${decimal(now.km)} of ${count(s.roads.km)} km seen, ${count(now.vehicle_km_per_h)} vehicle-km an hour, ` +
      `${count(now.person_km)} person-km`);
  };
  show();
  return h('div', {},
    h('h3', {}, `By year of growth: ${caseName(s.cases[s.judged]!)}`),
    h('div', {class: 'screen-controls'}, h('label', {for: 'screen-year'}, 'Year '), slider,
      h('label', {class: 'tick'}, bare, h('span', {}, 'bare, without leaves')), said),
    h('figure', {}, map.node,
      h('figcaption', {}, ...[...kGrades].reverse().map((g) => h('span', {class: `screen-key ${g}`}, kLegend[g])),
        h('span', {class: 'screen-key row there'}, 'row of trees'),
        h('span', {class: 'screen-key border'}, 'border with the far side'))));
}

function yearTable(s: Screening): HTMLElement {
  const open = s.cases[s.judged]!.seen;
  const cells = (r: RoadSums) => [decimal(r.km), count(r.person_km)];
  return table('screen-years', 'Roads seen by year', [['Year', false], ['km, leaf', true], ['person-km, leaf', true],
    ['km, bare', true], ['person-km, bare', true]],
    [['nothing planted', ...cells(open), ...cells(open)],
     ...s.years.map((y) => [String(y.year), ...cells(y.leaf[s.judged]!), ...cells(y.bare[s.judged]!)]),
     ['every candidate, grown', ...cells(s.all_rows.leaf[s.judged]!), ...cells(s.all_rows.bare[s.judged]!)]]);
}

function rowTable(s: Screening): HTMLElement {
  const grown = s.rows.map((row) => ({row, hidden: row.hidden_by_year_leaf[row.hidden_by_year_leaf.length - 1]!}))
    .sort((a, b) => b.hidden.person_km - a.hidden.person_km || b.hidden.km - a.hidden.km);
  const side = (left: RoadSums, right: RoadSums) =>
    left.km === right.km ? '–' : left.km > right.km ? 'left' : 'right';
  return h('details', {}, h('summary', {}, `What each of the ${count(s.rows.length)} candidate rows hides by itself, grown, in leaf`),
    table('screen-rows', 'Candidate rows', [['Row', false], ['Near', false], ['km', true], ['Planted', true],
      ['km hidden', true], ['vehicle-km/h', true], ['person-km', true], ['Side that does most', false]],
      grown.map(({row, hidden}) => [row.site, row.near, decimal(row.km), row.planted ? String(row.planted) : '–',
        decimal(hidden.km), count(hidden.vehicle_km_per_h), count(hidden.person_km),
        side(row.hidden_by_left, row.hidden_by_right)])));
}

function conflicts(s: Screening): HTMLElement {
  const touched = s.sensors.filter((sensor) => sensor.rows.length);
  const items = touched.map((sensor) => h('li', {}, `${sensor.name} sees ${decimal(sensor.seen_km2)} km² of the far side; ` +
    `rows planted hide ${sensor.hidden_km2.toFixed(2)} km² of it` +
    `; candidates in its sight: ${sensor.rows.map((r) => `${r.row} (${r.hidden_km2.toFixed(2)} km²)`).join(', ')}.`));
  if (touched.length < s.sensors.length) {
    items.push(h('li', {}, `No candidate stands in the sight of ${count(s.sensors.length - touched.length)} of ` +
                           `${count(s.sensors.length)} sensors of one’s own.`));
  }
  return h('div', {}, h('h3', {}, 'What stands against rows'), h('ul', {}, ...items,
    h('li', {}, s.felling_conflicts.length
      ? `${count(s.felling_conflicts.length)} pairs of a row and of trees kept for felling exclude each other: ` +
        s.felling_conflicts.map((c) => `${c.row} and ${c.site}`).join(', ') + '.'
      : 'No row excludes trees that are kept for felling.')));
}

export function screening(plan: Plan, s: Screening): HTMLElement {
  const last = plan.scenario.first_year + plan.scenario.years - 1;
  return h('div', {}, lead(s), byCase(s, last), choice(s), growth(s), yearTable(s), rowTable(s), conflicts(s));
}
