// .tflite files whose shapes are computed at run time, whose batch is fixed, or whose inputs are whole numbers.
import { evaluate, type Graph, type TensorData } from '@wherry/graph';
import { refusalOf } from '../testing/refusal-of.js';
import { bytesOf, float, tfliteModel, type Parts, type TensorInit } from '../testing/tflite-model.js';
import { importTflite, type ImportedTflite } from './import-tflite.js';

const load = (parts: Parts): ImportedTflite => importTflite(tfliteModel(parts));
const refusal = (parts: Parts): string => refusalOf(() => load(parts));
const output = ({ graph }: ImportedTflite): readonly number[] => graph.tensors[graph.outputs[0]!]!.shape;
const kinds = (graph: Graph): readonly string[] => graph.nodes.map(({ kind }) => kind);
const int = (name: string, shape: readonly number[], buffer = 0): TensorInit => ({
  name,
  shape,
  type: 'INT32',
  buffer,
});
const ints = (...values: readonly number[]): Uint8Array => bytesOf(Int32Array.from(values));

function run({ graph }: ImportedTflite, data: TensorData): number[] {
  return Array.from(evaluate(graph, [data])[0] as Float32Array);
}

/** Detection heads: [batch, 2, 3, 4] to [batch, anything, 2], its sizes computed from SHAPE; recorded as [1, 1, 2]. */
const computed: Parts = {
  tensors: [
    { ...float('x', [1, 2, 3, 4]), shape_signature: [-1, 2, 3, 4] },
    int('dims', [4]),
    int('zero', [1], 1),
    int('one', [1], 2),
    int('batch', []),
    int('any', [], 3),
    int('pair', [], 4),
    int('sizes', [3]),
    { ...float('boxes', [1, 1, 2]), shape_signature: [-1, -1, 2] },
    { ...float('y', [1, 1, 2]), shape_signature: [-1, -1, 2] },
  ],
  operators: [
    { opcode_index: 0, inputs: [0], outputs: [1] },
    {
      opcode_index: 1,
      inputs: [1, 2, 3, 3],
      outputs: [4],
      builtin_options: { type: 'StridedSliceOptions', value: { shrink_axis_mask: 1 } },
    },
    {
      opcode_index: 2,
      inputs: [4, 5, 6],
      outputs: [7],
      builtin_options: { type: 'PackOptions', value: { values_count: 3, axis: 0 } },
    },
    { opcode_index: 3, inputs: [0, 7], outputs: [8] },
    { opcode_index: 4, inputs: [8], outputs: [9], builtin_options: { type: 'SoftmaxOptions', value: { beta: 1 } } },
  ],
  codes: ['SHAPE', 'STRIDED_SLICE', 'PACK', 'RESHAPE', 'SOFTMAX'].map(
    (builtin_code) => ({ builtin_code }) as Parts['codes'][number],
  ),
  buffers: [ints(0), ints(1), ints(-1), ints(2)],
};

describe('shapes that a .tflite leaves open', () => {
  it('are computed from what the model computes them from, never taken from placeholders', () => {
    const imported = load(computed);
    expect(output(imported)).toEqual([1, 12, 2]);
    expect(run(imported, new Float32Array(24))).toEqual(new Array(24).fill(0.5));
  });

  it('are refused where they depend on the values of an input', () => {
    const parts: Parts = {
      tensors: [float('x', [1, 4]), int('sizes', [2]), { ...float('y', [1, 4]), shape_signature: [-1, -1] }],
      operators: [{ opcode_index: 0, inputs: [0, 1], outputs: [2] }],
      codes: [{ builtin_code: 'RESHAPE' }],
      inputs: [0, 1],
    };
    expect(refusal(parts)).toMatch(/TFLITE_UNSUPPORTED.*depends on the values of an input/);
  });

  it('may be more than those of the batch inside of the model, but not at its inputs', () => {
    const relu = {
      operators: [{ opcode_index: 0, inputs: [0], outputs: [1] }],
      codes: [{ builtin_code: 'RELU' }],
    } as const;
    const open = { ...float('y', [1, 1]), shape_signature: [-1, -1] };
    expect(output(load({ ...relu, tensors: [float('x', [1, 4]), open] }))).toEqual([1, 4]);
    expect(refusal({ ...relu, tensors: [{ ...float('x', [1, 4]), shape_signature: [-1, -1] }, open] })).toMatch(
      /TFLITE_UNSUPPORTED.*any, any/,
    );
  });
});

/** x [3, 4] through a dense layer to [3, 2], then a RESHAPE to `sizes`. */
function batched(sizes: readonly number[], shape: readonly number[]): Parts {
  return {
    tensors: [
      float('x', [3, 4]),
      float('w', [2, 4], 1),
      float('d', [3, 2]),
      int('s', [sizes.length], 2),
      float('y', shape),
    ],
    operators: [
      {
        opcode_index: 0,
        inputs: [0, 1, -1],
        outputs: [2],
        builtin_options: { type: 'FullyConnectedOptions', value: {} },
      },
      { opcode_index: 1, inputs: [2, 3], outputs: [4] },
    ],
    codes: [{ builtin_code: 'FULLY_CONNECTED' }, { builtin_code: 'RESHAPE' }],
    buffers: [bytesOf(Float32Array.of(1, 2, 3, 4, 0, 0, 1, 0)), ints(...sizes)],
  };
}

describe('a .tflite of a fixed batch', () => {
  it('runs one sample, its number replaced where it is written into a shape', () => {
    const imported = load(batched([3, 2, 1], [3, 2, 1]));
    expect(output(imported)).toEqual([1, 2, 1]);
    expect(imported.warnings.map(({ code }) => code)).toEqual(['IMPORT_BATCH_OF_ONE']);
    expect(run(imported, Float32Array.of(1, 1, 1, 1))).toEqual([10, 1]);
  });

  it('is taken as it is where the first dimension is none of the output', () => {
    const imported = load(batched([1, 6], [1, 6]));
    expect(output(imported)).toEqual([1, 6]);
    expect(imported.warnings).toEqual([]);
  });

  const pairOf = (operand: TensorInit, kind: 'MUL' | 'MEAN', ...buffers: readonly Uint8Array[]): Parts => ({
    tensors: [float('x', [2, 2]), operand, float('m', kind === 'MEAN' ? [1, 2] : [2, 2]), float('y', [2, 2])],
    operators: [
      {
        opcode_index: 0,
        inputs: [0, 1],
        outputs: [2],
        builtin_options:
          kind === 'MEAN' ? { type: 'ReducerOptions', value: { keep_dims: true } } : { type: 'MulOptions', value: {} },
      },
      { opcode_index: 1, inputs: [0, 2], outputs: [3], builtin_options: { type: 'SubOptions', value: {} } },
    ],
    codes: [{ builtin_code: kind }, { builtin_code: 'SUB' }],
    buffers,
  });

  it('is refused, naming the batch, where an operator mixes its samples', () => {
    expect(refusal(pairOf(int('axes', [1], 1), 'MEAN', ints(0)))).toMatch(
      /IMPORT_BATCH_FIXED.*batch of 2.*MEAN[^]*batch_size=None or 1/,
    );
  });

  it('shares a constant that repeats one row, and is no batch where the rows differ', () => {
    const same = load(pairOf(float('c', [2, 2], 1), 'MUL', bytesOf(Float32Array.of(2, 3, 2, 3))));
    expect(run(same, Float32Array.of(1, 1))).toEqual([-1, -2]);
    const own = load(pairOf(float('c', [2, 2], 1), 'MUL', bytesOf(Float32Array.of(2, 3, 4, 5))));
    expect(run(own, Float32Array.of(1, 1, 1, 1))).toEqual([-1, -2, -3, -4]);
    expect(own.warnings).toEqual([]);
  });
});

/** An input of whole numbers, reshaped, cast to float32 and clipped. */
function casting(type: 'UINT8' | 'INT32' | 'BOOL', second = 'CAST'): Parts {
  return {
    tensors: [
      { name: 'x', shape: [1, 4], type },
      int('s', [3], 1),
      { name: 'r', shape: [1, 2, 2], type },
      float('f', [1, 2, 2]),
      float('y', [1, 2, 2]),
    ],
    operators: [
      { opcode_index: 0, inputs: [0, 1], outputs: [2] },
      {
        opcode_index: 1,
        inputs: [2],
        outputs: [3],
        builtin_options: { type: 'CastOptions', value: { in_data_type: type, out_data_type: 'FLOAT32' } },
      },
      { opcode_index: 2, inputs: [3], outputs: [4] },
    ],
    codes: [{ builtin_code: 'RESHAPE' }, { builtin_code: second as 'CAST' }, { builtin_code: 'RELU' }],
    buffers: [ints(1, 2, 2)],
  };
}

describe('an input of whole numbers', () => {
  it.each(['UINT8', 'INT32', 'BOOL'] as const)('%s becomes real where the model casts it itself', (type) => {
    const imported = load(casting(type));
    expect(kinds(imported.graph)).toEqual(['RESHAPE', 'RELU']);
    expect(imported.graph.tensors[imported.graph.inputs[0]!]!.dtype).toBe('float32');
    expect(imported.warnings.map(({ code }) => code)).toEqual(['IMPORT_INPUT_TYPE']);
    expect(run(imported, Float32Array.of(0, 1, 200, 255))).toEqual([0, 1, 200, 255]);
  });

  it('is refused in the words of the file where the model computes with the integers', () => {
    const parts: Parts = {
      tensors: [int('ids', [1, 2]), float('table', [3, 2], 1), float('y', [1, 2, 2])],
      operators: [{ opcode_index: 0, inputs: [1, 0], outputs: [2] }],
      codes: [{ builtin_code: 'GATHER' }],
      buffers: [bytesOf(Float32Array.of(1, 2, 3, 4, 5, 6))],
    };
    expect(refusal(parts)).toMatch(/TFLITE_UNSUPPORTED: the input ids takes int32[^]*takes float32/);
  });

  it('stays as it is where it is quantized', () => {
    const quantization = { scale: [0.5], zero_point: [3n] };
    const tensor = (name: string): TensorInit => ({ name, shape: [1, 4], type: 'INT8', quantization });
    const { graph, warnings } = load({
      tensors: [tensor('x'), tensor('y')],
      operators: [{ opcode_index: 0, inputs: [0], outputs: [1] }],
      codes: [{ builtin_code: 'RELU' }],
    });
    expect(graph.tensors[0]!.dtype).toBe('int8');
    expect(warnings).toEqual([]);
  });
});

describe('SPLIT_V', () => {
  const parts = (...sizes: readonly number[]): Parts => ({
    tensors: [float('x', [1, 4]), int('sizes', [2], 1), int('axis', [], 2), float('a', [1, 2]), float('b', [1, 2])],
    operators: [
      {
        opcode_index: 0,
        inputs: [0, 1, 2],
        outputs: [3, 4],
        builtin_options: { type: 'SplitVOptions', value: { num_splits: 2 } },
      },
    ],
    codes: [{ builtin_code: 'SPLIT_V' }],
    buffers: [ints(...sizes), ints(-1)],
    outputs: [4, 3],
  });

  it.each([
    [2, 2],
    [2, -1],
  ])('into [%i, %i] of 4 is a SPLIT into equal parts', (...sizes) => {
    const imported = load(parts(...sizes));
    expect(kinds(imported.graph)).toEqual(['SPLIT']);
    expect(run(imported, Float32Array.of(1, 2, 3, 4))).toEqual([3, 4]);
  });

  it('into parts that differ is refused by name', () => {
    expect(refusal(parts(1, 3))).toMatch(/TFLITE_OPERATOR_UNSUPPORTED.*SPLIT_V/);
  });
});
