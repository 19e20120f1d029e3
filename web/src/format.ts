// Numbers as a reader wants them; the same rules as the program's own words.
const whole = new Intl.NumberFormat('en-GB', {maximumFractionDigits: 0});
const one = new Intl.NumberFormat('en-GB', {minimumFractionDigits: 1, maximumFractionDigits: 1});
const two = new Intl.NumberFormat('en-GB', {minimumFractionDigits: 2, maximumFractionDigits: 2});

export const count = (value: number): string => whole.format(value);
export const decimal = (value: number): string => (Math.abs(value) < 10 ? one : whole).format(value);
export const percent = (share: number, digits: 1 | 2 = 1): string =>
  `${(digits === 1 ? one : two).format(share * 100)}\u00a0%`;

// "812.0 M EUR", "85 k EUR"
export function money(eur: number): string {
  if (Math.abs(eur) >= 999_500) return `${one.format(eur / 1e6)}\u00a0M\u00a0EUR`;
  if (Math.abs(eur) >= 1000) return `${whole.format(eur / 1e3)}\u00a0k\u00a0EUR`;
  return `${whole.format(eur)}\u00a0EUR`;
}

// "3 h 05 min", "12 min", "48 s"
export function duration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return 'never';
  if (seconds < 0) return `−${duration(-seconds)}`;
  if (seconds > 0 && seconds < 9.95) return `${Number(seconds.toPrecision(2))}\u00a0s`;
  if (seconds < 59.5) return `${whole.format(seconds)}\u00a0s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}\u00a0min`;
  const rest = String(minutes % 60).padStart(2, '0');
  return `${whole.format(Math.floor(minutes / 60))}\u00a0h\u00a0${rest}\u00a0min`;
}

export function quantity(value: number, unit: string): string {
  const unitText = unit === 'piece' && Math.round(value) !== 1 ? 'pieces' : unit;
  return `${unit === 'piece' ? whole.format(value) : decimal(value)} ${unitText}`;
}

// "anti_tank_mines" -> "Anti-tank mines"; other identifiers lose their underscores.
export function plain(id: string): string {
  const text = id.replace(/anti_/g, 'anti-').replace(/counter_mobility/g, 'counter-mobility')
                   .replace(/_/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// Keeps a figure and its unit on one line, and hours with their minutes.
export const glued = (text: string): string =>
  text.replace(/(\d|\bM|\bk) (?=(M EUR|k EUR|EUR|km|ha|h|min|s|x|%)(?![a-z]))/g, '$1\u00a0')
      .replace(/(\d\u00a0h) (?=\d+\u00a0min)/g, '$1\u00a0');
