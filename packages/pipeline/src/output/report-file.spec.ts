// A report takes the place of an older one, of an empty file, and of nothing else.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireOwnReport, writeReport } from './report-file.js';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-report-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kind = { option: '--markdown', mark: '## report' };

it('knows its own', async () => {
  writeFileSync(at('mine.md'), '# mine');
  writeFileSync(at('ours.md'), '## report 1');
  writeFileSync(at('empty.md'), '');
  await expect(requireOwnReport(at('mine.md'), kind)).rejects.toThrow(/REPORT_NOT_OURS[^]*give --markdown/);
  await expect(requireOwnReport(at('.'), kind)).rejects.toThrow('it is a folder');
  await expect(requireOwnReport(at('none/x.md'), kind)).rejects.toThrow('OUTPUT_FAILED');
  await expect(writeReport(at('none/x.md'), '## report')).rejects.toThrow('OUTPUT_FAILED');
  for (const name of ['ours.md', 'empty.md', 'new.md']) {
    await requireOwnReport(at(name), kind);
    await writeReport(at(name), '## report 2');
    expect(readFileSync(at(name), 'utf8')).toBe('## report 2');
  }
  await expect(requireOwnReport(at('ours.md'), kind, { out: folder })).rejects.toThrow('--out');
});
