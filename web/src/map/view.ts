// The map itself: what is shown follows one state (year, measures, case, overlay).
import {Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerSource from 'virtual:maplibre-worker-source';
import type {MapData, Plan} from '../types';
import {addIcons} from './icons';
import {makeStyle, measuresByLook} from './layers';
import {darkQuery, palette} from './palette';

setWorkerUrl(URL.createObjectURL(new Blob([workerSource], {type: 'text/javascript'})));

export interface MapState {
  year: number;              // calendar year
  measures: Set<string>;     // shown
  cases: number[];           // whose paths are drawn
  before: boolean; after: boolean;
  candidates: boolean;
  bands: boolean;
  overlay: number;           // axis, -1 = none
}

const kSiteLayers = ['bought-points', 'bought-dots-line', 'bought-teeth-line', 'bought-double',
                     'bought-solid', 'bought-row', 'bought-blocks', 'candidate-points', 'candidate-lines',
                     'candidate-blocks'];

export class PlanMap {
  readonly map: MapLibre;
  private state: MapState | undefined;
  private chosen = -1;
  private styled = false;

  constructor(container: HTMLElement, private readonly plan: Plan, private readonly data: MapData,
              private readonly onPick: (site: number) => void) {
    const [w, s, e, n] = data.bounds;
    this.map = new MapLibre({
      container,
      style: makeStyle(plan, data, palette()),
      bounds: [w, s, e, n],
      fitBoundsOptions: {padding: 4},
      maxBounds: [[w - (e - w), s - (n - s)], [e + (e - w), n + (n - s)]],
      maxZoom: 15,
      attributionControl: false,
      dragRotate: false, pitchWithRotate: false, touchPitch: false,
      cooperativeGestures: true,
      fadeDuration: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200,
      canvasContextAttributes: {preserveDrawingBuffer: true},  // so that it prints
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new NavigationControl({showCompass: false}), 'top-left');
    this.map.addControl(new ScaleControl({maxWidth: 120}), 'bottom-left');
    this.icons();
    this.map.once('load', () => { this.styled = true; });
    this.map.on('click', (event) => {
      const box: [[number, number], [number, number]] =
          [[event.point.x - 5, event.point.y - 5], [event.point.x + 5, event.point.y + 5]];
      const layers = kSiteLayers.filter((id) => this.map.getLayer(id));
      const hit = this.map.queryRenderedFeatures(box, {layers})[0];
      if (hit) this.onPick(Number(hit.properties['i']));
    });
    for (const layer of kSiteLayers) {
      this.map.on('mouseenter', layer, () => { this.map.getCanvas().style.cursor = 'pointer'; });
      this.map.on('mouseleave', layer, () => { this.map.getCanvas().style.cursor = ''; });
    }
    darkQuery.addEventListener('change', () => this.restyle());
  }

  loaded(): Promise<void> {
    return new Promise((resolve) => this.map.once('load', () => resolve()));
  }

  // Resolves once everything in view is drawn.
  ready(): Promise<void> {
    return new Promise((resolve) => this.map.once('idle', () => resolve()));
  }

  show(state: MapState): void {
    this.state = state;
    if (this.map.loaded() || this.styled) this.apply();
  }

  choose(site: number, at: [number, number] | null): void {
    this.chosen = site;
    if (!this.styled) return;
    for (const id of ['chosen-line', 'chosen-block', 'chosen-point']) {
      this.map.setFilter(id, ['==', ['get', 'i'], site]);
    }
    if (at) this.map.flyTo({center: at, zoom: Math.max(this.map.getZoom(), 10.5), speed: 1.6});
  }

  whole(): void {
    const [w, s, e, n] = this.data.bounds;
    this.map.fitBounds([w, s, e, n], {padding: 4});
  }

  private icons(): void {
    const p = palette();
    addIcons(this.map, {'*': p.obstacle, 'hatch': p.hatch, 'star': p.objective, 'trees': p.forest},
             p.halo);
  }

  private restyle(): void {
    this.map.once('styledata', () => {
      this.icons();
      this.apply();
    });
    this.map.setStyle(makeStyle(this.plan, this.data, palette()), {diff: true});
  }

  private apply(): void {
    const state = this.state;
    if (!state) return;
    const year = state.year - this.plan.scenario.first_year;
    const shown: any = ['in', ['get', 'm'], ['literal', [...state.measures]]];
    const built: any = ['all', ['>=', ['get', 'y'], 0], ['<=', ['get', 'y'], year], shown];
    const fresh: any = ['all', ['==', ['get', 'y'], year], shown];
    const looking = (look: string): any =>
        ['all', built, ['in', ['get', 'm'], ['literal', measuresByLook(this.plan, look)]]];
    const filters: Record<string, any> = {
      'bought-blocks': built, 'bought-blocks-trees': built, 'bought-blocks-edge': built,
      'bought-points': built, 'bought-solid': looking('solid'), 'bought-row': looking('row'), 'bought-double': looking('double'),
      'bought-teeth-line': looking('teeth'), 'bought-teeth': looking('teeth'),
      'bought-dots-line': looking('dots'), 'bought-dots': looking('dots'),
      'fresh-lines': fresh, 'fresh-blocks': fresh, 'fresh-points': fresh,
    };
    const notBuilt: any = ['any', ['<', ['get', 'y'], 0], ['>', ['get', 'y'], year]];
    for (const kind of ['lines', 'blocks', 'points']) {
      filters[`candidate-${kind}`] = state.candidates ? notBuilt : ['==', ['get', 'i'], -1];
    }
    const inCases: any = ['in', ['get', 'case'], ['literal', state.cases]];
    const before: any = ['all', inCases, ['==', ['get', 'state'], 'before']];
    const after: any = ['all', inCases, ['==', ['get', 'state'], 'after']];
    const none: any = ['==', ['get', 'case'], -1];
    filters['paths-before'] = state.before ? before : none;
    filters['paths-after'] = state.after ? after : none;
    filters['paths-casing'] = ['any', filters['paths-before'], filters['paths-after']];
    for (const [id, filter] of Object.entries(filters)) this.map.setFilter(id, filter);
    for (const id of ['bands', 'band-lines']) this.visible(id, state.bands);
    for (const overlay of this.data.overlays) {
      this.visible(`overlay-${overlay.axis}`, overlay.axis === state.overlay);
    }
    this.choose(this.chosen, null);
  }

  private visible(id: string, on: boolean): void {
    this.map.setLayoutProperty(id, 'visibility', on ? 'visible' : 'none');
  }
}
