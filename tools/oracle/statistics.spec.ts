// The golden figures of chance are what the script that made them gives.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const python = process.env['WHERRY_ORACLE_PYTHON'] ?? '';

if (python === '') {
  it.todo('left out: set WHERRY_ORACLE_PYTHON to a Python');
} else {
  it('are made again, to the last digit that is kept', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wherry-statistics-'));
    try {
      const script = fileURLToPath(new URL('./statistics_goldens.py', import.meta.url));
      const { status, stderr } = spawnSync(python, [script, join(folder, 'made.json')], { encoding: 'utf8' });
      expect([stderr, status]).toEqual(['', 0]);
      const kept = new URL('../../packages/pipeline/fixtures/statistics.json', import.meta.url);
      expect(JSON.parse(readFileSync(join(folder, 'made.json'), 'utf8'))).toEqual(
        JSON.parse(readFileSync(kept, 'utf8')),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);
}
