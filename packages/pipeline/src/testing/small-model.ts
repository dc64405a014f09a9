// A small float model and data for it as files, for the tests of this package.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphBuilder, type Graph } from '@wherry/graph';
import { encode, graphToModel } from '@wherry/tflite-writer';
import type { DeployRequest } from '../deployment.js';

/** What is read from files. */
export type RequestOfFiles = DeployRequest & { readonly model: string; readonly calibration?: string | undefined };

export interface SmallModel {
  readonly folder: string;
  readonly request: RequestOfFiles & { readonly calibration: string };
  remove(): void;
}

/** Where a scheme may be one in which nothing is calibrated: what decides of that would be refused. */
export const leftOpen = {
  method: 'auto',
  biasCorrection: 'auto',
  equalization: 'auto',
  rounding: 'auto',
  weightClipping: 'auto',
} as const;

/** Input [1, 4, 4, 2], one convolution, four classes; 40 samples as a table with a label column. */
export function smallModel(changes: Partial<Omit<DeployRequest, 'model' | 'calibration'>> = {}): SmallModel {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-pipeline-'));
  writeFileSync(join(folder, 'small.tflite'), encode(graphToModel(smallGraph())));
  const rows = Array.from({ length: 40 }, (_, row) => [...wave(32, row), row % 4].join(','));
  writeFileSync(join(folder, 'samples.csv'), `${rows.join('\n')}\n`);
  return {
    folder,
    request: {
      model: join(folder, 'small.tflite'),
      profile: 'esp32',
      calibration: `${join(folder, 'samples.csv')}?label=32&header=no`,
      method: 'min-max',
      percentile: 99.99,
      biasCorrection: false,
      equalization: false,
      rounding: 'nearest',
      weightClipping: false,
      budgetSeconds: 20,
      compactMatrices: false,
      ...changes,
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function smallGraph(): Graph {
  const builder = new GraphBuilder('small');
  const constant = (name: string, shape: readonly number[], seed: number) =>
    builder.constant(
      name,
      shape,
      Float32Array.from(
        wave(
          shape.reduce((a, b) => a * b, 1),
          seed,
        ),
      ),
      'float32',
    );
  const input = builder.input('picture', [1, 4, 4, 2], 'float32');
  const convolution = builder.add(
    'CONV_2D',
    [input, constant('w1', [3, 3, 3, 2], 1), constant('b1', [3], 2)],
    { activation: 'RELU' },
    { origin: 'conv' },
  );
  const dense = builder.add(
    'FULLY_CONNECTED',
    [convolution, constant('w2', [4, 48], 3), constant('b2', [4], 4)],
    {},
    { origin: 'dense' },
  );
  return builder.finish([builder.add('SOFTMAX', [dense], { beta: 1 }, { origin: 'classes' })]);
}

/** Values in [-1, 1] that look irregular and are the same everywhere: multiples of 1/64. */
function wave(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, i) => (((i * 37 + seed * 101 + ((i * i) % 13) * 7) % 129) - 64) / 64);
}
