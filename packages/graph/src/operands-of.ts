// What the rule of an operator says of its operands and outputs, for those who ask by position or by role.
import type { Node } from './ir.js';
import type { FixedScale, OperandRole, OutputRule } from './operand-role.js';
import { operatorOf, type OpKind } from './ops/index.js';

/** A filter with what belongs to it: all are positions among the inputs. */
export interface WeightedOperands {
  readonly weights: number;
  /** Of the weights: along which the output channels lie, and per-axis scales run. */
  readonly axis: number;
  /** What the weights multiply. */
  readonly activation: number;
  /** Undefined where the operator has none; a node may leave it out all the same. */
  readonly bias: number | undefined;
}

/** Of the input at `position`; an index where the rule has none. */
export function roleOf(kind: OpKind, position: number): OperandRole {
  const { operands } = operatorOf(kind).quantization;
  return 'each' in operands ? operands.each : (operands[position] ?? { role: 'index' });
}

/** Positions of the inputs of `node` that have the role, present or left out. */
export function positionsOf(node: Pick<Node, 'kind' | 'inputs'>, role: OperandRole['role']): number[] {
  return node.inputs.flatMap((_, position) => (roleOf(node.kind, position).role === role ? [position] : []));
}

/** True for operators that read values which flow, so that their types decide which kernel runs. */
export function readsActivations(kind: OpKind): boolean {
  const { operands } = operatorOf(kind).quantization;
  return 'each' in operands ? operands.each.role === 'activation' : operands.some(({ role }) => role === 'activation');
}

/** Of the first activation; undefined where the operator reads none. */
export function firstActivation(kind: OpKind): number | undefined {
  const { operands } = operatorOf(kind).quantization;
  if ('each' in operands) return operands.each.role === 'activation' ? 0 : undefined;
  const position = operands.findIndex(({ role }) => role === 'activation');
  return position < 0 ? undefined : position;
}

/** One for each filter, in the order of the inputs. */
export function allWeightedOperands(kind: OpKind): readonly WeightedOperands[] {
  const { operands } = operatorOf(kind).quantization;
  if ('each' in operands) return [];
  return operands.flatMap((operand, position) => {
    if (operand.role !== 'weights') return [];
    const bias = operands.findIndex((other) => other.role === 'bias' && other.of === position);
    return [{ weights: position, axis: operand.axis, activation: operand.of, bias: bias < 0 ? undefined : bias }];
  });
}

/** Of an operator with a single filter. */
export function weightedOperands(kind: OpKind): WeightedOperands | undefined {
  const all = allWeightedOperands(kind);
  return all.length === 1 ? all[0] : undefined;
}

/** Of the output at `position`. */
export function outputRule(kind: OpKind, position = 0): OutputRule {
  const { outputs } = operatorOf(kind).quantization;
  return 'each' in outputs ? outputs.each : (outputs[position] ?? { from: 'none' });
}

/** Scale and zero point that the specification fixes for an output of that type, of activations `from`; undefined where it fixes none. */
export function fixedScaleOf(rule: OutputRule, dtype: string, from = dtype): FixedScale | undefined {
  if (rule.from !== 'fixed') return undefined;
  if (from !== dtype) return from === 'int8' && dtype === 'int16' ? rule.widened : undefined;
  return dtype === 'int16' ? rule.int16 : rule.int8;
}
