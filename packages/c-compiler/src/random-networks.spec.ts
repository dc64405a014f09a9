// Networks that nobody drew: every layer bit for bit the reference, in an arena whose buffers overlap.
import { allocate, elementCount, evaluate, tensorAt, type Graph, type TensorData } from '@wherry/graph';
import { buildFolder, describeCompiled } from '@wherry/testing';
import { kernelCalls } from './compile-model.js';
import { planArena } from './memory/plan-arena.js';
import { bytesOf, runCompiled, watched } from './testing/compiled-program.js';
import { randomNetwork } from './testing/random-network.js';

const seeds = Number(process.env['WHERRY_NETWORKS'] ?? 12);

/** Vector units that there are kernels for; one network is for one of them. */
const units = [null, 'Arm DSP extension', 'Arm Helium (MVE)'];

/** The least, the greatest, and two of numbers that follow each other irregularly. */
function inputsOf(graph: Graph): readonly (readonly TensorData[])[] {
  return [() => -128, () => 127, (i: number) => ((i * 89) % 256) - 128, (i: number) => ((i * i * 7) % 256) - 128].map(
    (valueAt) =>
      graph.inputs.map((id) => {
        const { dtype, shape } = tensorAt(graph, id);
        const values = allocate(dtype, elementCount(shape));
        for (let i = 0; i < values.length; i++) values[i] = valueAt(i);
        return values;
      }),
  );
}

describeCompiled('random networks', () => {
  it.each(Array.from({ length: seeds }, (_, seed) => seed))(
    '%i',
    (seed) => {
      const simd = units[seed % units.length]!;
      const folder = buildFolder();
      try {
        const graph = randomNetwork(seed);
        const runs = inputsOf(graph);
        const left = runCompiled(folder, graph, runs, 'layers', { simd });
        const outputs = runCompiled(folder, graph, runs, 'outputs', { simd });
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

it('has networks among them whose buffers overlap', () => {
  const overlapping = Array.from({ length: seeds }, (_, seed) => randomNetwork(seed)).filter((graph) => {
    const { layout, places } = planArena(graph, kernelCalls(graph));
    return layout.overlaps.some(({ input, output }) => {
      const [from, to] = [places.offsets[input]!, places.offsets[output]!];
      return to < from + layout.blocks[input]!.bytes && from < to + layout.blocks[output]!.bytes;
    });
  });
  expect(overlapping.length).toBeGreaterThan(seeds / 3);
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
