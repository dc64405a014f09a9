// What is advised for data of another shape: followed once each, and never by arithmetic alone.
import { npyBytes, pngBytes, wavBytes } from '../test/written-files.mjs';
import { createTestFolder, inputOf, readAll } from '../test/workspace.js';

const files = createTestFolder();
afterAll(() => files.remove());
const zeros = (...shape: number[]) =>
  files.write(`z${shape.join('x')}.npy`, npyBytes('<f4', shape, new Float32Array(shape.reduce((a, b) => a * b))));
const adviceOf = async (source: string, ...shape: number[]): Promise<string> => {
  const error = (await readAll(source, inputOf(...shape)).catch((reason: unknown) => reason)) as Error;
  return error.message;
};

it.each([
  [[6, 50], [50, 6], '(0, 2, 1)'],
  [[10, 49, 2], [49, 10, 2], '(0, 2, 1, 3)'],
])('exchanged dimensions %j for %j are named', async (own, wanted, axes) => {
  const message = await adviceOf(zeros(4, ...own), ...wanted);
  expect(message).toContain(`np.transpose(x, ${axes})`);
  expect(message).not.toContain('resize');
});

it('never resizes a signal', async () => {
  for (const [own, wanted] of [
    [
      [6, 60],
      [50, 6],
    ],
    [
      [60, 40],
      [50, 40, 1],
    ],
    [
      [100, 6, 3],
      [50, 6, 3],
    ],
  ] as const)
    expect(await adviceOf(zeros(3, ...own), ...wanted)).not.toContain('resize');
  expect(await adviceOf(zeros(3, 20, 20, 3), 16, 16, 3)).toContain('resize=16x16');
  const bytes = files.write('u8.npy', npyBytes('|u1', [3, 20, 20], new Uint8Array(1200)));
  expect(await adviceOf(bytes, 16, 16, 1)).toContain('resize=16x16');
  const picture = files.write('p.png', pngBytes(2, 2, new Array<number>(12).fill(1)));
  expect(await adviceOf(picture, 3, 4, 3)).toContain('resize=4x3');
});

it('resizes a picture that lies the other way, and transposes no array that there is not; the advice works', async () => {
  const picture = files.write('wide.png', pngBytes(6, 4, new Array<number>(72).fill(1)));
  const wrong = (await readAll(picture, inputOf(3, 5, 3), {
    preprocessing: { resize: { width: 3, height: 5, method: 'bilinear', fit: 'stretch' } },
  }).catch((reason: unknown) => reason)) as Error;
  expect(wrong.message).toMatch(/height and width are exchanged.*resize=5x3/s);
  expect(wrong.message).not.toContain('np.transpose');
  const { values } = await readAll(picture, inputOf(3, 5, 3), {
    preprocessing: { resize: { width: 5, height: 3, method: 'bilinear', fit: 'stretch' } },
  });
  expect(values[0]).toHaveLength(45);
  expect(await adviceOf(picture, 6, 4, 3)).toContain('resize=4x6');
  expect(await adviceOf(picture, 3, 4, 6)).toMatch(/channels first.*array \(\.npy\) of 3x4x6/s);
});

it('offers windows of the very frames that the model takes', async () => {
  const path = zeros(3, 20, 5);
  expect(await adviceOf(path, 4, 5)).toContain('window=4');
  expect((await readAll(`${path}?window=4`, inputOf(4, 5))).values).toHaveLength(3 * 17);
  expect(await adviceOf(zeros(2, 200, 128), 640)).toContain('if the model takes 5 consecutive frames of 128');
  expect(await adviceOf(path, 20)).toMatch(/5 channels.*takes one(?!.*window)/s);
  expect(await adviceOf(zeros(2, 8), 4)).not.toContain('window');
});

it('names the channels of a recording; the advice works', async () => {
  const stereo = files.write('s.wav', wavBytes([1, 2, 3, 4, 5, 6], { channels: 2 }));
  const message = await adviceOf(stereo, 3);
  expect(message).toMatch(/2 channels, the input takes one.*\?channel=0/s);
  expect(message).not.toContain('window');
  expect((await readAll(`${stereo}?channel=0`, inputOf(3))).values).toEqual([[1, 3, 5]]);
  expect(await adviceOf(stereo, 2)).toContain('?channel=0&window=2&stride=2');
  expect((await readAll(`${stereo}?channel=0&window=2&stride=2`, inputOf(2))).values).toEqual([[1, 3]]);
  expect(await adviceOf(stereo, 4)).toContain('?channel=0&length=4');
  expect((await readAll(`${stereo}?channel=0&length=4`, inputOf(4))).values).toEqual([[1, 3, 5, 0]]);
  expect(await adviceOf(stereo, 2, 2)).toContain('add ?window=2&stride=2');
  expect((await readAll(`${stereo}?length=4`, inputOf(4, 2))).values).toEqual([[1, 2, 3, 4, 5, 6, 0, 0]]);
  const features = await adviceOf(stereo, 2, 3, 1);
  expect(features).toMatch(/computed from a recording/);
  expect(features).not.toMatch(/window=|length=/);
});
