// Writes the hundred samples that both sides of the bench read, as .npy of float32 model inputs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const count = 100;

/** CIFAR records (label, then planes of 32 x 32) as [100, 32, 32, 3], values 0..255. */
export function writeCifarSamples(shared, path) {
  const records = readFileSync(join(shared, 'data', 'cifar10', 'dev_calib300_train.bin'));
  const values = new Float32Array(count * 3072);
  for (let i = 0; i < count; i++) {
    for (let channel = 0; channel < 3; channel++) {
      for (let pixel = 0; pixel < 1024; pixel++) {
        values[i * 3072 + pixel * 3 + channel] = records[i * 3073 + 1 + channel * 1024 + pixel];
      }
    }
  }
  writeNpy(path, [count, 32, 32, 3], values);
}

/** Windows of five frames of 128 log-mel values, spread over twelve recordings of 200 frames, as [100, 640]. */
export function writeAnomalySamples(shared, path) {
  const file = readFileSync(join(shared, 'data', 'ad01-mlperf', 'dev_calib12_f32_200x128.bin'));
  const frames = new Float32Array(file.buffer, file.byteOffset, file.byteLength / 4);
  const values = new Float32Array(count * 640);
  for (let i = 0; i < count; i++) {
    const from = ((i % 12) * 200 + ((i * 17) % 196)) * 128;
    values.set(frames.subarray(from, from + 640), i * 640);
  }
  writeNpy(path, [count, 640], values);
}

/** Format version 1.0: the header ends on a multiple of 64. */
function writeNpy(path, shape, values) {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  writeFileSync(path, Buffer.concat([head, Buffer.from(header, 'latin1'), Buffer.from(values.buffer)]));
}
