// Least time by year, one panel an axis: the heaviest case in full, the others as thin lines.
import {h, svg} from '../dom';
import {duration, percent} from '../format';
import type {Case, Plan} from '../types';

// On a phone the plot is narrower, not its text smaller.
export const kNarrow = window.innerWidth < 600;
const kWidth = kNarrow ? 440 : 580, kHeight = 280;
const kLeft = 80, kRight = 192, kTop = 16, kBottom = 34;

export function niceStep(range: number, ticks: number, steps: number[]): number {
  return steps.find((step) => range / step <= ticks) ?? steps[steps.length - 1]!;
}
const kMinute = 60, kHour = 3600;
const kTimeSteps = [kMinute, 2 * kMinute, 5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute,
                    kHour, 2 * kHour, 3 * kHour, 6 * kHour, 12 * kHour, 24 * kHour, 48 * kHour,
                    168 * kHour];

function clock(seconds: number): string {
  return seconds < kHour ? `${Math.round(seconds / 60)} min`
       : seconds % kHour === 0 ? `${seconds / kHour} h` : duration(seconds);
}

interface Label { y: number; text: string; main: boolean }

// Labels pushed apart so that none covers another; order kept.
function spread(labels: Label[], gap: number): Label[] {
  const out = [...labels].sort((a, b) => a.y - b.y);
  for (let pass = 0; pass < 40; ++pass) {
    for (let i = 1; i < out.length; ++i) {
      const over = gap - (out[i]!.y - out[i - 1]!.y);
      if (over > 0) {
        out[i - 1]!.y -= over / 2;
        out[i]!.y += over / 2;
      }
    }
    for (const label of out) label.y = Math.min(Math.max(label.y, kTop + 4), kHeight - kBottom - 2);
  }
  return out;
}

const finite = (values: (number | null)[]): number[] =>
  values.filter((v): v is number => v !== null && Number.isFinite(v));

function panel(plan: Plan, axisIndex: number, top: number): HTMLElement {
  const axis = plan.axes[axisIndex]!;
  const cases = plan.cases.map((c, k) => ({c, k})).filter(({c}) => c.axis === axisIndex);
  const years = plan.scenario.years;
  const x = (i: number) => kLeft + (i / years) * (kWidth - kLeft - kRight);  // 0 = nothing built
  const y = (s: number) => kHeight - kBottom - (s / top) * (kHeight - kTop - kBottom);
  const picture = svg('svg', {viewBox: `0 0 ${kWidth} ${kHeight}`, role: 'img', class: 'chart',
                              'aria-label': `Least time by year on ${axis.name}`});
  const step = niceStep(top, 5, kTimeSteps);
  for (let s = 0; s <= top; s += step) {
    picture.append(svg('line', {class: 'grid', x1: kLeft, x2: kWidth - kRight, y1: y(s), y2: y(s)}),
                   svg('text', {class: 'tick', x: kLeft - 8, y: y(s) + 4, 'text-anchor': 'end'},
                       clock(s)));
  }
  const every = years > 12 ? 5 : 2;
  picture.append(svg('text', {class: 'tick', x: x(0), y: kHeight - 12, 'text-anchor': 'middle'},
                     'before'));
  for (let i = 1; i <= years; ++i) {
    if (years > 6 && (years - i) % every !== 0) continue;
    picture.append(svg('text', {class: 'tick', x: x(i), y: kHeight - 12, 'text-anchor': 'middle'},
                       String(plan.scenario.first_year + i - 1)));
  }
  const labels: Label[] = [];
  const line = (c: Case): [number, number][] =>
    [c.baseline_s, ...c.time_s].map((s, i): [number, number] => [x(i), y(s ?? top)]);
  const ordered = [...cases].sort(
      (a, b) => Number(a.k === axis.shown_case) - Number(b.k === axis.shown_case));
  for (const {c, k} of ordered) {
    const main = k === axis.shown_case;
    const points = line(c);
    if (main && c.baseline_s !== null) {
      const area = [...points, [x(years), y(c.baseline_s)] as const];
      picture.append(
          svg('polygon', {class: 'bought', points: area.map((p) => p.join(',')).join(' ')}),
          svg('line', {class: 'baseline', x1: x(0), x2: x(years), y1: y(c.baseline_s),
                       y2: y(c.baseline_s)}));
    }
    picture.append(svg('polyline', {class: main ? 'series main' : 'series',
                                    points: points.map((p) => p.join(',')).join(' ')},
                       svg('title', {}, `${c.mover}, ${c.season}: ${duration(c.baseline_s)} before, ` +
                                        `${duration(c.time_s[years - 1] ?? null)} at the end`)));
    for (const [px, py] of main ? points : []) {
      picture.append(svg('circle', {class: 'mark', cx: px, cy: py, r: 2.6}));
    }
    labels.push({y: points[years]![1] + 4, text: `${c.mover}, ${c.season}`, main});
  }
  for (const label of spread(labels, 13)) {
    picture.append(svg('text', {class: label.main ? 'end main' : 'end', x: kWidth - kRight + 8,
                                y: label.y}, label.text));
  }
  return h('figure', {},
           h('figcaption', {}, h('strong', {}, axis.name),
             ` — weight ${percent(axis.weight / plan.axes.reduce((a, b) => a + b.weight, 0))}`),
           picture);
}

function table(plan: Plan): HTMLElement {
  const last = plan.scenario.years - 1;
  const rows = plan.cases.map((c) => {
    const after = c.time_s[last] ?? null;
    const more = after !== null && c.baseline_s !== null ? after - c.baseline_s : null;
    return h('tr', {}, h('th', {scope: 'row'}, plan.axes[c.axis]!.name),
             h('td', {}, `${c.mover}, ${c.season}`), h('td', {class: 'n'}, percent(c.weight)),
             h('td', {class: 'n'}, duration(c.baseline_s)), h('td', {class: 'n'}, duration(after)),
             h('td', {class: 'n'}, more === null ? 'n/a' : `+${duration(more)}`),
             h('td', {class: 'n faint'}, duration(c.grid.before_s)),
             h('td', {class: 'n faint'}, duration(c.grid.after_s)));
  });
  return h('details', {}, h('summary', {}, `All ${plan.cases.length} cases as a table`),
           h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'All cases'},
             h('table', {id: 'cases'},
               h('thead', {}, h('tr', {},
                 ...['Axis', 'Mover and season'].map((t) => h('th', {scope: 'col'}, t)),
                 ...['Weight', 'Before', `In ${plan.scenario.first_year + last}`, 'Delay',
                     'Grid, before', 'Grid, after']
                     .map((t) => h('th', {scope: 'col', class: 'n'}, t)))),
               h('tbody', {}, ...rows))));
}

export function delayCharts(plan: Plan): HTMLElement {
  const highest = Math.max(1, ...finite(plan.cases.flatMap((c) => [c.baseline_s, ...c.time_s])));
  const step = niceStep(highest, 5, kTimeSteps);
  const top = Math.ceil(highest / step) * step;
  return h('div', {},
           h('div', {class: 'panels'}, ...plan.axes.map((_, a) => panel(plan, a, top))),
           table(plan));
}
