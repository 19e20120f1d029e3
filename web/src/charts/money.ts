// Money by year and class against what is available, and totals against the earmarks.
import {h, svg} from '../dom';
import {count, money, percent, plain} from '../format';
import type {Earmark, Plan} from '../types';
import {kNarrow, niceStep} from './delay';

const kWidth = kNarrow ? 460 : 720, kHeight = 300, kLeft = 62, kTop = 14, kBottom = 30;
const kEuroSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map((m) => m * 1e6);

export const classColour = (index: number): string => `var(--class-${index % 6})`;

function classes(plan: Plan): string[] {
  return plan.money.years[0]?.by_class.map((c) => c.class) ?? [];
}

function byYear(plan: Plan): SVGElement {
  const years = plan.money.years;
  const spent = years.map((y) => y.by_class.reduce(
      (sum, c) => sum + c.purchase_eur + c.maintenance_eur, 0));
  const highest = Math.max(1e6, ...years.map((y) => y.budget_eur), ...spent);
  const step = kEuroSteps.find((s) => highest / s <= 6) ?? niceStep(highest, 6, kEuroSteps);
  const top = Math.ceil(highest / step) * step;
  const band = (kWidth - kLeft) / years.length;
  const y = (eur: number) => kHeight - kBottom - (eur / top) * (kHeight - kTop - kBottom);
  const picture = svg('svg', {viewBox: `0 0 ${kWidth} ${kHeight}`, class: 'chart', role: 'img',
                              'aria-label': 'Money by year and class against the budget'});
  for (let eur = 0; eur <= top; eur += step) {
    picture.append(svg('line', {class: 'grid', x1: kLeft, x2: kWidth, y1: y(eur), y2: y(eur)}),
                   svg('text', {class: 'tick', x: kLeft - 8, y: y(eur) + 4, 'text-anchor': 'end'},
                       `${count(eur / 1e6)} M`));
  }
  years.forEach((year, i) => {
    const x = kLeft + band * (i + 0.18);
    const width = band * 0.64;
    let at = 0;
    year.by_class.forEach((c, k) => {
      for (const [eur, what, opacity] of [[c.purchase_eur, 'purchases', 1],
                                          [c.maintenance_eur, 'upkeep', 0.5]] as const) {
        if (eur <= 0) continue;
        picture.append(svg('rect', {x, width, y: y(at + eur), height: Math.max(0.5, y(at) - y(at + eur)),
                                    style: `fill:${classColour(k)};opacity:${opacity}`},
                           svg('title', {}, `${year.year}, ${plain(c.class)}, ${what}: ${money(eur)}`)));
        at += eur;
      }
    });
    picture.append(
        svg('line', {class: 'budget', x1: x - band * 0.1, x2: x + width + band * 0.1,
                     y1: y(year.budget_eur), y2: y(year.budget_eur)},
            svg('title', {}, `Budget ${year.year}: ${money(year.budget_eur)}; ` +
                             `carried in: ${money(year.carried_eur)}`)),
        svg('text', {class: 'tick', x: x + width / 2, y: kHeight - 10, 'text-anchor': 'middle'},
            String(year.year)));
  });
  return picture;
}

const kRules = {at_least: 'at least', at_most: 'at most', exactly: 'exactly'} as const;

function earmarkText(e: Earmark): string {
  return `${kRules[e.rule]} ${money(e.amount_eur)}${e.met ? '' : ' (not met)'}`;
}

function totals(plan: Plan): HTMLElement {
  const total = classes(plan).map((name, k) => ({
    name, k,
    eur: plan.money.years.reduce(
        (sum, y) => sum + y.by_class[k]!.purchase_eur + y.by_class[k]!.maintenance_eur, 0),
    earmarks: plan.money.earmarks.filter((e) => e.class === name),
  }));
  const highest = Math.max(1, ...total.map((t) => t.eur),
                           ...plan.money.earmarks.map((e) => e.amount_eur));
  const share = (eur: number) => `${Math.min(100, 100 * eur / highest).toFixed(2)}%`;
  return h('div', {class: 'totals'}, ...total.map((t) => h('div', {class: 'total'},
    h('div', {class: 'total-name'}, h('span', {class: 'key', style: `background:${classColour(t.k)}`}),
      plain(t.name), h('span', {class: 'n'}, money(t.eur))),
    h('div', {class: 'bar'},
      h('div', {class: 'bar-fill', style: `width:${share(t.eur)};background:${classColour(t.k)}`}),
      ...t.earmarks.map((e) => h('div', {class: 'bar-mark', style: `left:${share(e.amount_eur)}`,
                                         title: earmarkText(e)}))),
    h('div', {class: 'faint small'},
      t.earmarks.length ? `Earmark: ${t.earmarks.map(earmarkText).join('; ')}` : 'No earmark'))));
}

function table(plan: Plan): HTMLElement {
  const names = classes(plan);
  return h('details', {}, h('summary', {}, 'Money as a table'),
    h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Money by year'},
      h('table', {id: 'money-table'},
        h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Year'),
          ...[...names.map(plain), 'Spent', 'Budget', 'Carried in'].map(
              (t) => h('th', {scope: 'col', class: 'n'}, t)))),
        h('tbody', {}, ...plan.money.years.map((y) => h('tr', {},
          h('th', {scope: 'row'}, y.year),
          ...y.by_class.map((c) => h('td', {class: 'n'}, money(c.purchase_eur + c.maintenance_eur))),
          h('td', {class: 'n'}, money(y.spent_eur)), h('td', {class: 'n'}, money(y.budget_eur)),
          h('td', {class: 'n faint'}, money(y.carried_eur))))))));
}

export function moneyCharts(plan: Plan): HTMLElement {
  const m = plan.money;
  const spent = m.purchases_eur + m.maintenance_eur;
  return h('div', {},
    h('p', {}, `${money(spent)} of ${money(m.budget_eur)} (${percent(spent / Math.max(1, m.budget_eur))}) ` +
      `are spent: ${money(m.purchases_eur)} on purchases and ${money(m.maintenance_eur)} on upkeep. ` +
      `Clearing and removing everything at the end of its life would cost ${money(m.liability_eur)} ` +
      `more (not discounted). All in prices of ${m.price_year}.`),
    h('div', {class: 'two'},
      h('figure', {}, h('figcaption', {}, h('strong', {}, 'By year'),
        ' — solid: purchases; pale: upkeep; line: the year’s budget, before what is carried over'),
        byYear(plan)),
      h('figure', {}, h('figcaption', {}, h('strong', {}, 'Over all years'),
        ' — against the earmarks (tick)'), totals(plan))),
    table(plan));
}
