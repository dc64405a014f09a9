// Plants one fault of a known cause in a quantization, for tests of whether it is found: nothing else is changed.
import {
  elementCount,
  integerRange,
  operatorOf,
  outputRule,
  runNode,
  tensorAt,
  weightedOperands,
  type Engine,
  type Graph,
  type TensorData,
} from '@wherry/graph';
import { apply, calibrate, chooseRanges, plan, quantizeFeeds, type PlanOptions, type Ranges } from '@wherry/quantizer';

const options: PlanOptions = { scheme: 'int8', granularity: () => 'per-axis', inputType: 'own', outputType: 'own' };

export type Samples = readonly (readonly Float32Array[])[];

/** Quantized forms of one float graph, with faults and without. */
export interface Injected {
  readonly plain: Graph;
  /** The range of what the layer at a position writes, times a factor. */
  readonly badRange: (position: number, factor: number) => Graph;
  /** The weights of the layer at a position reach this share of their magnitudes. */
  readonly clippedWeights: (position: number, share: number) => Graph;
  /** What samples that are prepared otherwise are quantized for. */
  readonly otherSamples: (prepare: (value: number) => number) => Promise<Graph>;
}

export async function injected(graph: Graph, samples: Samples, engine: Engine): Promise<Injected> {
  const rangesOf = async (given: Samples): Promise<Ranges> => {
    const calibration = await calibrate(graph, engine, streamed(given));
    return chooseRanges(graph, calibration, { method: 'min-max', percentile: 99.99 });
  };
  const ranges = await rangesOf(samples);
  const made = (own: Ranges, changes: Partial<PlanOptions> = {}): Graph =>
    apply(graph, plan(graph, own, { ...options, ...changes })).graph;
  return {
    plain: made(ranges),
    badRange: (position, factor) => made(scaled(graph, ranges, position, factor)),
    clippedWeights: (position, share) => {
      const node = graph.nodes[position]!;
      const { weights, axis } = weightedOperands(node.kind)!;
      const id = node.inputs[weights]!;
      const magnitudes = sliceMagnitudes(tensorAt(graph, id).data as Float32Array, tensorAt(graph, id).shape, axis);
      return made(ranges, { magnitudes: new Map([[id, magnitudes.map((magnitude) => magnitude * share)]]) });
    },
    otherSamples: async (prepare) =>
      made(await rangesOf(samples.map((inputs) => inputs.map((data) => data.map(prepare))))),
  };
}

/** Positions of layers whose output has a range of its own, and that is not handed on with the scale. */
export function rangedLayers({ nodes }: Graph): readonly number[] {
  return nodes.flatMap((node, position) => {
    const [written] = node.outputs;
    const readers = nodes.filter(({ inputs }) => inputs.includes(written!));
    const isOwn = outputRule(node.kind).from === 'calibration' && !operatorOf(node.kind).traits.convertsNumbers;
    const isHandedOn = readers.some(({ kind }) => outputRule(kind).from === 'same-as-inputs');
    return isOwn && !isHandedOn ? [position] : [];
  });
}

export function weightedLayers({ nodes }: Graph): readonly number[] {
  return nodes.flatMap(({ kind }, position) => (weightedOperands(kind) === undefined ? [] : [position]));
}

/** What a device gives whose kernel of the layer at a position adds so many steps to all that it writes. */
export function withBiasedKernel(
  quantized: Graph,
  position: number,
  steps: number,
): (feeds: TensorData[]) => TensorData[] {
  return (feeds) => {
    const values: (TensorData | undefined)[] = quantized.tensors.map(({ data }) => data);
    quantizeFeeds(quantized, feeds).forEach((data, i) => (values[quantized.inputs[i]!] = data));
    quantized.nodes.forEach((node, at) => {
      runNode(quantized, node, values, 'double');
      if (at !== position) return;
      const [id] = node.outputs;
      const [least, greatest] = integerRange(tensorAt(quantized, id!).dtype);
      const data = values[id!] as Int8Array;
      for (let i = 0; i < data.length; i++) data[i] = Math.min(greatest, Math.max(least, data[i]! + steps));
    });
    return quantized.outputs.map((id) => values[id]!);
  };
}

function scaled(graph: Graph, ranges: Ranges, position: number, factor: number): Ranges {
  const [id] = graph.nodes[position]!.outputs;
  const { min, max, from } = ranges.get(id!)!;
  return new Map([...ranges, [id!, { min: min * factor, max: max * factor, from }]]);
}

function sliceMagnitudes(data: Float32Array, shape: readonly number[], axis: number): number[] {
  const inner = elementCount(shape.slice(axis + 1));
  const found = new Array<number>(shape[axis]!).fill(0);
  data.forEach((value, i) => {
    const slice = Math.floor(i / inner) % found.length;
    found[slice] = Math.max(found[slice]!, Math.abs(value));
  });
  return found;
}

async function* streamed(samples: Samples): AsyncGenerator<readonly TensorData[], void> {
  for (const sample of samples) yield await Promise.resolve(sample);
}
