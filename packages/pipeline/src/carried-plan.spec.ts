// The memory plan that the arena of a run is told by is in the file that goes with it: without it the runtime would need more.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder } from '@wherry/graph';
import { decode, encode, graphToModel, memoryPlanName, readMetadata } from '@wherry/tflite-writer';
import { deploy } from './deploy.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { leftOpen, smallModel } from './testing/small-model.js';

const library = await readProfileFolder();
const small = smallModel(leftOpen);
afterAll(() => small.remove());

/** Dense layers whose sizes the runtime's own planner lays out with a gap. */
function chain(dtype: 'float32' | 'int8'): string {
  const builder = new GraphBuilder('chain');
  const step = { scale: [0.5], zeroPoint: [0], axis: 0 };
  const isReal = dtype === 'float32';
  const [first, ...others] = [48, 32, 32, 64, 16];
  const made = { outputDtype: dtype, ...(isReal ? {} : { outputQuantization: step }) };
  let value = builder.input('x', [1, first], dtype, isReal ? undefined : step);
  let read = first;
  for (const [at, units] of others.entries()) {
    const count = units * read;
    const data = isReal ? Float32Array.from({ length: count }, (_, i) => Math.sin(i)) : new Int8Array(count).fill(1);
    const weights = builder.constant(`w${at}`, [units, read], data, dtype, isReal ? undefined : step);
    value = builder.add('FULLY_CONNECTED', [value, weights, null], {}, { ...made, origin: `dense${at}` });
    read = units;
  }
  const path = join(small.folder, `${dtype}.tflite`);
  writeFileSync(path, encode(graphToModel(builder.finish([value]))));
  return path;
}

it.each(['float32', 'int8'] as const)('of %s layers', async (dtype) => {
  const scheme = dtype === 'float32' ? dtype : undefined;
  const request = { ...small.request, model: chain(dtype), calibration: undefined, profile: 'stm32f4', scheme };
  const { memory, tflite } = await deploy(request, library, deployHost('reference'), noProgress);
  expect(memory.offline!.estimate.usedBytes).toBeLessThan(memory.estimate.usedBytes);
  const carried = readMetadata(decode(tflite), memoryPlanName)!;
  const numbers = [...new Int32Array(carried.slice().buffer)];
  expect(numbers).toEqual([1, 0, memory.offline!.tensorOffsets.length, ...memory.offline!.tensorOffsets]);
});
