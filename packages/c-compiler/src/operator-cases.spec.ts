// Every case of every operator, compiled: the integers of the reference bit for bit, real numbers as near as is said here.
import { evaluate, freshStates, graphCost, opKinds, type Graph, type OpKind, type TensorData } from '@wherry/graph';
import { casesOf, type FilledCase } from '@wherry/graph/cases';
import { buildFolder, describeCompiled, type BuildFolder } from '@wherry/testing';
import { bytesOf, runCompiled } from './testing/compiled-program.js';
import { cores, specialCores } from './testing/cores.js';
import { hasKernels } from './testing/has-kernels.js';
import { joinedGraph } from './testing/joined-graph.js';

/**
 * How far real numbers may lie from those of the reference, which sums in doubles: in units of 2^-24 of the greatest of the
 * output or, of filters, of the sum of as many products of 8 as are summed. Kinds that are not named round once, as the
 * reference does.
 */
const units24: { readonly [K in OpKind]?: number } = {
  AVERAGE_POOL_2D: 4,
  BATCH_MATMUL: 4,
  CONV_2D: 4,
  DEPTHWISE_CONV_2D: 4,
  ELU: 2,
  EXP: 2,
  FULLY_CONNECTED: 4,
  // The tail below 0 magnifies how its argument is rounded.
  GELU: 16,
  HARD_SWISH: 4,
  LOG: 2,
  LOGISTIC: 4,
  MEAN: 8,
  RESIZE_BILINEAR: 4,
  RSQRT: 2,
  SOFTMAX: 16,
  SUM: 8,
  SVDF: 1,
  TANH: 4,
  TRANSPOSE_CONV: 4,
  UNIDIRECTIONAL_SEQUENCE_LSTM: 1,
};

describeCompiled('cases of operators', () => {
  let folder: BuildFolder;
  beforeEach(() => (folder = buildFolder()));
  afterEach(() => folder.remove());

  const filters = (['ADD', 'CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED'] as const).flatMap((kind) =>
    specialCores.map((core) => [kind, ...core] as const),
  );
  it.each([...opKinds.map((kind) => [kind, ...cores[0]!] as const), ...filters])(
    '%s with kernels for %s',
    (kind, _, core) => {
      const cases = casesOf(kind);
      const compiled = cases.filter(hasKernels);
      const missing = cases.filter((one) => isQuantized(one) && !compiled.includes(one));
      expect(missing.map(({ name }) => name)).toEqual([]);
      if (compiled.length === 0) return;
      const feeds = compiled.flatMap((one) => one.feeds);
      // Twice: the second run finds what the first has left.
      const joined = joinedGraph(compiled.map(({ graph }) => graph));
      const runs = runCompiled(folder, joined, [feeds, feeds], 'outputs', core);
      const kept = compiled.map(({ graph }) => freshStates(graph));
      for (const outputs of runs) {
        let at = 0;
        const different = compiled.filter(({ graph, feeds: own }, which) =>
          evaluate(graph, own, { states: kept[which]! })
            .map((expected) =>
              isNear(expected, outputs[at++]!, (units24[kind] ?? 0) * 2 ** -24, summed(graph, expected.length)),
            )
            .includes(false),
        );
        expect(different.map(({ name }) => name)).toEqual([]);
      }
    },
    120_000,
  );
});

/** What may be summed for one value of a filter's output: values of the cases reach to 8, weights to 1. */
function summed(graph: Graph, outputs: number): number {
  return (8 * graphCost(graph).total.macs) / outputs;
}

/** Whether the bytes are those of the values, or real numbers within a share of the greatest or of what was summed. */
function isNear(expected: TensorData, bytes: Uint8Array, share: number, sum: number): boolean {
  if (!(expected instanceof Float32Array)) return Buffer.compare(bytesOf(expected), bytes) === 0;
  const values = new Float32Array(Uint8Array.from(bytes).buffer);
  const greatest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), sum);
  return expected.every((value, i) => Math.abs(value - values[i]!) <= share * greatest);
}

function isQuantized({ type: { from, to = from } }: FilledCase): boolean {
  return [from, to].every((dtype) => dtype === 'int8' || dtype === 'int16');
}
