// Short ways to write the operands of a case.
import type { Shape } from '../ir.js';
import type { CaseOperand, StateForm } from './operator-case.js';

export function activation(shape: Shape, range?: readonly [number, number]): CaseOperand {
  return { role: 'activation', shape, ...(range === undefined ? {} : { range }) };
}

export function constantActivation(shape: Shape, range?: readonly [number, number]): CaseOperand {
  return { role: 'activation', shape, constant: true, ...(range === undefined ? {} : { range }) };
}

export function weights(shape: Shape, scales: 'one' | 'per axis' = 'per axis', dtype?: 'int8' | 'int16'): CaseOperand {
  return { role: 'weights', shape, scales, ...(dtype === undefined ? {} : { dtype }) };
}

export function state(shape: Shape, quantized: StateForm): CaseOperand {
  return { role: 'state', shape, quantized };
}

export function bias(length: number): CaseOperand {
  return { role: 'bias', length };
}

/** A constant int32 vector, as axes, paddings and shapes are given. */
export function indices(values: readonly number[], shape: Shape = [values.length]): CaseOperand {
  return { role: 'indices', values, shape, dtype: 'int32', fed: false };
}

export function longIndices(values: readonly number[], shape: Shape = [values.length]): CaseOperand {
  return { role: 'indices', values, shape, dtype: 'int64', fed: false };
}

export function fedIndices(values: readonly number[], shape: Shape = [values.length]): CaseOperand {
  return { role: 'indices', values, shape, dtype: 'int32', fed: true };
}
