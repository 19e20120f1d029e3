// The map's sources and layers, in drawing order.
import type {LayerSpecification, SourceSpecification, StyleSpecification} from 'maplibre-gl';
import type {MapData, Plan} from '../types';
import {lookOf} from './icons';
import type {Palette} from './palette';

export const kFont = ['system-ui', 'Segoe UI', 'Roboto', 'Helvetica Neue', 'Arial', 'sans-serif'];

export function measuresByLook(plan: Plan, look: string): string[] {
  return plan.measures.filter((m) => lookOf(m.symbol).line === look).map((m) => m.id);
}

function sources(data: MapData): Record<string, SourceSpecification> {
  const out: Record<string, SourceSpecification> = {};
  const add = (name: string, collection: GeoJSON.FeatureCollection, tolerance = 0.375) => {
    out[name] = {type: 'geojson', data: collection, tolerance};
  };
  for (const name of ['land', 'water', 'rivers', 'roads', 'places', 'border', 'echelons', 'paths',
                      'objectives'] as const) {
    add(name, data[name]);
  }
  add('sites-lines', data.sites.lines, 0.1);
  add('sites-blocks', data.sites.blocks, 0.1);
  add('sites-points', data.sites.points);
  for (const overlay of data.overlays) {
    const [w, s, e, n] = overlay.bounds;
    out[`overlay-${overlay.axis}`] = {
      type: 'image', url: overlay.image, coordinates: [[w, n], [e, n], [e, s], [w, s]],
    };
  }
  return out;
}

const zoomed = (...stops: unknown[]): any => ['interpolate', ['linear'], ['zoom'], ...stops];

function base(p: Palette): LayerSpecification[] {
  return [
    {id: 'outside', type: 'background', paint: {'background-color': p.outside}},
    {id: 'land', type: 'fill', source: 'land', paint: {
      'fill-color': ['match', ['get', 'side'], 1, p.friendly, 2, p.adversary, p.other]}},
    {id: 'hatch', type: 'fill', source: 'land', filter: ['==', ['get', 'side'], 2],
     paint: {'fill-pattern': 'hatch'}},
    {id: 'bands', type: 'fill', source: 'echelons',
     paint: {'fill-color': p.band, 'fill-opacity': 0.05}},
    {id: 'water', type: 'fill', source: 'water', paint: {'fill-color': p.water}},
    {id: 'rivers', type: 'line', source: 'rivers',
     paint: {'line-color': p.river, 'line-width': zoomed(7, 0.5, 10, 1.4, 13, 3)}},
    {id: 'roads-casing', type: 'line', source: 'roads', minzoom: 8.5,
     layout: {'line-cap': 'round', 'line-join': 'round'},
     paint: {'line-color': p.roadCasing, 'line-width': zoomed(8.5, 1.6, 12, 4.5)}},
    {id: 'roads', type: 'line', source: 'roads',
     layout: {'line-cap': 'round', 'line-join': 'round'},
     paint: {'line-color': p.road,
             'line-width': zoomed(7, ['match', ['get', 'rank'], 1, 1, 2, 0.8, 0.35], 12,
                                  ['match', ['get', 'rank'], 1, 3, 2, 2.4, 1.6])}},
    {id: 'band-lines', type: 'line', source: 'echelons',
     paint: {'line-color': p.band, 'line-width': 1, 'line-opacity': 0.5,
             'line-dasharray': [4, 3]}},
  ];
}

function overlays(data: MapData): LayerSpecification[] {
  return data.overlays.map((overlay) => ({
    id: `overlay-${overlay.axis}`, type: 'raster', source: `overlay-${overlay.axis}`,
    layout: {visibility: 'none'},
    paint: {'raster-opacity': 0.8, 'raster-fade-duration': 0, 'raster-resampling': 'nearest'},
  }));
}

function sites(plan: Plan, p: Palette): LayerSpecification[] {
  const lineWidth = zoomed(7, 1.6, 10, 2.4, 13, 4);
  const withPoint = (point: string) =>
    plan.measures.filter((m) => lookOf(m.symbol).point === point).map((m) => m.id);
  const wet = plan.measures.filter((m) => m.rule === 'peatland').map((m) => m.id);
  return [
    {id: 'candidate-blocks', type: 'line', source: 'sites-blocks',
     paint: {'line-color': p.candidate, 'line-opacity': 0.5, 'line-width': 0.6}},
    {id: 'candidate-lines', type: 'line', source: 'sites-lines',
     paint: {'line-color': p.candidate, 'line-opacity': 0.55, 'line-width': zoomed(7, 0.7, 12, 1.6)}},
    {id: 'candidate-points', type: 'circle', source: 'sites-points',
     paint: {'circle-color': p.halo, 'circle-stroke-color': p.candidate, 'circle-stroke-width': 1,
             'circle-radius': zoomed(7, 1.2, 12, 3.5), 'circle-stroke-opacity': 0.7}},
    {id: 'fresh-lines', type: 'line', source: 'sites-lines', layout: {'line-cap': 'round'},
     paint: {'line-color': p.fresh, 'line-width': zoomed(7, 6, 12, 12), 'line-opacity': 0.75}},
    {id: 'fresh-blocks', type: 'line', source: 'sites-blocks',
     paint: {'line-color': p.fresh, 'line-width': zoomed(7, 3, 12, 6), 'line-opacity': 0.75}},
    {id: 'fresh-points', type: 'circle', source: 'sites-points',
     paint: {'circle-color': p.fresh, 'circle-opacity': 0.75, 'circle-radius': zoomed(7, 8, 12, 14)}},
    {id: 'bought-blocks', type: 'fill', source: 'sites-blocks',
     paint: {'fill-color': ['match', ['get', 'm'], ['', ...wet], p.river, p.forest],
             'fill-opacity': ['match', ['get', 'm'], ['', ...wet], 0.6, 0.22]}},
    {id: 'bought-blocks-trees', type: 'fill', source: 'sites-blocks', minzoom: 8.5,
     paint: {'fill-pattern': ['match', ['get', 'm'], ['', ...wet], 'hatch', 'trees'], 'fill-opacity': 0.9}},
    {id: 'bought-blocks-edge', type: 'line', source: 'sites-blocks',
     paint: {'line-color': p.forest, 'line-width': zoomed(7, 0.8, 12, 1.6)}},
    {id: 'bought-double', type: 'line', source: 'sites-lines',
     paint: {'line-color': p.obstacle, 'line-width': zoomed(7, 0.7, 12, 1.4),
             'line-gap-width': zoomed(7, 1.6, 12, 3)}},
    {id: 'bought-row', type: 'line', source: 'sites-lines', layout: {'line-cap': 'round'},
     paint: {'line-color': p.forest, 'line-width': zoomed(7, 1.6, 12, 4),
             'line-dasharray': [0.2, 1.6], 'line-opacity': 0.85}},
    {id: 'bought-solid', type: 'line', source: 'sites-lines',
     paint: {'line-color': p.obstacle, 'line-width': lineWidth}},
    {id: 'bought-teeth-line', type: 'line', source: 'sites-lines',
     paint: {'line-color': p.obstacle, 'line-width': zoomed(7, 1.2, 12, 2.2)}},
    {id: 'bought-teeth', type: 'symbol', source: 'sites-lines',
     layout: {'icon-image': 'tooth', 'symbol-placement': 'line', 'symbol-spacing': 12,
              'icon-allow-overlap': true, 'icon-ignore-placement': true, 'icon-padding': 0,
              'icon-size': zoomed(7, 0.6, 10, 0.9, 13, 1.2)}},
    {id: 'bought-dots-line', type: 'line', source: 'sites-lines',
     paint: {'line-color': p.obstacle, 'line-width': zoomed(7, 0.5, 12, 1.2)}},
    {id: 'bought-dots', type: 'line', source: 'sites-lines', layout: {'line-cap': 'round'},
     paint: {'line-color': p.obstacle, 'line-width': zoomed(7, 2.6, 10, 4.6, 13, 8),
             'line-dasharray': [0, 2.1]}},
    {id: 'chosen-line', type: 'line', source: 'sites-lines', filter: ['==', ['get', 'i'], -1],
     paint: {'line-color': p.objective, 'line-width': 2, 'line-gap-width': 8}},
    {id: 'chosen-block', type: 'line', source: 'sites-blocks', filter: ['==', ['get', 'i'], -1],
     paint: {'line-color': p.objective, 'line-width': 3}},
    {id: 'chosen-point', type: 'circle', source: 'sites-points', filter: ['==', ['get', 'i'], -1],
     paint: {'circle-opacity': 0, 'circle-stroke-color': p.objective, 'circle-stroke-width': 3,
             'circle-radius': 13}},
    {id: 'bought-points', type: 'symbol', source: 'sites-points',
     layout: {'icon-image': ['match', ['get', 'm'], ['', ...withPoint('bridge')], 'bridge',
                             ['-', ...withPoint('park')], 'park', 'square'],
              'icon-allow-overlap': true, 'icon-ignore-placement': true,
              'icon-size': zoomed(7, 0.6, 10, 0.85, 13, 1.2)}},
  ];
}

function movement(p: Palette): LayerSpecification[] {
  const round = {'line-cap': 'round', 'line-join': 'round'} as const;
  return [
    {id: 'border-casing', type: 'line', source: 'border', layout: round,
     paint: {'line-color': p.borderCasing, 'line-width': zoomed(7, 3.4, 12, 6),
             'line-opacity': 0.8}},
    {id: 'border', type: 'line', source: 'border', layout: round,
     paint: {'line-color': p.border, 'line-width': zoomed(7, 1.8, 12, 3.2)}},
    {id: 'paths-casing', type: 'line', source: 'paths', layout: round,
     paint: {'line-color': p.halo, 'line-width': 4.4, 'line-opacity': 0.8}},
    {id: 'paths-before', type: 'line', source: 'paths', layout: {'line-join': 'round'},
     paint: {'line-color': p.before, 'line-width': 2, 'line-dasharray': [1.6, 1.4]}},
    {id: 'paths-after', type: 'line', source: 'paths', layout: round,
     paint: {'line-color': p.after, 'line-width': 2.4}},
  ];
}

function labels(p: Palette): LayerSpecification[] {
  return [
    {id: 'objectives', type: 'symbol', source: 'objectives',
     layout: {'icon-image': 'star', 'icon-allow-overlap': true, 'icon-ignore-placement': true}},
    {id: 'places-dot', type: 'circle', source: 'places', minzoom: 7.5,
     filter: ['<', ['get', 'order'], zoomedOrder()],
     paint: {'circle-radius': zoomed(7, 1.4, 11, 2.6), 'circle-color': p.label,
             'circle-opacity': 0.75}},
    {id: 'places', type: 'symbol', source: 'places',
     filter: ['<', ['get', 'order'], zoomedOrder()],
     layout: {'text-max-width': 14, 'text-field': ['get', 'name'], 'text-font': kFont,
              'text-size': ['interpolate', ['linear'], ['zoom'],
                            7, ['interpolate', ['linear'], ['get', 'population'],
                                0, 10.5, 20000, 12, 200000, 15],
                            12, ['interpolate', ['linear'], ['get', 'population'],
                                 0, 12, 20000, 15, 200000, 20]],
              'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
              'text-radial-offset': 0.5, 'text-justify': 'auto', 'text-padding': 3,
              'symbol-sort-key': ['get', 'order']},
     paint: {'text-color': p.label, 'text-halo-color': p.halo, 'text-halo-width': 1.5}},
  ];
}

// More places as one zooms in.
function zoomedOrder(): any {
  return ['step', ['zoom'], 40, 8.5, 70, 9.5, 150, 10.5, 300, 11.5, 1000];
}

export function makeStyle(plan: Plan, data: MapData, p: Palette): StyleSpecification {
  return {
    version: 8,
    sources: sources(data),
    layers: [...base(p), ...overlays(data), ...movement(p).slice(0, 2), ...sites(plan, p),
             ...movement(p).slice(2), ...labels(p)],
  };
}
