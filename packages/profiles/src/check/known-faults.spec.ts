// Which softmaxes the ESP runtimes are kept from, by the shipped kernel table: the whole folder is read.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, type DataType, type Graph } from '@wherry/graph';
import { checkGraph, faultsOf, findProfile, loadProfiles } from '../index.js';

const folder = join(import.meta.dirname, '../../../../device-profiles');
const texts = ['', 'runtimes/'].flatMap((sub) =>
  readdirSync(join(folder, sub))
    .filter((name) => name.endsWith('.json'))
    .map((name) => [sub + name, readFileSync(join(folder, sub, name), 'utf8')] as const),
);
const library = loadProfiles(new Map(texts));

function softmax(shape: readonly number[], dtype: DataType = 'int8'): Graph {
  const builder = new GraphBuilder('softmax');
  const quantization =
    dtype === 'float32' ? {} : { outputQuantization: { scale: [1 / 256], zeroPoint: [-128], axis: 0 } };
  const input =
    dtype === 'float32'
      ? builder.input('x', shape, dtype)
      : builder.input('x', shape, dtype, { scale: [0.5], zeroPoint: [0], axis: 0 });
  return builder.finish([builder.add('SOFTMAX', [input], { beta: 1 }, { origin: 'classes', ...quantization })]);
}

const workaroundFor = (profile: string, graph: Graph): string | undefined =>
  faultsOf(findProfile(library, profile), graph)[0]?.fault.workaround;

it.each<[string, readonly number[], string | undefined]>([
  ['esp32', [1, 10], undefined],
  ['esp32', [7, 3], undefined],
  ['esp32', [1, 1, 1, 10], 'rows'],
  ['esp32', [1, 3, 4], 'rows'],
  ['esp32', [1, 4, 4], undefined],
  ['esp32', [2, 5, 9, 4], undefined],
  ['esp32', [10], 'rows'],
  ['esp32', [4, 40], undefined],
  ['esp32-s3', [1, 1, 1, 10], 'rows'],
  ['esp32-s3', [4, 40], 'none'],
  ['esp32-s3', [1, 40], undefined],
  ['esp32-s3', [4, 48], undefined],
  ['esp32-s3', [4, 24], undefined],
  ['rp2040', [1, 1, 1, 10], undefined],
  ['host-reference', [1, 1, 1, 10], undefined],
])('%s, softmax over [%j]: %s', (profile, shape, workaround) => {
  expect(workaroundFor(profile, softmax(shape))).toBe(workaround);
});

it.each<[string | null, string | undefined]>([
  ['Xtensa PIE, 128 bit', 'none'],
  ['xtensa pie', 'none'],
  ['LX7 vector instructions', 'none'],
  [null, undefined],
])('a board of an ESP32-S3 that calls its vector unit %j: %s', (simd, workaround) => {
  const board = { extends: 'esp32-s3', id: 'board', name: 'Board', chip: 'c', aliases: [], arithmetic: { simd } };
  const withBoard = loadProfiles(new Map([...texts, ['board.json', JSON.stringify(board)]]));
  expect(faultsOf(findProfile(withBoard, 'board'), softmax([4, 40]))[0]?.fault.workaround).toBe(workaround);
});

it.each(['PIE', 'XAI'])('takes a unit that a fault names for no other: %s', (simd) => {
  const { profile, kernels } = findProfile(library, 'esp32-s3');
  const fault = kernels.avoid.find(({ when }) => when.simd === 'PIE')!;
  const avoid = ['PIE', 'XAI'].map((unit) => ({ ...fault, when: { ...fault.when, simd: unit } }));
  const target = {
    profile: { ...profile, arithmetic: { ...profile.arithmetic, simd } },
    kernels: { ...kernels, avoid },
  };
  expect(faultsOf(target, softmax([4, 40]))[0]?.fault.when.simd).toBe(simd);
});

it('is about the types that the faulty kernel takes', () => {
  expect(workaroundFor('esp32', softmax([1, 1, 1, 10], 'float32'))).toBeUndefined();
});

it('refuses what has not been worked around, with the layer and the fault', () => {
  const faults = checkGraph(findProfile(library, 'esp32'), softmax([1, 1, 1, 10]));
  expect(faults).toMatchObject([{ code: 'PROFILE_KERNEL_FAULT', where: 'classes' }]);
  expect(faults[0]!.what).toContain('on x [1, 1, 1, 10] it asks for scratch by dimension 1');
});

it.each<[number, number, number, number, 'SAME' | 'VALID', string | undefined]>([
  [4, 8, 3, 2, 'SAME', undefined],
  [5, 10, 3, 2, 'SAME', 'none'],
  [5, 9, 3, 2, 'SAME', undefined],
  [4, 7, 3, 2, 'SAME', 'none'],
  [5, 10, 2, 2, 'SAME', undefined],
  [5, 10, 4, 2, 'SAME', undefined],
  [5, 11, 3, 2, 'VALID', undefined],
  [5, 5, 3, 1, 'SAME', undefined],
])('a transposed convolution from %i to %i pixels, filter %i, stride %i, %s on the GPU delegate: %s', (...given) => {
  const [from, to, size, stride, padding, workaround] = given;
  const builder = new GraphBuilder('up');
  const weights = builder.constant('w', [1, 3, size, 2], new Float32Array(3 * size * 2), 'float32');
  const [shape, input] = [builder.indices('shape', [1, 3, to, 1]), builder.input('x', [1, 3, from, 2], 'float32')];
  // Along the other dimension, of stride 1, both agree.
  const options = { padding, strideH: 1, strideW: stride } as const;
  const out = builder.add('TRANSPOSE_CONV', [shape, weights, input], options, { origin: 'up' });
  const graph = builder.finish([out]);
  expect(workaroundFor('android-gpu-fp16', graph)).toBe(workaround);
  expect(workaroundFor('android-cpu', graph)).toBeUndefined();
});

it('is about the first activation and the options where these are what the fault needs', () => {
  const up = (activation: 'NONE' | 'RELU', dtype: 'int8' | 'float32'): Graph => {
    const builder = new GraphBuilder('up');
    const step = { scale: [0.5], zeroPoint: [0], axis: 0 };
    const shape = builder.indices('shape', [1, 4, 4, 1]);
    const isInt8 = dtype === 'int8';
    const filter = isInt8
      ? builder.constant('w', [1, 2, 2, 1], new Int8Array(4), 'int8', step)
      : builder.constant('w', [1, 2, 2, 1], new Float32Array(4), 'float32');
    const input = isInt8 ? builder.input('x', [1, 2, 2, 1], dtype, step) : builder.input('x', [1, 2, 2, 1], dtype);
    const attributes = { padding: 'SAME', strideH: 2, strideW: 2, activation } as const;
    const added = { origin: 'up', ...(isInt8 && { outputQuantization: step }) };
    return builder.finish([builder.add('TRANSPOSE_CONV', [shape, filter, input], attributes, added)]);
  };
  expect(workaroundFor('stm32h7', up('RELU', 'int8'))).toBe('activation');
  expect(workaroundFor('stm32h7', up('NONE', 'int8'))).toBeUndefined();
  expect(workaroundFor('stm32h7', up('RELU', 'float32'))).toBeUndefined();
  expect(workaroundFor('esp32', up('RELU', 'int8'))).toBeUndefined();
});
