// The noise of the integers themselves, as the engine gives them and with one rounding of each accumulator in the place of two.
import { evaluate, graphCost, tensorAt, type Engine, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import { quantizeFeeds } from '@wherry/quantizer';
import type { OutputNoise } from './output-noise.js';

export interface IntegerNoise {
  /** Against the float model as it was given, and against its exact values in the form of the quantized one. */
  readonly total: number;
  readonly own: number;
  /** Of `own`: what is more of it than with one rounding; 0 where that was not looked at. */
  readonly beyondSingle: number;
  readonly leftOut: readonly string[];
}

/** Multiply-accumulates on the reference kernels in all: some seconds. */
const affordableMacs = 2e8;

export async function integerNoise(
  {
    quantized,
    engine,
    samples,
  }: { readonly quantized: Graph; readonly engine: Engine; readonly samples: readonly (readonly TensorData[])[] },
  places: readonly TensorId[],
  againstExact: OutputNoise,
  againstGiven: OutputNoise,
): Promise<IntegerNoise> {
  const graph = { ...quantized, outputs: places };
  const executor = await engine.prepare(graph);
  const hasRoundings = quantized.inputs.length > 0 && hasIntegers(quantized, places);
  const looksAtSingle = hasRoundings && graphCost(quantized).total.macs * samples.length <= affordableMacs;
  let [total, own, single] = [0, 0, 0];
  try {
    for (const [i, feeds] of samples.entries()) {
      const fed = quantizeFeeds(quantized, feeds);
      const values = await executor.run(fed);
      const noise = againstExact.of(i, values, quantized, places);
      own += noise / samples.length;
      total += againstGiven.of(i, values, quantized, places) / samples.length;
      const once = looksAtSingle ? evaluate(graph, fed, { rounding: 'single' }) : undefined;
      single += (once === undefined ? noise : againstExact.of(i, once, quantized, places)) / samples.length;
    }
  } finally {
    executor.dispose();
  }
  const leftOut = hasRoundings && !looksAtSingle ? ['the rounding mode: the model is too large for the reference'] : [];
  return { total, own, beyondSingle: own - single, leftOut };
}

function hasIntegers(graph: Graph, places: readonly TensorId[]): boolean {
  return places.some((id) => tensorAt(graph, id).quantization !== undefined);
}
