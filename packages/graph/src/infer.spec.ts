// Inference: arity, requirements, and shapes too large to be.
import { WherryError } from './diagnostics/diagnostic.js';
import { inferOutputs } from './infer.js';
import type { OperandSpec } from './op-definition.js';
import type { OpKind } from './ops/index.js';
import { operatorOf } from './ops/index.js';

function infer(kind: OpKind, inputs: readonly (OperandSpec | undefined)[], attributes: object = {}): unknown {
  return inferOutputs({ kind, attributes: { ...operatorOf(kind).defaults, ...attributes }, origin: 'layer' }, inputs);
}

const x: OperandSpec = { shape: [2, 3], dtype: 'float32' };

it('follows from the inputs', () => {
  expect(infer('RELU', [x])).toEqual([{ shape: [2, 3], dtype: 'float32' }]);
});

it('leaves open what only a run decides', () => {
  expect(infer('RESHAPE', [x, { shape: [2], dtype: 'int32' }])).toEqual([{ shape: null, dtype: 'float32' }]);
  expect(infer('QUANTIZE', [x])).toEqual([{ shape: [2, 3], dtype: null }]);
});

it.each<[string, OpKind, readonly (OperandSpec | undefined)[], object]>([
  ['ADD requires: 2 inputs; it is given float32[2, 3]', 'ADD', [x], {}],
  ['RESHAPE requires: 1 to 2 inputs; it is given no input', 'RESHAPE', [], {}],
  ['ADD requires: 2 inputs; it is given float32[2, 3], none', 'ADD', [x, undefined], {}],
  ['RELU requires: 1 inputs', 'RELU', [x, x], {}],
  [
    'no output has more than 2147483647 elements',
    'PAD',
    [
      { shape: [1], dtype: 'int8' },
      { shape: [1, 2], dtype: 'int32', data: Int32Array.of(2147483647, 2147483647) },
    ],
    {},
  ],
])('refuses: %s', (message, kind, inputs, attributes) => {
  expect(() => infer(kind, inputs, attributes)).toThrow(WherryError);
  expect(() => infer(kind, inputs, attributes)).toThrow(message);
});
