// What a layer reads and should give, gathered over samples: places where its activation cuts off what it gives count little.
import {
  activationBounds,
  operatorOf,
  type FusedActivation,
  type MultipliedPatches,
  type Node,
  type Quantization,
} from '@wherry/graph';
import type { WeightedLayer } from '../optimize/weighted-layer.js';
import { addPatch, emptyMoments, samplePlaces, type GroupMoments } from './moments.js';
import { shortRow } from './round-row.js';

/** One sample of a layer: its input in the quantized graph and in the float one, both real. */
export interface LayerSample {
  readonly given: Float32Array;
  readonly real: Float32Array;
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
  /** See `ReconstructOptions`. */
  readonly tellsCut: boolean;
  /** The bias takes out what is wrong on the mean. */
  readonly correctBias: boolean;
}

/** Patches that say about all there is to say, for each value in one. */
const placesPerValue = 16;
const leastPlaces = 4096;
/** Neighbouring places of a sample say much the same. */
const independentPlaces = 8;

/** What a place counts where the activation cuts off what the float layer gives, so that most errors come to nothing. */
const cutShare = 0.1;

/** Of a patch with `length` values, in all samples together. */
export function placesToRead(length: number): number {
  return Math.max(leastPlaces, placesPerValue * length);
}

/** Moments of output channels that lie behind each other, as many to each. */
export interface Measured {
  readonly moments: readonly GroupMoments[];
  /** Of each, how many patches as good as independent there were. */
  readonly independent: readonly number[];
}

/** `rows`: float weights of each output channel, in the order of a patch. */
export function measure(task: WeightTask, samples: readonly LayerSample[], rows: readonly Float64Array[]): Measured {
  const { places, groups, length } = patchesOf(task, samples[0]!.given);
  const kept = keptBy(task, length);
  const perGroup = rows.length / groups;
  const perMoments = kept === undefined ? perGroup : 1;
  const moments = Array.from({ length: rows.length / perMoments }, () => emptyMoments(length, perMoments));
  const ownRows = moments.map((_, i) => rows.slice(i * perMoments, (i + 1) * perMoments));
  const stride = Math.max(1, Math.floor((samples.length * places) / placesToRead(length)));
  const [given, real] = [new Float64Array(length), new Float64Array(length)];
  let visited = 0;
  samples.forEach((sample, position) => {
    const [ours, theirs] = [patchesOf(task, sample.given), patchesOf(task, sample.real)];
    samplePlaces(ours, position, stride, (place) => {
      visited += 1;
      moments.forEach((each, i) => {
        if ((i * perMoments) % perGroup === 0) {
          ours.read(place, (i * perMoments) / perGroup, given);
          theirs.read(place, (i * perMoments) / perGroup, real);
        }
        addPatch(each, given, real, ownRows[i]!, kept === undefined || kept(i, rows[i]!, real) ? 1 : cutShare);
      });
    });
  });
  const independent = samples.length * Math.min(places, independentPlaces);
  return { moments, independent: moments.map(({ count }) => (independent * count) / visited) };
}

/** Integers on either side of 0, where rounding moves values far enough that it matters which of them are cut off. */
const coarse = 7;

/** Whether each output channel has moments of its own, since the activation cuts off other places of each. */
export function isSeparate(node: Node, length: number, greatest: number): boolean {
  return activationOf(node) !== 'NONE' && length <= shortRow && greatest <= coarse;
}

function activationOf({ attributes }: Node): FusedActivation {
  return (attributes as { readonly activation?: FusedActivation }).activation ?? 'NONE';
}

/** Whether a channel's value passes the activation as it is; undefined where all do, or they are not told apart. */
function keptBy(
  { layer: { node, bias }, greatest, tellsCut }: WeightTask,
  length: number,
): ((channel: number, row: Float64Array, patch: Float64Array) => boolean) | undefined {
  if (!tellsCut || !isSeparate(node, length, greatest)) return undefined;
  const [least, most] = activationBounds(activationOf(node));
  return (channel, row, patch) => {
    let value = bias[channel]!;
    for (let k = 0; k < row.length; k++) value += row[k]! * patch[k]!;
    return value >= least && value <= most;
  };
}

/** What the weights are multiplied by. */
export function patchesOf({ layer, inputShape, outputShape }: WeightTask, data: Float32Array): MultipliedPatches {
  const { node, shape } = layer;
  return operatorOf(node.kind).patches!({ shape: inputShape, data }, shape, node.attributes, outputShape);
}
