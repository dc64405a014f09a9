// Networks that nobody drew: every layer bit for bit the reference, in an arena whose buffers overlap.
import {
  allocate,
  elementCount,
  evaluate,
  integerRange,
  patchGeometry,
  tensorAt,
  type Graph,
  type TensorData,
} from '@wherry/graph';
import { buildFolder, describeCompiled } from '@wherry/testing';
import { kernelCalls } from './compile-model.js';
import { planArena } from './memory/plan-arena.js';
import { isDense } from './operators/filtering.js';
import { bytesOf, runCompiled, watched } from './testing/compiled-program.js';
import { cores } from './testing/cores.js';
import { randomNetwork } from './testing/random-network.js';

const seeds = Number(process.env['WHERRY_NETWORKS'] ?? 12);
const types = ['int8', 'int16'] as const;
const networks = types.flatMap((dtype) => Array.from({ length: seeds }, (_, seed) => [dtype, seed] as const));

/** One network is for one of them. */
const coreOf = (seed: number): (typeof cores)[number] => cores[(seed + 3) % cores.length]!;

/** The least, the greatest, and two of numbers that follow each other irregularly. */
const patterns: readonly ((i: number, count: number) => number)[] = [
  () => 0,
  (_, count) => count - 1,
  (i, count) => (i * 89 * (count / 256 + 1)) % count,
  (i, count) => (i * i * 7 * (count / 256 + 1)) % count,
];

function inputsOf(graph: Graph): readonly (readonly TensorData[])[] {
  return patterns.map((valueAt) =>
    graph.inputs.map((id) => {
      const { dtype, shape } = tensorAt(graph, id);
      const [least, greatest] = integerRange(dtype);
      const values = allocate(dtype, elementCount(shape));
      for (let i = 0; i < values.length; i++) values[i] = least + valueAt(i, greatest - least + 1);
      return values;
    }),
  );
}

describeCompiled('random networks', () => {
  it.each(networks)(
    '%s %i',
    (dtype, seed) => {
      const [, core] = coreOf(seed);
      const folder = buildFolder();
      try {
        const graph = randomNetwork(seed, dtype);
        const runs = inputsOf(graph);
        const left = runCompiled(folder, graph, runs, 'layers', core);
        const outputs = runCompiled(folder, graph, runs, 'outputs', core);
        runs.forEach((feeds, run) => {
          const seen = new Map<number, TensorData>();
          const answers = evaluate(graph, feeds, { observe: (id, data) => seen.set(id, data) });
          const layers = watched(graph, 'layers').map((id) => bytesOf(seen.get(id)!));
          expect(left[run]!.map(hex)).toEqual(layers.map(hex));
          expect(outputs[run]!.map(hex)).toEqual(answers.map((answer) => hex(bytesOf(answer))));
        });
      } finally {
        folder.remove();
      }
    },
    120_000,
  );
});

it.each(types)('has networks of %s among them whose buffers overlap', (dtype) => {
  const overlapping = Array.from({ length: seeds }, (_, seed) => randomNetwork(seed, dtype)).filter((graph) => {
    const { layout, places } = planArena(graph, kernelCalls(graph));
    return layout.overlaps.some(({ input, output }) => {
      const [from, to] = [places.offsets[input]!, places.offsets[output]!];
      return to < from + layout.blocks[input]!.bytes && from < to + layout.blocks[output]!.bytes;
    });
  });
  expect(overlapping.length).toBeGreaterThan(seeds / 3);
});

it.each(['the DSP extension', 'a multiplication of 32 bits'])(
  'has a window for %s with as many values as its image, which it is not',
  (name) => {
    const graphs = Array.from({ length: seeds }, (_, seed) => seed)
      .filter((seed) => coreOf(seed)[0] === name)
      .map((seed) => randomNetwork(seed, 'int8'));
    const isMet = (graph: Graph): boolean =>
      graph.nodes.some((node) => {
        if (node.kind !== 'CONV_2D') return false;
        const [source, weights] = node.inputs.slice(0, 2).map((id) => tensorAt(graph, id!));
        const g = patchGeometry(source!.shape, weights!.shape, node.attributes);
        const sizes = [g.filterH * g.filterW, g.groupChannels, g.batches * g.outputH * g.outputW];
        const isAsLarge = String(sizes) === String([g.inputH * g.inputW, g.inputChannels, 1]);
        return isAsLarge && weights!.dtype === 'int8' && !isDense(g);
      });
    expect(graphs.some(isMet)).toBe(true);
  },
);

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
