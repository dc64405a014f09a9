// Weights that are stored otherwise than they are computed with: a file is judged with the operators that widen them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, type Graph } from '@wherry/graph';
import { findProfile } from '@wherry/profiles';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { smallModel } from '../testing/small-model.js';
import { diffModels } from './diff-models.js';

const library = await readProfileFolder();
const small = smallModel();
afterAll(() => small.remove());

/** A dense layer whose weights are 1 throughout, as float32 or stored as float16 behind a DEQUANTIZE. */
function dense(stored: 'float32' | 'float16'): Graph {
  const builder = new GraphBuilder('dense');
  const x = builder.input('x', [1, 64]);
  const shape = [32, 64];
  const wide = (): number => builder.constant('w', shape, new Float32Array(2048).fill(1), 'float32');
  const half = (): number => builder.constant('w/half', shape, new Uint16Array(2048).fill(0x3c00), 'float16');
  const weights = stored === 'float32' ? wide() : builder.add('DEQUANTIZE', [half()], {}, { origin: 'w' });
  return builder.finish([builder.add('FULLY_CONNECTED', [x, weights, null], {}, { origin: 'dense' })]);
}

const [a, b] = (['float32', 'float16'] as const).map((stored) => {
  const path = join(small.folder, `${stored}.tflite`);
  writeFileSync(path, encode(graphToModel(dense(stored))));
  return path;
}) as [string, string];

const diff = (profile: string) => diffModels({ a, b, target: findProfile(library, profile) }, noProgress);

it('does not run where the runtime cannot widen them', async () => {
  const { effect } = await diff('esp32');
  expect(effect.illegal!.a).toEqual([]);
  expect(effect.illegal!.b).toEqual([expect.stringMatching(/^w: DEQUANTIZE in tflm-esp-nn .* is float16/)]);
  expect(effect.firmware.rebuild).toBe('cannot run');
});

it('takes memory and work for what is widened', async () => {
  const { arena, effect } = await diff('raspberry-pi-5');
  expect([effect.illegal!.a, effect.illegal!.b]).toEqual([[], []]);
  expect(arena.estimate!.b!.bytes - arena.estimate!.a!.bytes).toBeGreaterThanOrEqual(4 * 2048);
  expect(effect.work!.find(({ kind }) => kind === 'DEQUANTIZE')).toMatchObject({ operators: { a: 0, b: 1 } });
});
