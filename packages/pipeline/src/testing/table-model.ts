// Small models of one layer over a few features, and tables for them, for tests of what labels and data come to.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphBuilder, type Graph, type TensorId } from '@wherry/graph';
import { encode, graphToModel } from '@wherry/tflite-writer';
import type { DeployRequest } from '../deployment.js';

export type Ending = 'SOFTMAX' | 'LOGISTIC' | 'TANH' | 'linear';

/** y = ending(W x + b), with a normalization by constants in front if `normalized`. */
export function tableGraph(
  weights: readonly (readonly number[])[],
  ending: Ending,
  normalized?: { readonly mean: readonly number[]; readonly std: readonly number[] },
): Graph {
  const builder = new GraphBuilder('table');
  const features = weights[0]!.length;
  const constant = (name: string, shape: readonly number[], values: readonly number[]): TensorId =>
    builder.constant(name, shape, Float32Array.from(values), 'float32');
  let value = builder.input('x', [1, features], 'float32');
  if (normalized !== undefined) {
    const { mean, std } = normalized;
    const scaled = constant(
      'k',
      [features],
      std.map((s) => 1 / s),
    );
    const shift = constant(
      'c',
      [features],
      mean.map((m, i) => -m / std[i]!),
    );
    value = builder.add('MUL', [value, scaled], {}, { origin: 'norm' });
    value = builder.add('ADD', [value, shift], {}, { origin: 'norm' });
  }
  const operands = [
    value,
    constant('w', [weights.length, features], weights.flat()),
    constant(
      'b',
      [weights.length],
      weights.map(() => 0),
    ),
  ];
  value = builder.add('FULLY_CONNECTED', operands, {}, { origin: 'dense' });
  if (ending === 'SOFTMAX') value = builder.add('SOFTMAX', [value], { beta: 1 }, { origin: 'out' });
  else if (ending !== 'linear') value = builder.add(ending, [value], {}, { origin: 'out' });
  return builder.finish([value]);
}

export interface TableRun {
  readonly folder: string;
  /** Writes a table and gives its path. */
  readonly table: (name: string, rows: readonly (readonly (number | string)[])[]) => string;
  readonly request: (graph: Graph, changes: Partial<DeployRequest>) => DeployRequest;
  readonly remove: () => void;
}

export function tableRun(): TableRun {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-table-'));
  return {
    folder,
    table: (name, rows) => {
      writeFileSync(join(folder, name), `${rows.map((row) => row.join(',')).join('\n')}\n`);
      return join(folder, name);
    },
    request: (graph, changes) => {
      const model = join(folder, 'table.tflite');
      writeFileSync(model, encode(graphToModel(graph)));
      return {
        model,
        profile: 'host-reference',
        method: 'min-max',
        percentile: 99.99,
        biasCorrection: false,
        equalization: false,
        rounding: 'nearest',
        weightClipping: false,
        budgetSeconds: 20,
        compactMatrices: false,
        ...changes,
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Irregular values in [-1, 1), the same everywhere. */
export function irregular(index: number): number {
  const x = Math.imul(index + 1, 2654435761) >>> 0;
  return ((x ^ (x >>> 13)) >>> 0) / 2 ** 31 - 1;
}
