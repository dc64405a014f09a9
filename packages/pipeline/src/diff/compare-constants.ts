// Weights, biases and other constants of matched operators: which changed, and by how much in quantization steps.
import { tensorChanges } from './compare-tensors.js';
import { constantRole } from './constant-role.js';
import { constantValues, sameBytes, type ConstantValues } from './constant-values.js';
import type { ConstantChange, OperatorName, SubgraphDifference, ValuesDifference } from './document.js';
import type { MatchedGraphs } from './matched-graphs.js';
import { operatorName } from './operator-name.js';
import type { RawTensor } from './raw-graph.js';

interface Place {
  readonly operator: OperatorName;
  readonly operand: number;
  readonly own: RawTensor;
  readonly other: RawTensor;
}

/** A constant that several operators read is compared once. */
export function compareConstants(graphs: MatchedGraphs): SubgraphDifference['constants'] {
  const seen = new Set<string>();
  const places = placesOf(graphs).filter(({ own, other }) => {
    const key = `${own.index} ${other.index}`;
    return !seen.has(key) && seen.add(key).size > 0;
  });
  const changed = places.flatMap((place) => constantChange(place) ?? []);
  return { compared: places.length, same: places.length - changed.length, changed };
}

function placesOf(graphs: MatchedGraphs): readonly Place[] {
  const place = (operator: OperatorName, operand: number, a: number, b: number): Place[] => {
    const [own, other] = [graphs.constantBehind('a', a), graphs.constantBehind('b', b)];
    return own === undefined || other === undefined ? [] : [{ operator, operand, own, other }];
  };
  const read = graphs.pairs.flatMap(([own, other]) =>
    own.inputs.flatMap((index, operand) => place(operatorName(own), operand, index, other.inputs[operand] ?? -1)),
  );
  const given = graphs.outputs.flatMap(({ a, b }) =>
    a === null || b === null ? [] : place(graphOutput(a), 0, graphs.a.outputs[a]!, graphs.b.outputs[b]!),
  );
  return [...read, ...given];
}

/** A constant can be an output of the model itself. */
function graphOutput(position: number): OperatorName {
  return { index: -1, kind: 'graph output', layer: String(position), version: 0 };
}

function constantChange({ operator, operand, own, other }: Place): ConstantChange | undefined {
  const changes = tensorChanges(own, other);
  if (changes.length === 0 && sameBytes(own.data, other.data)) return undefined;
  const [a, b] = [constantValues(own), constantValues(other)];
  const known = {
    tensor: { a: own.name, b: other.name },
    operator,
    operand,
    role: constantRole(operator.kind, operand, own),
    type: { a: own.type, b: other.type },
    changes,
  };
  const why = whyNot(own, other, a, b);
  if (why !== undefined || a === undefined || b === undefined) return { ...known, values: null, why: why ?? '' };
  const isPlain = own.type === other.type && !changes.some(({ what }) => what === 'scale' || what === 'zero point');
  return { ...known, values: valuesDifference(a, b, isPlain) };
}

function whyNot(
  own: RawTensor,
  other: RawTensor,
  a: ConstantValues | undefined,
  b: ConstantValues | undefined,
): string | undefined {
  const unread = [own, other].find((_, i) => [a, b][i] === undefined);
  if (unread !== undefined)
    return sameBytes(own.data, other.data)
      ? `the bytes are the same; the values of ${unread.type} [${unread.shape.join(', ')}] are not read`
      : `the bytes differ; the values of ${unread.type} [${unread.shape.join(', ')}] are not read`;
  if (a!.count !== b!.count) return `${a!.count} values against ${b!.count}`;
  const isReal = ({ type, scale }: RawTensor): boolean => type.startsWith('FLOAT') || scale.length > 0;
  if (isReal(own) !== isReal(other))
    return `${own.type} and ${other.type}: one of them has no scale to tell what it means`;
  return undefined;
}

/** Rounding in float32 may fall a hair beyond the middle, and by more where the numbers are large. */
const mostRounding = 0.501;
const floatError = 2 ** -22;

/** `isPlain`: of one type and scale, so that the stored numbers are what is compared. */
function valuesDifference(a: ConstantValues, b: ConstantValues, isPlain: boolean): ValuesDifference {
  let [changed, greatest, notFinite] = [0, 0, 0];
  let [greatestSteps, sumSteps, beyondHalf, stepped] = [0, 0, 0, 0];
  for (let i = 0; i < a.count; i++) {
    const step = coarser(a.step(i), b.step(i));
    if (step !== undefined) stepped++;
    const [own, other] = isPlain ? [a.stored(i), b.stored(i)] : [a.real(i), b.real(i)];
    if (Object.is(own, other)) continue;
    changed++;
    const distance = Math.abs(own - other);
    if (!Number.isFinite(distance)) {
      notFinite++;
      continue;
    }
    const real = isPlain && step !== undefined ? distance * step : distance;
    greatest = Math.max(greatest, real);
    if (step === undefined) continue;
    const steps = isPlain ? distance : distance / step;
    greatestSteps = Math.max(greatestSteps, steps);
    sumSteps += steps;
    if (steps > mostRounding + (Math.abs(own) / (isPlain ? 1 : step)) * floatError) beyondHalf++;
  }
  const steps = stepped === 0 ? null : { greatest: greatestSteps, mean: sumSteps / stepped, beyondHalf };
  return { elements: a.count, changed, greatest, steps, notFinite };
}

function coarser(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
