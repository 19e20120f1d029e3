// The map with its controls: year, measures, paths, what is laid over, details of one site.
import {h} from '../dom';
import {count, duration, money, percent} from '../format';
import {swatch} from '../map/swatch';
import {type MapState, PlanMap} from '../map/view';
import type {Candidate, Payload, Plan} from '../types';
import {siteDetails} from './lists';

function candidateDetails(plan: Plan, site: Candidate): HTMLElement {
  const names = new Map(plan.measures.map((m) => [m.id, m.name]));
  return h('div', {},
    h('h3', {}, site.id), h('p', {}, 'Candidate site, not in the plan'),
    h('p', {class: 'small faint'}, site.name),
    ...site.options.map((o) => h('p', {class: 'small'}, h('b', {}, names.get(o.measure) ?? o.measure),
      o.cover ? ', covered' : '', o.park ? `, stored in ${o.park}` : '',
      `: ${money(o.cost)}, delay ${duration(Math.min(...o.delay))} to ${duration(Math.max(...o.delay))}`)));
}

export interface MapSection {
  node: HTMLElement;
  showPurchase: (index: number) => void;
  start: () => Promise<void>;  // once the node is in the page; resolves when the map is drawn
}

export function mapSection({plan, map}: Payload): MapSection {
  const first = plan.scenario.first_year;
  const last = first + plan.scenario.years - 1;
  const state: MapState = {
    year: last,
    measures: new Set(plan.measures.map((m) => m.id)),
    cases: plan.axes.map((a) => a.shown_case).filter((k) => k >= 0),
    before: true, after: true, candidates: true, bands: true, overlay: -1,
  };
  const canvas = h('div', {id: 'map', role: 'region', 'aria-label': 'Map of the plan'});
  const details = h('div', {class: 'details', 'aria-live': 'polite'},
    h('p', {class: 'faint small'}, 'Click a site on the map, or choose one in the table of sites below.'));
  const sites = new Map(map.candidates.map((c, i) => [c.id, i]));
  const bySite = new Map(plan.purchases.map((p, i) => [p.site, i]));

  const pick = (site: number): void => {
    const candidate = map.candidates[site];
    if (!candidate) return;
    const purchase = bySite.get(candidate.id);
    details.replaceChildren(purchase === undefined ? candidateDetails(plan, candidate)
                                                   : siteDetails(plan, plan.purchases[purchase]!));
    side.scrollTop = 0;
    view?.choose(site, null);
  };
  let view: PlanMap | undefined;

  const built = h('output', {id: 'built', for: 'year'});
  const update = (): void => {
    const shown = plan.purchases.filter((p) => p.year <= state.year && state.measures.has(p.measure));
    const fresh = shown.filter((p) => p.year === state.year).length;
    const cost = shown.reduce((sum, p) => sum + p.cost_eur, 0);
    canvas.dataset['shownSites'] = String(shown.length);
    built.replaceChildren(h('b', {}, String(state.year)),
      ` ${count(shown.length)} of ${count(plan.purchases.length)} sites built, ${money(cost)} of purchases`,
      fresh ? h('span', {class: 'fresh'}, `${count(fresh)} new this year`) : '');
    view?.show(state);
  };

  const year = h('input', {type: 'range', id: 'year', min: first, max: last, step: 1, value: last,
                           'aria-label': 'Year', list: 'years',
                           oninput: () => {
                             state.year = Number(year.value);
                             update();
                           }});
  const play = h('button', {type: 'button', id: 'play'}, 'Play');
  let timer = 0;
  const stop = (): void => {
    window.clearInterval(timer);
    timer = 0;
    play.textContent = 'Play';
  };
  play.addEventListener('click', () => {
    if (timer) return stop();
    if (state.year === last) state.year = first - 1;
    play.textContent = 'Pause';
    const step = (): void => {
      state.year += 1;
      year.value = String(state.year);
      update();
      if (state.year >= last) stop();
    };
    timer = window.setInterval(step, 900);
    step();
  });
  year.addEventListener('pointerdown', stop);
  year.addEventListener('keydown', stop);

  const tick = (text: string, on: boolean, change: (on: boolean) => void, ...extra: Node[]) => {
    const box = h('input', {type: 'checkbox', checked: on, onchange: () => {
      change(box.checked);
      update();
    }});
    return h('label', {class: 'tick'}, box, ...extra, h('span', {}, text));
  };
  const measures = plan.measures.map((m) => {
    const label = tick(`${m.name} (${count(m.bought)})`, true, (on) => {
      if (on) state.measures.add(m.id);
      else state.measures.delete(m.id);
    }, swatch(m.symbol, m.rule));
    label.querySelector('input')!.dataset['measure'] = m.id;
    return label;
  });
  const line = (cls: string) => h('span', {class: `line ${cls}`, 'aria-hidden': 'true'});

  const which = h('select', {id: 'case', onchange: () => {
    const value = which.value;
    state.cases = value === 'heaviest' ? plan.axes.map((a) => a.shown_case).filter((k) => k >= 0)
                : value === 'all' ? plan.cases.map((_, k) => k) : [Number(value)];
    update();
  }}, h('option', {value: 'heaviest'}, 'heaviest case of each axis'), h('option', {value: 'all'}, 'all cases'),
    ...plan.cases.map((c, k) => h('option', {value: k}, `${plan.axes[c.axis]!.name}: ${c.mover}, ${c.season}`)));

  const scale = h('div', {class: 'scale'});
  const overlay = h('select', {id: 'overlay', onchange: () => {
    state.overlay = Number(overlay.value);
    const chosen = map.overlays.find((o) => o.axis === state.overlay);
    scale.replaceChildren(...(chosen ? chosen.stops.map((s) => h('span', {},
      h('i', {style: `background:rgba(${s.rgba[0]},${s.rgba[1]},${s.rgba[2]},${(s.rgba[3] / 255).toFixed(2)})`}),
      s.label)) : []));
    update();
  }}, h('option', {value: -1}, 'nothing'),
    ...map.overlays.map((o) => h('option', {value: o.axis}, `delay bought by ${last}: ${plan.axes[o.axis]!.name}`)));

  const bands = plan.echelons.map((e) => `${e.name} ${e.from_m / 1000}–${e.to_m / 1000} km`).join(', ');
  const panel = h('div', {class: 'panel'},
    h('fieldset', {}, h('legend', {}, 'Measures'), ...measures,
      tick('candidates not built', true, (on) => { state.candidates = on; }, line('candidate'))),
    h('fieldset', {}, h('legend', {}, 'Least-time paths'),
      tick('with nothing built', true, (on) => { state.before = on; }, line('before')),
      tick(`in ${last}, with the plan`, true, (on) => { state.after = on; }, line('after')),
      h('label', {class: 'stack'}, 'of ', which)),
    h('fieldset', {}, h('legend', {}, 'Laid over'),
      tick(bands ? `echelons: ${bands}` : 'echelons', true, (on) => { state.bands = on; }, line('band')),
      h('label', {class: 'stack'}, 'Colours: ', overlay), scale),
    h('p', {class: 'small faint'}, line('border'), ' border. Hatched: the other side. ',
      h('button', {type: 'button', class: 'link', onclick: () => view?.whole()}, 'Whole region')));

  const side = h('div', {class: 'side'}, details, panel);
  const node = h('section', {id: 'where', class: 'wide', 'aria-labelledby': 'where-title'},
    h('h2', {id: 'where-title'}, 'Where, and in which year'),
    h('div', {class: 'slider'}, play, year,
      h('datalist', {id: 'years'}, ...plan.money.years.map((y) => h('option', {value: y.year}))), built),
    h('div', {class: 'map-frame'}, canvas, side),
    h('p', {class: 'small faint'}, `Cell ${plan.scenario.cell_m} m, ${plan.scenario.crs}. Zones and segments only; ` +
      `${percent(plan.purchases.length / Math.max(1, plan.candidates))} of ${count(plan.candidates)} candidate sites are bought. ` +
      'Lines and areas are thinned for the page; plan.gpkg beside this file has them in full.'));

  const showPurchase = (index: number): void => {
    const purchase = plan.purchases[index];
    if (!purchase) return;
    const site = sites.get(purchase.site);
    if (site === undefined) return;
    if (state.year < purchase.year) {
      state.year = purchase.year;
      year.value = String(purchase.year);
      update();
    }
    pick(site);
    view?.choose(site, purchase.lonlat);
    canvas.scrollIntoView({block: 'center',
      behavior: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'});
  };
  const start = async (): Promise<void> => {
    const made = new PlanMap(canvas, plan, map, pick);
    view = made;
    window.abatisMap = made;
    await made.loaded();
    update();
    await made.ready();
  };
  update();
  return {node, showPurchase, start};
}
