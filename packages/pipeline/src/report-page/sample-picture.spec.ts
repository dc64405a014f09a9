// Inputs as pictures and lines, by their shapes.
import { pictureOf } from './sample-picture.js';

const reach = (shape: readonly number[]) => ({ shape, min: 0, max: 100 });

it('draws rows of pixels, grey or coloured, between the least and the greatest of the data', () => {
  const values = Float32Array.from({ length: 5 * 4 * 3 }, (_, i) => i);
  expect(pictureOf([values], [reach([1, 5, 4, 3])])).toMatchObject({
    kind: 'picture',
    width: 4,
    height: 5,
    channels: 3,
  });
  const grey = pictureOf(
    [Float32Array.from({ length: 16 }, (_, i) => (i === 3 ? 100 : i === 4 ? -5 : 50))],
    [reach([1, 4, 4])],
  );
  expect(grey).toMatchObject({ channels: 1, words: '4 by 4 values, 0 dark to 100 light' });
  expect(grey).toMatchObject({
    pixels: Uint8Array.from({ length: 16 }, (_, i) => (i === 3 ? 255 : i === 4 ? 0 : 128)),
  });
});

it('thins out large pictures, row by row', () => {
  const values = Float32Array.from({ length: 200 * 100 }, (_, i) => (i % 100 === 3 ? 100 : 0));
  const drawn = pictureOf([values], [reach([1, 200, 100, 1])]);
  expect(drawn).toMatchObject({ width: 34, height: 67, words: expect.stringContaining('one pixel of 3 a side') });
  expect([...(drawn as { pixels: Uint8Array }).pixels.subarray(34, 37)]).toEqual([0, 255, 0]);
});

it('draws one dimension as a line', () => {
  for (const shape of [
    [1, 9],
    [1, 9, 1],
    [1, 1, 9, 1],
  ])
    expect(pictureOf([Float32Array.from({ length: 9 }, (_, i) => i)], [reach(shape)])).toMatchObject({
      kind: 'waveform',
      words: '9 values from 0 to 8',
    });
});

it('draws nothing of what has no such form, and the first input that has', () => {
  const none = [[1, 5, 5, 7], [1, 3, 3, 1], [1, 4], [2, 8, 8, 1], [1]].map(reach);
  expect(
    pictureOf(
      none.map(() => new Float32Array(200)),
      none,
    ),
  ).toBeUndefined();
  expect(pictureOf([new Float32Array(1), new Float32Array(9)], [reach([1]), reach([1, 9])])).toMatchObject({
    kind: 'waveform',
  });
});
