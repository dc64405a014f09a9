// FlexBuffers that TensorFlow Lite Micro's own kernels would read outside of, written here byte by byte.
import type { TfliteModelInit } from '../schema/table-types.js';
import { encode } from '../encode/encode.js';
import { refusalOf } from '../example-model.js';
import { readFlexbuffer } from './flexbuffer.js';
import { verify } from './verify-model.js';

const [intType, uintType] = [1 << 2, 2 << 2];

/** [5, 7] as an untyped vector of one-byte integers: length, values, types, offset of the root, its type, its width. */
const vector = Uint8Array.of(2, 5, 7, intType, intType, 4, 10 << 2, 1);

/** Numbers by name, sorted as the format wants, each in one byte. */
function map(entries: Readonly<Record<string, number>>): Uint8Array {
  const names = Object.keys(entries).sort();
  const text = new TextEncoder().encode(names.map((name) => `${name}\0`).join(''));
  const starts = names.map((_, i) => names.slice(0, i).reduce((sum, name) => sum + name.length + 1, 0));
  const count = names.length;
  const keys = [count, ...starts.map((start, i) => text.length + 1 + i - start)];
  const head = [count, 1, count];
  const offsetToKeys = text.length + keys.length - (text.length + 1);
  return Uint8Array.of(
    ...text,
    ...keys,
    offsetToKeys,
    ...head.slice(1),
    ...names.map((name) => entries[name]!),
    ...names.map(() => uintType),
    2 * count,
    9 << 2,
    1,
  );
}

function withCustom(name: string, options: Uint8Array | undefined, classColumns = 4): Uint8Array {
  const tensors = [
    { name: 'boxes', shape: [1, 6, 4] },
    { name: 'scores', shape: [1, 6, classColumns] },
    { name: 'out', shape: [1, 6] },
  ];
  const model: TfliteModelInit = {
    operator_codes: [{ builtin_code: 'CUSTOM', custom_code: name }],
    buffers: [{}],
    subgraphs: [
      {
        tensors,
        inputs: [0, 1],
        outputs: [2],
        operators: [
          {
            opcode_index: 0,
            inputs: [0, 1],
            outputs: [2],
            ...(options === undefined ? {} : { custom_options: options }),
          },
        ],
      },
    ],
  };
  return encode(model);
}

const detection = { max_classes_per_detection: 1, max_detections: 10, num_classes: 3 };

it('reads vectors and maps', () => {
  expect(readFlexbuffer(vector)).toEqual({ keys: undefined, values: [5, 7] });
  expect(readFlexbuffer(map(detection))).toEqual({ keys: Object.keys(detection), values: [1, 10, 3] });
});

it.each<[string, string, Uint8Array | undefined]>([
  ['a vector as long as the kernel reads', 'SignalRfft', vector],
  ['a map as long as the kernel reads', 'SignalFramer', map(detection)],
  ['the options of a kernel that nobody knows', 'Mine', Uint8Array.of(1)],
  ['no options where the kernel does without', 'CIRCULAR_BUFFER', undefined],
  ['a detection', 'TFLite_Detection_PostProcess', map(detection)],
])('accepts %s', (_, name, options) => {
  expect(() => verify(withCustom(name, options))).not.toThrow();
});

it.each<[string, string, Uint8Array | undefined, string]>([
  ['no options', 'SignalRfft', undefined, '0 bytes are too few'],
  ['an offset out of the options', 'SignalRfft', vector.with(5, 200), 'leads out'],
  ['a length beyond the options', 'SignalRfft', vector.with(0, 90), 'is not in it'],
  ['a width that there is not', 'SignalRfft', vector.with(7, 3), 'no width 3'],
  ['a root that is a number', 'SignalRfft', vector.with(6, intType), 'neither a map nor a vector'],
  ['a value that leads out', 'SignalRfft', vector.with(3, 6 << 2), 'leads out'],
  ['too few values', 'SignalStacker', vector, 'reads 4 values, here are 2'],
  ['a name that is missing', 'TFLite_Detection_PostProcess', map({ num_classes: 3 }), 'max_detections'],
  ['no detections', 'TFLite_Detection_PostProcess', map({ ...detection, max_detections: 0 }), 'at least 1'],
  ['more classes than scores', 'TFLite_Detection_PostProcess', map({ ...detection, num_classes: 9 }), '4 columns'],
])('refuses %s', (_, name, options, says) => {
  const { definition, message } = refusalOf(() => verify(withCustom(name, options)));
  expect([definition.code, message]).toEqual(['TFLITE_OPERATOR', expect.stringContaining(says)]);
});

it('ends on any bytes', () => {
  const whole = map(detection);
  for (let at = 0; at < whole.length; at++) {
    for (const value of [0, 1, 4, 40, 127, 255]) readFlexbuffer(whole.with(at, value));
    readFlexbuffer(whole.subarray(0, at));
  }
  expect(readFlexbuffer(new Uint8Array(64).fill(255))).toEqual(expect.any(String));
});
