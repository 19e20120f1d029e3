declare module '*.css';
declare module 'virtual:maplibre-worker-source' {
  const source: string;
  export default source;
}
