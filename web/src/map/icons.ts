// Symbols of measures, drawn here: obstacles in green, told apart by shape.
import type {Map as MapLibre} from 'maplibre-gl';

export const kPixelRatio = 2;

type Draw = (c: CanvasRenderingContext2D, size: number, ink: string, paper: string) => void;

const dot: Draw = (c, s, ink) => {
  c.fillStyle = ink;
  c.beginPath();
  c.arc(s / 2, s / 2, s * 0.3, 0, 2 * Math.PI);
  c.fill();
};

const tooth: Draw = (c, s, ink) => {
  c.fillStyle = ink;
  c.beginPath();
  c.moveTo(s * 0.18, s * 0.5);
  c.lineTo(s * 0.5, s * 0.04);
  c.lineTo(s * 0.82, s * 0.5);
  c.closePath();
  c.fill();
};

const bridge: Draw = (c, s, ink, paper) => {
  c.fillStyle = paper;
  c.strokeStyle = ink;
  c.lineWidth = s * 0.08;
  c.beginPath();
  c.rect(s * 0.1, s * 0.1, s * 0.8, s * 0.8);
  c.fill();
  c.stroke();
  c.lineWidth = s * 0.09;
  c.beginPath();  // )(
  c.arc(s * 0.12, s * 0.5, s * 0.24, -Math.PI / 3.2, Math.PI / 3.2);
  c.stroke();
  c.beginPath();
  c.arc(s * 0.88, s * 0.5, s * 0.24, Math.PI - Math.PI / 3.2, Math.PI + Math.PI / 3.2);
  c.stroke();
};

const park: Draw = (c, s, ink, paper) => {
  c.fillStyle = ink;
  c.strokeStyle = paper;
  c.lineWidth = s * 0.07;
  c.beginPath();  // a shed
  c.moveTo(s * 0.1, s * 0.9);
  c.lineTo(s * 0.1, s * 0.42);
  c.lineTo(s * 0.5, s * 0.1);
  c.lineTo(s * 0.9, s * 0.42);
  c.lineTo(s * 0.9, s * 0.9);
  c.closePath();
  c.fill();
  c.stroke();
  c.fillStyle = paper;
  c.fillRect(s * 0.36, s * 0.56, s * 0.28, s * 0.34);
};

const square: Draw = (c, s, ink) => {
  c.fillStyle = ink;
  c.fillRect(s * 0.2, s * 0.2, s * 0.6, s * 0.6);
};

const trees: Draw = (c, s, ink) => {
  c.fillStyle = ink;
  for (const [x, y] of [[0.25, 0.3], [0.75, 0.8]] as const) {
    c.beginPath();
    c.moveTo(s * (x - 0.17), s * (y + 0.15));
    c.lineTo(s * x, s * (y - 0.22));
    c.lineTo(s * (x + 0.17), s * (y + 0.15));
    c.fill();
  }
};

const hatch: Draw = (c, s, ink) => {
  c.strokeStyle = ink;
  c.lineWidth = s * 0.07;
  c.beginPath();
  for (const shift of [-s, 0, s]) {
    c.moveTo(shift, s);
    c.lineTo(shift + s, 0);
  }
  c.stroke();
};

const star: Draw = (c, s, ink, paper) => {
  c.fillStyle = ink;
  c.strokeStyle = paper;
  c.lineWidth = s * 0.08;
  c.beginPath();
  for (let i = 0; i < 10; ++i) {
    const r = i % 2 === 0 ? s * 0.44 : s * 0.19;
    const a = -Math.PI / 2 + i * Math.PI / 5;
    c.lineTo(s / 2 + r * Math.cos(a), s / 2 + r * Math.sin(a));
  }
  c.closePath();
  c.stroke();
  c.fill();
};

const kDrawings: Record<string, [Draw, number]> = {
  'dot': [dot, 12], 'tooth': [tooth, 14], 'bridge': [bridge, 18], 'park': [park, 18], 'square': [square, 14],
  'trees': [trees, 16], 'hatch': [hatch, 10], 'star': [star, 18],
};

export function picture(name: string, ink: string, paper: string): ImageData {
  const [draw, size] = kDrawings[name]!;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * kPixelRatio;
  const context = canvas.getContext('2d')!;
  draw(context, size * kPixelRatio, ink, paper);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

export function addIcons(map: MapLibre, inks: Record<string, string>, paper: string): void {
  for (const name of Object.keys(kDrawings)) {
    const image = picture(name, inks[name] ?? inks['*']!, paper);
    if (map.hasImage(name)) map.updateImage(name, image);
    else map.addImage(name, image, {pixelRatio: kPixelRatio});
  }
}

// How a measure is drawn, from the catalogue's symbol name; unknown names fall back on its kind.
export interface Look {
  line: 'dots' | 'teeth' | 'double' | 'solid' | 'row';
  point: 'bridge' | 'square' | 'park';
}
export function lookOf(symbol: string): Look {
  const point = symbol.includes('bridge') ? 'bridge' : symbol.includes('park') ? 'park' : 'square';
  if (symbol.includes('row')) return {line: 'row', point};
  if (symbol.includes('mine')) return {line: 'dots', point};
  if (symbol.includes('obstacle') || symbol.includes('teeth')) return {line: 'teeth', point};
  if (symbol.includes('ditch') || symbol.includes('drain')) return {line: 'double', point};
  return {line: 'solid', point};
}
