// Imported models against Keras itself: every shared .h5/.hdf5/.keras, and small models of every layer from Keras 2 and 3.
// Needs WHERRY_ORACLE_PYTHON (a Python with tensorflow, tf_keras and h5py); without it the suites are left out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { elementCount, evaluate } from '@wherry/graph';
import { describeShared, sharedPath } from '@wherry/testing';
import { importModel } from '../import-model.js';

const python = process.env['WHERRY_ORACLE_PYTHON'];
const script = fileURLToPath(new URL('../../../../tools/oracle/keras_goldens.py', import.meta.url));

interface Golden {
  readonly path: string;
  readonly inputs: readonly Encoded[];
  readonly outputs: readonly Encoded[];
}

interface Encoded {
  readonly shape: readonly number[];
  readonly data: string;
}

/** Greatest absolute error of any output value, relative to the greatest magnitude of that output. */
const TOLERANCE = 1e-5;

function decode(encoded: Encoded): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(encoded.data, 'base64')).buffer);
}

function compare(golden: Golden): number {
  const { graph, warnings } = importModel(new Uint8Array(readFileSync(golden.path)));
  // What Keras wrote leaves nothing open, but where Keras 2 forgets that a part was frozen and loads it in another order.
  const forgotten = /^same_names_tuned.*\.keras2\.h5$/.test(basename(golden.path));
  expect(warnings.some(({ code }) => code === 'KERAS_WEIGHTS_AMBIGUOUS')).toBe(forgotten);
  const outputs = evaluate(graph, golden.inputs.map(decode));
  expect(graph.outputs.map((id) => graph.tensors[id]!.shape)).toEqual(golden.outputs.map((output) => output.shape));
  return Math.max(
    ...golden.outputs.map((output, i) => {
      const expected = decode(output);
      expect(expected).toHaveLength(elementCount(output.shape));
      let scale = 0;
      let error = 0;
      expected.forEach((value, at) => {
        scale = Math.max(scale, Math.abs(value));
        error = Math.max(error, Math.abs(value - Number(outputs[i]![at])));
      });
      return error / (scale || 1);
    }),
  );
}

/** Asks Keras once for all models, then reports the greatest error of each. */
function compareAll(what: string, least: number, args: () => readonly string[]): void {
  it(
    what,
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'keras-goldens-'));
      try {
        const run = spawnSync(python!, [script, folder, ...args()], { encoding: 'utf8' });
        expect(run.status === 0 ? '' : run.stderr.slice(-2000)).toBe('');
        const goldens = readdirSync(folder).filter((name) => name.endsWith('.json'));
        const errors = goldens.map((name) => {
          const golden = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Golden;
          return [basename(golden.path), compare(golden)] as const;
        });
        expect(errors.length).toBeGreaterThanOrEqual(least);
        console.info(
          errors
            .map(([name, error]) => `${error.toExponential(1)}  ${name}`)
            .sort()
            .join('\n'),
        );
        expect(errors.filter(([, error]) => !(error <= TOLERANCE))).toEqual([]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    300_000,
  );
}

const withoutOracle = python === undefined || python === '';

describe('imported models equal Keras', () => {
  if (withoutOracle) it.todo('set WHERRY_ORACLE_PYTHON to compare small models of every layer with Keras');
  else compareAll('for small models of every layer', 223, () => ['--zoo']);
});

describeShared('shared models equal Keras', () => {
  if (withoutOracle) {
    it.todo('set WHERRY_ORACLE_PYTHON to compare the shared models with Keras');
    return;
  }
  compareAll('for every .h5, .hdf5 and .keras', 22, () => {
    const models = sharedPath('models');
    const names = readdirSync(models, { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => /\.(h5|hdf5|keras)$/.test(name))
      .sort()
      .map((name) => join(models, name));
  });
});
