// Whether the numbers of a model stay within float16: its weights, and what its layers give where the target computes in it.
import {
  diagnose,
  greatestHalf,
  leastNormalHalf,
  tensorAt,
  WherryError,
  type Diagnostic,
  type Graph,
} from '@wherry/graph';
import type { Target } from '@wherry/profiles';
import { schemes, type SchemeName } from '@wherry/quantizer';
import { computesInHalf } from './half-arithmetic.js';
import type { Prepared } from '../prepare.js';
import { schemeDiagnostics } from '../scheme-diagnostics.js';

export interface HalfRange {
  /** Seen on samples to hold, so that a runtime may compute in float16. */
  readonly holds: boolean;
  readonly refusal: WherryError | undefined;
  readonly warnings: readonly Diagnostic[];
}

/** Share of a constant's values that may become 0 or lose bits before it is worth a word. */
const lostShare = 0.1;

/** Of schemes that store no float16 there is nothing to say; of what flows only where the target computes in it. */
export function checkHalfRange(target: Target, scheme: SchemeName, { optimized, data }: Prepared): HalfRange {
  const isComputed = computesInHalf(target, scheme);
  if (schemes[scheme].weights.kind !== 'half') return { holds: false, refusal: undefined, warnings: [] };
  const constants = constantFaults(optimized);
  const activations = data === undefined || !isComputed ? [] : activationFaults(optimized, data.calibration);
  const refusal = constants.find((each): each is WherryError => each instanceof WherryError) ?? activations[0];
  return {
    holds: isComputed && data !== undefined && refusal === undefined,
    refusal,
    warnings: constants.filter((each): each is Diagnostic => !(each instanceof WherryError)),
  };
}

function constantFaults(graph: Graph): (WherryError | Diagnostic)[] {
  const readers = new Map(graph.nodes.flatMap(({ inputs, origin }) => inputs.map((id) => [id, origin] as const)));
  return graph.tensors.flatMap(({ name, data }, id): (WherryError | Diagnostic)[] => {
    const where = readers.get(id);
    if (!(data instanceof Float32Array) || where === undefined) return [];
    const greatest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (greatest > greatestHalf) return [overflow(`the constant ${name} reaches ${greatest.toPrecision(3)}`, where)];
    const small = data.reduce((count, value) => count + (value !== 0 && Math.abs(value) < leastNormalHalf ? 1 : 0), 0);
    return small > lostShare * data.length ? [denormal(`${small} of ${data.length} values of ${name}`, where)] : [];
  });
}

function activationFaults(graph: Graph, { statistics }: NonNullable<Prepared['data']>['calibration']): WherryError[] {
  const writers = new Map(graph.nodes.flatMap(({ outputs, origin }) => outputs.map((id) => [id, origin] as const)));
  return [...statistics].flatMap(([id, { min, max }]): WherryError[] => {
    const where = writers.get(id) ?? `input ${tensorAt(graph, id).name}`;
    const greatest = Math.max(-min, max);
    if (greatest > greatestHalf) return [overflow(`it gives values to ${greatest.toPrecision(3)}`, where)];
    return greatest > 0 && greatest < leastNormalHalf ? [underflow(greatest, where)] : [];
  });
}

function overflow(what: string, where: string): WherryError {
  return new WherryError(schemeDiagnostics.FLOAT16_OVERFLOW, {
    what: `${what}, and the greatest float16 is ${greatestHalf}`,
    where,
    next: 'normalize in front of this layer (BatchNormalization, or smaller inputs), or add --scheme float32',
  });
}

/** A constant that small is an epsilon as a rule, and changes nothing; a layer that gives nothing else has lost its work. */
function underflow(greatest: number, where: string): WherryError {
  return new WherryError(schemeDiagnostics.FLOAT16_UNDERFLOW, {
    what: `all that it gives is at most ${greatest.toPrecision(3)}: float16 keeps few bits below 2^-14, and many units make 0 of it`,
    where,
    next: 'normalize in front of this layer (BatchNormalization, or larger inputs), or add --scheme float32',
  });
}

function denormal(what: string, where: string): Diagnostic {
  return diagnose(schemeDiagnostics.FLOAT16_DENORMAL, {
    what: `${what} are smaller than 2^-14: float16 keeps few of their bits, and many units make 0 of them`,
    where,
    next: 'look at the accuracy of this run on the device itself, or add --scheme float32',
  });
}
