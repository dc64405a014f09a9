// The page as text: whatever stands in names is text in it, and its policy lets its own script and style through alone.
import { createHash } from 'node:crypto';
import { renderPage } from './render-page.js';
import { script, scriptHash } from './script.js';
import { style, styleHash } from './style.js';
import { hostile, wholePage } from './testing/whole-page.js';

const minimal = {
  title: 'a',
  tool: 'wherry',
  verdict: { state: 'good', label: 'Fits', words: [] },
  figures: [],
  provenance: [],
} as const;

/** Elements of the text that is no element's own, as a parser would find them. */
function tags(text: string): readonly string[] {
  return [...text.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name]) => name!.toLowerCase());
}

it('leaves no name a way into the markup', () => {
  const [plain, attacked] = [renderPage(wholePage('conv')), renderPage(wholePage(hostile))];
  expect(tags(attacked)).toEqual(tags(plain));
  expect(attacked).not.toContain('<img src=x');
  expect(attacked.match(/<\/script>/g)).toHaveLength(1);
  // In attributes too.
  expect(attacked).not.toMatch(/="[^"]*<\/script>/);
});

it('lets no control or bidi character through', () => {
  expect(renderPage(wholePage('a\u202eb\u0007'))).toContain('a\ufffdb\ufffd_0');
});

it.each([
  ['style', style, styleHash],
  ['script', script, scriptHash],
])('knows the hash of its %s', (_, text, hash) => {
  expect(hash).toBe(`sha256-${createHash('sha256').update(text).digest('base64')}`);
  expect(renderPage(minimal)).toContain(`>${text}</`);
});

it('asks for nothing from anywhere', () => {
  const page = renderPage(wholePage());
  expect(page).toContain('default-src &#39;none&#39;; img-src data:');
  for (const [, value] of page.matchAll(/ (?:src|href|xlink:href|action|srcset)="([^"]*)"/g))
    expect(value).toMatch(/^(#|data:image\/png;base64,)/);
  expect(page).not.toMatch(/url\(|@import|https?:/);
});

it('has a section for what there is, and none for what there is not', () => {
  const idsOf = (text: string) => [...text.matchAll(/<section\s+id="([a-z]+)"/g)].map(([, id]) => id);
  expect(idsOf(renderPage(minimal))).toEqual(['provenance']);
  expect(idsOf(renderPage(wholePage()))).toEqual([
    'refusal',
    'comparison',
    'fit',
    'memory',
    'cost',
    'parity',
    'accuracy',
    'loss',
    'layers',
    'decisions',
    'candidates',
    'size',
    'warnings',
    'provenance',
  ]);
  const links = [...renderPage(wholePage()).matchAll(/href="#([a-z]+)"/g)].map(([, id]) => id);
  expect(links).toEqual(['content', ...idsOf(renderPage(wholePage()))]);
});

it('gives every chart a title and a description, and ids once', () => {
  const page = renderPage(wholePage());
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, named] of page.matchAll(/aria-labelledby="([^"]+)"/g))
    for (const id of named!.split(' ')) expect(ids).toContain(id);
  for (const [, attributes] of page.matchAll(/<svg\b([^>]*)>/g)) {
    expect(attributes).toContain('role="img"');
    expect(attributes).toMatch(/aria-label(ledby)?="/);
  }
});

it.each([
  ['fit', ['12,345', '100,000', '12.3 %', '3,000', '2,000', '150.0 %']],
  ['size', ['4,000', '1,000']],
  ['memory', ['1,024', '2,024']],
  ['layers', ['1.9', '-1', '1.5']],
  ['cost', ['4,000', '6,000']],
  ['loss', ['70.0 %']],
])('has in a table what the charts of %s show', (id, figures) => {
  const [, body] = new RegExp(`<section\\s+id="${id}"([^]*?)</section>`).exec(renderPage(wholePage()))!;
  const cells = [...body!.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text);
  expect(body).toContain('<svg');
  for (const figure of figures) expect(cells).toContain(figure);
});

it('has its headings in order', () => {
  const levels = [...renderPage(wholePage()).matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  expect(levels[0]).toBe(1);
  levels.slice(1).forEach((level, i) => expect(level - levels[i]!).toBeLessThanOrEqual(1));
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
});

it('is the same for the same value', () => {
  expect(renderPage(wholePage())).toBe(renderPage(wholePage()));
});
