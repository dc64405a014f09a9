// Every operator of the language, by its TFLite name. The kinds and their attributes are derived from this list.
import type { OperatorDefinition } from '../op-definition.js';
import { conv2d } from './conv-2d.js';

export const operators = {
  CONV_2D: conv2d,
} as const;

export type OpKind = keyof typeof operators;

export type AttributesOf<K extends OpKind> = (typeof operators)[K] extends OperatorDefinition<infer A> ? A : never;

/** The definition of a kind, with its attributes' type left open: for code that treats all operators alike. */
export function operatorOf(kind: OpKind): OperatorDefinition<object> {
  return operators[kind] as unknown as OperatorDefinition<object>;
}

export const opKinds = Object.keys(operators) as readonly OpKind[];
