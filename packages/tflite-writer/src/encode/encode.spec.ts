// What the writer must do that generated writers get wrong, and that its files stay small.
import { decode } from '../decode/decode.js';
import { changed, exampleModel } from '../example-model.js';
import { encode } from './encode.js';

/** Where the inline field `id` of the table at `table` stands, straight from the vtable; undefined when it is not there. */
function rawField(bytes: Uint8Array, table: number, id: number): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const vtable = table - view.getInt32(table, true);
  if (4 + 2 * id >= view.getUint16(vtable, true)) return undefined;
  const offset = view.getUint16(vtable + 4 + 2 * id, true);
  return offset === 0 ? undefined : table + offset;
}

function follow(bytes: Uint8Array, at: number): number {
  return at + new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}

/** The table at `index` of the vector in field `id` of `table`. */
function rawElement(bytes: Uint8Array, table: number, id: number, index: number): number {
  const vector = follow(bytes, rawField(bytes, table, id)!);
  return follow(bytes, vector + 4 + 4 * index);
}

const bufferField = 4;
const subgraphField = 2;
const operatorField = 3;
const customOptionsField = 5;

describe('encode', () => {
  const bytes = encode(exampleModel);

  it('writes what decode reads', () => {
    expect(encode(decode(bytes))).toEqual(bytes);
    expect(decode(bytes)).toMatchObject(exampleModel);
  });

  it('begins with the root offset and the identifier', () => {
    expect(String.fromCharCode(...bytes.subarray(4, 8))).toBe('TFL3');
    expect(decode(bytes).version).toBe(3);
  });

  it('leaves out empty buffer data', () => {
    const model = encode({ ...exampleModel, buffers: exampleModel.buffers!.with(0, { data: new Uint8Array(0) }) });
    expect(rawField(model, rawElement(model, follow(model, 0), bufferField, 0), 0)).toBeUndefined();
    expect(model).toEqual(bytes);
  });

  it('leaves out empty custom options', () => {
    const model = encode(changed(exampleModel, ['subgraphs', 0, 'operators', 0, 'custom_options'], new Uint8Array(0)));
    const operator = rawElement(model, rawElement(model, follow(model, 0), subgraphField, 0), operatorField, 0);
    expect(rawField(model, operator, customOptionsField)).toBeUndefined();
  });

  it('aligns constant data to 16 bytes, whatever stands before it', () => {
    for (let length = 1; length < 40; length++) {
      const data = new Uint8Array(length).fill(7);
      const model = encode({
        ...exampleModel,
        description: 'x'.repeat(length),
        buffers: [{}, { data }, { data: data.slice(1) }],
      });
      for (const index of [1, 2]) {
        const buffer = rawElement(model, follow(model, 0), bufferField, index);
        const field = rawField(model, buffer, 0);
        if (field !== undefined) expect((follow(model, field) + 4) % 16).toBe(0);
      }
    }
  });

  it('writes the operator into both of its fields', () => {
    const codes = [
      { builtin_code: 'CONV_2D' },
      { builtin_code: 'GELU' },
      { builtin_code: 'CUSTOM', custom_code: 'x' },
    ] as const;
    const written = decode(encode({ ...exampleModel, operator_codes: codes })).operator_codes;
    expect(written?.map((code) => [code.builtin_code, code.deprecated_builtin_code])).toEqual([
      ['CONV_2D', 3], ['GELU', 127], ['CUSTOM', 32],
    ]); // prettier-ignore
  });

  it('leaves out fields that hold their default', () => {
    const spelled = changed(exampleModel, ['subgraphs', 0, 'operators', 0, 'builtin_options', 'value'], {
      padding: 'VALID', stride_w: 1, stride_h: 1, dilation_w_factor: 1, dilation_h_factor: 1, fused_activation_function: 'NONE',
    }); // prettier-ignore
    expect(encode(spelled)).toEqual(bytes);
  });

  it('keeps values that differ from a default that is not zero', () => {
    const path = ['subgraphs', 0, 'operators', 0, 'builtin_options', 'value', 'dilation_w_factor'];
    const model = decode(encode(changed(exampleModel, path, 0)));
    expect(model.subgraphs?.[0]?.operators?.[0]?.builtin_options?.value).toMatchObject({ dilation_w_factor: 0 });
  });

  it('keeps an empty vector apart from none', () => {
    const model = decode(encode(changed(exampleModel, ['subgraphs', 0, 'tensors', 2, 'shape'], [])));
    expect(model.subgraphs?.[0]?.tensors?.[2]?.shape).toEqual([]);
    expect(decode(bytes).subgraphs?.[0]?.tensors?.[2]?.shape_signature).toBeUndefined();
  });

  it('writes shared data once', () => {
    const data = new Uint8Array(4096).fill(9);
    const once = encode({ buffers: [{}, { data }] });
    const shared = encode({ buffers: [{}, { data }, { data: data.subarray(0) }] });
    expect(shared.byteLength - once.byteLength).toBeLessThan(32);
    const [, first, second] = decode(shared).buffers!;
    expect(second?.data?.byteOffset).toBe(first?.data?.byteOffset);
  });

  it('writes equal names, shapes and scales once', () => {
    const tensor = {
      name: 'n'.repeat(100),
      shape: [1, 2, 3, 4],
      quantization: { scale: [1, 2, 3], zero_point: [0n, 0n, 0n] },
    };
    const one = encode({ subgraphs: [{ tensors: [tensor] }] });
    const two = encode({ subgraphs: [{ tensors: [tensor, { ...tensor, buffer: 1 }] }] });
    expect(two.byteLength - one.byteLength).toBeLessThan(64);
  });

  it('writes the zero points and scales that layers share once, each kind for itself', () => {
    const channels = 256;
    const scale = Array.from({ length: channels }, (_, i) => Math.fround(1 / (i + 3)));
    const layers = (count: number, scalesOf: (layer: number) => readonly number[]) =>
      encode({
        subgraphs: [
          {
            tensors: Array.from({ length: count }, (_, layer) => ({
              name: `w${layer}`,
              shape: [channels],
              quantization: { scale: scalesOf(layer), zero_point: scale.map(() => 0n) },
            })),
          },
        ],
      });
    const growth = (scalesOf: (layer: number) => readonly number[]): number =>
      layers(9, scalesOf).byteLength - layers(1, scalesOf).byteLength;
    // 8 bytes of zero point and 4 of scale per channel: all of them shared, or the zero points alone.
    expect(growth(() => scale)).toBeLessThan(8 * 100);
    const own = growth((layer) => scale.map((value) => Math.fround(value * (layer + 1))));
    expect([own > 8 * 4 * channels, own < 8 * (4 * channels + 150)]).toEqual([true, true]);
    const written = decode(layers(9, (layer) => scale.with(7, layer + 1))).subgraphs![0]!.tensors!;
    expect(written.map(({ quantization }) => quantization!.scale![7])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('tells minus zero from zero', () => {
    const quantized = (min: number) => ({ shape: [1], quantization: { min: [min], max: [1] } });
    const { tensors } = decode(encode({ subgraphs: [{ tensors: [quantized(0), quantized(-0)] }] })).subgraphs![0]!;
    expect(tensors!.map(({ quantization }) => Object.is(quantization!.min![0], -0))).toEqual([false, true]);
  });

  it('is the same for the same model, also from a larger memory', () => {
    const wide = new Uint8Array(64);
    wide.set(exampleModel.buffers![1]!.data!, 20);
    const copy = changed(exampleModel, ['buffers', 1, 'data'], wide.subarray(20, 26));
    expect(encode(copy)).toEqual(bytes);
  });

  it.each<[string, readonly (string | number)[], unknown]>([
    ['an enum name that is not there', ['subgraphs', 0, 'tensors', 0, 'type'], 'INT9'],
    ['a number too large', ['subgraphs', 0, 'tensors', 0, 'shape'], [2 ** 31]],
    ['a fraction', ['subgraphs', 0, 'tensors', 0, 'shape'], [1.5]],
    ['a negative index', ['subgraphs', 0, 'tensors', 0, 'buffer'], -1],
    ['a field that the table does not have', ['subgraphs', 0, 'tensors', 0, 'colour'], 1],
    [
      'a table that the union does not have',
      ['subgraphs', 0, 'operators', 0, 'builtin_options'],
      { type: 'Tensor', value: {} },
    ],
  ])('refuses %s', (_, path, value) => {
    expect(() => encode(changed(exampleModel, path, value))).toThrow(/TFLITE_ENCODE/);
  });
});
