// Two palettes, light and dark. Water and land stay quiet; green is for obstacles alone, red for
// movement.
export interface Palette {
  outside: string; friendly: string; adversary: string; other: string; hatch: string;
  water: string; river: string; road: string; roadCasing: string; border: string;
  borderCasing: string; label: string; halo: string; obstacle: string; candidate: string;
  before: string; after: string; fresh: string; band: string; objective: string; forest: string;
}

const light: Palette = {
  outside: '#e4e2dc', friendly: '#f7f5ee', adversary: '#dcd9d6', other: '#eceae3',
  hatch: '#c6c2bf', water: '#c3d5df', river: '#a9c4d2', road: '#b9a98d', roadCasing: '#fffdf8',
  border: '#57464f', borderCasing: '#ffffff', label: '#33312c', halo: '#fbfaf5',
  obstacle: '#00703c', candidate: '#7f9488', before: '#c2565a', after: '#a3121f',
  fresh: '#f0b429', band: '#2b6a4b', objective: '#1f3f7a', forest: '#00703c',
};

const dark: Palette = {
  outside: '#131518', friendly: '#23272a', adversary: '#191a1d', other: '#1e2124',
  hatch: '#303236', water: '#16303d', river: '#24495a', road: '#6c6250', roadCasing: '#15181a',
  border: '#d8c7cf', borderCasing: '#15181a', label: '#e2dfd6', halo: '#15181a',
  obstacle: '#3ecb84', candidate: '#64776c', before: '#e58a8c', after: '#ff6a6e',
  fresh: '#f3c04b', band: '#4faa7c', objective: '#8fb4ff', forest: '#3ecb84',
};

export const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');
export const palette = (): Palette => (darkQuery.matches ? dark : light);
