// A frontier: what can be had at each level, as the range between the plan found and what is proven.
import {h, svg} from '../dom';
import {duration} from '../format';
import type {TradeoffPoint} from '../types';
import {kNarrow, niceStep} from './delay';

const kWidth = kNarrow ? 460 : 560, kHeight = 280, kLeft = 84, kTop = 26, kBottom = 46, kRight = 44;
const kTimeSteps = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400];

// `at`: where a point lies on the axis below; `show`: its tick; `title`: what that axis says.
export function frontier(points: TradeoffPoint[], label: string, title: string,
                         at: (p: TradeoffPoint) => number, show: (p: TradeoffPoint) => string): HTMLElement {
  const found = points.filter((p) => p.found);
  const base = Math.min(...found.map((p) => p.baseline_s));
  const low = Math.min(base, ...found.map((p) => p.objective_s));
  const high = Math.max(...found.map((p) => p.bound_s));
  const step = niceStep(high - low, 5, kTimeSteps);
  const first = Math.floor(low / step) * step, last = Math.ceil(high / step) * step;
  const left = Math.min(...found.map(at)), right = Math.max(...found.map(at));
  const x = (p: TradeoffPoint) => kLeft + 12 +
    (right > left ? (at(p) - left) / (right - left) : 0.5) * (kWidth - kLeft - kRight - 12);
  const y = (s: number) => kHeight - kBottom - ((s - first) / Math.max(1, last - first)) * (kHeight - kTop - kBottom);
  const picture = svg('svg', {viewBox: `0 0 ${kWidth} ${kHeight}`, class: 'chart', role: 'img', 'aria-label': label});
  for (let s = first; s <= last; s += step) {
    picture.append(svg('line', {class: 'grid', x1: kLeft, x2: kWidth, y1: y(s), y2: y(s)}),
                   svg('text', {class: 'tick', x: kLeft - 8, y: y(s) + 4, 'text-anchor': 'end'}, duration(s)));
  }
  const area = [...found.map((p) => `${x(p)},${y(p.bound_s)}`),
                ...[...found].reverse().map((p) => `${x(p)},${y(p.objective_s)}`)].join(' ');
  picture.append(svg('polygon', {points: area, style: 'fill:var(--class-0);opacity:0.18'}));
  for (const [key, dash] of [['objective_s', ''], ['bound_s', '5 4']] as const) {
    picture.append(svg('polyline', {points: found.map((p) => `${x(p)},${y(p[key])}`).join(' '),
      style: `fill:none;stroke:var(--class-0);stroke-width:2;stroke-dasharray:${dash || 'none'}`}));
  }
  let free = -Infinity;  // where the next tick may begin
  for (const p of found) {
    const plan = p.label === 'the plan';
    picture.append(svg('circle', {cx: x(p), cy: y(p.objective_s), r: plan ? 6 : 4, style: 'fill:var(--class-0)'},
      svg('title', {}, `${p.label}: ${duration(p.objective_s)} found, no plan above ${duration(p.bound_s)}`)));
    if (plan) {
      picture.append(svg('text', {class: 'tick', x: x(p), y: y(p.objective_s) + 20, 'text-anchor': 'middle'}, 'this plan'));
    }
    if (x(p) < free) continue;
    free = x(p) + 46;
    picture.append(svg('text', {class: 'tick', x: x(p), y: kHeight - kBottom + 18, 'text-anchor': 'middle'}, show(p)));
  }
  picture.append(svg('text', {class: 'tick', x: (kLeft + kWidth) / 2, y: kHeight - 6, 'text-anchor': 'middle'}, title));
  return h('div', {}, picture);
}
