// Several inputs: each is held to its own scale, its own range and its own rounding.
import type { ChannelRange } from '@wherry/calibration-data';
import { GraphBuilder, referenceEngine, type Graph, type Quantization, type TensorId } from '@wherry/graph';
import { irregular } from '../testing/table-model.js';
import { leadingNormalization } from './leading-normalization.js';
import { inputStepsCause, type InputStepsRequest, type LossCause } from './input-steps.js';

/** y = a1 a[0] + a2 a[1] + b1 b[0] + b2 b[1] of two inputs, b behind a normalization that changes nothing. */
function sumOf(a: readonly [number, number], b: readonly [number, number]): Graph {
  const builder = new GraphBuilder('two inputs');
  const constant = (name: string, shape: readonly number[], ...values: readonly number[]): TensorId =>
    builder.constant(name, shape, Float32Array.from(values), 'float32');
  const inputs = [builder.input('a', [1, 2], 'float32'), builder.input('b', [1, 2], 'float32')] as const;
  const norm = builder.add('MUL', [inputs[1], constant('k', [2], 1, 1)], {}, { origin: 'norm of b' });
  const dense = (input: TensorId, weights: readonly number[], name: string): TensorId =>
    builder.add('FULLY_CONNECTED', [input, constant(`w${name}`, [1, 2], ...weights)], {}, { origin: `dense ${name}` });
  return builder.finish([builder.add('ADD', [dense(inputs[0], a, 'a'), dense(norm, b, 'b')], {}, { origin: 'y' })]);
}

const scaleOf = (step: number): Quantization => ({ scale: [step], zeroPoint: [0], axis: 0 });

/** The inputs as int8, by their steps; undefined: not quantized. */
function quantizedTo(graph: Graph, ...steps: readonly (number | undefined)[]): Graph {
  const tensors = graph.tensors.map((tensor, id) => {
    const step = steps[graph.inputs.indexOf(id)];
    return step === undefined ? tensor : { ...tensor, dtype: 'int8' as const, quantization: scaleOf(step) };
  });
  return { ...graph, tensors };
}

const part = (width: number): ChannelRange => ({ min: 0, max: width, mean: width / 2 });
/** Every value within 0 and 10, where steps of 1 are ten. */
const samples = Array.from({ length: 60 }, (_, row) =>
  [0, 1].map((input) => Float32Array.from([0, 1], (i) => 5 + 5 * irregular(4 * row + 2 * input + i))),
);

function causeIn(float: Graph, quantized: Graph, changes: Partial<InputStepsRequest> = {}) {
  return inputStepsCause({
    leading: float.inputs.map((id) => leadingNormalization(float, id)),
    float,
    quantized,
    engine: referenceEngine,
    tasks: [{ kind: 'values', targets: false }],
    parts: [
      [part(200), part(10)],
      [part(200), part(10)],
    ],
    samples: async function* () {
      for (const inputs of samples) yield { inputs };
    },
    ...changes,
  });
}
const named = (cause: LossCause | undefined): string | undefined => cause?.input;

// The difference of two values is far smaller than they are: rounding to steps of 2 leaves little of it.
const fine = [1, -1] as const;
const nothing = [0, 0] as const;

it('looks at the second where the first has no harm, no coarse value or no scale', async () => {
  const graph = sumOf(nothing, fine);
  const cause = await causeIn(graph, quantizedTo(graph, 4, 4));
  expect(cause).toMatchObject({
    input: 'b',
    what: 'one int8 step of the input is 4, the whole range of feature 1 is 10 (3 steps)',
    next: expect.stringContaining('"norm of b"'),
  });
  expect(named(await causeIn(graph, quantizedTo(graph, undefined, 4)))).toBe('b');
  const parts = [
    [part(200), part(200)],
    [part(200), part(10)],
  ] as const;
  expect(named(await causeIn(graph, quantizedTo(graph, 4, 4), { parts }))).toBe('b');
  expect(named(await causeIn(graph, quantizedTo(graph, 0.01, 4)))).toBe('b');
});

it('rounds that input alone', async () => {
  const onFirst = sumOf(fine, nothing);
  expect(named(await causeIn(onFirst, quantizedTo(onFirst, 4, 4)))).toBe('a');
  // The harm of the first is told of the first: without a coarse value there, of none.
  const parts = [
    [part(200), part(200)],
    [part(200), part(10)],
  ] as const;
  expect(await causeIn(onFirst, quantizedTo(onFirst, 4, 4), { parts })).toBeUndefined();
});

it('finds the scale of a real input behind it, in its own QUANTIZE', async () => {
  const graph = sumOf(nothing, fine);
  const builder = new GraphBuilder('real inputs');
  const rounded = ['a', 'b'].map((name, i) =>
    builder.add(
      'QUANTIZE',
      [builder.input(name, [1, 2], 'float32')],
      {},
      { origin: `q${i}`, outputDtype: 'int8', outputQuantization: scaleOf([0.01, 4][i]!) },
    ),
  );
  expect(await causeIn(graph, builder.finish(rounded))).toMatchObject({
    input: 'b',
    what: expect.stringContaining('one int8 step of the input is 4,'),
  });
});

it('counts a range of fewer than 32 steps as coarse, where the values come out 20 dB or less above the error', async () => {
  const graph = sumOf(fine, nothing);
  const width = (steps: number) => ({ parts: [[part(500), part(4 * steps)], []] as const });
  expect(named(await causeIn(graph, quantizedTo(graph, 4, 4), width(31)))).toBe('a');
  expect(await causeIn(graph, quantizedTo(graph, 4, 4), width(33))).toBeUndefined();
  // Of the sum, 10 on average, a step of 4 leaves 18 dB, one of 2 leaves 24.
  const coarse = sumOf([1, 1], nothing);
  const few = { parts: [[part(500), part(10)], []] as const };
  expect(named(await causeIn(coarse, quantizedTo(coarse, 4, 4), few))).toBe('a');
  expect(await causeIn(coarse, quantizedTo(coarse, 2, 2), few)).toBeUndefined();
});
