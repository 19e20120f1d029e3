// The plan held against the law on the date of each action, and against what organisations ask for.
import {h} from '../dom';
import {count, glued} from '../format';
import type {Law, Plan, Verdict} from '../types';
import {table} from './table';

const kOrder: Verdict[] = ['not met', 'not claimed', 'met', 'not applicable'];

const badge = (verdict: Verdict): HTMLElement =>
  h('span', {class: `verdict ${verdict.replace(' ', '-')}`}, verdict);

// A long list of sites stays folded.
function withSites(words: string, sites: string[]): HTMLElement {
  const text = glued(words.charAt(0).toUpperCase() + words.slice(1));
  if (sites.length === 0) return h('div', {}, text);
  return h('div', {}, text, h('details', {class: 'small folded'},
    h('summary', {}, `${count(sites.length)} ${sites.length === 1 ? 'site' : 'sites'}`), sites.join(', ')));
}

function mended(evidence: HTMLElement, mend: string | null): HTMLElement {
  if (mend) evidence.append(h('p', {class: 'small'}, h('b', {}, 'To mend: '), mend));
  return evidence;
}

// What is not applicable stays folded: it is most of the rows and says least.
function findings(l: Law): HTMLElement {
  const rows = [...l.findings].sort((a, b) => kOrder.indexOf(a.verdict) - kOrder.indexOf(b.verdict));
  const idle = rows.filter((f) => f.verdict === 'not applicable');
  return h('div', {}, findingTable('law-table', rows.filter((f) => f.verdict !== 'not applicable')),
    h('details', {}, h('summary', {}, `${count(idle.length)} findings that are not applicable`),
      findingTable('law-idle', idle)));
}

function findingTable(id: string, rows: Law['findings']): HTMLElement {
  return table(id, 'Findings', [['Check', false], ['Finding', false], ['What', false], ['State', false],
                                         ['Article', false], ['Evidence', false]],
    rows.map((f) => [f.check, badge(f.verdict), f.title, f.state ?? 'unknown',
      [f.treaty, f.article].filter(Boolean).join(', '),
      mended(withSites(f.evidence, f.verdict === 'not applicable' ? [] : f.sites), f.mend)]));
}

function statuses(l: Law): HTMLElement {
  return h('details', {}, h('summary', {}, `Which treaty binds whom, ${l.first} to ${l.last}`),
    table('law-status', 'Treaties', [['Treaty', false], ['State', false], ['On the first day', false],
                                     ['On the last day', false], ['Why', false], ['Source', false]],
      l.status.map((s) => [s.name, s.state, s.in_force_first ? 'in force' : 'not in force',
        s.in_force_last ? 'in force' : 'not in force', s.words, `${s.source}; ${s.provenance}`])));
}

function commitments(l: Law): HTMLElement {
  return h('div', {},
    h('h3', {}, 'Beside the law: what humanitarian organisations ask for'),
    h('p', {}, 'Nobody is bound by these; a plan may claim them.'),
    table('commitment-table', 'Commitments', [['Commitment', false], ['Finding', false], ['Asked by', false],
                                              ['Evidence', false]],
      l.commitments.map((c) => [c.text, badge(c.verdict), c.asked_by.join(', '),
                                withSites(c.evidence, c.sites)])));
}

export function law(plan: Plan): HTMLElement {
  const l = plan.law;
  if (!l) return h('p', {}, 'Not checked for this plan: run abatis law.');
  const c = l.counts;
  return h('div', {},
    h('p', {class: 'warning', role: 'note'}, h('b', {}, l.no_legal_advice)),
    h('p', {}, l.on ? `As if every action were on ${l.on}. `
      : 'Each purchase is checked on the first day of its year, the earliest that the plan allows. ',
      `Of ${count(l.findings.length)} findings ${count(c.met)} are met, ${count(c.not_met)} not met, ` +
      `${count(c.not_claimed)} not claimed by anybody and ${count(c.not_applicable)} not applicable. What is not ` +
      'claimed may well be done: say so, with its evidence, in a law.toml beside the scenario.'),
    findings(l), statuses(l), commitments(l));
}
