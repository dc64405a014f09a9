// Better integers for one layer: what its weights should be, out of what it gets and what it should give.
import { operatorOf, type MultipliedPatches, type Quantization, type TensorData } from '@wherry/graph';
import { isDepthwise, type WeightedLayer } from '../optimize/weighted-layer.js';
import { addPatch, emptyMoments, quadraticOf, samplePlaces, type GroupMoments, type Quadratic } from './moments.js';
import { nearestRow, roundedRow, separateLoss, shortRow, type RoundedRow } from './round-row.js';

const { round } = Math;

/** One sample of a layer: its input in the quantized graph and in the float one, both real. */
export interface LayerSample {
  readonly given: Float32Array;
  readonly real: Float32Array;
}

export interface LayerWeights {
  /** C order. */
  readonly integers: TensorData;
  readonly scale: readonly number[];
  /** Mean of what is given less what should be, per output channel. */
  readonly error: Float64Array;
}

export interface WeightTask {
  readonly layer: WeightedLayer;
  /** Of what the layer reads. */
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly quantization: Quantization;
  readonly greatest: number;
  readonly optimized: boolean;
  /** Scales may cut off the largest weights. */
  readonly clip: boolean;
  /** The bias takes out what is wrong on the mean. */
  readonly correctBias: boolean;
}

/** Patches that say about all there is to say, for each value in one. */
const placesPerValue = 16;
const leastPlaces = 4096;
/** Neighbouring places of a sample say much the same. */
const independentPlaces = 8;

/** Scales that are looked at with what the weights do to each other, of those that do best each for itself. */
const finalists = 3;
/** Of a row with few weights: how well they fit each other is a matter of luck, and a little another scale is another lot. */
const finalistsOfShort = 16;

const coarse = 0.05;
const fine = 0.02;
/** From 1 down to 0.4 of what the largest weight asks for. */
const clips = (step: number): number[] => Array.from({ length: round(0.6 / step) + 1 }, (_, i) => 1 - i * step);

/** Of a patch with `length` values, in all samples together. */
export function placesToRead(length: number): number {
  return Math.max(leastPlaces, placesPerValue * length);
}

export function layerWeights(task: WeightTask, samples: readonly LayerSample[]): LayerWeights {
  const { layer } = task;
  const [first] = samples;
  const { groups, length } = patchesOf(task, first!.given);
  const perGroup = layer.channels / groups;
  const integers = new Int8Array(layer.weights.length);
  const scale = [...task.quantization.scale];
  const error = new Float64Array(layer.channels);
  const rows = Array.from({ length: layer.channels }, (_, channel) => rowOf(layer, channel, length));
  const { moments, independent } = measure(task, samples, rows);
  const whole = scale.length === 1 && layer.channels > 1;
  moments.forEach((each, group) => {
    const own = rows.slice(group * perGroup, (group + 1) * perGroup);
    const quadratic = quadraticOf(each, own, { independent, centred: task.correctBias });
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

function measure(
  task: WeightTask,
  samples: readonly LayerSample[],
  rows: readonly Float64Array[],
): { readonly moments: readonly GroupMoments[]; readonly independent: number } {
  const { places, groups, length } = patchesOf(task, samples[0]!.given);
  const perGroup = rows.length / groups;
  const moments = Array.from({ length: groups }, () => emptyMoments(length, perGroup));
  const groupRows = moments.map((_, group) => rows.slice(group * perGroup, (group + 1) * perGroup));
  const stride = Math.max(1, Math.floor((samples.length * places) / placesToRead(length)));
  const [given, real] = [new Float64Array(length), new Float64Array(length)];
  samples.forEach((sample, position) => {
    const [ours, theirs] = [patchesOf(task, sample.given), patchesOf(task, sample.real)];
    samplePlaces(ours, position, stride, (place) => {
      for (let group = 0; group < groups; group++) {
        ours.read(place, group, given);
        theirs.read(place, group, real);
        addPatch(moments[group]!, given, real, groupRows[group]!);
      }
    });
  });
  return { moments, independent: samples.length * Math.min(places, independentPlaces) };
}

function patchesOf({ layer, inputShape, outputShape }: WeightTask, data: Float32Array): MultipliedPatches {
  const { node, shape } = layer;
  return operatorOf(node.kind).patches!({ shape: inputShape, data }, shape, node.attributes, outputShape);
}

function rowOf(layer: WeightedLayer, channel: number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, k) => layer.weights[indexOf(layer, channel, k, length)]!);
}

function indexOf(layer: WeightedLayer, channel: number, k: number, length: number): number {
  return isDepthwise(layer) ? k * layer.channels + channel : channel * length + k;
}
