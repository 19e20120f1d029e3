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
  } else if (rule === 'standing_forest') {
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
