// The symbol of a measure as it stands in legends and tables.
import {svg} from '../dom';
import {lookOf} from './icons';

export function swatch(symbol: string, rule: string): SVGElement {
  const out = svg('svg', {class: 'swatch', viewBox: '0 0 34 16', width: 34, height: 16,
                          'aria-hidden': 'true'});
  const look = lookOf(symbol);
  if (rule === 'bridge') {
    out.append(svg('rect', {class: 'ring', x: 10, y: 1.5, width: 13, height: 13}),
               svg('path', {class: 'stroke', d: 'M12 4.5q3 3.5 0 7M21 4.5q-3 3.5 0 7'}));
  } else if (rule === 'culvert' || rule === 'ford') {
    out.append(svg('rect', {class: 'ring', x: 10, y: 1.5, width: 13, height: 13}),
               svg('path', {class: 'stroke', d: rule === 'ford' ? 'M12 6q4-3 9 0M12 10q4-3 9 0'
                                                                : 'M16.5 4a4 4 0 1 0 .1 0'}));
  } else if (rule === 'park') {
    out.append(svg('path', {class: 'fill', d: 'M9 14.5v-7l7.5-6 7.5 6v7h-4.5v-5h-6v5z'}));
  } else if (rule === 'sensor') {
    out.append(svg('path', {class: 'stroke', d: 'M16.5 14.5V6M12 14.5l4.5-8.5 4.5 8.5M10 2.5a7 7 0 0 0 0 7M23 2.5a7 7 0 0 1 0 7'}));
  } else if (rule === 'road_point') {
    out.append(svg('rect', {class: 'fill', x: 12, y: 3, width: 9, height: 10}));
  } else if (rule === 'cover') {
    out.append(svg('path', {class: 'stroke', d: 'M5 13L17 3l12 10'}));
  } else if (rule === 'peatland') {
    out.append(svg('rect', {class: 'block', x: 4, y: 1.5, width: 26, height: 13}),
               svg('path', {class: 'stroke', d: 'M8 6h18M8 10h18'}));
  } else if (look.line === 'row') {
    out.append(...[5, 13, 21, 29].map((cx) => svg('circle', {class: 'fill', cx, cy: 8, r: 2.6})));
  } else if (rule === 'standing_forest' || rule === 'open_land') {
    out.append(svg('rect', {class: 'block', x: 4, y: 1.5, width: 26, height: 13}),
               svg('path', {class: 'fill', d: 'M8 12l3-7 3 7zM20 12l3-7 3 7z'}));
  } else if (look.line === 'dots') {
    out.append(svg('path', {class: 'thin', d: 'M1 8h32'}),
               ...[6, 17, 28].map((cx) => svg('circle', {class: 'fill', cx, cy: 8, r: 3.2})));
  } else if (look.line === 'teeth') {
    out.append(svg('path', {class: 'stroke', d: 'M1 11.5h32'}),
               svg('path', {class: 'fill', d: 'M3 11l4-7 4 7zM13 11l4-7 4 7zM23 11l4-7 4 7z'}));
  } else if (look.line === 'double') {
    out.append(svg('path', {class: 'stroke', d: 'M1 5.5h32M1 10.5h32'}));
  } else {
    out.append(svg('path', {class: 'thick', d: 'M1 8h32'}));
  }
  return out;
}
