// The ledger of harm to civilians: each figure by itself, by municipality and by year.
import {h} from '../dom';
import {count, decimal, duration, money, plain} from '../format';
import {kServices} from '../types';
import type {AccessRow, Civil, CivilTotals, PeopleNear, Plan, Spread} from '../types';
import {evacuation} from './evacuation';
import {table} from './table';

const ha = (value: number): string => (value > 0 ? `${decimal(value)}\u00a0ha` : '–');
const range = (s: Spread): string => (s.p90 > 0 ? `${money(s.p10)} – ${money(s.p90)}` : '–');
const kPlace: Record<string, string> = {clinic: 'a clinic', school: 'a school', shelter: 'a shelter',
                                        crossing: 'an evacuation crossing'};

// People on record, and those presumed in settlements without a figure: never nobody in silence.
const people = (n: number, unknown: number, presumed: number): string =>
  unknown > 0 ? `${count(n)} + about ${count(presumed)} presumed in ${count(unknown)} settlement${unknown > 1 ? 's' : ''}`
    : count(n);
const near = (p: PeopleNear): [string, string] =>
  [people(p.within_1km, p.settlements_without_population_1km, p.presumed_there_1km),
   people(p.within_5km, p.settlements_without_population_5km, p.presumed_there_5km)];

// The same where there is little room: "1,200 (+112)".
const short = (p: PeopleNear): [string, string] => {
  const one = (n: number, presumed: number): string => (presumed > 0 ? `${count(n)} (+${count(presumed)})` : count(n));
  return [one(p.within_1km, p.presumed_there_1km), one(p.within_5km, p.presumed_there_5km)];
};

function lead(c: Civil): HTMLElement {
  const t = c.plan;
  const zones = c.mined_zones === 0 ? 'The plan has no mined zone.'
    : `${count(c.mined_zones)} mined zones (${count(c.mined_zones_stored)} of them stored until an order) cover ` +
      `${ha(t.mined_ha)}. They are counted as if all were emplaced in the year they can be, and cleared one after ` +
      `another from the end of the plan on, ${decimal(c.figures.clearance_ha_per_year)} ha a year: ` +
      `${decimal(t.clearance_years)} years of work.`;
  return h('div', {},
    h('p', {}, 'Each figure stands by itself: none is set off against delay or against another. ' +
      `${count(c.settlements_without_population)} of ${count(c.settlements)} friendly settlements have no population ` +
      'on record: people presumed in them are told beside those on record. Person-years and households count people ' +
      'on record alone.'),
    h('p', {}, zones));
}

function planTable(c: Civil): HTMLElement {
  const t = c.plan;
  const use = (id: string) => c.land_uses.find((u) => u.use === id)?.name ?? plain(id);
  const mined = near(t.people_near_mined_zones);
  const any = near(t.people_near_any_site);
  return table('civil-plan', 'The plan', [['Metric', false], ['Figure', true]], [
    ...t.land.map((l) => [`Land taken: ${use(l.use)}`, ha(l.ha)]),
    ['Yearly margin of that land', money(t.margin_eur_per_year)],
    ...(t.land_without_margin_ha > 0 ? [['Land taken without a margin on record', ha(t.land_without_margin_ha)]] : []),
    ['People within 1 km of any site', any[0]], ['People within 5 km of any site', any[1]],
    ['People within 1 km of mined zones', mined[0]], ['People within 5 km of mined zones', mined[1]],
    ['Person-years (on record) within 1 km of mined zones, until cleared', count(t.person_years)],
    ['Clearance, P10 – P90', range(t.clearance_eur)], ['Clearance, median', money(t.clearance_eur.p50)],
    ['Inspections of marking until cleared', count(t.inspections)],
    ['Purchase', money(t.purchase_eur)],
    ['Whole life: purchase, upkeep in the plan, liability',
     money(t.purchase_eur + t.maintenance_eur + t.liability_eur)]]);
}

function byMeasure(plan: Plan, c: Civil): HTMLElement {
  const name = (id: string) => plan.measures.find((m) => m.id === id)?.name ?? plain(id);
  return h('div', {}, h('h3', {}, 'People near each kind of site'),
    h('p', {}, 'Settlements whose point lies within the distance; each counts once in a row, and may be in several. ' +
      'In brackets people presumed in settlements without a population on record.'),
    table('civil-measures', 'People near each kind of site',
      [['Measure', false], ['Within 1 km', true], ['Within 5 km', true]],
      c.plan.people_near_measure.map((p) => [name(p.measure), ...short(p)])));
}

function accessRows(label: string, built: AccessRow, all: AccessRow, key?: (typeof kServices)[number]): string[] {
  const b = key ? built[key] : built;
  const a = key ? all[key] : all;
  return [label, count(b.households_delayed), count(b.households_cut_off), count(a.households_delayed),
          count(a.households_cut_off), count(a.settlements_cut_off), duration(a.longest_delay_s)];
}

function access(c: Civil): HTMLElement {
  const a = c.plan.access;
  const f = c.figures.access;
  if (!a || !f || !c.services) {
    return h('div', {}, h('h3', {}, 'Ways to services'), h('p', {}, 'Not assessed: the scenario has no layer of role services.'));
  }
  const served = kServices.filter((k) => c.services![k] > 0);
  const missing = kServices.filter((k) => c.services![k] === 0);
  return h('div', {}, h('h3', {}, 'Ways to services'),
    h('p', {}, `On roads, by ${f.mover.toLowerCase()} in the season “${f.season}”. An obstacle that stands is closed to people, but for its ` +
      `gates and what is closed on order, which let them pass until then. Delayed: longer by more than ` +
      `${duration(f.delayed_s)}; cut off: a way there was, and none is left. ${decimal(f.household)} people a ` +
      `household. ${count(a.settlements_without_road)} settlements lie more than ${decimal(f.to_road_m / 1000)} km ` +
      `from any road and are not counted; ${count(a.settlements_without_service_today)} cannot reach some service today.` +
      (missing.length ? ` The data has no ${missing.map((k) => kPlace[k]!.replace(/^an? /, '')).join(', no ')}.` : '')),
    table('civil-access', 'Ways to services',
      [['Way to', false], ['Households delayed, built', true], ['cut off, built', true],
       ['delayed, stored emplaced', true], ['cut off, stored emplaced', true], ['settlements cut off', true],
       ['Longest delay', true]],
      [...served.map((k) => accessRows(kPlace[k]!, a.built, a.with_stored, k)),
       accessRows('any of them', a.built, a.with_stored)]));
}

const touched = (t: CivilTotals): boolean =>
  t.land_ha > 0 || t.mined_ha > 0 || t.people_near_any_site.within_5km > 0 ||
  t.people_near_any_site.settlements_without_population_5km > 0 ||
  (t.access?.with_stored.households_cut_off ?? 0) > 0 || (t.access?.with_stored.households_delayed ?? 0) > 0;

function byDistrict(c: Civil): HTMLElement {
  const rows = c.districts.filter(touched);
  const cells = (name: string, t: CivilTotals): string[] => [name, ha(t.land_ha), money(t.margin_eur_per_year),
    ...short(t.people_near_mined_zones), count(t.person_years), ha(t.mined_ha), money(t.clearance_eur.p50),
    ...(c.plan.access ? [count(t.access!.with_stored.households_delayed), count(t.access!.with_stored.households_cut_off)] : [])];
  return h('div', {}, h('h3', {}, c.by === 'municipality' ? 'By municipality' : 'By the nearest town'),
    h('p', {}, (c.by === 'municipality' ? '' : 'The scenario has no layer of role municipalities. ') +
      'Before the plan every figure is nought. Those that the plan does not touch are left out; the last row is the plan. ' +
      'People are those near mined zones, in brackets those presumed in settlements without a figure. A printable page for each stands in the folder leaves.'),
    table('civil-districts', 'By municipality',
      [[c.by === 'municipality' ? 'Municipality' : 'Place', false], ['Land taken', true], ['Margin a year', true],
       ['People in 1 km', true], ['in 5 km', true], ['Person-years', true], ['Mined', true],
       ['Clearing, median', true],
       ...(c.plan.access ? [['Households delayed', true], ['cut off', true]] as [string, boolean][] : [])],
      [...rows.map((d) => cells(d.name, d)), cells('The plan', c.plan)]));
}

function byYear(c: Civil): HTMLElement {
  return h('div', {}, h('h3', {}, 'By year'),
    table('civil-years', 'By year',
      [['Year', false], ['Land taken', true], ['Margin lost', true], ['Mined at its end', true],
       ['People within 1 km', true], ['Person-years', true], ['Cleared', true], ['Clearance P10 – P90', true],
       ['Inspections', true]],
      c.years.map((y) => [String(y.year), ha(y.land_ha), money(y.margin_eur), ha(y.mined_ha), count(y.people_1km),
        count(y.person_years), ha(y.cleared_ha), range(y.clearance_eur), count(y.inspections)])));
}

function sources(c: Civil): HTMLElement {
  const f = c.figures;
  const price = f.clearance_eur_per_m2;
  return h('details', {}, h('summary', {}, 'Figures this is reckoned by'), h('ul', {},
    h('li', {}, `Clearance ${price.min} / ${price.mode} / ${price.max} EUR per m² (least, most likely, most): ${f.clearance_provenance}.`),
    h('li', {}, `${decimal(f.clearance_ha_per_year)} ha cleared a year: ${f.clearance_capacity_provenance}.`),
    h('li', {}, `Marking inspected every ${f.inspection_years} years: ${f.inspection_provenance}.`),
    f.access ? h('li', {}, `Ways: ${f.access.provenance}.`) : '',
    ...c.land_uses.filter((u) => u.margin_eur_per_ha !== null).map((u) =>
      h('li', {}, `${u.name}: ${count(u.margin_eur_per_ha!)} EUR per ha and year: ${u.provenance}.`))));
}

export function civil(plan: Plan): HTMLElement {
  const c = plan.civil;
  return h('div', {}, lead(c), h('div', {class: 'two'}, planTable(c), byMeasure(plan, c)), access(c), evacuation(plan), byDistrict(c),
           byYear(c), sources(c));
}
