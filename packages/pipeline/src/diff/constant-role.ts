// What a constant is to the operator that reads it.
import { operatorOf, opKinds, roleOf, type OpKind } from '@wherry/graph';
import type { ConstantRole } from './document.js';
import type { RawTensor } from './raw-graph.js';

const kindOfBuiltin: ReadonlyMap<string, OpKind> = new Map(
  opKinds.map((kind) => [operatorOf(kind).tflite.builtin, kind]),
);

/** Of an operator that this version knows. */
export function knownKind(builtin: string): OpKind | undefined {
  return kindOfBuiltin.get(builtin);
}

/** By the operator's own word; of one that is not known, numbers with a scale and floats are weights. */
export function constantRole(kind: string, operand: number, { type, scale, shape }: RawTensor): ConstantRole {
  const known = knownKind(kind);
  const role = known === undefined ? undefined : roleOf(known, operand).role;
  if (role === 'weights' || role === 'bias') return role;
  const isNumber = type.startsWith('FLOAT') || scale.length > 0;
  if (!isNumber) return 'other';
  return known === undefined && shape.length === 1 && /^INT(32|64)$/.test(type) ? 'bias' : 'weights';
}
