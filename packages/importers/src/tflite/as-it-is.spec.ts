// Files that compute on real numbers with weights of another type, read as the runtime is given them; and integers without a scale.
import { evaluate } from '@wherry/graph';
import { refusalOf } from '../testing/refusal-of.js';
import { bytesOf, float, tfliteModel, type TensorInit } from '../testing/tflite-model.js';
import { importTflite } from './import-tflite.js';

const weights: TensorInit = {
  name: 'w',
  shape: [1, 2],
  type: 'INT8',
  buffer: 1,
  quantization: { scale: [0.5], zero_point: [0n] },
};

function dense(filter: Partial<TensorInit>, asymmetric = false): Uint8Array {
  return tfliteModel({
    tensors: [float('x', [1, 2]), { ...weights, ...filter }, float('y', [1, 1])],
    operators: [
      {
        opcode_index: 0,
        inputs: [0, 1],
        outputs: [2],
        builtin_options: { type: 'FullyConnectedOptions', value: { asymmetric_quantize_inputs: asymmetric } },
      },
    ],
    codes: [{ builtin_code: 'FULLY_CONNECTED' }],
    buffers: [Uint8Array.of(2, 4)],
  });
}

const asItIs = { mixed: 'as-it-is' } as const;

it('keeps integer weights under real activations, and how the activations are quantized', () => {
  const { graph } = importTflite(dense({}, true));
  expect(graph.nodes[0]!.attributes).toMatchObject({ asymmetricQuantizeInputs: true });
  const [answer] = evaluate(graph, [Float32Array.of(-1, 1.55)]) as [Float32Array];
  expect(answer[0]).toBeCloseTo(-1 * 1 + 1.55 * 2, 5);
});

it.each<readonly [string, Partial<TensorInit>, RegExp]>([
  [
    'no scale of the weights',
    { quantization: undefined },
    /^TFLITE_INVALID: .*tensor w of FULLY_CONNECTED has no scale/,
  ],
  ['unsigned weights', { type: 'UINT8' }, /^TFLITE_INVALID: .*weights w are uint8; runtimes take float32 or int8/],
  [
    'a zero point of the weights',
    { quantization: { scale: [1], zero_point: [3n] } },
    /^GRAPH_OPERATOR_REQUIREMENT: .*zero points of the weights are 0/,
  ],
])('refuses such a file with %s', (_what, filter, says) => {
  expect(refusalOf(() => importTflite(dense(filter), asItIs))).toMatch(says);
});

it('keeps halves behind their DEQUANTIZE, which gives the numbers that a source is given at once', () => {
  const halves: TensorInit = { name: 'h', shape: [2], type: 'FLOAT16', buffer: 1 };
  const file = tfliteModel({
    tensors: [float('x', [2]), halves, float('w', [2]), float('y', [2])],
    operators: [
      { opcode_index: 0, inputs: [1], outputs: [2] },
      { opcode_index: 1, inputs: [0, 2], outputs: [3] },
    ],
    codes: [{ builtin_code: 'DEQUANTIZE' }, { builtin_code: 'MUL' }],
    buffers: [bytesOf(Uint16Array.of(0x3c01, 0xc000))],
  });
  const feeds = [Float32Array.of(2, 3)];
  const { graph } = importTflite(file, asItIs);
  expect(graph.nodes.map(({ kind }) => kind)).toEqual(['DEQUANTIZE', 'MUL']);
  expect(evaluate(graph, feeds)).toEqual([Float32Array.of(2.001953125, -6)]);
  expect(evaluate(importTflite(file).graph, feeds)).toEqual(evaluate(graph, feeds));
});

function sum(dtype: 'INT8' | 'INT16' | 'INT32'): Uint8Array {
  const tensor = (name: string): TensorInit => ({ name, shape: [2], type: dtype, buffer: 0 });
  return tfliteModel({
    tensors: [tensor('x'), tensor('y')],
    operators: [{ opcode_index: 0, inputs: [0, 0], outputs: [1] }],
    codes: [{ builtin_code: 'ADD' }],
  });
}

it.each(['INT8', 'INT16'] as const)('refuses a sum of %s without a scale, which no kernel computes', (dtype) => {
  expect(refusalOf(() => importTflite(sum(dtype)))).toMatch(
    new RegExp(`^TFLITE_INVALID: .*the ${dtype.toLowerCase()} tensor x of ADD has no scale`),
  );
});

it('asks for no scale of whole numbers', () => {
  expect(refusalOf(() => importTflite(sum('INT32')))).not.toMatch(/has no scale/);
});
