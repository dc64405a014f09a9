// What would make a sample fit a model input, said only where more than its number of values speaks for it.
import type { Shape } from '@wherry/graph';
import type { Values } from './formats/format.js';
import { elements, show, withoutOnes } from './sample-shape.js';

export interface ShapeAdvice {
  /** What is the matter, where that can be told. */
  readonly more?: string;
  readonly next: string;
}

/** Sides below this are those of signals and tables, not of pictures. */
const leastPictureSide = 8;
/** Frames of at least so many values are spectra and the like, of which models take several at once. */
const leastFlatFrame = 16;

export function shapeAdvice(values: Values, expected: Shape): ShapeAdvice {
  const { shape } = values;
  if (values.sound === true) return soundAdvice(shape, expected);
  return (
    (values.picture === true ? turnedPicture(shape, expected) : transposition(shape, expected)) ??
    pictureAdvice(values, expected) ??
    windowAdvice(shape, expected) ??
    columnAdvice(shape, expected) ?? {
      next:
        elements(shape) === elements(expected)
          ? `store the samples as ${show(expected)}, or flat`
          : `give samples of ${elements(expected)} values; these have ${elements(shape)}`,
    }
  );
}

/** The same dimensions in another order. Where two are equal, which one is which cannot be told. */
function transposition(shape: Shape, expected: Shape): ShapeAdvice | undefined {
  const same = shape.length === expected.length;
  const [own, wanted] = same ? [shape, expected] : [withoutOnes(shape), withoutOnes(expected)];
  if (own.length !== wanted.length || own.length < 2) return undefined;
  if ([...own].sort((a, b) => a - b).join() !== [...wanted].sort((a, b) => a - b).join()) return undefined;
  const free = own.map((dimension, axis) => ({ dimension, axis }));
  const axes = wanted.map((dimension) => {
    const at = free.findIndex((candidate) => candidate.dimension === dimension);
    return free.splice(at, 1)[0]!.axis + 1;
  });
  const more = own.length === 2 ? 'the two dimensions are exchanged' : 'the dimensions stand in another order';
  return {
    more,
    next: same
      ? `transpose the array: np.transpose(x, (0, ${axes.join(', ')}))`
      : `transpose the samples to ${show(expected)}`,
  };
}

/** A decoded picture is no array that could be transposed; its sides come from the file or from the resize declared. */
function turnedPicture([ownHeight, ownWidth, ownChannels = 1]: Shape, expected: Shape): ShapeAdvice | undefined {
  const [height, width, channels = 1] = expected;
  if (ownChannels === channels && height !== width && ownHeight === width && ownWidth === height)
    return {
      more: 'height and width are exchanged; resize takes the width first',
      next: `declare the preprocessing resize=${width}x${height}`,
    };
  if (expected.length < 3 || height !== ownChannels || width !== ownHeight || channels !== ownWidth) return undefined;
  return {
    more: 'it takes the channels first, and pictures have them last',
    next: `give the decoded pictures as an array (.npy) of ${show(expected)} for each sample`,
  };
}

/** Decoded pictures, arrays of bytes, and arrays of three or four channels are pictures; signals are never resized. */
function pictureAdvice({ shape, picture, pixels }: Values, expected: Shape): ShapeAdvice | undefined {
  const [height, width, channels = 1] = expected;
  const [ownHeight, ownWidth, ownChannels = 1] = shape;
  if (shape.length < 2 || shape.length > 3 || expected.length < 2 || expected.length > 3) return undefined;
  const sized = ownHeight === height && ownWidth === width;
  if (sized && ownChannels === 3 && channels === 1) return { next: 'declare the preprocessing channels=grayscale' };
  const large = Math.min(height!, width!, ownHeight!, ownWidth!) >= leastPictureSide;
  const likely = picture === true || (large && ownChannels === channels && (pixels === true || ownChannels >= 3));
  return sized || !likely ? undefined : { next: `declare the preprocessing resize=${width}x${height}` };
}

/** Longer records of the very frames that the model takes some of. */
function windowAdvice(shape: Shape, expected: Shape): ShapeAdvice | undefined {
  if (shape.length < 2) return undefined;
  const frame = withoutOnes(shape.slice(1));
  const [length, ...rest] = withoutOnes(expected);
  if (length === undefined) return undefined;
  if (rest.length > 0)
    return frame.join() === rest.join() && length < shape[0]!
      ? { next: `take windows of consecutive frames: add the source option window=${length}` }
      : undefined;
  const window = length / elements(frame);
  return elements(frame) >= leastFlatFrame && Number.isInteger(window) && window < shape[0]!
    ? {
        next: `if the model takes ${window} consecutive frames of ${elements(frame)}, add the source option window=${window}`,
      }
    : undefined;
}

/** As many moments as wanted, with more than the one value of each that the model takes. */
function columnAdvice(shape: Shape, expected: Shape): ShapeAdvice | undefined {
  const [length, ...rest] = withoutOnes(expected);
  if (shape.length !== 2 || rest.length > 0 || shape[0] !== length) return undefined;
  return {
    more: `each sample has ${shape[1]} channels and the input takes one`,
    next: 'store the one channel that the model was trained with, such as x[:, :, 0]',
  };
}

/** Recordings fit models of waveforms, by channel and length. Anything else is computed from them first. */
function soundAdvice(shape: Shape, expected: Shape): ShapeAdvice {
  const [frames = 0, channels = 1] = shape;
  const [length = 1, wantedChannels = 1, ...rest] = withoutOnes(expected);
  if (rest.length > 0 || (wantedChannels > 1 && wantedChannels > channels))
    return {
      more: `it takes ${show(expected)} values computed from a recording, not the recording`,
      next: 'compute them as in training and give the arrays as .npy or .npz',
    };
  const options = [
    ...(wantedChannels === 1 && channels > 1 ? ['channel=0'] : []),
    ...(frames > length ? [`window=${length}`, `stride=${length}`] : []),
    ...(frames < length ? [`length=${length}`] : []),
  ];
  const more = [
    ...(channels === wantedChannels
      ? []
      : [`the recording has ${channels} channels, the input takes ${wantedChannels === 1 ? 'one' : wantedChannels}`]),
    ...(frames > length ? ['it is longer than one sample'] : []),
    ...(frames < length ? ['it is shorter than a sample and can be filled up with 0'] : []),
  ].join('; ');
  if (options.length === 0) return { more, next: `give recordings of ${wantedChannels} channels` };
  return { more, next: `add ?${options.join('&')}` };
}
