// The land border as a strip: chainage to the right, one row a year, shaded by how many see it.
import {h, svg} from '../dom';
import {decimal} from '../format';
import type {Watch} from '../types';
import {kNarrow, niceStep} from './delay';

const kWidth = kNarrow ? 460 : 1040, kLeft = 46, kRight = 12, kTop = 8, kRow = 13, kBottom = 26;
const kShades = ['none', 'one', 'two', 'more'] as const;
const kWords = ['no sensor', 'one sensor', 'two', 'three or more'];
const kSteps = [1, 2, 5, 10, 20, 50, 100, 200].map((km) => km * 1000);

const shade = (digit: string): number => Math.min(3, Number(digit));

function rows(w: Watch, when: 'day' | 'night' | 'fog'): SVGElement {
  const {chainage_m: chain, years} = w.profile;
  const height = kTop + years.length * kRow + kBottom;
  const x = (m: number) => kLeft + (m / w.border_m) * (kWidth - kLeft - kRight);
  // Half way to the neighbours; points stand in the middle of what they stand for.
  const edge = (p: number): number => (p <= 0 ? 0 : p >= chain.length ? w.border_m
                                                    : (chain[p - 1]! + chain[p]!) / 2);
  const picture = svg('svg', {viewBox: `0 0 ${kWidth} ${height}`, role: 'img', class: 'chart strip',
                              'aria-label': `Sensors that see the border by ${when}, by year`});
  years.forEach((year, y) => {
    const digits = year[when];
    const top = kTop + y * kRow;
    picture.append(svg('text', {class: 'tick', x: kLeft - 6, y: top + 10, 'text-anchor': 'end'}, String(year.year)));
    for (let p = 0; p < digits.length;) {
      let last = p;
      while (last + 1 < digits.length && shade(digits[last + 1]!) === shade(digits[p]!)) ++last;
      const from = edge(p), to = edge(last + 1);
      picture.append(svg('rect', {class: kShades[shade(digits[p]!)]!, x: x(from), width: Math.max(0.4, x(to) - x(from)),
                                  y: top, height: kRow - 1},
        svg('title', {}, `${year.year}, km ${decimal(from / 1000)} to ${decimal(to / 1000)}: ${kWords[shade(digits[p]!)]}`)));
      p = last + 1;
    }
  });
  const hidden = w.profile.seeable;
  for (let p = 0; p < hidden.length;) {
    let last = p;
    while (last + 1 < hidden.length && hidden[last + 1] === hidden[p]) ++last;
    if (hidden[p] === '0') {
      picture.append(svg('rect', {class: 'hidden', x: x(edge(p)), width: x(edge(last + 1)) - x(edge(p)),
                                  y: kTop + years.length * kRow + 1, height: 4},
        svg('title', {}, 'no candidate would see it by day')));
    }
    p = last + 1;
  }
  w.profile.stretch.forEach((s, p) => {
    if (p === 0 || s === w.profile.stretch[p - 1]) return;
    picture.append(svg('line', {class: 'cut', x1: x(edge(p)), x2: x(edge(p)), y1: kTop - 4, y2: height - kBottom + 2}));
  });
  const step = niceStep(w.border_m, kNarrow ? 6 : 14, kSteps);
  for (let m = 0; m <= w.border_m; m += step) {
    picture.append(svg('text', {class: 'tick', x: x(m), y: height - 8, 'text-anchor': 'middle'},
                       m === 0 ? 'km 0' : String(m / 1000)));
  }
  return picture;
}

export function borderStrip(w: Watch): HTMLElement {
  return h('div', {class: 'strips'},
    h('p', {class: 'strip-key'}, ...kShades.flatMap((s, i) => [h('i', {class: s}), ` ${kWords[i]} `]), h('i', {class: 'hidden'}), ' no candidate would see it by day'),
    ...(['day', 'night', 'fog'] as const).map((when) =>
      h('figure', {}, h('figcaption', {}, h('strong', {}, when === 'fog' ? 'In fog' : `By ${when}`)), rows(w, when))));
}
