// Damaged and hostile files are refused with a path and a byte; nothing else ever comes out.
import { WherryError } from '@wherry/graph';
import { Builder } from 'flatbuffers';
import { encode } from '../encode/encode.js';
import { exampleModel, refusalOf } from '../example-model.js';
import { decode } from './decode.js';

const good = encode(exampleModel);

function refusal(bytes: Uint8Array, options = {}): WherryError {
  return refusalOf(() => decode(bytes, options));
}

/** A file with one table whose fields `put` writes. */
function fileWith(fields: number, put: (builder: Builder) => void): Uint8Array {
  const builder = new Builder(64);
  builder.startObject(fields);
  put(builder);
  builder.finish(builder.endObject(), 'TFL3');
  return builder.asUint8Array().slice();
}

describe('decode', () => {
  it('refuses what is not a model', () => {
    for (const text of ['', 'abc', '<html></html>', '\0\0\0\0TFL2\0\0\0\0']) {
      expect(refusal(new TextEncoder().encode(text)).definition.code).toBe('TFLITE_NOT_A_MODEL');
    }
  });

  it('refuses an offset to nowhere, with its byte', () => {
    const error = refusal(Uint8Array.of(0x18, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33));
    expect(error.definition.code).toBe('TFLITE_STRUCTURE');
    expect(error.details.where).toBe('model, byte 0');
  });

  it('refuses every file that is cut off', () => {
    for (let length = 0; length < good.byteLength; length++) {
      try {
        decode(good.slice(0, length));
      } catch (error) {
        expect(error).toBeInstanceOf(WherryError);
        continue;
      }
      // What was cut off was padding at the end.
      expect(good.slice(length)).toEqual(new Uint8Array(good.byteLength - length));
    }
  });

  it('answers every change of a byte with a model or a refusal', () => {
    let refused = 0;
    for (let at = 0; at < good.byteLength; at++) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const bytes = good.slice();
        bytes[at] = value;
        try {
          decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(WherryError);
          refused += 1;
        }
      }
    }
    expect(refused).toBeGreaterThan(good.byteLength / 2);
  });

  it('says where', () => {
    const bytes = good.slice();
    const name = new TextDecoder('latin1').decode(bytes).indexOf('image\0');
    bytes[name + 5] = 33;
    const error = refusal(bytes);
    expect(error.details.where).toBe(`subgraphs[0].tensors[0].name, byte ${name + 5}`);
    expect(error.details.what).toMatch(/not terminated/);
  });

  it('refuses names that are not UTF-8', () => {
    const bytes = good.slice();
    bytes[new TextDecoder('latin1').decode(bytes).indexOf('image\0')] = 0xff;
    expect(refusal(bytes).details.what).toMatch(/UTF-8/);
  });

  it('refuses fields of a newer schema rather than losing them', () => {
    const bytes = fileWith(20, (builder) => builder.addFieldInt32(19, 5, 0));
    expect(refusal(bytes).definition.code).toBe('TFLITE_NEWER_SCHEMA');
  });

  it('refuses a union with a type and no value', () => {
    const builder = new Builder(64);
    builder.startObject(12);
    builder.addFieldInt8(3, 1, 0);
    const operator = builder.endObject();
    const operators = vectorOf(builder, [operator]);
    builder.startObject(5);
    builder.addFieldOffset(3, operators, 0);
    const subgraphs = vectorOf(builder, [builder.endObject()]);
    builder.startObject(10);
    builder.addFieldOffset(2, subgraphs, 0);
    builder.finish(builder.endObject(), 'TFL3');
    const error = refusal(builder.asUint8Array().slice());
    expect(error.details.what).toMatch(/type 1 but no value/);
    expect(error.details.where).toMatch(/^subgraphs\[0\]\.operators\[0\]\.builtin_options, byte/);
  });

  it('refuses data outside of 16-byte alignment only when asked to', () => {
    const bytes = fileWithUnalignedBuffer();
    expect(decode(bytes).buffers?.[0]?.data).toEqual(Uint8Array.of(1, 2, 3));
    expect(refusal(bytes, { alignedData: true }).details.what).toMatch(/aligned to 16/);
  });

  it('reads int64 vectors aligned to 4 bytes, as some writers leave them, but where alignment is asked for', () => {
    const bytes = fileWithLongsAtFour();
    expect(decode(bytes).subgraphs?.[0]?.tensors?.[0]?.quantization?.zero_point).toEqual([-3n, 5n]);
    expect(refusal(bytes, { alignedData: true }).details.what).toMatch(/aligned to 8/);
  });

  it('finds data that lies behind the FlatBuffer', () => {
    const front = encode({ buffers: [{}, { offset: 4096n, size: 3n }] });
    const bytes = new Uint8Array(4099);
    bytes.set(front);
    bytes.set([7, 8, 9], 4096);
    expect(decode(bytes).buffers?.[1]).toEqual({ data: Uint8Array.of(7, 8, 9), offset: 0n, size: 0n });
    expect(refusal(bytes.slice(0, 4098)).details.what).toMatch(/3 bytes at 4096/);
  });

  it('reads the operator from the old field of old files', () => {
    const builder = new Builder(64);
    builder.startObject(1);
    builder.addFieldInt8(0, 9, 0);
    const codes = vectorOf(builder, [builder.endObject()]);
    builder.startObject(10);
    builder.addFieldOffset(1, codes, 0);
    builder.finish(builder.endObject(), 'TFL3');
    expect(decode(builder.asUint8Array()).operator_codes?.[0]?.builtin_code).toBe('FULLY_CONNECTED');
  });

  it('refuses a small file that unfolds without end', () => {
    // Vectors of tables that all point at one table with a long name.
    const builder = new Builder(64);
    const name = builder.createString('x'.repeat(100_000));
    builder.startObject(11);
    builder.addFieldOffset(3, name, 0);
    const tensor = builder.endObject();
    const tensors = vectorOf(builder, new Array<number>(10_000).fill(tensor));
    builder.startObject(6);
    builder.addFieldOffset(0, tensors, 0);
    const subgraphs = vectorOf(builder, [builder.endObject()]);
    builder.startObject(10);
    builder.addFieldOffset(2, subgraphs, 0);
    builder.finish(builder.endObject(), 'TFL3');
    expect(refusal(builder.asUint8Array().slice()).definition.code).toBe('TFLITE_LIMIT');
  });
});

function vectorOf(builder: Builder, offsets: readonly number[]): number {
  builder.startVector(4, offsets.length, 4);
  for (const offset of offsets.toReversed()) builder.addOffset(offset);
  return builder.endVector();
}

function fileWithUnalignedBuffer(): Uint8Array {
  const builder = new Builder(64);
  builder.startVector(1, 3, 16);
  builder.addInt32(0);
  const data = builder.createByteVector(Uint8Array.of(1, 2, 3));
  builder.startObject(3);
  builder.addFieldOffset(0, data, 0);
  const buffers = vectorOf(builder, [builder.endObject()]);
  builder.startObject(10);
  builder.addFieldOffset(4, buffers, 0);
  builder.finish(builder.endObject(), 'TFL3');
  const bytes = builder.asUint8Array().slice();
  const at = bytes.indexOf(1, bytes.byteLength - 12);
  if (at % 16 === 0) throw new Error('the example is aligned by accident');
  return bytes;
}

/** A tensor with the zero points -3 and 5, their vector at 4 beyond a multiple of 8. */
function fileWithLongsAtFour(): Uint8Array {
  for (const padding of [0, 1]) {
    const builder = new Builder(64);
    for (let i = 0; i < padding; i++) builder.addInt32(0);
    builder.startVector(8, 2, 4);
    for (const half of [0, 5, -1, -3]) builder.addInt32(half);
    const zeroPoints = builder.endVector();
    builder.startObject(7);
    builder.addFieldOffset(3, zeroPoints, 0);
    const quantization = builder.endObject();
    builder.startObject(11);
    builder.addFieldOffset(4, quantization, 0);
    const tensors = vectorOf(builder, [builder.endObject()]);
    builder.startObject(6);
    builder.addFieldOffset(0, tensors, 0);
    const subgraphs = vectorOf(builder, [builder.endObject()]);
    builder.startObject(10);
    builder.addFieldOffset(2, subgraphs, 0);
    builder.finish(builder.endObject(), 'TFL3');
    const bytes = builder.asUint8Array().slice();
    const at = bytes.findIndex(
      (_, i) => new DataView(bytes.buffer).getInt32(Math.min(i, bytes.length - 4), true) === -3,
    );
    if (at % 8 === 4) return bytes;
  }
  throw new Error('the example is aligned by accident');
}
