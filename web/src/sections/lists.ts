// Tables: measures, and every purchase (sorted, searched, shown on the map).
import {h} from '../dom';
import {count, duration, money, percent, plain, quantity} from '../format';
import {swatch} from '../map/swatch';
import type {Measure, Plan, Purchase} from '../types';

const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

// Over the movers and seasons of the scenario and the sites that offer it, full grown.
function delayRange(m: Measure): [string, string] {
  const [low, high] = m.site_delay_s.map((s) => (s > 0 ? duration(s) : 'none')) as [string, string];
  if (m.site_delay_s[1] <= 0) return ['none', ''];
  return low === high ? [low, ''] : [low, `to ${high}`];
}

function years(m: Measure): string {
  if (m.first_year === null) return '–';
  return m.first_year === m.last_year ? String(m.first_year) : `${m.first_year}–${m.last_year}`;
}

// Every figure's source, opened on demand.
function sources(m: Measure): HTMLElement {
  return h('details', {class: 'small faint'}, h('summary', {}, 'Figures and sources'),
    h('p', {}, `Unit cost ${money(m.unit_cost_eur.min)}, ${money(m.unit_cost_eur.mode)}, ` +
      `${money(m.unit_cost_eur.max)} per ${m.unit} (least, most likely, greatest); upkeep ` +
      `${percent(m.maintenance_share)} a year; at the end of its life ` +
      `${money(m.liability_eur_per_unit.mean)} per ${m.unit}. Source: ${m.provenance}`),
    m.acts_provenance ? h('p', {}, `How it acts. Source: ${m.acts_provenance}`) : '',
    m.delays.length ? h('table', {}, h('tbody', {}, ...m.delays.map((d) => h('tr', {},
      h('th', {scope: 'row'}, `${d.mover}, ${d.season}`),
      h('td', {class: 'n'}, `${duration(d.delay_s.min)}, ${duration(d.delay_s.mode)}, ${duration(d.delay_s.max)}`),
      h('td', {}, d.provenance))))) : '');
}

export function measureTable(plan: Plan): HTMLElement {
  const rows = plan.measures.map((m) => {
    const lost = m.objective_without_s === null
        ? null : plan.result.objective_s - m.objective_without_s;
    const land = [
      m.farm_land_ha > 0 ? `takes ${count(m.farm_land_ha)} ha of farm land` : '',
      m.earthwork_m3 > 0 ? `moves ${count(m.earthwork_m3)} m³ of earth` : '',
      m.stored ? 'stored in parks' : ''].filter(Boolean).join('; ');
    return h('tr', {},
      h('th', {scope: 'row'}, swatch(m.symbol, m.rule), ' ', m.name,
        h('div', {class: 'small note'}, m.note), sources(m)),
      h('td', {class: 'n'}, `${count(m.bought)} of ${count(m.candidates)}`),
      h('td', {class: 'n'}, m.bought ? quantity(m.quantity, m.unit) : '–',
        land ? h('div', {class: 'faint small'}, land) : ''),
      h('td', {class: 'n'}, m.bought ? money(m.cost_eur) : '–',
        m.bought ? h('div', {class: 'faint small'}, `upkeep ${money(m.maintenance_eur)}`) : ''),
      h('td', {class: 'n'}, years(m)),
      h('td', {class: 'n'}, ...delayRange(m).map((t) => h('div', {}, t))),
      h('td', {class: 'n'}, m.bought && lost !== null ? (lost > 0 ? duration(lost) : 'nothing') : '–'),
      h('td', {class: 'n'}, m.growth_years > 0 ? `${m.lead_years}, grows over ${m.growth_years}`
                                               : String(m.lead_years)));
  });
  return h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Measures'},
    h('table', {id: 'measures-table'},
      h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Measure'),
        ...['Bought', 'Amount', 'Cost', 'Bought in', 'Delay of one site', 'Adds to the plan',
            'Years before it acts'].map((t) => h('th', {scope: 'col', class: 'n'}, t)))),
      h('tbody', {}, ...rows)));
}

interface Column {
  title: string; number: boolean;
  key: (p: Purchase) => number | string;
  cell: (p: Purchase) => string;
}

function columns(plan: Plan): Column[] {
  const names = new Map(plan.measures.map((m) => [m.id, m.name]));
  const delays = (p: Purchase) => p.delay_s.filter((d): d is number => d !== null);
  return [
    {title: 'Site', number: false, key: (p) => p.site, cell: (p) => p.site},
    {title: 'Measure', number: false, key: (p) => names.get(p.measure) ?? p.measure,
     cell: (p) => names.get(p.measure) ?? p.measure},
    {title: 'Near', number: false, key: (p) => p.near, cell: (p) => p.near},
    {title: 'Echelon', number: false, key: (p) => p.echelon ?? '', cell: (p) => p.echelon ?? '–'},
    {title: 'Year', number: true, key: (p) => p.year, cell: (p) => String(p.year)},
    {title: 'Acts from', number: true, key: (p) => p.acts_from ?? 9999,
     cell: (p) => (p.acts_from === null ? 'later' : String(p.acts_from))},
    {title: 'Amount', number: true, key: (p) => p.quantity, cell: (p) => quantity(p.quantity, p.unit)},
    {title: 'Cost', number: true, key: (p) => p.cost_eur, cell: (p) => money(p.cost_eur)},
    {title: 'Delay, mean', number: true, key: (p) => (delays(p).length ? mean(delays(p)) : -1),
     cell: (p) => (delays(p).length ? duration(mean(delays(p))) : 'n/a')},
  ];
}

export function siteTable(plan: Plan, show: (purchase: number) => void): HTMLElement {
  const cols = columns(plan);
  const rows = plan.purchases.map((p, i) => ({
    p,
    text: `${p.site} ${p.name} ${p.measure} ${p.near} ${p.year} ${cols[1]!.cell(p)}`.toLowerCase(),
    row: h('tr', {'data-site': p.site},
      ...cols.map((c, k) => (k === 0
        ? h('th', {scope: 'row'}, h('button', {class: 'link', title: `Show ${p.name} on the map`,
                                               onclick: () => show(i)}, p.site))
        : h('td', {class: c.number ? 'n' : ''}, c.cell(p))))),
  }));
  const body = h('tbody', {}, ...rows.map((r) => r.row));
  const shown = h('output', {class: 'faint', 'aria-live': 'polite'}, `${rows.length} of ${rows.length}`);
  let sorted = -1;
  let down = false;
  const heads = cols.map((c, k) => h('th', {scope: 'col', class: c.number ? 'n' : ''},
    h('button', {class: 'sort', onclick: () => {
      down = sorted === k ? !down : false;
      sorted = k;
      const order = [...rows].sort((a, b) => {
        const x = c.key(a.p), y = c.key(b.p);
        const way = typeof x === 'number' && typeof y === 'number' ? x - y
                                                                   : String(x).localeCompare(String(y));
        return down ? -way : way;
      });
      body.append(...order.map((r) => r.row));
      heads.forEach((head, j) => {
        if (j === k) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        else head.removeAttribute('aria-sort');
      });
    }}, c.title)));
  const search = h('input', {type: 'search', id: 'site-search', placeholder: 'Name, measure, place, year',
    oninput: () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let n = 0;
      for (const r of rows) {
        const hit = words.every((w) => r.text.includes(w));
        r.row.hidden = !hit;
        n += Number(hit);
      }
      shown.textContent = `${n} of ${rows.length}`;
    }});
  return h('div', {},
    h('p', {class: 'search'}, h('label', {for: 'site-search'}, 'Find '), search, ' ', shown),
    h('div', {class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': 'Purchases'},
      h('table', {id: 'sites-table'}, h('thead', {}, h('tr', {}, ...heads)), body)));
}

export function limitsTable(plan: Plan): HTMLElement {
  const worth = (l: Plan['limits'][number]) =>
    [Math.abs(l.per_meur_s ?? 0), Math.abs(l.per_unit_s ?? 0)] as const;
  const limits = [...plan.limits].sort((a, b) => {
    const [ma, ua] = worth(a), [mb, ub] = worth(b);
    return mb - ma || ub - ua;
  });
  return h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'What each limit costs'},
    h('table', {id: 'limits-table'},
      h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Limit'),
        h('th', {scope: 'col', class: 'n'}, 'Delay per million EUR, or per unit, of slack'),
        h('th', {scope: 'col'}, 'Binds'))),
      h('tbody', {}, ...limits.map((l) => h('tr', {},
        h('th', {scope: 'row'}, plain(l.limit)),
        h('td', {class: 'n'}, l.per_meur_s === null ? 'n/a' :
          l.per_unit_s ? `${duration(Math.abs(l.per_unit_s))} a unit` :
          duration(Math.abs(l.per_meur_s))),
        h('td', {}, l.binding ? 'yes' : 'no'))))));
}

// A path that may be broken after its slashes, not within a name.
const breakable = (path: string): (string | HTMLElement)[] =>
  path.split(/(?<=\/)/).flatMap((piece, i) => i === 0 ? [piece] : [h('wbr'), piece]);

export function inputsTable(plan: Plan): HTMLElement {
  return h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Inputs'},
    h('table', {id: 'inputs-table'},
      h('thead', {}, h('tr', {}, ...['What', 'Quality', 'Source', 'Licence', 'Date', 'File', 'SHA-256']
        .map((t) => h('th', {scope: 'col'}, t)))),
      h('tbody', {}, ...plan.inputs.map((i) => h('tr', {},
        h('th', {scope: 'row'}, plain(i.role)),
        h('td', {}, i.quality ? h('span', {class: `quality ${i.quality}`}, i.quality) : '–'),
        h('td', {class: 'small'}, i.source ?? '–'), h('td', {class: 'small'}, i.licence ?? '–'),
        h('td', {class: 'small'}, i.date ?? '–'), h('td', {class: 'small code'}, ...breakable(i.file)),
        h('td', {class: 'small code whole', title: i.sha256}, i.sha256.slice(0, 12)))))));
}

export function siteDetails(plan: Plan, purchase: Purchase): HTMLElement {
  const measure = plan.measures.find((m) => m.id === purchase.measure);
  const facts: [string, string][] = [
    ['Built in', String(purchase.year)],
    ['Acts from', purchase.acts_from === null ? 'after the plan’s last year' : String(purchase.acts_from)],
    ['Amount', quantity(purchase.quantity, purchase.unit)],
    ['Cost', money(purchase.cost_eur)],
    ['Upkeep', `${money(purchase.maintenance_eur_per_year)} a year`],
    ['Clearance, removal', money(purchase.liability_eur)],
    ...(purchase.cover ? [['Covered by', plan.measures.find((m) => m.id === purchase.cover)?.name ??
                           purchase.cover] as [string, string]] : []),
    ...(purchase.park ? [['Stored in', plan.parks.find((p) => p.site === purchase.park)?.name ??
                          purchase.park] as [string, string]] : []),
    ['Echelon', purchase.echelon ?? 'outside all'],
  ];
  return h('div', {},
    h('h3', {}, purchase.site),
    h('p', {}, measure ? swatch(measure.symbol, measure.rule) : '', ' ', measure?.name ?? purchase.measure),
    h('p', {class: 'small faint'}, purchase.name),
    h('dl', {}, ...facts.flatMap(([k, v]) => [h('dt', {}, k), h('dd', {}, v)])),
    h('h4', {}, 'Delay in the last year'),
    h('table', {class: 'small'}, h('tbody', {}, ...plan.speeds.map((s, i) => h('tr', {},
      h('th', {scope: 'row'}, `${s.mover}, ${s.season}`),
      h('td', {class: 'n'}, duration(purchase.delay_s[i] ?? null)))))),
    ...purchase.notes.map((n) => h('p', {class: 'small faint'}, n)));
}

export function proof(plan: Plan): HTMLElement {
  const r = plan.result;
  const e = plan.network_error;
  const best = r.status === 'optimal';
  return h('div', {},
    h('p', {}, 'The plan is scored by one figure: the least time a mover needs from its entry to its ' +
      'objective, averaged over axes, movers, seasons and years by their weights. With nothing built it is ',
      h('b', {}, duration(r.baseline_s)), '; with this plan it is ', h('b', {}, duration(r.objective_s)),
      '. It is proven that no plan within the same rules can exceed ', h('b', {}, duration(r.bound_s)), '.'),
    h('p', {}, best ? 'So this plan is the best there is under these rules. '
      : `So this plan is at most ${percent(r.gap, 2)} from the best possible score; of the delay that ` +
        `could be bought at all, at most ${percent(r.delay_gap)} is left. `,
      'The proof holds for the network and the figures given, not for the world they stand for.'),
    h('p', {class: 'small faint'}, `Search: ${kStatus[r.status] ?? r.status}; ${count(r.nodes)} nodes, ` +
      `${count(r.cuts)} cuts in ${count(r.rounds)} rounds; bound at the root ${duration(r.root_bound_s)}; ` +
      `asked gap ${percent(plan.result.asked_gap)}.`),
    h('h3', {}, 'Network against grid'),
    h('p', {}, `Planning runs on a reduced network. On ${count(e.plans)} plans its times were measured ` +
      `against the full grid: at most ${percent(e.worst, 2)} off (mean ${percent(e.mean, 2)}; tolerance ` +
      `${percent(e.tolerance, 2)}${e.worst_case ? `; worst case: ${e.worst_case}` : ''}). For the plan ` +
      `shown here the largest difference is ${percent(e.worst_of_this_plan, 2)}` +
      `${e.worst_of_this_plan > e.tolerance ? ', above the tolerance' : ''}.`));
}
const kStatus: Record<string, string> = {
  optimal: 'proven best', within_gap: 'stopped when the asked gap was proven',
  node_limit: 'stopped at its node limit', time_limit: 'stopped at its time limit',
  interrupted: 'interrupted; best plan so far',
};
