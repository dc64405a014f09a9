// What a model is run on to be measured: the extremes of its inputs and values by chance, or samples of the user's.
import {
  allocate,
  elementCount,
  tensorAt,
  WherryError,
  type Diagnostic,
  type Graph,
  type TensorData,
} from '@wherry/graph';
import type { Preprocessing } from '@wherry/calibration-data';
import { inputReach, reachWarnings } from '../accuracy/input-reach.js';
import { boundOf } from '../made-up-inputs.js';
import { feedOf, realOf, withRealInputs } from '../diff/real-feeds.js';
import { openGraphData, watchSamples } from '../inputs/datasets.js';
import { measureDiagnostics } from './diagnostics.js';

export interface MeasuredInputs {
  /** As the report says it. */
  readonly said: string;
  readonly feeds: readonly (readonly TensorData[])[];
  /** The same as the user's data has them, before they were rounded to the numbers of the model. */
  readonly real: readonly (readonly TensorData[])[];
  /** INPUT_RANGE, where the data has another scale than the model. */
  readonly warnings: readonly Diagnostic[];
}

/** Beyond the ends of most ranges of activations. */
const greatestReal = 8;

/** The least, the greatest and both in turn, then values by chance: the same on every machine. */
export function inputsByChance(graph: Graph, count: number): MeasuredInputs {
  let state = 1;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
  const feeds = Array.from({ length: count }, (_, run) =>
    graph.inputs.map((id) => {
      const { dtype, shape } = tensorAt(graph, id);
      const isReal = dtype === 'float32';
      const [least, end] = boundOf(graph, id);
      const [lowest, most] = isReal ? [-greatestReal, greatestReal] : [least, end - 1];
      const patterns = [() => lowest, () => most, (i: number) => (i % 2 === 0 ? lowest : most)];
      const span = most - lowest + (isReal ? 0 : 1);
      const valueAt = patterns[run] ?? (() => (isReal ? lowest + span * next() : lowest + Math.floor(span * next())));
      const values = allocate(dtype, elementCount(shape));
      for (let i = 0; i < values.length; i++) values[i] = dtype === 'int64' ? BigInt(valueAt(i)) : valueAt(i);
      return values;
    }),
  );
  const extremes = Math.min(3, count);
  const said = `${extremes} of the extremes of its inputs${count > extremes ? `, ${count - extremes} by chance` : ''}`;
  const real = feeds.map((feed) => feed.map((values, position) => realOf(graph, graph.inputs[position]!, values)));
  return { said, feeds, real, warnings: [] };
}

/** As the model takes them, quantized as a firmware does. Throws what the data is refused for. */
export async function inputsFrom(
  given: string,
  graph: Graph,
  options: { readonly limit: number; readonly preprocessing: Preprocessing | undefined },
): Promise<MeasuredInputs> {
  const data = await openGraphData(given, withRealInputs(graph), options);
  const { name } = data;
  const watched = watchSamples(data, inputReach(graph));
  const [feeds, real]: [TensorData[][], TensorData[][]] = [[], []];
  for await (const { inputs } of watched.samples) {
    feeds.push(inputs.map((values, position) => feedOf(graph, position, values) ?? refuseFractions(name)));
    real.push(inputs.map((values) => values.slice()));
  }
  const { report } = await watched.seen();
  return { said: `of ${name}`, feeds, real, warnings: reachWarnings(graph, report) };
}

function refuseFractions(where: string): never {
  throw new WherryError(measureDiagnostics.MEASURE_MODEL, {
    what: 'an input of the model takes whole numbers, and the samples hold fractions or numbers beyond it',
    where,
    next: 'give samples of whole numbers, as the model was trained on',
  });
}
