// What kernels would divide by, index with or count on, made wrong in a model that passes otherwise.
import { encode } from '../encode/encode.js';
import { changed, exampleModel, refusalOf } from '../example-model.js';
import type { BuiltinOptions, TableInit, TfliteModelInit } from '../schema/table-types.js';
import { verify } from './verify-model.js';

type Path = readonly (string | number)[];

const main: Path = ['subgraphs', 0];
const tensor = (index: number, ...more: Path): Path => [...main, 'tensors', index, ...more];
const operator = (index: number, ...more: Path): Path => [...main, 'operators', index, ...more];
const int32 = (...values: readonly number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);
const graph = exampleModel.subgraphs![0]!;
const operators = graph.operators!;
const withoutLastOutput = { ...graph, outputs: [7], operators: operators.with(3, { ...operators[3], outputs: [] }) };

const cases: readonly [string, Path, unknown, RegExp][] = [
  ['a missing input', operator(0, 'inputs'), [0], /operators\[0\]\.inputs, byte/],
  ['a left-out required input', operator(0, 'inputs'), [0, -1, 2], /operators\[0\]\.inputs\[1\]/],
  ['no output', main, withoutLastOutput, /operators\[3\]\.outputs/],
  ['a stride of zero', operator(0, 'builtin_options', 'value', 'stride_w'), 0, /stride_w/],
  ['a dilation of zero', operator(0, 'builtin_options', 'value', 'dilation_h_factor'), 0, /dilation_h_factor/],
  ['no options where strides are needed', operator(0, 'builtin_options'), undefined, /stride_w/],
  ['filter channels', tensor(0, 'shape'), [1, 2, 2, 3], /operators\[0\]\.inputs\[1\]/],
  ['a rank', tensor(0, 'shape'), [8], /operators\[0\]\.inputs\[0\]/],
  ['another output type', tensor(3, 'type'), 'FLOAT32', /operators\[0\]\.inputs\[0\]/],
  ['too few output channels', tensor(3, 'shape'), [1, 2, 2, 2], /operators\[0\]\.outputs\[0\]/],
  ['a negative padding', ['buffers', 3, 'data'], int32(0, 0, -1, 1, 0, 0, 0, 0), /operators\[1\]\.inputs\[1\]/],
  [
    'a padding beyond the output',
    ['buffers', 3, 'data'],
    int32(0, 0, 99, 1, 0, 0, 0, 0),
    /operators\[1\]\.outputs\[0\]/,
  ],
  ['an axis out of range', ['buffers', 4, 'data'], int32(0, 2, 1, 4), /operators\[2\]\.inputs\[1\]/],
  ['an axis twice', ['buffers', 4, 'data'], int32(0, 1, 1, 3), /operators\[2\]\.inputs\[1\]/],
  ['a concatenation axis', operator(3, 'builtin_options', 'value', 'axis'), 4, /builtin_options\.axis/],
  ['a concatenation too long', operator(3, 'inputs'), [7, 7, 7], /operators\[3\]\.outputs\[0\]/],
  [
    'options of another operator',
    operator(0, 'builtin_options'),
    { type: 'Pool2DOptions', value: {} },
    /builtin_options, byte/,
  ],
  ['no scale', tensor(3, 'quantization'), undefined, /operators\[0\]\.outputs\[0\]/],
  ['a scale without a zero point', tensor(3, 'quantization'), { scale: [0.5] }, /operators\[0\]\.outputs\[0\]/],
  ['a zero point without a scale', tensor(0, 'quantization'), { zero_point: [3n] }, /operators\[0\]\.inputs\[0\]/],
];

type Tensor = TableInit<'Tensor'>;

/** One operator; the tensors are its inputs and then its output, constants with their data. */
function oneOperator(
  builtin_code: NonNullable<TableInit<'OperatorCode'>['builtin_code']>,
  tensors: readonly (Tensor & { readonly data?: Uint8Array })[],
  options?: BuiltinOptions | { readonly type: string; readonly value: object },
): TfliteModelInit {
  const last = tensors.length - 1;
  const inputs = tensors.flatMap(({ data }, i) => (data === undefined && i < last ? [i] : []));
  const buffers = [{}, ...tensors.map(({ data }) => (data === undefined ? {} : { data }))];
  const all = [...tensors.keys()];
  const step = { opcode_index: 0, inputs: all.slice(0, last), outputs: [last], builtin_options: options as never };
  const table = tensors.map(({ data: _, ...rest }, i) => ({ ...rest, buffer: i + 1 }));
  return {
    operator_codes: [{ builtin_code }],
    buffers,
    subgraphs: [{ tensors: table, inputs, outputs: [last], operators: [step] }],
  };
}

const q = (scale: number, shape: readonly number[] = [1, 4]): Tensor => ({
  type: 'INT8',
  shape,
  quantization: { scale: [scale], zero_point: [0n] },
});
const q16 = (scale: number): Tensor => ({ ...q(scale), type: 'INT16' });
const f = (...shape: readonly number[]): Tensor => ({ type: 'FLOAT32', shape });
const i32 = (...values: readonly number[]) => ({
  type: 'INT32' as const,
  shape: [values.length],
  data: int32(...values),
});
const softmax = (beta: number) => ({ type: 'SoftmaxOptions', value: { beta } });
const conv = { type: 'Conv2DOptions', value: { stride_w: 1, stride_h: 1 } };
const gather = (axis: number) => ({ type: 'GatherOptions', value: { axis } });

/** What passes, and the same with one thing wrong. */
const pairs: readonly [string, TfliteModelInit, TfliteModelInit, RegExp][] = [
  [
    'a beta of zero',
    oneOperator('SOFTMAX', [f(1, 4), f(1, 4)], softmax(1)),
    oneOperator('SOFTMAX', [f(1, 4), f(1, 4)], softmax(0)),
    /beta/,
  ],
  [
    'a beta too small',
    oneOperator('SOFTMAX', [q(0.1), q(1 / 256)], softmax(1)),
    oneOperator('SOFTMAX', [q(0.1), q(1 / 256)], softmax(1e-9)),
    /beta/,
  ],
  [
    'a sum that loses its bits',
    oneOperator('ADD', [q(1), q(1), q(1)]),
    oneOperator('ADD', [q(1), q(1), q(1e-9)]),
    /outputs\[0\]/,
  ],
  // Twice the wider scale, 2 ** 20 times the output's: the last that does not fit, and what would with the narrower alone.
  ...(['ADD', 'SUB'] as const).flatMap((kind) =>
    [
      [q(1), q(2 ** -10)],
      [q(2 ** -10), q(1)],
    ].map((operands): (typeof pairs)[number] => [
      `${kind} of a wider scale`,
      oneOperator(kind, [...operands, q(1.01 * 2 ** -19)]),
      oneOperator(kind, [...operands, q(2 ** -19)]),
      /outputs\[0\]/,
    ]),
  ),
  [
    'a sum of 16 bits that loses its bits',
    oneOperator('ADD', [q16(1), q16(1), q16(1.01 * 2 ** -14)]),
    oneOperator('ADD', [q16(1), q16(1), q16(2 ** -14)]),
    /outputs\[0\]/,
  ],
  [
    'shapes that do not broadcast',
    oneOperator('ADD', [f(2, 3), f(3), f(2, 3)]),
    oneOperator('ADD', [f(2, 3), f(2), f(2, 3)]),
    /outputs\[0\]/,
  ],
  [
    'an output of higher rank',
    oneOperator('ADD', [f(2, 3), f(3), f(2, 3)]),
    oneOperator('ADD', [f(2, 3), f(3), f(4, 2, 3)]),
    /outputs\[0\]/,
  ],
  [
    'another number of elements',
    oneOperator('RELU', [f(2, 3), f(2, 3)]),
    oneOperator('RELU', [f(2, 3), f(2, 2)]),
    /outputs\[0\]/,
  ],
  [
    'a size that is not the output',
    oneOperator('RESIZE_BILINEAR', [f(1, 2, 2, 1), i32(4, 4), f(1, 4, 4, 1)]),
    oneOperator('RESIZE_BILINEAR', [f(1, 2, 2, 1), i32(4, 5), f(1, 4, 4, 1)]),
    /outputs\[0\]/,
  ],
  [
    'an index past the axis',
    oneOperator('GATHER', [f(3, 2), i32(2), f(1, 2)], gather(0)),
    oneOperator('GATHER', [f(3, 2), i32(3), f(1, 2)], gather(0)),
    /inputs\[1\]/,
  ],
  [
    'a gathered axis',
    oneOperator('GATHER', [f(3, 2), i32(1), f(3, 1)], gather(1)),
    oneOperator('GATHER', [f(3, 2), i32(1), f(3, 1)], gather(2)),
    /axis/,
  ],
  [
    'a reduced axis',
    oneOperator('MEAN', [f(3, 2), i32(-1), f(3)]),
    oneOperator('MEAN', [f(3, 2), i32(2), f(3)]),
    /inputs\[1\]/,
  ],
  [
    'a slice past the end',
    oneOperator('SLICE', [f(5), i32(2), i32(-1), f(3)]),
    oneOperator('SLICE', [f(5), i32(2), i32(4), f(4)]),
    /inputs\[2\]/,
  ],
  [
    'a stride of zero in a slice',
    oneOperator('STRIDED_SLICE', [f(5), i32(0), i32(5), i32(2), f(3)]),
    oneOperator('STRIDED_SLICE', [f(5), i32(0), i32(5), i32(0), f(3)]),
    /inputs\[3\]/,
  ],
  [
    'filters that do not divide into groups',
    oneOperator('CONV_2D', [f(1, 2, 2, 4), f(4, 1, 1, 2), f(1, 2, 2, 4)], conv),
    oneOperator('CONV_2D', [f(1, 2, 2, 4), f(3, 1, 1, 2), f(1, 2, 2, 3)], conv),
    /inputs\[1\]/,
  ],
  [
    'biases of other channels',
    oneOperator('FULLY_CONNECTED', [f(2, 4), f(3, 4), f(3), f(2, 3)]),
    oneOperator('FULLY_CONNECTED', [f(2, 4), f(3, 4), f(2), f(2, 3)]),
    /inputs\[2\]/,
  ],
  [
    'rows that the weights do not divide',
    oneOperator('FULLY_CONNECTED', [f(2, 4), f(3, 4), f(2, 3)]),
    oneOperator('FULLY_CONNECTED', [f(2, 4), f(3, 5), f(2, 3)]),
    /inputs\[0\]/,
  ],
  [
    'a depth multiplier of zero',
    oneOperator('DEPTHWISE_CONV_2D', [f(1, 2, 2, 2), f(1, 1, 1, 4), f(1, 2, 2, 4)], {
      type: 'DepthwiseConv2DOptions',
      value: { stride_w: 1, stride_h: 1, depth_multiplier: 2 },
    }),
    oneOperator('DEPTHWISE_CONV_2D', [f(1, 2, 2, 2), f(1, 1, 1, 4), f(1, 2, 2, 4)], {
      type: 'DepthwiseConv2DOptions',
      value: { stride_w: 1, stride_h: 1 },
    }),
    /depth_multiplier/,
  ],
  [
    'a pooling window of zero',
    oneOperator('MAX_POOL_2D', [f(1, 2, 2, 1), f(1, 1, 1, 1)], {
      type: 'Pool2DOptions',
      value: { stride_w: 2, stride_h: 2, filter_width: 2, filter_height: 2 },
    }),
    oneOperator('MAX_POOL_2D', [f(1, 2, 2, 1), f(1, 1, 1, 1)], {
      type: 'Pool2DOptions',
      value: { stride_w: 2, stride_h: 2, filter_width: 2 },
    }),
    /filter_height/,
  ],
  [
    'a count of parts that is not theirs',
    oneOperator('PACK', [f(2), f(2), f(2, 2)], { type: 'PackOptions', value: { values_count: 2 } }),
    oneOperator('PACK', [f(2), f(2), f(2, 2)], { type: 'PackOptions', value: { values_count: 3 } }),
    /values_count/,
  ],
];

describe('verify, by operator', () => {
  it.each(cases)('refuses %s', (_, path, value, where) => {
    const error = refusalOf(() => verify(encode(changed(exampleModel, path, value))));
    expect([error.definition.code, error.details.where]).toEqual(['TFLITE_OPERATOR', expect.stringMatching(where)]);
    expect(error.details.where).toMatch(/, byte \d+$/);
  });

  it.each(pairs)('refuses %s', (_, good, bad, where) => {
    verify(encode(good));
    const error = refusalOf(() => verify(encode(bad)));
    expect([error.definition.code, error.details.where]).toEqual(['TFLITE_OPERATOR', expect.stringMatching(where)]);
  });

  it('compares shapes of models with an open batch', () => {
    const open = changed(exampleModel, tensor(0, 'shape_signature'), [-1, 2, 2, 2]);
    verify(encode(open));
    const wrong = changed(changed(open, tensor(0, 'shape'), [1, 2, 2, 3]), tensor(0, 'shape_signature'), [-1, 2, 2, 3]);
    expect(refusalOf(() => verify(encode(wrong))).details.where).toMatch(/operators\[0\]\.inputs\[1\]/);
  });
});
