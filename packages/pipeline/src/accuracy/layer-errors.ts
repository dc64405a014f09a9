// How far what each layer writes is from what it writes in the float model, with the errors of the layers before it.
import {
  elementCount,
  tensorAt,
  type Engine,
  type Graph,
  type Tensor,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import { quantizeFeeds } from '@wherry/quantizer';
import { realValues } from './real-values.js';
import { ValueErrorSums } from './value-errors.js';

/** By the tensor of the quantized graph. */
export interface LayerErrors {
  readonly samples: number;
  /** Signal to quantization noise; null where nothing differs. What could not be compared is missing. */
  readonly sqnrDb: ReadonlyMap<TensorId, number | null>;
}

/** The float graph with the quantized one, and which tensor of it each one of the float graph has become. */
export interface PairedGraphs {
  readonly float: Graph;
  readonly quantized: Graph;
  readonly tensorOf: ReadonlyMap<TensorId, TensorId>;
}

export interface LayerErrorOptions {
  /** What the quantized graph runs on, where that is another one. */
  readonly quantizedOn?: Engine;
  /** Told what the float model gives, by the tensor of the quantized graph. */
  readonly witness?: ((id: TensorId, values: Float32Array) => void) | undefined;
}

const [fewest, most] = [4, 64];
/** Multiply-accumulates that this is worth: a second or so. */
const worthMacs = 1e9;

/** How many samples are looked at. */
export function layerSamples(macs: number): number {
  return Math.min(most, Math.max(fewest, Math.floor(worthMacs / Math.max(1, macs))));
}

export async function measureLayers(
  graphs: PairedGraphs,
  engine: Engine,
  samples: readonly (readonly TensorData[])[],
  { quantizedOn = engine, witness }: LayerErrorOptions = {},
): Promise<LayerErrors> {
  const { float, quantized } = graphs;
  const pairs = comparedPairs(graphs);
  const sums = new Map([...pairs.values()].map((id) => [id, new ValueErrorSums()]));
  const floatOf = new Map([...pairs].map(([id, written]) => [written, id]));
  const [exact, rounded] = await Promise.all([engine.prepare(float), quantizedOn.prepare(quantized)]);
  try {
    for (const inputs of samples) {
      const expected = new Map<TensorId, TensorData>();
      const wants = (id: TensorId): boolean => pairs.has(id);
      await exact.run(inputs, { wants, see: (id, data) => expected.set(id, data.slice()) });
      await rounded.run(quantizeFeeds(quantized, inputs), {
        wants: (id) => floatOf.has(id),
        see: (id, data) => {
          const values = expected.get(floatOf.get(id)!) as Float32Array;
          witness?.(id, values);
          sums.get(id)!.add(values, realValues(tensorAt(quantized, id), data));
        },
      });
    }
  } finally {
    exact.dispose();
    rounded.dispose();
  }
  return {
    samples: samples.length,
    sqnrDb: new Map([...sums].flatMap(([id, { result }]) => ratioOf(id, result.sqnrDb))),
  };
}

/** What is all zeros in the float model is no signal: nothing can be said of it. */
function ratioOf(id: TensorId, sqnrDb: number): readonly (readonly [TensorId, number | null])[] {
  if (sqnrDb === Infinity) return [[id, null]];
  return Number.isFinite(sqnrDb) ? [[id, sqnrDb]] : [];
}

/** What nodes of both write, of as many values: channels that were proved constant may be gone from the quantized one. */
function comparedPairs({ float, quantized, tensorOf }: PairedGraphs): ReadonlyMap<TensorId, TensorId> {
  const written = new Set(quantized.nodes.flatMap(({ outputs }) => outputs));
  const ids = float.nodes.flatMap(({ outputs }) => outputs);
  return new Map(
    ids.flatMap((id) => {
      const become = tensorOf.get(id);
      if (become === undefined || !written.has(become)) return [];
      const [before, after] = [tensorAt(float, id), tensorAt(quantized, become)];
      return isReal(before, after) ? [[id, become] as const] : [];
    }),
  );
}

function isReal(before: Tensor, after: Tensor): boolean {
  return (
    before.dtype === 'float32' &&
    (after.quantization !== undefined || after.dtype === 'float32') &&
    elementCount(before.shape) === elementCount(after.shape)
  );
}
