// A page takes the place of a page of ours, whole, and of nothing else.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReportPage } from '@wherry/report-page';
import { requireOwnPage, writePage } from './page-file.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-page-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

const page = (title: string): ReportPage => ({
  title,
  tool: 'wherry',
  verdict: { state: 'good', label: 'Fits', words: [] },
  figures: [],
  provenance: [],
});

it('is written where nothing was, and over a page before it', async () => {
  for (const title of ['first', 'second']) {
    await requireOwnPage(at('report.html'));
    await writePage(at('report.html'), page(title));
    expect(readFileSync(at('report.html'), 'utf8')).toContain(`<h1>${title}</h1>`);
  }
  expect(readdirSync(folder)).toEqual(['report.html']);
});

it.each([
  [
    'a file of somebody else',
    () => writeFileSync(at('report.html'), '<!doctype html>\n<p>work</p>'),
    /none that this tool wrote/,
  ],
  ['a folder', () => mkdirSync(at('report.html')), /it is a folder/],
  [
    'a link',
    () => {
      writeFileSync(at('mine'), '');
      symlinkSync(at('mine'), at('report.html'));
    },
    /no regular file/,
  ],
])('leaves alone %s', async (_, put, why) => {
  put();
  const before = readdirSync(folder);
  await expect(requireOwnPage(at('report.html'))).rejects.toThrow(/REPORT_NOT_OURS/);
  await expect(requireOwnPage(at('report.html'))).rejects.toThrow(why);
  expect(readdirSync(folder)).toEqual(before);
});

it('lies in no folder that is replaced as a whole, be it there or not', async () => {
  mkdirSync(at('there'));
  for (const out of [at('there'), at('not-yet')]) {
    await expect(requireOwnPage(join(out, 'report.html'), { out })).rejects.toThrow(
      /REPORT_NOT_OURS: it lies in the folder of --out/,
    );
    await expect(requireOwnPage(join(out, 'deep', 'report.html'), { dump: out })).rejects.toThrow(/--dump/);
  }
  await requireOwnPage(at('report.html'), { out: at('there'), dump: at('not-yet') });
});

it('is refused before the work where its folder is not there', async () => {
  await expect(requireOwnPage(at('none/report.html'))).rejects.toThrow(/OUTPUT_FAILED/);
});

it('leaves the one before and nothing else where it is interrupted', async () => {
  await writePage(at('report.html'), page('first'));
  const stopped = writePage(at('report.html'), page('second'), AbortSignal.abort(new Error('stop')));
  await expect(stopped).rejects.toThrow('stop');
  expect(readFileSync(at('report.html'), 'utf8')).toContain('<h1>first</h1>');
  expect(readdirSync(folder)).toEqual(['report.html']);
});
