// Tensors that a run writes, graph inputs among them: type, shape, scales, and whatever else their tables say.
import { fieldChanges } from './compare-tables.js';
import type { Change, SubgraphDifference, TensorChange } from './document.js';
import type { MatchedGraphs } from './matched-graphs.js';
import { operatorName } from './operator-name.js';
import { plainValue, samePlain } from './plain-value.js';
import type { RawTensor } from './raw-graph.js';

/** Names mean nothing to a run; buffers are compared by what is in them; scales below. */
const fieldsApart: ReadonlySet<string> = new Set([
  'shape',
  'shape_signature',
  'type',
  'buffer',
  'name',
  'quantization',
]);
/** Minimum and maximum are a converter's notes that no runtime reads. */
const quantizationApart: ReadonlySet<string> = new Set(['min', 'max', 'scale', 'zero_point', 'quantized_dimension']);

export function compareTensors(graphs: MatchedGraphs): SubgraphDifference['tensors'] {
  const pairs = graphs.tensorPairs;
  const changed = pairs.flatMap(([own, other]): TensorChange[] => {
    const changes = tensorChanges(own, other);
    if (changes.length === 0) return [];
    const writer = graphs.a.writers.get(own.index)?.operator;
    const operator = writer === undefined ? null : operatorName(writer);
    return [{ tensor: { a: own.name, b: other.name }, operator, changes }];
  });
  return { compared: pairs.length, changed };
}

/** All but the values. */
export function tensorChanges(own: RawTensor, other: RawTensor): readonly Change[] {
  return [
    ...simple('type', 'type', own.type, other.type),
    ...simple('shape', 'shape', own.shape, other.shape),
    ...simple('open shape', 'open dimensions', openDimensions(own), openDimensions(other)),
    ...simple('open shape', 'fixed sizes beside open ones', fixedSizes(own), fixedSizes(other)),
    ...quantizationChanges(own, other),
    ...fieldChanges('Tensor', 'tensor field', own.table, other.table, fieldsApart),
  ];
}

export function quantizationChanges(own: RawTensor, other: RawTensor): readonly Change[] {
  const along = (tensor: RawTensor): number | null => (tensor.scale.length > 1 ? tensor.axis : null);
  return [
    ...listChanges('scale', own.scale, other.scale),
    ...listChanges('zero point', own.zeroPoint, other.zeroPoint),
    ...simple('scale', 'axis of the scales', along(own), along(other)),
    ...fieldChanges(
      'QuantizationParameters',
      'scale',
      own.table?.quantization,
      other.table?.quantization,
      quantizationApart,
    ),
  ];
}

/** Which dimensions stand open; none where all are fixed. */
function openDimensions({ table }: RawTensor): readonly number[] {
  return (table?.shape_signature ?? []).flatMap((size, dimension) => (size === -1 ? [dimension] : []));
}

/** A file may record others in its shape; none where that is all there is. */
function fixedSizes({ table, shape }: RawTensor): readonly number[] | undefined {
  const signature = table?.shape_signature ?? [];
  const differs = signature.some((size, dimension) => size !== -1 && size !== shape[dimension]);
  return differs || (signature.length > 0 && signature.length !== shape.length) ? signature : undefined;
}

function simple(what: string, name: string, a: unknown, b: unknown): readonly Change[] {
  const [own, other] = [plainValue(a), plainValue(b)];
  return samePlain(own, other) ? [] : [{ what, name, a: own, b: other }];
}

function listChanges(what: string, a: readonly number[], b: readonly number[]): readonly Change[] {
  return simple(what, what, a, b).map((change) => {
    if (a.length !== b.length || a.length < 2) return change;
    const changed = a.filter((value, i) => !Object.is(value, b[i]));
    const ratios = a.map((value, i) => b[i]! / value).filter((ratio) => Number.isFinite(ratio));
    const factor =
      what === 'scale' && ratios.length > 0
        ? `, by factors of ${Math.min(...ratios).toPrecision(4)} to ${Math.max(...ratios).toPrecision(4)}`
        : '';
    return { ...change, note: `${changed.length} of ${a.length} differ${factor}` };
  });
}
