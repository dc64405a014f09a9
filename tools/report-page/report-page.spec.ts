// Pages in a real browser: on a desktop and a phone, light and dark, with the keyboard, with and without their script.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { renderPage } from '@wherry/report-page';
import { hostile, wholePage } from '../../packages/report-page/src/testing/whole-page.js';
import { describeThere } from '../testing/src/index.js';
import { Chromium, findChromium } from './chromium.js';
import { deployedPages } from './deployed-pages.js';
import { OpenedPage, type Screen } from './opened-page.js';
import { buttonOf, crowded, faint, keysOf, overflow, sortStateOf } from './page-checks.js';

jest.setTimeout(120_000);

const command = findChromium();
/** Pages and their pictures are left there for whoever wants to look. */
const folder = join(import.meta.dirname, '..', '..', 'build', 'report-pages');

describeThere(
  'the report page in Chromium',
  command !== undefined || process.env['WHERRY_REQUIRE_ALL'] === '1',
  'there is no chromium; enable it: apt-get install --no-install-recommends chromium',
  () => {
    let chromium: Chromium;
    const files = new Map<string, string>();
    beforeAll(async () => {
      if (command === undefined) throw new Error('no chromium, and WHERRY_REQUIRE_ALL is set');
      mkdirSync(folder, { recursive: true });
      const pages = new Map([
        ['everything', wholePage()],
        ['hostile', wholePage(hostile)],
        ['long-names', wholePage('a_block_of_a_very_deep_network/expanded_convolution_with_normalization'.repeat(3))],
        ...(await deployedPages()),
      ]);
      for (const [name, page] of pages) {
        files.set(name, join(folder, `${name}.html`));
        writeFileSync(files.get(name)!, renderPage(page));
      }
      chromium = new Chromium(command);
    });
    afterAll(() => chromium.close());

    async function opened(name: string, screen: Screen): Promise<OpenedPage> {
      const page = new OpenedPage(chromium);
      await page.open(files.get(name)!, screen);
      return page;
    }

    const names = [
      'everything',
      'hostile',
      'long-names',
      'classes',
      'values',
      'sixty-layers',
      'refused',
      'too-inaccurate',
    ];
    const screens: readonly Required<Omit<Screen, 'scripts'>>[] = [
      { width: 1100, scheme: 'light' },
      { width: 1100, scheme: 'dark' },
      { width: 360, scheme: 'light' },
      { width: 360, scheme: 'dark' },
    ];

    it.each(names.flatMap((name) => screens.map(({ width, scheme }) => [name, width, scheme] as const)))(
      '%s at %i pixels, %s: nothing is complained of, asked for, too wide, crowded or faint',
      async (name, width, scheme) => {
        const page = await opened(name, { width, scheme });
        await page.picture(join(folder, `${name}-${width}-${scheme}.png`));
        expect(page.heard.complaints).toEqual([]);
        const elsewhere = page.heard.requests.filter((url) => !/^data:image\/png/.test(url));
        expect(elsewhere).toEqual([expect.stringMatching(new RegExp(`^file:.*/${name}\\.html$`))]);
        expect(await page.ask<number>(overflow)).toBeLessThanOrEqual(0);
        expect(await page.ask<string[]>(crowded)).toEqual([]);
        expect(await page.ask<string[]>(faint)).toEqual([]);
      },
    );

    it('runs nothing that stands in a name', async () => {
      const page = await opened('hostile', { width: 1100 });
      expect(await page.ask<number>("document.querySelectorAll('img[onerror], img[src=x]').length")).toBe(0);
      expect(await page.ask<number>('document.scripts.length')).toBe(1);
      expect(await page.ask<string>("document.querySelector('#provenance dd').textContent")).toBe(hostile);
    });

    it('lets through no script but its own', async () => {
      const page = await opened('everything', { width: 1100 });
      await page.ask(
        "document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = 1' }))",
      );
      expect(await page.ask<unknown>('window.ran ?? null')).toBeNull();
      expect(page.heard.complaints.join()).toContain('Content Security Policy');
    });

    it('sorts a table by a click, up and down, and says so', async () => {
      const page = await opened('everything', { width: 1100 });
      const weights = 6;
      const before = await page.ask<string[]>(keysOf('layers', weights));
      expect(await page.ask<unknown>(sortStateOf('layers', weights))).toBeNull();
      await page.ask(`${buttonOf('layers', weights)}.click()`);
      expect(await page.ask<string>(sortStateOf('layers', weights))).toBe('ascending');
      expect((await page.ask<string[]>(keysOf('layers', weights))).map(Number)).toEqual(
        before.map(Number).sort((a, b) => a - b),
      );
      await page.ask(`${buttonOf('layers', weights)}.click()`);
      expect(await page.ask<string>(sortStateOf('layers', weights))).toBe('descending');
      expect((await page.ask<string[]>(keysOf('layers', weights))).map(Number)).toEqual(
        before.map(Number).sort((a, b) => b - a),
      );
    });

    it('sorts by the keyboard, with the focus in sight, and keeps what has no value last', async () => {
      const page = await opened('everything', { width: 1100 });
      const ratio = 4;
      // Up to it by the keyboard alone.
      await page.ask("document.querySelector('#layers .scroll').focus()");
      for (let presses = 0; presses <= ratio; presses++) await page.press('Tab');
      expect(await page.ask<boolean>(`document.activeElement === ${buttonOf('layers', ratio)}`)).toBe(true);
      expect(await page.ask<string>('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
      const order: string[][] = [];
      for (const key of ['Enter', ' '] as const) {
        await page.press(key);
        order.push(await page.ask<string[]>(keysOf('layers', ratio)));
      }
      expect(order).toEqual([
        ['30', '35', '40', ''],
        ['40', '35', '30', ''],
      ]);
    });

    it('tells a screen reader what each chart shows, and what each table is of', async () => {
      const page = await opened('everything', { width: 1100 });
      const charts = await page.named('image');
      expect(charts.length).toBeGreaterThanOrEqual(12);
      expect(charts.filter((name) => name.length < 4)).toEqual([]);
      expect(charts.join('\n')).toMatch(/The arena over time.*layers from left to right/);
      const tables = await page.ask<(string | null)[]>(
        "[...document.querySelectorAll('table')].map((table) => table.caption?.textContent)",
      );
      expect(tables.length).toBeGreaterThanOrEqual(10);
      expect(tables.filter((caption) => !caption)).toEqual([]);
      expect(await page.named('main')).toHaveLength(1);
      expect(await page.named('navigation')).toEqual(['Sections']);
    });

    it('is whole without its script', async () => {
      const [without, within] = [
        await opened('everything', { width: 1100, scripts: false }),
        await opened('everything', { width: 1100 }),
      ];
      const [{ root }, { root: other }] = (await Promise.all(
        [without, within].map((page) => page.send('DOM.getDocument', { depth: -1 })),
      )) as unknown as [Document, Document];
      expect(countOf(root, 'BUTTON')).toBe(0);
      expect(countOf(other, 'BUTTON')).toBeGreaterThan(20);
      for (const kind of ['TR', 'svg', 'IMG', 'SECTION', 'P']) expect(countOf(root, kind)).toBe(countOf(other, kind));
    });
  },
);

interface DomNode {
  readonly nodeName: string;
  readonly children?: readonly DomNode[];
}

interface Document {
  readonly root: DomNode;
}

function countOf(node: DomNode, name: string): number {
  return (node.children ?? []).reduce((sum, child) => sum + countOf(child, name), node.nodeName === name ? 1 : 0);
}
