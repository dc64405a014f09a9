// Each thing that a runtime would not survive, made in a model that passes otherwise.
import { encode } from '../encode/encode.js';
import { changed, exampleModel, refusalOf } from '../example-model.js';
import { verify } from './verify-model.js';

type Path = readonly (string | number)[];

const main: Path = ['subgraphs', 0];
const tensor = (index: number, ...more: Path): Path => [...main, 'tensors', index, ...more];
const operator = (index: number, ...more: Path): Path => [...main, 'operators', index, ...more];
const int32 = (...values: readonly number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);

const graph = exampleModel.subgraphs![0]!;
const operators = graph.operators!;

const cases: readonly [string, string, Path, unknown, RegExp][] = [
  ['no subgraph', 'TFLITE_REFERENCE', ['subgraphs'], [], /subgraphs/],
  ['no buffer', 'TFLITE_REFERENCE', ['buffers'], [], /buffers/],
  ['data in buffer 0', 'TFLITE_REFERENCE', ['buffers', 0, 'data'], int32(1), /buffers\[0\]/],
  ['a nameless operator', 'TFLITE_REFERENCE', ['operator_codes', 0], { builtin_code: 'CUSTOM' }, /codes\[0\]/],
  ['a buffer index', 'TFLITE_REFERENCE', tensor(3, 'buffer'), 6, /tensors\[3\]\.buffer/],
  ['an external buffer', 'TFLITE_REFERENCE', tensor(3, 'external_buffer'), 6, /tensors\[3\]\.external_buffer/],
  ['an operator code', 'TFLITE_REFERENCE', operator(1, 'opcode_index'), 4, /operators\[1\]\.opcode_index/],
  ['an input tensor', 'TFLITE_REFERENCE', operator(0, 'inputs'), [0, 9, 2], /operators\[0\]\.inputs\[1\]/],
  ['an input tensor below -1', 'TFLITE_REFERENCE', operator(0, 'inputs'), [0, 1, -2], /operators\[0\]\.inputs\[2\]/],
  ['an output tensor of -1', 'TFLITE_REFERENCE', operator(0, 'outputs'), [-1], /operators\[0\]\.outputs\[0\]/],
  ['an intermediate tensor', 'TFLITE_REFERENCE', operator(0, 'intermediates'), [99], /intermediates\[0\]/],
  ['a subgraph input', 'TFLITE_REFERENCE', [...main, 'inputs'], [-1], /subgraphs\[0\]\.inputs\[0\]/],
  ['a subgraph output', 'TFLITE_REFERENCE', [...main, 'outputs'], [9], /subgraphs\[0\]\.outputs\[0\]/],
  ['no list of outputs', 'TFLITE_REFERENCE', [...main, 'outputs'], undefined, /subgraphs\[0\]\.outputs/],
  ['a metadata buffer', 'TFLITE_REFERENCE', ['metadata', 0, 'buffer'], 77, /metadata\[0\]\.buffer/],
  ['an old metadata buffer', 'TFLITE_REFERENCE', ['metadata_buffer'], [-1], /metadata_buffer\[0\]/],
  [
    'a signature of no subgraph',
    'TFLITE_REFERENCE',
    ['signature_defs'],
    [{ subgraph_index: 1 }],
    /signature_defs\[0\]\.subgraph_index/,
  ],
  [
    'a signature of no tensor',
    'TFLITE_REFERENCE',
    ['signature_defs'],
    [{ inputs: [{ name: 'x', tensor_index: 9 }] }],
    /tensor_index/,
  ],
  [
    'a called subgraph',
    'TFLITE_REFERENCE',
    operator(1, 'builtin_options'),
    { type: 'IfOptions', value: { then_subgraph_index: 5 } },
    /then_subgraph_index/,
  ],

  ['a negative dimension', 'TFLITE_TENSOR', tensor(3, 'shape'), [1, -2, 2, 3], /tensors\[3\]\.shape/],
  ['a shape that overflows', 'TFLITE_TENSOR', tensor(3, 'shape'), [65536, 65536, 65536, 65536], /tensors\[3\]\.shape/],
  ['more than 2 GiB', 'TFLITE_TENSOR', tensor(2), { shape: [2 ** 30], type: 'INT32' }, /tensors\[2\]\.shape/],
  ['a signature of another rank', 'TFLITE_TENSOR', tensor(3, 'shape_signature'), [-1, 2], /shape_signature/],
  ['too little data', 'TFLITE_TENSOR', ['buffers', 1, 'data'], Uint8Array.of(1, 2, 3, 4, 5), /tensors\[1\]\.buffer/],
  ['too much data', 'TFLITE_TENSOR', ['buffers', 2, 'data'], int32(7, 8, 9, 10), /tensors\[2\]\.buffer/],
  ['unpacked 4-bit data', 'TFLITE_TENSOR', tensor(1, 'type'), 'INT4', /tensors\[1\]\.buffer/],
  ['a scale of zero', 'TFLITE_TENSOR', tensor(0, 'quantization', 'scale'), [0], /quantization\.scale\[0\]/],
  [
    'a scale that is no number',
    'TFLITE_TENSOR',
    tensor(1, 'quantization', 'scale'),
    [1, NaN, 1],
    /quantization\.scale\[1\]/,
  ],
  [
    'an infinite scale',
    'TFLITE_TENSOR',
    tensor(1, 'quantization', 'scale'),
    [1, 1, Infinity],
    /quantization\.scale\[2\]/,
  ],
  [
    'fewer zero points than scales',
    'TFLITE_TENSOR',
    tensor(1, 'quantization', 'zero_point'),
    [0n, 0n],
    /quantization\.zero_point/,
  ],
  [
    'a quantized dimension',
    'TFLITE_REFERENCE',
    tensor(1, 'quantization', 'quantized_dimension'),
    4,
    /quantized_dimension/,
  ],
  ['a string table', 'TFLITE_TENSOR', tensor(2), { shape: [1], type: 'STRING', buffer: 2 }, /tensors\[2\]\.buffer/],
  ['a traversal order', 'TFLITE_REFERENCE', tensor(1, 'sparsity'), { traversal_order: [0, 2] }, /traversal_order\[1\]/],

  ['two writers', 'TFLITE_ORDER', operator(2, 'outputs'), [5], /operators\[2\]\.outputs\[0\]/],
  ['a written constant', 'TFLITE_ORDER', operator(2, 'outputs'), [6], /operators\[2\]\.outputs\[0\]/],
  ['a written input', 'TFLITE_ORDER', operator(2, 'outputs'), [0], /operators\[2\]\.outputs\[0\]/],
  ['a reader before its writer', 'TFLITE_ORDER', operator(1, 'inputs'), [7, 4], /operators\[1\]\.inputs\[0\]/],
  ['an output that nobody writes', 'TFLITE_ORDER', [...main, 'operators'], operators.slice(0, 3), /outputs\[0\]/],
  [
    'a subgraph that calls itself',
    'TFLITE_ORDER',
    operator(1, 'builtin_options'),
    { type: 'CallOptions', value: { subgraph: 0 } },
    /subgraph, byte/,
  ],
];

describe('verify', () => {
  it('accepts the model that the cases are made from', () => {
    expect(verify(encode(exampleModel)).description).toBe('example');
  });

  it('accepts per-axis scales in another number than the dimension has', () => {
    verify(encode(changed(exampleModel, tensor(1, 'quantization'), { scale: [1, 1], zero_point: [0n, 0n] })));
  });

  it('accepts shapes that only the run can tell', () => {
    verify(
      encode(
        changed(exampleModel, tensor(3), {
          ...graph.tensors![3],
          shape: [1, 1, 1, 1],
          shape_signature: [1, -1, -1, -1],
        }),
      ),
    );
  });

  it.each(cases)('refuses %s', (_, code, path, value, where) => {
    const error = refusalOf(() => verify(encode(changed(exampleModel, path, value))));
    expect([error.definition.code, error.details.where]).toEqual([code, expect.stringMatching(where)]);
    expect(error.details.where).toMatch(/, byte \d+$/);
  });

  it('follows calls through other subgraphs', () => {
    const empty = { tensors: [], inputs: [], outputs: [] };
    const call = (subgraph: number) => ({
      ...empty,
      operators: [{ opcode_index: 0, builtin_options: { type: 'CallOptions', value: { subgraph } } as const }],
    });
    const model = { operator_codes: [{ builtin_code: 'CALL' as const }], buffers: [{}] };
    verify(encode({ ...model, subgraphs: [call(1), call(2), empty] }));
    verify(encode({ ...model, subgraphs: [call(2), call(2), empty] }));
    expect(refusalOf(() => verify(encode({ ...model, subgraphs: [call(1), call(2), call(0)] }))).definition.code).toBe(
      'TFLITE_ORDER',
    );
  });
});
