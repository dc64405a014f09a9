// An operator with its tensors looked up: what the operator checks read.
import type { Operator, SubGraph, TfliteModel, TfliteTensor } from '../schema/table-types.js';
import { constantIntegers, staticShape } from './tensor-facts.js';

type OptionValue = number | bigint | boolean | string | readonly number[] | undefined;

export interface Operands {
  readonly inputs: readonly (TfliteTensor | undefined)[];
  readonly outputs: readonly (TfliteTensor | undefined)[];
  /** Final shape of an input; undefined when it is left out or only known at run time. */
  readonly shapeIn: (index: number) => readonly number[] | undefined;
  readonly shapeOut: (index: number) => readonly number[] | undefined;
  /** Values of a constant index input; undefined when they are only known at run time. */
  readonly valuesIn: (index: number) => readonly number[] | undefined;
  /** A number of the options table, or its default when the operator has no table. */
  readonly option: (name: string) => number;
  readonly hasOptions: boolean;
}

/** What is wrong and with which part of the operator, e.g. `inputs[1]`. */
export interface Fault {
  readonly at: string;
  readonly what: string;
}

/** Looks at one thing that the kernels rely on. */
export type OperatorCheck = (operands: Operands) => Fault | undefined;

export function operandsOf(model: TfliteModel, subgraph: SubGraph, operator: Operator): Operands {
  const tensor = (index: number): TfliteTensor | undefined => subgraph.tensors?.[index];
  const inputs = (operator.inputs ?? []).map(tensor);
  const outputs = (operator.outputs ?? []).map(tensor);
  const options = (operator.builtin_options?.value ?? {}) as Readonly<Record<string, OptionValue>>;
  const shape = (of: TfliteTensor | undefined): readonly number[] | undefined => of && staticShape(model, of);
  return {
    inputs,
    outputs,
    shapeIn: (index) => shape(inputs[index]),
    shapeOut: (index) => shape(outputs[index]),
    valuesIn: (index) => {
      const operand = inputs[index];
      return operand && constantIntegers(model, operand);
    },
    option: (name) => Number(options[name] ?? 0),
    hasOptions: operator.builtin_options !== undefined,
  };
}
