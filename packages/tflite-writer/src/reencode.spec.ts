// Reference runtimes cannot tell what the codec wrote from the original. Needs the build and an oracle environment.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeShared, sharedPath } from '@wherry/testing';

const python = process.env['WHERRY_ORACLE_PYTHON'];
const oracle = (file: string): string => fileURLToPath(new URL(`../../../tools/oracle/${file}`, import.meta.url));
const minutes = 60_000;

describeShared('the shared models, re-encoded', () => {
  if (python === undefined || python === '') {
    console.warn('left out: re-encoded models in the reference runtimes: WHERRY_ORACLE_PYTHON is not set');
    it.todo('left out: WHERRY_ORACLE_PYTHON is not set');
    return;
  }
  it(
    'give identical outputs in TensorFlow Lite and TensorFlow Lite Micro',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'wherry-reencode-'));
      try {
        execFileSync(process.execPath, [oracle('reencode-models.mjs'), sharedPath('models'), folder]);
        // Ends with an error when a pair differs.
        const report = execFileSync(python, [oracle('reencode_check.py'), folder], { encoding: 'utf8' });
        expect(report).toMatch(/^TensorFlow Lite: (\d{3,}) of \1 re-encoded/m);
        expect(report).toMatch(/^TensorFlow Lite Micro: (\d{3,}) of \1 re-encoded/m);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    10 * minutes,
  );
});
