// The models that training without labels is shown on, with samples of which a part is kept from it.

/** Halves that lie between each other, and once the other way round: there are 128 photos in all. */
const halves = [(i) => i % 2 === 0, (i) => i % 2 === 1];
/** The first 3,000 of 5,000. */
const first = [(i) => i < 3000];

const digits = { data: 'data/mnist/dev5000-images-idx3-ubyte.gz', preprocess: ['divideBy=255'], splits: first };
const photos = { data: 'folder:data/coco128/val2017', preprocess: ['resize=96x96', 'divideBy=255'], splits: halves };

/**
 * `training`: settings beside the defaults; `start`: what is trained, where it is not what the defaults make. A photo shows the
 * same mirrored, and a little to the side.
 */
export const trainingCases = [
  { model: 'tinymaix/mnist_dw.h5', scheme: 'int4', ...digits, training: { rate: 0.002, batch: 32, epochs: 25 } },
  { model: 'tinymaix/mnist_dw.h5', scheme: 'int8', ...digits, training: { rate: 0.0002, batch: 32, epochs: 12 } },
  {
    model: 'tinymaix/mbnet96_0.25.h5',
    scheme: 'int8',
    ...photos,
    training: { rate: 0.00005, epochs: 25, augmentation: { flip: true, shift: 4 } },
  },
  {
    model: 'tinymaix/mbnet96_0.25.h5',
    scheme: 'int4',
    ...photos,
    training: { rate: 0.0005, epochs: 40, augmentation: { flip: true, shift: 4 } },
  },
  {
    model: 'tinymaix/mbnet96_0.25.h5',
    scheme: 'int8',
    start: 'plain',
    ...photos,
    training: { rate: 0.0002, epochs: 25, augmentation: { flip: true, shift: 4 } },
  },
  {
    model: 'tinymaix/mnist_dw.h5',
    scheme: 'int4',
    start: 'plain',
    ...digits,
    training: { rate: 0.002, batch: 32, epochs: 12 },
  },
  {
    model: 'tinymaix/mnist_dw.h5',
    scheme: 'int8',
    start: 'plain',
    ...digits,
    training: { rate: 0.0002, batch: 64, epochs: 5 },
  },
];
