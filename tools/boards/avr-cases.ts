// What is run on an AVR: of each kernel for integers several cases, and those where an int of 16 bits is soonest too narrow.
import { GraphBuilder, integerRange, opKinds, tensorAt, type Graph, type TensorData } from '@wherry/graph';
import { casesOf } from '@wherry/graph/cases';
import { kernelCalls } from '../../packages/c-compiler/src/compile-model.js';
import { hasKernels } from '../../packages/c-compiler/src/testing/has-kernels.js';

export interface AvrCase {
  readonly name: string;
  readonly graph: Graph;
  readonly feeds: readonly TensorData[];
}

/** Of a kernel's cases, spread over all that there are. */
const ofEach = 3;

/** Real numbers are rounded otherwise by the library there. */
const isExact = ({ graph }: AvrCase): boolean => graph.tensors.every(({ dtype }) => dtype !== 'float32');

/** Cases by what their nodes call. */
export function casesOfKernels(): ReadonlyMap<string, readonly AvrCase[]> {
  const all = opKinds.flatMap((kind) =>
    casesOf(kind)
      .filter(hasKernels)
      .map(({ name, graph, feeds }): AvrCase => ({ name: `${kind} ${name}`, graph, feeds })),
  );
  const groups = new Map<string, AvrCase[]>();
  for (const one of [...all.filter(isExact), ...narrowCases()]) {
    const kernels = [
      ...new Set(
        kernelCalls(one.graph)
          .flat()
          .map(({ kernel }) => kernel),
      ),
    ].join(' and ');
    if (kernels !== '') groups.set(kernels, [...(groups.get(kernels) ?? []), one]);
  }
  return new Map([...groups].map(([kernels, cases]) => [kernels, spread(cases)]));
}

/** The first and the last of them, and as many between; all of those made here, which stand last. */
function spread(cases: readonly AvrCase[]): readonly AvrCase[] {
  const made = cases.filter(({ name }) => name.startsWith('made:'));
  const rest = cases.filter((one) => !made.includes(one));
  const step = Math.max(1, (rest.length - 1) / (ofEach - 1));
  const at = Array.from({ length: Math.min(ofEach, rest.length) }, (_, i) => rest[Math.round(i * step)]!);
  return [...new Set(at), ...made];
}

/** The same with the ends of their types in the place of activations, least and greatest in an irregular order. */
export function extremesOf({ graph, feeds }: AvrCase): readonly TensorData[] {
  return feeds.map((feed, position) => {
    const { dtype, quantization } = tensorAt(graph, graph.inputs[position]!);
    if (quantization === undefined || (dtype !== 'int8' && dtype !== 'int16')) return feed;
    const [least, greatest] = integerRange(dtype);
    const values = feed.slice() as Int8Array | Int16Array;
    for (let i = 0; i < values.length; i++) values[i] = (i * i + position) % 3 === 0 ? greatest : least;
    return values;
  });
}

/** Scales finer than those of the cases, channels that are no blocks of four, and what no case has. */
function narrowCases(): readonly AvrCase[] {
  return [
    ...[4096, 32768, 131072].flatMap((steps) => [sigmoid('LOGISTIC', 1 / steps), sigmoid('TANH', 1 / steps)]),
    ...[0.001, 0.0001, 0.01].map(softmax16),
    ...[2, 5].map(dense16),
    denseAsymmetric(),
    gatherLong(),
    halves(),
  ];
}

const short = (scale: number) => ({ scale: [Math.fround(scale)], zeroPoint: [0], axis: 0 });
const ends16 = Int16Array.of(-32768, -20000, -5000, -1, 1, 5000, 20000, 32767);

function sigmoid(kind: 'LOGISTIC' | 'TANH', scale: number): AvrCase {
  const builder = new GraphBuilder('sigmoid');
  const x = builder.input('x', [1, 8], 'int16', short(scale));
  const y = builder.add(kind, [x], {}, { origin: kind, outputQuantization: short(1 / 32768) });
  return { name: `made: ${kind} of steps of ${scale}`, graph: builder.finish([y]), feeds: [ends16] };
}

function softmax16(scale: number): AvrCase {
  const builder = new GraphBuilder('softmax');
  const x = builder.input('x', [1, 8], 'int16', short(scale));
  const options = { origin: 'softmax', outputQuantization: short(1 / 32768) };
  const feeds = [Int16Array.of(0, 100, -200, 30, 10, 20, 0, 5)];
  return {
    name: `made: SOFTMAX of steps of ${scale}`,
    graph: builder.finish([builder.add('SOFTMAX', [x], {}, options)]),
    feeds,
  };
}

function dense16(units: number): AvrCase {
  const builder = new GraphBuilder('dense');
  const x = builder.input('x', [1, 8], 'int16', short(0.001));
  const scale = Array.from({ length: units }, (_, o) => Math.fround(0.01 + o / 100));
  const values = Int8Array.from({ length: 8 * units }, (_, i) => ((i * 71) % 255) - 127);
  const quantization = { scale, zeroPoint: scale.map(() => 0), axis: 0 };
  const w = builder.constant('w', [units, 8], values, 'int8', quantization);
  const b = builder.constant(
    'b',
    [units],
    BigInt64Array.from(scale, (_, o) => BigInt(o * 1000)),
    'int64',
  );
  const options = { origin: 'dense', outputQuantization: short(0.003) };
  const y = builder.add('FULLY_CONNECTED', [x, w, b], {}, options);
  return { name: `made: FULLY_CONNECTED to ${units}`, graph: builder.finish([y]), feeds: [ends16] };
}

function denseAsymmetric(): AvrCase {
  const builder = new GraphBuilder('asymmetric');
  const x = builder.input('x', [1, 8], 'int8', { scale: [0.05], zeroPoint: [100], axis: 0 });
  const values = Int8Array.from({ length: 24 }, (_, i) => ((i * 71) % 256) - 128);
  const w = builder.constant('w', [3, 8], values, 'int8', { scale: [0.01], zeroPoint: [-120], axis: 0 });
  const options = { origin: 'dense', outputQuantization: { scale: [0.4], zeroPoint: [3], axis: 0 } };
  const graph = builder.finish([builder.add('FULLY_CONNECTED', [x, w], {}, options)]);
  const feeds = [Int8Array.of(-128, 127, 5, -60, 90, -1, 64, -100)];
  return { name: 'made: FULLY_CONNECTED of weights with a zero point', graph, feeds };
}

function gatherLong(): AvrCase {
  const builder = new GraphBuilder('gather');
  const x = builder.input('x', [4], 'int16', short(0.01));
  const positions = builder.input('positions', [3], 'int64');
  const options = { origin: 'gather', outputQuantization: short(0.01) };
  const graph = builder.finish([builder.add('GATHER', [x, positions], { axis: 0, batchDims: 0 }, options)]);
  return { name: 'made: GATHER at int64', graph, feeds: [Int16Array.of(1, -2, 3, -4), BigInt64Array.of(3n, 0n, 2n)] };
}

/** Nothing is rounded but to the half, below the least normal one too. */
function halves(): AvrCase {
  const builder = new GraphBuilder('halves');
  const values = Float32Array.of(1, -1.00048828125, 65520, 3e-5, -7e-6, 1.2e-7, 6.1e-5, 0.333);
  const x = builder.input('x', [values.length], 'float32');
  const y = builder.add(
    'CAST',
    [x],
    { inType: 'FLOAT32', outType: 'FLOAT16' },
    { origin: 'narrow', outputDtype: 'float16' },
  );
  const back = builder.add(
    'CAST',
    [y],
    { inType: 'FLOAT16', outType: 'FLOAT32' },
    { origin: 'widen', outputDtype: 'float32' },
  );
  return { name: 'made: CAST to halves and back', graph: builder.finish([y, back]), feeds: [values] };
}
