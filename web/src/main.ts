import './styles.css';
import {delayCharts} from './charts/delay';
import {moneyCharts} from './charts/money';
import {h, section} from './dom';
import {count, duration, glued, money, percent} from './format';
import {civil} from './sections/civil';
import {economy} from './sections/economy';
import {law} from './sections/law';
import {inputsTable, limitsTable, measureTable, proof, siteTable} from './sections/lists';
import {mapSection} from './sections/map';
import {beltTable, decisionTable, parkTables, quotaList, routeTable} from './sections/obstacles';
import {records} from './sections/records';
import {screening} from './sections/screening';
import {watch} from './sections/watch';
import {tradeoffs} from './sections/tradeoffs';
import type {Payload, Plan} from './types';

import type {PlanMap} from './map/view';

// What tests of the page look at.
declare global {
  interface Window { abatisReady?: boolean; abatisData?: Payload; abatisMap?: PlanMap }
}

function figure(value: string, text: string): HTMLElement {
  return h('div', {class: 'figure'}, h('b', {}, value), h('span', {}, text));
}

function header(plan: Plan): HTMLElement {
  const s = plan.scenario;
  const m = plan.money;
  const made = plan.inputs.filter((i) => i.quality === 'synthetic' || i.quality === 'schematic').length;
  const warning = [
    made ? `${count(made)} input ${made === 1 ? 'layer is' : 'layers are'} synthetic or schematic` : '',
    plan.unverified.unverified
      ? `${count(plan.unverified.unverified)} of ${count(plan.unverified.entries)} catalogue entries are unverified` : '',
  ].filter(Boolean).join('; ');
  return h('header', {},
    h('p', {class: 'kicker'}, `Obstacle plan ${s.first_year}–${s.first_year + s.years - 1}`),
    h('h1', {}, s.title),
    h('p', {class: 'lead'}, s.description),
    h('div', {class: 'figures'},
      figure(`+${duration(plan.mean_after_s - plan.mean_before_s)}`,
             `mean delay in ${s.first_year + s.years - 1}: ${duration(plan.mean_after_s)} instead of ${duration(plan.mean_before_s)}`),
      figure(money(m.purchases_eur + m.maintenance_eur), `spent, of ${money(m.budget_eur)} available`),
      figure(count(plan.purchases.length), `of ${count(plan.candidates)} candidate sites bought`),
      figure(plan.result.status === 'optimal' ? 'proven best' : `≤ ${percent(plan.result.gap, 2)}`,
             'from the best possible plan, proven')),
    h('p', {class: 'warning', role: 'note'}, h('b', {}, 'Read with care. '),
      `${warning.charAt(0).toUpperCase()}${warning.slice(1)}. `, h('a', {href: '#caveats'}, 'All caveats')));
}

function caveats(plan: Plan): HTMLElement {
  const notes = plan.terrain_notes.map((n) => h('li', {}, `${n.layer}: ${n.text} (${count(n.cells)} cells)`));
  return section('caveats', 'Caveats, and what is not yet accounted for',
    h('div', {class: 'two'},
      h('div', {}, h('h3', {}, 'Caveats'), h('ul', {}, ...plan.caveats.map((c) => h('li', {}, c)))),
      h('div', {}, h('h3', {}, 'Not yet assessed'),
        h('ul', {}, ...plan.not_assessed.map((c) => h('li', {}, c))))),
    notes.length ? h('details', {}, h('summary', {}, 'How unknown cells were read'), h('ul', {}, ...notes)) : '');
}

// The marking in the margin of every printed sheet; a browser without boxes there prints the fixed line instead.
function markSheets(marking: string): boolean {
  if (!('CSSMarginRule' in window)) return false;
  document.head.append(h('style', {}, '@media print { @page { @bottom-left { content: ' + JSON.stringify(marking.toUpperCase()) +
    '; font: 7pt sans-serif; color: #a3182c; vertical-align: top; padding-top: 3mm } ' +
    '@bottom-right { content: counter(page) " of " counter(pages); font: 7pt sans-serif; vertical-align: top; padding-top: 3mm } } }'));
  return true;
}

function build(payload: Payload): Promise<void> {
  const {plan, screening: screened} = payload;
  document.title = `${plan.scenario.title}: obstacle plan`;
  const map = mapSection(payload);
  const links: [string, string][] = [['words', 'In words'], ['where', 'Map'], ['delay', 'Delay'],
    ['money', 'Money'], ['measures', 'Measures'],
    ['belts', 'Belts'], ['parks', 'Parks'], ['watch', 'Watch'], ['decisions', 'Decisions'], ['sites', 'Sites'], ['proof', 'Proof'],
    ['civil', 'Civilians'], ...(screened ? [['screening', 'Screening'] as [string, string]] : []), ['tradeoffs', 'Trade-offs'], ['law', 'Law'], ['records', 'Records'], ['inputs', 'Inputs'], ['caveats', 'Caveats']];
  document.getElementById('app')!.append(
    h('div', {class: 'marking'}, plan.marking),
    h('nav', {'aria-label': 'Sections'}, ...links.map(([id, text]) => h('a', {href: `#${id}`}, text))),
    h('main', {},
      header(plan),
      section('words', 'What the plan buys', h('ul', {class: 'words'}, ...plan.words.map((w) => h('li', {}, glued(w))))),
      map.node,
      section('delay', 'How long it takes, year by year',
        h('p', {}, 'Least time from the entry to the objective. The filled part is what the plan adds in the ' +
          'case that weighs most on the axis; the thin lines are the other movers and seasons.'),
        delayCharts(plan)),
      section('money', 'Money by year and class', moneyCharts(plan), economy(plan)),
      section('measures', 'What each measure costs and delays',
        h('p', {}, '“Adds to the plan” is the weighted delay, averaged over the years, that the plan would lose ' +
          'without all purchases of that measure and nothing in their place. Measures work together, so these ' +
          'figures do not add up.'),
        measureTable(plan), quotaList(plan)),
      section('belts', 'The effect of each belt', beltTable(plan)),
      section('parks', 'Parks, and what stands in time', parkTables(plan)),
      section('watch', 'Early warning: who sees the border', watch(plan, payload.watch_map)),
      section('decisions', 'Decisions to take', decisionTable(plan), routeTable(plan)),
      section('sites', `All ${count(plan.purchases.length)} purchases`, siteTable(plan, map.showPurchase)),
      section('proof', 'How good the plan is, proven', proof(plan),
        h('h3', {}, 'What each limit costs'),
        h('p', {}, 'How much weighted delay one more million euros of room in each limit would buy, at the relaxed ' +
          'optimum; of parks and quotas, one more hour of crew, truck load, km or ha. A limit that does not ' +
          'bind costs nothing.'),
        limitsTable(plan)),
      section('civil', 'What it does to those who live there', civil(plan)),
      screened ? section('screening', 'Roads seen from across the border, and rows of trees', screening(plan, screened)) : '',
      section('tradeoffs', 'What the rules cost, and what more would buy', tradeoffs(plan)),
      section('law', 'The law, on the date of each action', law(plan)),
      section('records', 'Records of mined zones', records(plan)),
      section('inputs', 'Inputs and their sources', inputsTable(plan)),
      caveats(plan),
      h('footer', {}, h('p', {}, `${plan.program.name} ${plan.program.version}; scenario ${plan.scenario.id}, ` +
        `seed ${plan.scenario.seed}; ${plan.scenario.rows} × ${plan.scenario.cols} cells of ${plan.scenario.cell_m} m. `,
        'This file makes no network request.'),
        h('p', {class: markSheets(plan.marking) ? 'marking' : 'marking each-sheet'}, plan.marking))));
  return map.start();
}

const payload = JSON.parse(document.getElementById('abatis-data')!.textContent!) as Payload;
window.abatisData = payload;
build(payload).then(() => { window.abatisReady = true; });
