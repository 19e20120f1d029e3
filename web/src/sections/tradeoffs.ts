// What the rules cost: frontiers, the free split, a million more, other figures.
import {frontier} from '../charts/frontier';
import {h} from '../dom';
import {count, decimal, duration, money, percent, plain} from '../format';
import type {Plan, TradeoffPoint, Tradeoffs} from '../types';
import {table} from './table';

const kHarm: Record<string, string> = {
  mined_area: 'mined zones', people_1km: 'people within 1 km of mined zones',
  people_5km: 'people within 5 km of mined zones', land: 'land taken', farmland: 'farm land taken',
  margin: 'yearly margin of the land taken', clearance: 'cost of clearing at the end of life',
};
const harmOf = (t: Tradeoffs): string =>
  (kHarm[t.harm_metric] ?? t.harm_metric) + (t.harm_in === null ? '' : ` in ${t.harm_in}`);

const harm = (t: Tradeoffs, value: number): string =>
  t.harm_unit === 'EUR' || t.harm_unit === 'EUR/year' ? money(value)
    : t.harm_unit === 'km2' ? `${decimal(value)} km²` : `${count(value)} ${t.harm_unit}`;

function signed(seconds: number): string {
  return Math.abs(seconds) < 0.5 ? 'none' : seconds > 0 ? `+${duration(seconds)}` : duration(seconds);
}

function notFound(points: TradeoffPoint[]): HTMLElement | string {
  const none = points.filter((p) => !p.found);
  if (none.length === 0) return '';
  return h('ul', {class: 'small'}, ...none.map((p) => h('li', {}, `No plan for ${p.label}: ${p.why}.`)));
}

function frontiers(plan: Plan, t: Tradeoffs): HTMLElement {
  const pictures: HTMLElement[] = [];
  if (t.money.filter((p) => p.found).length > 1) {
    pictures.push(h('figure', {}, h('figcaption', {}, h('strong', {}, 'Delay against money'),
      ' — all budgets and earmarks scaled alike'),
      frontier(t.money, 'Weighted time against money', 'money of all years', (p) => p.budget_eur,
               (p) => `${count(p.budget_eur / 1e6)} M`), notFound(t.money)));
  }
  if (t.harm.filter((p) => p.found).length > 1) {
    pictures.push(h('figure', {}, h('figcaption', {}, h('strong', {}, `Delay against ${harmOf(t)}`),
      ' — each point a plan that stays below'),
      frontier(t.harm, `Weighted time against ${harmOf(t)}`, `at most, in ${t.harm_unit}`,
               (p) => p.harm_limit ?? p.harm, (p) => harm(t, p.harm_limit ?? p.harm)), notFound(t.harm)));
  }
  const worst = Math.max(0, ...[...t.money, ...t.harm, ...t.earmarks].map((p) => (p.found ? p.grid_error : 0)));
  return h('div', {},
    h('p', {}, 'Weighted time over years and cases. Dots are plans that were found, the dashed line is what no plan ' +
      'can exceed: the truth lies in the shaded part. Times with nothing built: ' +
      `${duration(plan.result.baseline_s)}. On the full grid these plans are at most ${percent(worst, 2)} ` +
      'below the times that planning counted with.'),
    h('div', {class: 'two'}, ...pictures));
}

// A difference is proven only as a range: both plans have a gap of their own.
function splitTable(plan: Plan, t: Tradeoffs): HTMLElement | string {
  if (t.earmarks.length === 0) return '';
  const name = (p: TradeoffPoint) =>
    p.label === 'free split' ? 'No earmark at all: the free split'
      : `Without ${plain(p.label.replace(/^without earmark /, '').replace(/ (at_least|at_most|exactly)$/, '')).toLowerCase()}` +
        `, ${plain(p.label.match(/(at_least|at_most|exactly)$/)?.[0] ?? '').toLowerCase()}`;
  // The plan on the network of these points, which may be finer than that of the plan itself.
  const here = t.money.find((p) => p.label === 'the plan')?.objective_s ?? plan.result.objective_s;
  return h('div', {},
    h('h3', {}, 'What the earmarks cost'),
    h('p', {}, 'The plan again, with one earmark left out at a time and with none. What leaving it out gains is ' +
      'proven as a range, since both plans have a gap.'),
    table('earmark-table', 'Earmarks', [['Left out', false], ['Weighted time found', true], ['Found to gain', true],
                                        ['Gains at most', true], ['Spent by class', false]],
      t.earmarks.map((p) => p.found
        ? [name(p), duration(p.objective_s), signed(p.objective_s - here),
           duration(Math.max(0, p.bound_s - here)),
           Object.entries(p.spent_by_class_eur).filter(([, eur]) => eur > 0)
             .map(([c, eur]) => `${plain(c)} ${money(eur)}`).join(', ')]
        : [name(p), 'no plan', '', '', p.why])));
}

function splitMeasures(plan: Plan, t: Tradeoffs): HTMLElement | string {
  const free = t.earmarks.find((p) => p.label === 'free split' && p.found);
  if (!free) return '';
  const ids = [...new Set([...plan.measures.filter((m) => m.bought > 0).map((m) => m.id),
                           ...free.measures.map((m) => m.measure)])];
  const of = (id: string) => free.measures.find((m) => m.measure === id);
  return h('details', {}, h('summary', {}, 'What the free split would buy'),
    table('split-table', 'The free split', [['Measure', false], ['This plan', true], ['Free split', true],
                                            ['Its cost', true]],
      ids.map((id) => {
        const mine = plan.measures.find((m) => m.id === id);
        return [mine?.name ?? plain(id), count(mine?.bought ?? 0), count(of(id)?.bought ?? 0),
                money(of(id)?.cost_eur ?? 0)];
      })));
}

function marginalTable(t: Tradeoffs): HTMLElement | string {
  const classes = [...new Set(t.marginal.map((p) => p.class))];
  const years = [...new Set(t.marginal.map((p) => p.year))];
  if (classes.length === 0) return '';
  const price = (year: number, c: string) =>
    t.marginal.find((p) => p.year === year && p.class === c)!.seconds_per_meur;
  return h('div', {},
    h('h3', {}, 'What a million more would add'),
    h('p', {}, 'Weighted time for one more million euros in a year that only this class may spend, by the duals of ' +
      'the relaxation: an estimate. Where an earmark asks for at least so much of the class, that rises with it; ' +
      'a negative figure says that money bound to the class would do harm.'),
    table('marginal-table', 'A million more', [['Year', false], ...classes.map((c): [string, boolean] => [plain(c), true])],
      years.map((y) => [String(y), ...classes.map((c) => signed(price(y, c)))])));
}

function robustTable(t: Tradeoffs): HTMLElement | string {
  if (t.robust.length < 2) return '';
  return h('div', {},
    h('h3', {}, 'If the figures are wrong'),
    h('p', {}, 'The same purchases under other figures, and how much could at most have been gained by planning for ' +
      'those figures: the regret.'),
    table('robust-table', 'Other figures', [['Figures', false], ['Nothing built', true], ['This plan', true],
                                            ['Best found for them', true], ['Regret at most', true]],
      t.robust.map((p) => [p.label.charAt(0).toUpperCase() + p.label.slice(1), duration(p.baseline_s),
        duration(p.plan_s), p.found ? duration(p.best_s) : 'no plan', p.found
          ? `${duration(p.regret_at_most_s)} (${percent(p.regret_at_most_s / Math.max(1, p.plan_s))})` : p.why ?? ''])));
}

export function tradeoffs(plan: Plan): HTMLElement {
  const t = plan.tradeoffs;
  if (!t) {
    return h('p', {}, 'Not worked out for this plan: add [tradeoffs] to the scenario, or run abatis tradeoffs.');
  }
  return h('div', {}, frontiers(plan, t), splitTable(plan, t), splitMeasures(plan, t), marginalTable(t),
           robustTable(t));
}
