// The report in a real browser, opened from disk. `node --test tests/web/report.test.mjs`
//   ABATIS_REPORT   the report.html to open (plan.json beside it)
//   ABATIS_SHOTS    a folder for screenshots (optional)
//   ABATIS_CHROMIUM the browser (default /usr/bin/chromium)
import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, resolve} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {pathToFileURL} from 'node:url';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const {chromium} = require('playwright-core');

const argument = process.argv.slice(2).find((a) => a.endsWith('.html'));
const report = resolve(argument ?? process.env.ABATIS_REPORT ?? 'out/suwalki/report.html');
const shots = process.env.ABATIS_SHOTS;
const executablePath = process.env.ABATIS_CHROMIUM ?? '/usr/bin/chromium';

if (!existsSync(report)) {
  throw new Error(`no report at ${report}: run the demo, or name one in ABATIS_REPORT`);
}
const plan = JSON.parse(readFileSync(join(dirname(report), 'plan.json'), 'utf8'));

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader',
           '--enable-unsafe-swiftshader', '--disable-background-networking',
           '--disable-component-update', '--no-first-run'],
  });
});
after(() => browser?.close());

async function open(width, height, options = {}) {
  const page = await browser.newPage({viewport: {width, height}, ...options});
  const seen = {requests: [], errors: []};
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url())) seen.requests.push(request.url());
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) seen.errors.push(message.text().slice(0, 300));
  });
  page.on('pageerror', (error) => seen.errors.push(String(error).slice(0, 300)));
  await page.goto(pathToFileURL(report).href);
  await page.waitForFunction(() => window.abatisReady === true, null, {timeout: 120_000});
  return {page, seen};
}

const shownSites = (page) =>
  page.evaluate(() => Number(document.getElementById('map').dataset.shownSites));
const builtBy = (year) => plan.purchases.filter((p) => p.year <= year).length;

describe('report', () => {
  let page;
  let seen;
  before(async () => { ({page, seen} = await open(1280, 800)); });
  after(() => page?.close());

  it('opens from disk, asks the network for nothing and logs no error', () => {
    assert.deepEqual(seen.requests, [pathToFileURL(report).href]);
    assert.deepEqual(seen.errors, []);
  });

  it('holds the same plan as plan.json', async () => {
    assert.deepEqual(await page.evaluate(() => window.abatisData.plan), plan);
  });

  it('carries its marking at both ends', async () => {
    const marks = await page.locator('.marking').allTextContents();
    assert.deepEqual(marks, [plan.marking, plan.marking]);
  });

  it('says the plan in words, every line of plan.json', async () => {
    const lines = await page.locator('#words li').allTextContents();
    assert.deepEqual(lines.map((l) => l.replaceAll('\u00a0', ' ')), plan.words);
  });

  it('has one table row for each purchase', async () => {
    assert.equal(await page.locator('#sites-table tbody tr').count(), plan.purchases.length);
    const ids = await page.locator('#sites-table tbody tr').evaluateAll(
      (rows) => rows.map((row) => row.dataset.site));
    assert.deepEqual(ids, plan.purchases.map((p) => p.site));
  });

  it('shows what is built by the chosen year, moved by keyboard', async () => {
    const first = plan.scenario.first_year;
    const last = first + plan.scenario.years - 1;
    assert.equal(await shownSites(page), builtBy(last));
    await page.locator('#year').focus();
    await page.keyboard.press('Home');
    assert.equal(await page.locator('#year').inputValue(), String(first));
    assert.equal(await shownSites(page), builtBy(first));
    for (let year = first + 1; year <= last; ++year) {
      await page.keyboard.press('ArrowRight');
      assert.equal(await shownSites(page), builtBy(year), `sites shown in ${year}`);
    }
    assert.match(await page.locator('#built').textContent(), new RegExp(`^${last} `));
  });

  it('draws on the map exactly the sites of the chosen year', async () => {
    if (plan.purchases.length === 0) return;
    const drawn = () => page.evaluate(() => {
      const {map} = window.abatisMap;
      const layers = ['bought-points', 'bought-blocks', 'bought-double', 'bought-solid',
                      'bought-teeth-line', 'bought-dots-line'];
      return new Set(map.queryRenderedFeatures({layers}).map((f) => f.properties.i)).size;
    });
    const settle = () => page.evaluate(() => new Promise((resolve) => {
      window.abatisMap.map.once('idle', () => resolve());
      window.abatisMap.map.triggerRepaint();
    }));
    await page.locator('#year').focus();
    await page.keyboard.press('End');
    await settle();
    const all = await drawn();
    assert.ok(all > 0 && all <= plan.purchases.length, `${all} drawn of ${plan.purchases.length}`);
    await page.keyboard.press('Home');
    await settle();
    const early = await drawn();
    assert.ok(early <= builtBy(plan.scenario.first_year));
    if (builtBy(plan.scenario.first_year) < plan.purchases.length / 2) assert.ok(early < all);
    await page.keyboard.press('End');
  });

  it('hides a measure that is switched off', async () => {
    const measure = plan.measures.find((m) => m.bought > 0);
    if (!measure) return;
    const box = page.locator(`input[data-measure="${measure.id}"]`);
    await box.uncheck();
    assert.equal(await shownSites(page), plan.purchases.length - measure.bought);
    await box.check();
    assert.equal(await shownSites(page), plan.purchases.length);
  });

  it('finds and sorts purchases', async () => {
    if (plan.purchases.length < 2) return;
    const wanted = plan.purchases[plan.purchases.length - 1].site;
    await page.fill('#site-search', wanted);
    const visible = await page.locator('#sites-table tbody tr:visible').evaluateAll(
      (rows) => rows.map((row) => row.dataset.site));
    assert.ok(visible.includes(wanted) && visible.length < plan.purchases.length + 1);
    await page.fill('#site-search', '');
    await page.locator('#sites-table thead button', {hasText: 'Cost'}).click();
    const costs = await page.locator('#sites-table tbody tr').evaluateAll(
      (rows) => rows.map((row) => row.dataset.site));
    const cost = new Map(plan.purchases.map((p) => [p.site, p.cost_eur]));
    for (let i = 1; i < costs.length; ++i) assert.ok(cost.get(costs[i - 1]) <= cost.get(costs[i]));
    assert.equal(await page.locator('#sites-table th[aria-sort=ascending]').count(), 1);
  });

  it('flies to a site chosen in the table and says what it is', async () => {
    if (plan.purchases.length === 0) return;
    const purchase = plan.purchases[0];
    await page.locator(`#sites-table tr[data-site="${purchase.site}"] button`).press('Enter');
    assert.equal(await page.locator('.details h3').textContent(), purchase.site);
    assert.match(await page.locator('.details').textContent(), new RegExp(String(purchase.year)));
    await page.waitForFunction((at) => {
      const c = window.abatisMap.map.getCenter();
      return Math.hypot(c.lng - at[0], c.lat - at[1]) < 0.02;
    }, purchase.lonlat, {timeout: 20_000});
  });

  it('lists every input, limit and caveat', async () => {
    assert.equal(await page.locator('#inputs-table tbody tr').count(), plan.inputs.length);
    assert.equal(await page.locator('#limits-table tbody tr').count(), plan.limits.length);
    assert.equal(await page.locator('#measures-table > tbody > tr').count(), plan.measures.length);
    assert.equal(await page.locator('#cases tbody tr').count(), plan.cases.length);
    const text = await page.locator('#caveats').textContent();
    for (const line of [...plan.caveats, ...plan.not_assessed]) assert.ok(text.includes(line), line);
  });

  it('draws every plan of the trade-offs, or says that there are none', async () => {
    const part = page.locator('#tradeoffs');
    const t = plan.tradeoffs;
    if (!t) return assert.match(await part.textContent(), /abatis tradeoffs/);
    const drawn = [t.money, t.harm].map((points) => points.filter((p) => p.found)).filter((p) => p.length > 1);
    assert.equal(await part.locator('figure circle').count(), drawn.flat().length);
    assert.equal(await part.locator('#earmark-table tbody tr').count(), t.earmarks.length);
    assert.equal(await part.locator('#marginal-table tbody tr').count(), plan.scenario.years);
    assert.equal(await part.locator('#robust-table tbody tr').count(), t.robust.length);
  });

  it('shows every finding of the law, and that it is no legal advice', async () => {
    const part = page.locator('#law');
    if (!plan.law) return assert.match(await part.textContent(), /abatis law/);
    const rows = part.locator('#law-table tbody tr, #law-idle tbody tr');
    assert.equal(await rows.count(), plan.law.findings.length);
    assert.equal(await part.locator('#law-status tbody tr').count(), plan.law.status.length);
    assert.equal(await part.locator('#commitment-table tbody tr').count(), plan.law.commitments.length);
    assert.ok((await part.textContent()).includes(plan.law.no_legal_advice));
  });

  it('has a record of every mined zone', async () => {
    if (!plan.records?.zones.length) return;
    const rows = page.locator('#record-table tbody tr');
    assert.equal(await rows.count(), plan.records.zones.length);
    const first = await rows.first().textContent();
    assert.ok(first.includes(plan.records.zones[0].zone) && first.includes('perimeter'), first);
  });

  it('shows the programme by year so that it adds up', async () => {
    if (!plan.economy) return;
    const rows = await page.locator('#programme-table tbody tr').evaluateAll((all) => all.map((row) =>
      [...row.cells].map((cell) => Math.round(Number(cell.textContent.replaceAll(',', '')) * 100))));
    assert.equal(rows.length, plan.economy.years.length + 1);
    for (const column of [1, 2, 3, 5]) {
      const sum = rows.slice(0, -1).reduce((total, row) => total + row[column], 0);
      assert.equal(sum, rows.at(-1)[column], `column ${column}`);
    }
    for (const row of rows) assert.equal(row[1] + row[2], row[3]);
  });

  it('names nothing on the page as markup', async () => {
    assert.equal(await page.locator('#app b:text-is("x")').count(), 0);
    assert.equal(await page.locator('#app script').count(), 0);
  });

  it('gives every control a name', async () => {
    const unnamed = await page.evaluate(() =>
      [...document.querySelectorAll('button, input, select')].filter((node) => {
        const label = node.labels?.length ? node.labels[0].textContent : '';
        return !(node.textContent || node.getAttribute('aria-label') || node.title || label).trim();
      }).length);
    assert.equal(unnamed, 0);
  });

  it('still logs no error after all that', () => assert.deepEqual(seen.errors, []));
});

for (const [width, height] of [[1280, 800], [390, 844]]) {
  for (const colorScheme of ['light', 'dark']) {
    it(`fits ${width} x ${height}, ${colorScheme}`, async () => {
      const {page, seen} = await open(width, height, {colorScheme, reducedMotion: 'reduce'});
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${over} px too wide`);
      if (shots) {
        mkdirSync(shots, {recursive: true});
        const name = `report-${width}x${height}-${colorScheme}`;
        await page.screenshot({path: join(shots, `${name}.png`)});
        await page.locator('#where').scrollIntoViewIfNeeded();
        await page.locator('#where').screenshot({path: join(shots, `${name}-map.png`)});
        await page.screenshot({path: join(shots, `${name}-whole.png`), fullPage: true});
      }
      assert.deepEqual(seen.errors, []);
      await page.close();
    });
  }
}

// An A4 sheet without its margins, in CSS pixels.
const kSheet = Math.floor((210 - 2 * 12) * 96 / 25.4);

it('cuts no table off in print', async () => {
  const {page} = await open(kSheet, 1000);
  await page.emulateMedia({media: 'print'});
  const wide = await page.evaluate((width) => [...document.querySelectorAll('table')]
    .filter((t) => t.getBoundingClientRect().right > width + 1).map((t) => t.id), kSheet);
  assert.deepEqual(wide, []);
  await page.close();
});

it('prints each leaf on one sheet', async () => {
  const manifest = join(dirname(report), 'manifest.json');
  const leaves = existsSync(manifest)
    ? JSON.parse(readFileSync(manifest, 'utf8')).products.map((p) => p.file).filter((f) => f.startsWith('leaves/')) : [];
  const page = await browser.newPage();
  for (const leaf of leaves) {
    await page.goto(pathToFileURL(join(dirname(report), leaf)).href);
    const pdf = (await page.pdf({preferCSSPageSize: true})).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g)?.length, 1, leaf);
  }
  await page.close();
});
