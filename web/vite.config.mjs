// One file that opens from disk: script, style and the map's worker are all inside report.html.
import {fileURLToPath} from 'node:url';
import {build, defineConfig} from 'vite';

const kWorkerEntry = fileURLToPath(
    new URL('./node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs', import.meta.url));

// maplibre-gl 6 starts its worker from a URL beside its own module. A page opened from disk has no
// such URL, so the worker is bundled to one script here, kept as a string, and started as a blob.
function maplibreWorkerSource() {
  const name = 'virtual:maplibre-worker-source';
  return {
    name: 'maplibre-worker-source',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    async load(id) {
      if (id !== `\0${name}`) return undefined;
      const result = await build({
        configFile: false,
        logLevel: 'warn',
        build: {
          write: false,
          target: 'es2022',
          minify: true,
          rollupOptions: {input: kWorkerEntry, output: {format: 'iife', entryFileNames: 'worker.js'}},
        },
      });
      const output = (Array.isArray(result) ? result[0] : result).output;
      const chunks = output.filter((part) => part.type === 'chunk');
      if (chunks.length !== 1) throw new Error(`the map worker became ${chunks.length} files, not 1`);
      return `export default ${JSON.stringify(chunks[0].code)};`;
    },
  };
}

// Moves the built script and style into the page. A literal "</script" inside the script would end
// it early, so it is written as "<\/script", which means the same inside JavaScript strings.
function inlineEverything() {
  return {
    name: 'inline-everything',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['report.html'];
      if (!page) throw new Error('report.html is not in the bundle');
      let html = String(page.source);
      for (const [file, part] of Object.entries(bundle)) {
        if (part.type === 'chunk') {
          const tag = new RegExp(`<script[^>]*src="[^"]*${file}"[^>]*></script>`);
          if (!tag.test(html)) throw new Error(`${file} is not used by the page: it must stay one chunk`);
          const code = part.code.replace(/<\/script/gi, '<\\/script').replace(/<!--/g, '<\\!--');
          html = html.replace(tag, '');
          html = html.replace('</body>', () => `<script type="module">${code}</script>\n</body>`);
          delete bundle[file];
        } else if (file.endsWith('.css')) {
          const tag = new RegExp(`<link[^>]*href="[^"]*${file}"[^>]*>`);
          html = html.replace(tag, () => `<style>${String(part.source)}</style>`);
          delete bundle[file];
        }
      }
      page.source = html;
    },
  };
}

export default defineConfig({
  plugins: [maplibreWorkerSource(), inlineEverything()],
  build: {
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 1 << 20,
    chunkSizeWarningLimit: 4096,
    rollupOptions: {input: fileURLToPath(new URL('./report.html', import.meta.url))},
  },
});
