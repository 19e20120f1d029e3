// A plain table with a header row; its first column names the rows.
import {h} from '../dom';

// `heads`: text, and whether the column holds figures.
export function table(id: string, label: string, heads: [string, boolean][],
                      rows: (string | HTMLElement)[][]): HTMLElement {
  const cls = (k: number) => (heads[k]![1] ? 'n' : '');
  return h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label},
    h('table', {id},
      h('thead', {}, h('tr', {}, ...heads.map(([t], k) => h('th', {scope: 'col', class: cls(k)}, t)))),
      h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map((cell, k) => (k === 0
        ? h('th', {scope: 'row'}, cell) : h('td', {class: cls(k)}, cell))))))));
}
