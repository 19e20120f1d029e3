// The programme in its economy: prices, shares, the published split, the whole life.
import {h} from '../dom';
import {count, money, percent} from '../format';
import type {Economy, Plan} from '../types';
import {table} from './table';

const cents = new Intl.NumberFormat('en-GB', {minimumFractionDigits: 2, maximumFractionDigits: 2});
const eur = (value: number): string => cents.format(value);
const small = (share: number): string => `${(share * 100).toFixed(3)}\u00a0%`;

function byYear(e: Economy): HTMLElement {
  const rows = e.years.map((y) => [`${y.year}${y.extrapolated ? ' *' : ''}`, eur(y.purchase_eur),
    eur(y.maintenance_eur), eur(y.constant_eur), y.index.toFixed(4), eur(y.current_eur),
    small(y.share_of_gdp), percent(y.share_of_defence, 2)]);
  rows.push(['Total', eur(e.purchase_eur), eur(e.maintenance_eur), eur(e.constant_eur), '', eur(e.current_eur), '', '']);
  return table('programme-table', 'The programme by year', [['Year', false], ['Purchases', true], ['Upkeep', true],
    [`Prices of ${e.price_year}`, true], ['Index', true], ['Current prices', true], ['Of GDP', true],
    ['Of defence', true]], rows);
}

function split(e: Economy): HTMLElement {
  const plan = e.split.reduce((sum, s) => sum + s.plan_eur, 0);
  return h('div', {}, h('h4', {}, 'Published split against the plan'),
    table('published-table', 'Published split', [['Class', false], ['Published', true], ['Share', true],
      ['Plan', true], ['Share', true]],
      [...e.split.map((s) => [s.name, money(s.published_eur), percent(s.published_share), money(s.plan_eur),
                              percent(s.plan_share)]),
       ['Total', money(e.published_eur), '', money(plan), '']]));
}

function life(e: Economy): HTMLElement {
  const w = e.whole_life;
  return h('div', {}, h('h4', {}, `Whole life, ${count(e.life_years)} years from purchase`),
    table('life-table', 'Whole life', [['What', false], [`Prices of ${e.price_year}, EUR`, true]],
      [['Purchases', eur(w.purchases_eur)], ['Upkeep within the plan', eur(w.upkeep_eur)],
       ['Upkeep to the end of life', eur(w.upkeep_after_eur)],
       ['Clearing and removal', eur(w.liability_eur)], ['Total', eur(w.total_eur)]]));
}

export function economy(plan: Plan): HTMLElement | string {
  const e = plan.economy;
  if (!e) return '';
  const rates = e.rates.map((r) => `1 EUR = ${r.per_eur} ${r.currency} on ${r.date} (${r.provenance})`).join('; ');
  return h('div', {},
    h('h3', {}, `The programme in the economy of ${e.state}`),
    h('p', {}, 'Every amount is rounded to a cent before it is summed, so rows and columns add up; the same tables are ' +
      'tables/programme.csv, split.csv and whole_life.csv. ' +
      (e.years.some((y) => y.extrapolated) ? 'Years marked * take the rates of the last year that is listed. ' : ''),
      `GDP: ${e.provenance}. `, rates ? `Exchange: ${rates}. ` : '', `Life: ${e.life_provenance}.`),
    byYear(e), h('div', {class: 'two'}, split(e), life(e)));
}
