// Scales that lie far apart: as the reference as far as C can shift, and refused beyond.
import { evaluate, singleOperatorGraph, type Graph, type Quantization } from '@wherry/graph';
import { buildFolder, describeCompiled } from '@wherry/testing';
import { kernelCalls } from './compile-model.js';
import { bytesOf, runCompiled } from './testing/compiled-program.js';

const scaled = (scale: number): Quantization => ({ scale: [scale], zeroPoint: [0], axis: 0 });

/** `scale` of the output beside 1 of what is read: two to the power of `-shift`, less a little. */
const networks: { readonly [name: string]: (scale: number) => Graph } = {
  FULLY_CONNECTED: (scale) =>
    singleOperatorGraph(
      'FULLY_CONNECTED',
      [
        { shape: [1, 2], dtype: 'int8', quantization: scaled(1) },
        { shape: [2, 2], dtype: 'int8', quantization: scaled(1), data: Int8Array.of(1, 0, 0, 1) },
        null,
      ],
      {},
      scaled(scale),
    ),
  MUL: (scale) => {
    const operand = { shape: [1, 2], dtype: 'int8', quantization: scaled(1) } as const;
    return singleOperatorGraph('MUL', [operand, operand], {}, scaled(scale));
  },
};

const atShift = (shift: number): number => Math.fround(1.25 / 2 ** shift);

describeCompiled('as far as C can shift', () => {
  it.each(Object.keys(networks))('%s', (name) => {
    const folder = buildFolder();
    try {
      const graph = networks[name]!(atShift(31));
      const feeds = graph.inputs.map(() => Int8Array.of(1, -2));
      const [outputs] = runCompiled(folder, graph, [feeds], 'outputs');
      expect(outputs!.map((bytes) => [...bytes])).toEqual(evaluate(graph, feeds).map((data) => [...bytesOf(data)]));
    } finally {
      folder.remove();
    }
  });
});

it.each(Object.keys(networks))('%s is refused beyond, by its name', (name) => {
  expect(() => kernelCalls(networks[name]!(atShift(32)))).toThrow(/COMPILED_KERNEL.*shifted up by 32[^]*far too small/);
});
