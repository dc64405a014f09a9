// Better integers for one layer: what its weights should be, out of what it gets and what it should give.
import type { TensorData } from '@wherry/graph';
import { isDepthwise, type WeightedLayer } from '../optimize/weighted-layer.js';
import { measure, patchesOf, type LayerSample, type WeightTask } from './layer-moments.js';
import { quadraticOf, type Quadratic } from './moments.js';
import { nearestRow, roundedRow, separateLoss, shortRow, type RoundedRow } from './round-row.js';

const { round } = Math;

export interface LayerWeights {
  /** C order. */
  readonly integers: TensorData;
  readonly scale: readonly number[];
  /** Mean of what is given less what should be, per output channel. */
  readonly error: Float64Array;
}

/** Scales that are looked at with what the weights do to each other, of those that do best each for itself. */
const finalists = 3;
/** Of a row with few weights: how well they fit each other is a matter of luck, and a little another scale is another lot. */
const finalistsOfShort = 16;

const coarse = 0.05;
const fine = 0.02;
/** From 1 down to 0.4 of what the largest weight asks for. */
const clips = (step: number): number[] => Array.from({ length: round(0.6 / step) + 1 }, (_, i) => 1 - i * step);

export function layerWeights(task: WeightTask, samples: readonly LayerSample[]): LayerWeights {
  const { layer } = task;
  const [first] = samples;
  const { length } = patchesOf(task, first!.given);
  const integers = new Int8Array(layer.weights.length);
  const scale = [...task.quantization.scale];
  const error = new Float64Array(layer.channels);
  const rows = Array.from({ length: layer.channels }, (_, channel) => rowOf(layer, channel, length));
  const { moments, independent } = measure(task, samples, rows);
  const perGroup = layer.channels / moments.length;
  const whole = scale.length === 1 && layer.channels > 1;
  moments.forEach((each, group) => {
    const own = rows.slice(group * perGroup, (group + 1) * perGroup);
    const quadratic = quadraticOf(each, own, { independent: independent[group]!, centred: task.correctBias });
    own.forEach((row, channel) => {
      const at = group * perGroup + channel;
      const found = bestRow(task, quadratic, channel, row, scale[whole ? 0 : at]!, !whole && task.clip);
      if (!whole) scale[at] = found.scale;
      let mean = -quadratic.targetMean[channel]!;
      found.integers.forEach((integer, k) => {
        integers[indexOf(layer, at, k, length)] = integer;
        mean += integer * found.scale * quadratic.mean[k]!;
      });
      error[at] = mean;
    });
  });
  return { integers, scale, error };
}

function bestRow(
  { greatest, optimized }: WeightTask,
  quadratic: Quadratic,
  channel: number,
  row: Float64Array,
  whole: number,
  clip: boolean,
): RoundedRow & { readonly scale: number } {
  const task = { quadratic, channel, row, greatest };
  const isShort = row.length <= shortRow;
  const scales = (clip ? clips(isShort ? fine : coarse) : [1])
    .map((share) => Math.fround(whole * share))
    .map((scale) => ({ scale, loss: separateLoss({ ...task, scale }) }))
    .sort((a, b) => a.loss - b.loss)
    .slice(0, isShort ? finalistsOfShort : finalists);
  return scales
    .map(({ scale }) => ({ ...(optimized ? roundedRow : nearestRow)({ ...task, scale }), scale }))
    .reduce((best, each) => (each.loss < best.loss ? each : best));
}

function rowOf(layer: WeightedLayer, channel: number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, k) => layer.weights[indexOf(layer, channel, k, length)]!);
}

function indexOf(layer: WeightedLayer, channel: number, k: number, length: number): number {
  return isDepthwise(layer) ? k * layer.channels + channel : channel * length + k;
}
