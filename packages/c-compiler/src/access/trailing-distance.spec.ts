// How far an output may reach into its input, for orders that are known by heart.
import { elementwise, pixelByPixel, rowByRow } from './orders.js';
import { trailingDistance } from './trailing-distance.js';

const plain = { batches: 1, inputH: 4, inputW: 4, strideH: 1, strideW: 1, top: 0, left: 0 };

it.each([
  ['element after element', elementwise(10, [0], { read: 1, written: 1 }), 0],
  ['elements that become wider', elementwise(3, [0], { read: 1, written: 4 }), -6],
  ['elements that become narrower', elementwise(3, [0], { read: 4, written: 1 }), 3],
  ['a row that is read before it is written', rowByRow(3, 5, { read: 2, written: 2 }), 0],
  ['a row that becomes wider', rowByRow(2, 3, { read: 1, written: 2 }), -5],
  // A pixel is read until all of its channels are written.
  ['a window of one pixel', pixelByPixel({ ...plain, outputH: 4, outputW: 4, reachH: 1, reachW: 1 }, 2, 2), -2],
  ['twice the channels', pixelByPixel({ ...plain, outputH: 4, outputW: 4, reachH: 1, reachW: 1 }, 2, 4), -34],
  ['half the channels', pixelByPixel({ ...plain, outputH: 4, outputW: 4, reachH: 1, reachW: 1 }, 4, 2), -2],
  // The last pixel of a row still reads the two rows that begin below it.
  [
    'three by three without padding',
    pixelByPixel({ ...plain, outputH: 2, outputW: 2, reachH: 3, reachW: 3 }, 1, 1),
    -1,
  ],
  [
    'three by three with padding',
    pixelByPixel({ ...plain, top: 1, left: 1, outputH: 4, outputW: 4, reachH: 3, reachW: 3 }, 1, 1),
    -6,
  ],
] as const)('%s', (_, order, distance) => {
  expect(trailingDistance(order, 0)).toBe(distance);
});

it('leaves but the last byte of an input that is read to the end', () => {
  const order = elementwise(8, [0], { read: 1, written: 1 }, [{ position: 1, bytes: 8 }]);
  expect(trailingDistance(order, 1)).toBe(-7);
});
