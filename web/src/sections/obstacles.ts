// What becomes of the obstacles together: belts and their effect, parks and readiness, decisions.
import {h} from '../dom';
import {count, decimal, duration, plain} from '../format';
import type {Emplaced, Plan} from '../types';
import {table} from './table';

const kEffect: Record<string, string> = {
  none: 'nothing built', disrupt: 'disrupts', turn: 'turns', fix: 'fixes', block: 'blocks',
};

export function beltTable(plan: Plan): HTMLElement {
  return h('div', {},
    h('p', {}, 'A belt that nothing covers only disrupts, however much of it is built. Covered, it turns ' +
      'movers to its gaps; whole, it fixes them; and where its delay is long as well, it blocks.'),
    table('belts-table', 'Belts', [['Belt', false], ['Built', true], ['Covered', true],
                                   ['Delay of a segment, mean', true], ['Effect', false]],
      plan.belts.map((b) => [`${b.echelon}, ${decimal(b.distance_m / 1000)} km from the border`,
        `${decimal(b.built_km)} of ${decimal(b.candidate_km)} km`, `${decimal(b.covered_km)} km`,
        b.built_km > 0 ? duration(b.mean_delay_s) : '–', kEffect[b.effect] ?? b.effect])));
}

function lateList(rows: Emplaced[], warning: string): HTMLElement | string {
  const late = rows.filter((r) => !r.in_time);
  if (late.length === 0) return '';
  return h('details', {}, h('summary', {}, `Late at the ${warning} warning (${count(late.length)})`),
    table(`late-${warning}`, `Late at the ${warning} warning`,
      [['Site', false], ['From', false], ['Ready after', true], ['Needed after', true]],
      late.map((r) => [r.site, `${r.park}, crew ${r.crew}, turn ${r.place}`, duration(r.ready_s),
                       duration(r.needed_s)])));
}

export function parkTables(plan: Plan): HTMLElement {
  const {warning_s: warning, at_mean_warning: mean, at_least_warning: least} = plan.readiness;
  if (plan.parks.length === 0) return h('p', {}, 'Nothing of this plan is stored in peacetime.');
  const late = (rows: Emplaced[]) => count(rows.filter((r) => !r.in_time).length);
  return h('div', {},
    h('p', {}, `On the order each park sends its crews to what is needed first. Of ${count(mean.length)} stored ` +
      `obstacles ${late(mean)} are not ready in time at the mean warning of ${duration(warning.mean)}, ` +
      `${late(least)} at the least of ${duration(warning.min)}.`),
    table('parks-table', 'Parks',
      [['Park', false], ['Opens', true], ['Stored', true], ['Late', true],
       ['Crew hours used', true], ['Loads stored', true]],
      plan.parks.map((p) => [`${p.site}, ${p.name.replace(/^park /, '')}`,
        p.opens === null ? 'not opened' : String(p.opens), count(p.stored), count(p.late),
        `${count(p.crew_h)} of ${count(p.crew_h_held)}`, `${count(p.loads)} of ${count(p.loads_held)}`])),
    lateList(mean, 'mean'), lateList(least, 'least'));
}

export function decisionTable(plan: Plan): HTMLElement {
  const name = (id: string) => plan.measures.find((m) => m.id === id)?.name ?? plain(id);
  if (plan.decisions.length === 0) return h('p', {}, 'No two candidate sites exclude each other.');
  return h('div', {},
    h('p', {}, 'These exclude each other on the ground. The plan takes one or neither; it never takes half of both.'),
    table('decisions-table', 'Decisions', [['Either', false], ['or', false], ['Why', false], ['The plan', false]],
      plan.decisions.map((d) => [`${name(d.first.measure)}, ${d.first.site}`,
        `${name(d.second.measure)}, ${d.second.site}`, d.why,
        d.taken === 'neither' ? 'takes neither' : `takes ${d[d.taken].site}`])));
}

export function quotaList(plan: Plan): HTMLElement | string {
  if (plan.quotas.length === 0) return '';
  const name = (id: string) => plan.measures.find((m) => m.id === id)?.name ?? plain(id);
  return h('p', {}, 'Asked for whatever else is bought: ', plan.quotas.map((q) =>
    `${name(q.measure)}, at least ${decimal(q.at_least)} ${q.unit} (${decimal(q.bought)} bought)`).join('; '), '.');
}

export function routeTable(plan: Plan): HTMLElement | string {
  if (plan.routes.length === 0) return '';
  return h('div', {},
    h('h3', {}, 'Routes kept open'),
    h('p', {}, 'Ways of friends and of those who leave, with all that is bought, stored obstacles emplaced.'),
    table('routes-table', 'Routes', [['Route', false], ['Who', false], ['Today', true], ['With the plan', true],
                                     ['At most', true]],
      plan.routes.map((r) => [r.name, `${r.mover}, ${r.season}`, duration(r.today_s), duration(r.with_plan_s),
                              duration(r.at_most_s)])));
}
