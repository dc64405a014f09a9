// A part of the comparison with twins, small enough for every run: all promises of twins.mjs on it, none broken.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sharedFolder } from '../testing/src/index.js';

const python = process.env['WHERRY_ORACLE_PYTHON'] ?? '';
const script = fileURLToPath(new URL('./twins.mjs', import.meta.url));

interface Row {
  readonly source: string;
  readonly micro: { readonly values: number; readonly differences: number } | string;
  readonly faults: readonly string[];
}

function twins(samples: number, only: readonly string[]): readonly Row[] {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [script, '--json', '--samples', String(samples), ...only.flatMap((text) => ['--only', text])],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (stdout === '') throw new Error(`twins.mjs ended with ${status}: ${stderr}`);
  return (JSON.parse(stdout) as { rows: readonly Row[] }).rows;
}

if (python === '' || !existsSync(sharedFolder())) {
  it.todo('left out: set WHERRY_ORACLE_PYTHON to a Python with the oracles, and have ../shared');
} else {
  it.each([
    [
      'classifiers of images, digits and words',
      600,
      ['pretrainedResnet.h5', 'mnist_valid', 'mnist_dw', 'keyword_spotting_pacman.h5'],
    ],
    ['regressions and autoencoders', 200, ['ad01_fp32', 'autoencoder_example.h5', 'hello_world_float']],
  ] as const)(
    'keeps every promise on %s',
    (_what, samples, only) => {
      const rows = twins(samples, only);
      expect(rows.length).toBeGreaterThanOrEqual(only.length);
      expect(rows.map(({ source, faults }) => ({ source, faults }))).toEqual(
        rows.map(({ source }) => ({ source, faults: [] })),
      );
      for (const { micro } of rows)
        expect(micro).toMatchObject({ differences: 0, values: expect.any(Number) as number });
    },
    600_000,
  );
}
