// A described model: others find the description and the packed files, the model itself is what it was, hostile ones are refused.
import { readFileSync } from 'node:fs';
import { describeShared, sharedPath } from '@wherry/testing';
import { unzipSync, zipSync } from 'fflate';
import { exampleModel } from '../example-model.js';
import { decode, encode, verify } from '../index.js';
import { withMetadata } from '../metadata.js';
import { decodeDescription, describe as described, encodeDescription, readDescription } from './describe.js';
import { packFiles, packedFiles } from './packed-files.js';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const plain = encode(exampleModel);
const own = {
  name: 'digits',
  subgraph_metadata: [
    {
      input_tensor_metadata: [
        {
          name: 'picture',
          content: {
            content_properties: {
              type: 'ImageProperties',
              value: { color_space: 'GRAYSCALE', default_size: { width: 28, height: 32 } },
            },
          },
          process_units: [{ options: { type: 'NormalizationOptions', value: { mean: [0.5], std: [255] } } }],
          stats: { max: [1], min: [-1] },
        },
      ],
      output_tensor_metadata: [
        { name: 'digit', associated_files: [{ name: 'labels.txt', type: 'TENSOR_AXIS_LABELS' }] },
      ],
    },
  ],
} as const;
const files = new Map([
  ['labels.txt', text('zero\none\n')],
  ['more.txt', text('né\n')],
]);

it('carries a description and its files, and leaves the model as it is', () => {
  const description = { bytes: encodeDescription(own), files };
  const whole = described(plain, description);
  verify(whole);
  const { metadata = [], buffers = [], ...rest } = decode(whole);
  const { metadata: before = [], buffers: given = [], ...same } = decode(plain);
  expect(rest).toEqual(same);
  expect(buffers.slice(0, given.length)).toEqual(given);
  expect(metadata.map(({ name }) => name)).toEqual([...before.map(({ name }) => name), 'TFLITE_METADATA']);
  const read = readDescription(whole)!;
  expect(decodeDescription(read.bytes)).toMatchObject({ ...own, min_parser_version: '1.0.0' });
  expect(new TextDecoder().decode(read.bytes.subarray(4, 8))).toBe('M001');
  expect([...read.files]).toEqual([...files]);
  // Again and again it is the same file.
  expect(described(whole, read)).toEqual(whole);
  expect(readDescription(plain)).toBeUndefined();
});

it('packs files so that offsets count from the start of the file, at no time of any clock', () => {
  const whole = packFiles(plain, files);
  const view = new DataView(whole.buffer);
  const directory = view.getUint32(whole.length - 6, true);
  expect(view.getUint32(directory, true)).toBe(0x02014b50);
  expect(view.getUint32(view.getUint32(directory + 42, true), true)).toBe(0x04034b50);
  expect(view.getUint32(directory + 12, true)).toBe(0x00210000);
  expect(Object.keys(unzipSync(whole))).toEqual(['labels.txt', 'more.txt']);
  expect(packFiles(plain, new Map())).toBe(plain);
});

it('reads archives of others, whose offsets count from where they begin', () => {
  expect([...packedFiles(packTail(Object.fromEntries(files)))]).toEqual([...files]);
});

it.each<[string, () => Uint8Array]>([
  ['a file that unpacks to more than labels take', () => packTail({ 'a.txt': new Uint8Array(5 << 20) })],
  [
    'more files than anybody reads',
    () => packTail(Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`${i}`, text('x')]))),
  ],
  ['a directory that lies elsewhere', () => changed(-6, 0xfffffff0)],
  ['a directory in the model', () => changed(-6, 3)],
  ['more entries than there are', () => changed(-12, 0x00030003)],
  ['an entry without a file', () => changed(-22 - 53 + 42, 7)],
])('refuses %s', (_, make) => {
  const model = make();
  expect(() => packedFiles(model)).toThrow(/TFLITE_METADATA/);
});

it('refuses a description that nobody could read', () => {
  const bytes = encodeDescription(own);
  bytes[0] = 0xff;
  const broken = encode(withMetadata(exampleModel, 'TFLITE_METADATA', bytes));
  expect(() => readDescription(broken)).toThrow(/TFLITE_STRUCTURE/);
  expect(() => readDescription(encode(withMetadata(exampleModel, 'TFLITE_METADATA', new Uint8Array(2))))).toThrow(
    /TFLITE_STRUCTURE/,
  );
});

/** An archive of others behind the model, as deflate makes it. */
function packTail(content: Record<string, Uint8Array>): Uint8Array {
  return Uint8Array.from([...plain, ...zipSync(content, { level: 9 })]);
}

/** Four bytes of the archive, counted from its end. */
function changed(at: number, value: number): Uint8Array {
  const whole = packFiles(plain, files);
  new DataView(whole.buffer).setUint32(whole.length + at, value, true);
  return whole;
}

describeShared('models that others described', () => {
  const read = (name: string) => readDescription(readFileSync(sharedPath('models', 'tflite-support', name)))!;

  it('are read as they were written', () => {
    const { bytes, files: packed } = read('automl_labeler_model.tflite');
    const { min_parser_version: version, subgraph_metadata: graphs } = decodeDescription(bytes);
    expect(version).toMatch(/^1\.\d\.\d$/);
    expect(graphs![0]).toMatchObject({
      output_tensor_metadata: [{ associated_files: [{ name: 'labels.txt', type: 'TENSOR_AXIS_LABELS' }] }],
    });
    expect(packed.get('labels.txt')).toHaveLength(40);
    expect(read('mobilenet_v1_0.25_224_quant_without_subgraph_metadata.tflite').files.size).toBe(1);
  });
});
