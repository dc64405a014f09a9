// Each fault is found for what it is, in the layer in which it was planted; and a model without one has none of them.
import { jest } from '@jest/globals';
import { elementCount, referenceEngine, tensorAt, type Node } from '@wherry/graph';
import {
  apply,
  calibrate,
  chooseRanges,
  optimize,
  plan,
  type Applied,
  type ChosenRange,
  type PlanOptions,
  type Ranges,
} from '@wherry/quantizer';
import { attribute, type AttributionTask } from './attribute.js';
import type { Attribution } from './attribution.js';
import { knownConstants } from './known-constants.js';
import { attributedNetwork } from './testing/attributed-network.js';

jest.setTimeout(60_000);

const { graph } = optimize(attributedNetwork());
const sampleOf = (seed: number): Float32Array =>
  Float32Array.from({ length: elementCount(tensorAt(graph, graph.inputs[0]!).shape) }, (_, i) =>
    Math.sin(seed * 1.7 + (i * (seed % 5) + i * i * 0.01) / 3),
  );
const samples = Array.from({ length: 12 }, (_, i) => [sampleOf(i)]);
const options: PlanOptions = { scheme: 'int8', granularity: () => 'per-axis', inputType: 'own', outputType: 'own' };

async function* streamed() {
  for (const sample of samples) yield await Promise.resolve(sample);
}
const calibration = await calibrate(graph, referenceEngine, streamed());
const ranges = chooseRanges(graph, calibration, { method: 'min-max', percentile: 99.99 });

async function attributed(given: Ranges = ranges, changes: Partial<PlanOptions> = {}): Promise<Attribution> {
  return attribute(taskOf(apply(graph, plan(graph, given, { ...options, ...changes }))));
}

function taskOf(applied: Applied, float = graph): AttributionTask {
  return {
    reference: float,
    quantized: applied.graph,
    exactOf: knownConstants(float, applied),
    samples,
    engine: referenceEngine,
    budgetSeconds: 20,
  };
}

const written = (layer: string): number => graph.nodes.find(({ origin }) => origin === layer)!.outputs[0]!;

function scaled(layer: string, factor: number): Ranges {
  const id = written(layer);
  const { min, max, from } = ranges.get(id)!;
  const changed: ChosenRange = { min: min * factor, max: max * factor, from };
  return new Map([...ranges, [id, changed]]);
}

it('splits the noise of a plain quantization into causes that add up', async () => {
  const { causes, unexplained, sqnrDb, layers, otherLayers } = await attributed();
  expect(sqnrDb).toBeGreaterThan(30);
  expect(causes.slice(0, 2).map(({ cause }) => cause)).toEqual(['activation rounding', 'weight rounding']);
  expect(causes.some(({ cause }) => cause === 'weight clipping' || cause === 'conversion')).toBe(false);
  expect(Math.abs(unexplained)).toBeLessThan(0.25);
  expect(layers.length + otherLayers).toBe(graph.nodes.length + 1);
  // None of them is much worse than another.
  expect(layers[0]!.share).toBeLessThan(0.5);
});

it('holds the noise against that of plain rounding, which has no fault', async () => {
  const plain = await attributed();
  expect(plain).toMatchObject({ healthy: true, rounding: { isAll: true } });
  expect(Math.abs(plain.rounding.beyondDb!)).toBeLessThan(1);
  const narrow = await attributed(scaled('second', 0.3));
  expect(narrow).toMatchObject({ healthy: false, rounding: { isAll: false, sqnrDb: plain.rounding.sqnrDb } });
  expect(narrow.rounding.beyondDb).toBeCloseTo(plain.rounding.sqnrDb! - narrow.sqnrDb!, 6);
  // Of clipped weights as well: what the file did to them is no part of it.
  const id = graph.nodes.find(({ origin }) => origin === 'second')!.inputs[1]!;
  const magnitudes = new Map([[id, new Array<number>(tensorAt(graph, id).shape[0]!).fill(0.05)]]);
  const clipped = await attributed(ranges, { magnitudes });
  expect(clipped.rounding.sqnrDb).toBeCloseTo(plain.rounding.sqnrDb!, 1);
  expect(clipped.healthy).toBe(false);
  // Few bits cost more, and that is rounding.
  const short = await attributed(ranges, { scheme: 'int4' });
  expect(short.rounding.sqnrDb).toBeLessThan(plain.rounding.sqnrDb! - 10);
  expect(short.rounding.isAll).toBe(true);
});

it.each([
  ['too narrow', 'second', 0.3],
  ['too wide', 'second', 20],
  ['too narrow', 'sum', 0.3],
  ['too wide', 'first', 20],
] as const)('names a range that is %s, of %s', async (_, layer, factor) => {
  const { causes, layers } = await attributed(scaled(layer, factor));
  expect(causes[0]).toMatchObject({ cause: 'activation range' });
  expect(causes[0]!.layers[0]).toBe(layer);
  expect(causes[0]!.share).toBeGreaterThan(0.8);
  const [worst] = layers;
  expect(worst).toMatchObject({ layer, causes: [{ cause: 'activation range' }, ...worst!.causes.slice(1)] });
  const width = ({ low, high }: { readonly low: number; readonly high: number }): number => high - low;
  expect(width(worst!.range!.covered) / width(worst!.range!.taken)).toBeCloseTo(factor, 0);
});

it.each(['second', 'dense'])('names clipped weights, of %s', async (layer) => {
  const id = graph.nodes.find(({ origin }) => origin === layer)!.inputs[1]!;
  const { shape, data } = tensorAt(graph, id);
  const size = elementCount(shape) / shape[0]!;
  const magnitudes = Array.from(
    { length: shape[0]! },
    (_, slice) => 0.3 * Math.max(...(data as Float32Array).subarray(slice * size, (slice + 1) * size).map(Math.abs)),
  );
  const { causes } = await attributed(ranges, { magnitudes: new Map([[id, magnitudes]]) });
  expect(causes[0]).toMatchObject({ cause: 'weight clipping' });
  expect(causes[0]!.layers[0]).toBe(layer);
});

it('counts a corrected bias among what it corrects, and a wrong one for itself', async () => {
  const made = plan(graph, ranges, options);
  // Of 4 bits there is much to correct.
  const short = plan(graph, ranges, { ...options, scheme: 'int4' });
  const corrected = apply(graph, short, { correctBias: calibration });
  const found = await attribute(taskOf(corrected));
  const bias = found.causes.find(({ cause }) => cause === 'bias');
  expect(bias?.alone ?? 0).toBeLessThan(0.01);
  const dense = written('dense');
  const errors = new Map([[dense, Float64Array.from({ length: 5 }, (_, i) => (i % 2 === 0 ? 0.3 : -0.3))]]);
  const wrong = await attribute(taskOf(apply(graph, made, { outputErrors: errors })));
  expect(wrong.causes[0]).toMatchObject({ cause: 'bias', layers: ['dense'] });
});

it('calls weights of another model a conversion, and says nothing of those that it does not know', async () => {
  const applied = apply(graph, plan(graph, ranges, options));
  const known = knownConstants(graph, applied);
  const other = (node: Node, input: number): Float32Array | undefined =>
    node.origin === 'third' && input === 1 ? known(node, input)?.map((value) => -value) : known(node, input);
  // What the file has in `third` is the negation of what this float model has.
  const { causes } = await attribute({ ...taskOf(applied), exactOf: other });
  expect(causes[0]!.cause).toBe('conversion');
  const unknown = await attribute({ ...taskOf(applied), exactOf: () => undefined });
  expect(unknown.causes.map(({ cause }) => cause)).not.toContain('weight rounding');
});

it.each(['int16x8', 'int4', 'float16'] as const)('takes any scheme: %s', async (scheme) => {
  const { causes, unexplained } = await attributed(scheme === 'float16' ? new Map() : ranges, { scheme });
  expect(causes[0]!.cause).toBe('weight rounding');
  expect(Math.abs(unexplained)).toBeLessThan(0.5);
});

it('counts what kernels of real activations round as they run among activations', async () => {
  const { graph: large } = optimize(attributedNetwork({ channels: 16 }));
  const applied = apply(large, plan(large, new Map(), { ...options, scheme: 'dynamic-range' }));
  const { causes } = await attribute(taskOf(applied, large));
  expect(causes.map(({ cause }) => cause).sort()).toEqual(['activation rounding', 'weight rounding']);
});

it('leaves single layers out where the budget does not allow them, and says so', async () => {
  const applied = apply(graph, plan(graph, ranges, options));
  const { layers, leftOut, samples: taken } = await attribute({ ...taskOf(applied), budgetSeconds: 1e-3 });
  expect(layers).toEqual([]);
  expect(leftOut[0]).toMatch(/^single layers/);
  expect(taken).toBe(4);
});
