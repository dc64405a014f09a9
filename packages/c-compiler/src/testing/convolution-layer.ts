// A convolution as specs of kernels want it: its shapes, weights by a formula, and what it is fed.
import { evaluate, GraphBuilder, type FusedActivation, type Graph, type Padding } from '@wherry/graph';
import type { BuildFolder } from '@wherry/testing';
import type { Core } from '../kernel-variant.js';
import { bytesOf, runCompiled } from './compiled-program.js';

export interface ConvolutionLayer {
  readonly input: readonly [number, number, number, number];
  readonly filter: readonly [number, number, number];
  /** By channel and place. */
  readonly weight: (channel: number, k: number) => number;
  readonly weightType?: 'int8' | 'int4';
  readonly weightScale?: number;
  /** How many times that of the first channel, by channel; without it all differ. */
  readonly timesScale?: (channel: number) => number;
  /** In each of which a filter takes its share of the channels; default: one. */
  readonly groups?: number;
  readonly stride?: number;
  readonly dilationH?: number;
  readonly dilationW?: number;
  readonly padding?: Padding;
  readonly activation?: FusedActivation;
}

const mixed = (channel: number, k: number): number => ((channel * 71 + k * 37) % 255) - 127;

export const layer = (change: Partial<ConvolutionLayer>): ConvolutionLayer => ({
  input: [1, 5, 5, 4],
  filter: [6, 3, 3],
  weight: mixed,
  ...change,
});

export function graphOf(one: ConvolutionLayer): Graph {
  const builder = new GraphBuilder('one');
  const [channels, h, w] = one.filter;
  const depth = one.input[3] / (one.groups ?? 1);
  const x = builder.input('x', one.input, 'int8', { scale: [0.02], zeroPoint: [-7], axis: 0 });
  const length = h * w * depth;
  const values = Int8Array.from({ length: channels * length }, (_, i) =>
    one.weight(Math.floor(i / length), i % length),
  );
  const { weightScale = 0.001, timesScale = (c: number) => 1 + c / 8 } = one;
  const scale = Array.from({ length: channels }, (_, c) => Math.fround(weightScale * timesScale(c)));
  const perChannel = { scale, zeroPoint: scale.map(() => 0), axis: 0 };
  const filter = builder.constant('w', [channels, h, w, depth], values, one.weightType ?? 'int8', perChannel);
  const bias = builder.constant(
    'b',
    [channels],
    Int32Array.from(scale, (_, c) => 900 * c - 2000),
    'int32',
    { ...perChannel, scale: scale.map((s) => Math.fround(0.02 * s)) },
  );
  const { stride = 1, dilationH = 1, dilationW = 1, padding = 'SAME', activation = 'NONE' } = one;
  const attributes = { padding, strideH: stride, strideW: stride, dilationH, dilationW, activation };
  const outputQuantization = { scale: [0.05], zeroPoint: [-20], axis: 0 };
  return builder.finish([builder.add('CONV_2D', [x, filter, bias], attributes, { origin: 'one', outputQuantization })]);
}

/** What the compiled layer answers to the least values, to the greatest and to a mixture; and what the reference does. */
export function answersOf(
  folder: BuildFolder,
  one: ConvolutionLayer,
  core: Core,
): [answers: number[][], expected: number[][]] {
  const graph = graphOf(one);
  const count = one.input.reduce((product, size) => product * size, 1);
  const runs = [() => -128, () => 127, (i: number) => ((i * 89) % 256) - 128].map((valueAt) => [
    Int8Array.from({ length: count }, (_, i) => valueAt(i)),
  ]);
  const outputs = runCompiled(folder, graph, runs, 'outputs', core);
  return [outputs.map(([bytes]) => [...bytes!]), runs.map((feeds) => [...bytesOf(evaluate(graph, feeds)[0]!)])];
}
