// Every case of every operator, compiled: bit for bit the reference, or left out where there is no kernel.
import { evaluate, opKinds, type OpKind } from '@wherry/graph';
import { casesOf, type FilledCase } from '@wherry/graph/cases';
import { buildFolder, describeCompiled, type BuildFolder } from '@wherry/testing';
import { bytesOf, runCompiled } from './testing/compiled-program.js';
import { hasKernels } from './testing/has-kernels.js';
import { joinedGraph } from './testing/joined-graph.js';

/** How many of the int8 and int16 cases of a kind have no kernel. */
const withoutKernel: { readonly [K in OpKind]?: number } = {
  BATCH_MATMUL: 44,
  SVDF: 64,
  UNIDIRECTIONAL_SEQUENCE_LSTM: 32,
};

/** Vector units that there are kernels for. */
const units = ['Arm DSP extension', 'Arm Helium (MVE)'];

describeCompiled('cases of operators', () => {
  let folder: BuildFolder;
  beforeEach(() => (folder = buildFolder()));
  afterEach(() => folder.remove());

  const filters = (['ADD', 'CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED'] as const).flatMap((kind) =>
    units.map((simd) => [kind, simd] as const),
  );
  it.each([...opKinds.map((kind) => [kind, null] as const), ...filters])(
    '%s with kernels for %s',
    (kind, simd) => {
      const cases = casesOf(kind);
      const compiled = cases.filter(hasKernels);
      const missing = cases.filter((one) => isQuantized(one) && !compiled.includes(one));
      expect(missing.map(({ name }) => name)).toHaveLength(withoutKernel[kind] ?? 0);
      if (compiled.length === 0) return;
      const feeds = compiled.flatMap((one) => one.feeds);
      // Twice: the second run finds what the first has left.
      const runs = runCompiled(folder, joinedGraph(compiled.map(({ graph }) => graph)), [feeds, feeds], 'outputs', {
        simd,
      });
      for (const outputs of runs) {
        let at = 0;
        const different = compiled.filter(({ graph, feeds: own }) =>
          evaluate(graph, own)
            .map(bytesOf)
            .map((expected) => Buffer.compare(expected, outputs[at++]!))
            .some((order) => order !== 0),
        );
        expect(different.map(({ name }) => name)).toEqual([]);
      }
    },
    120_000,
  );
});

function isQuantized({ type: { from, to = from } }: FilledCase): boolean {
  return [from, to].every((dtype) => dtype === 'int8' || dtype === 'int16');
}
