// Goes through the layers in their order and gives each the integers with which it best repeats the float layer.
import {
  integerRange,
  tensorAt,
  weightedOperands,
  type Engine,
  type Graph,
  type Quantization,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import type { Applied } from '../apply/apply.js';
import type { QuantizationPlan } from '../plan/quantization-plan.js';
import { realOf } from '../select/judgement.js';
import { quantizeFeeds } from '../select/quantize-feeds.js';
import type { LayerSample } from './layer-moments.js';
import { layerWeights } from './layer-weights.js';
import { ownLayers } from './own-layers.js';
import { Walk } from './walk.js';

/** What was found for the layers so far, by the ids of the float graph. */
export interface Reconstruction {
  /** Magnitudes of the weights that become the greatest integer, per slice, by the weights. */
  readonly magnitudes: ReadonlyMap<TensorId, readonly number[]>;
  /** By the weights. */
  readonly integers: ReadonlyMap<TensorId, TensorData>;
  /** Mean errors that are left, to be taken out of the bias, by the layer's output. */
  readonly errors: ReadonlyMap<TensorId, Float64Array>;
}

export interface ReconstructOptions {
  /** Weights are rounded up or down as it fits the others; otherwise each to the nearest. */
  readonly optimized: boolean;
  /** Scales may cut off the largest weights of a channel. */
  readonly clip: boolean;
  /** Places that the activation behind 4-bit weights cuts off count little: as much more work as a layer has channels. */
  readonly tellsCut: boolean;
  /** The bias may take out the mean error that is left. */
  readonly correctBias: boolean;
}

export type Make = (found: Reconstruction) => Applied & { readonly plan: QuantizationPlan };

/** `samples`: real-valued feeds. */
export async function reconstruct(
  graph: Graph,
  engine: Engine,
  samples: readonly (readonly TensorData[])[],
  make: Make,
  options: ReconstructOptions,
): Promise<Reconstruction> {
  const found = {
    magnitudes: new Map<TensorId, readonly number[]>(),
    integers: new Map<TensorId, TensorData>(),
    errors: new Map<TensorId, Float64Array>(),
  };
  let made = make(found);
  const real = new Walk(engine, graph, samples);
  const given = new Walk(
    engine,
    made.graph,
    samples.map((feeds) => quantizeFeeds(made.graph, feeds)),
  );
  for (const { node, position, layer } of ownLayers(graph)) {
    const { weights, activation } = weightedOperands(node.kind)!;
    const format = made.plan.nodes[position]!.reads[weights];
    if (format?.quantization === undefined) continue;
    const source = node.inputs[activation]!;
    const at = made.graph.nodes.findIndex(({ outputs }) => outputs.includes(made.tensorOf.get(node.outputs[0]!)!));
    const read = made.graph.nodes[at]!.inputs[activation]!;
    const floats = await real.upTo(graph, position, source);
    const ours = await given.upTo(made.graph, at, read);
    const { quantization } = tensorAt(made.graph, read);
    const pairs = floats.map((values, sample): LayerSample => ({
      real: values as Float32Array,
      given: realValues(ours[sample]!, quantization),
    }));
    const result = layerWeights(
      {
        layer,
        inputShape: tensorAt(graph, source).shape,
        outputShape: tensorAt(graph, node.outputs[0]!).shape,
        quantization: format.quantization,
        greatest: integerRange(format.dtype)[1],
        ...options,
      },
      pairs,
    );
    const [, greatest] = integerRange(format.dtype);
    const id = node.inputs[weights]!;
    found.magnitudes.set(
      id,
      result.scale.map((scale) => scale * greatest),
    );
    found.integers.set(id, result.integers);
    if (options.correctBias) found.errors.set(node.outputs[0]!, result.error);
    made = make(found);
  }
  return found;
}

/** A plain loop: whole layers of every sample come through here, several times in a deployment. */
function realValues(data: TensorData, quantization: Quantization | undefined): Float32Array {
  const values = new Float32Array(data.length);
  for (let i = 0; i < values.length; i++) values[i] = realOf(data, i, quantization);
  return values;
}
