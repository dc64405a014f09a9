// Carries out the declared preprocessing on one sample. Arithmetic in double, one rounding to float32 at the end of a step.
import type { Values } from './formats/format.js';
import type { Preprocessing, Resize } from './preprocessing.js';
import { refuse } from './refuse.js';
import { show } from './sample-shape.js';

export function applyPreprocessing(values: Values, declared: Preprocessing, where: string): Values {
  let result = values;
  // Decoded pictures are interleaved already, whatever the layout of arrays is declared to be.
  if (declared.layout === 'chw' && values.picture !== true) result = channelsLast(result, where);
  if (declared.channels === 'grayscale') result = grayscale(result, where);
  if (declared.channels === 'bgr') result = swapRedBlue(result, where);
  if (declared.resize !== undefined) result = resize(result, declared.resize, where);
  const normalized = (['divideBy', 'scale', 'offset', 'mean', 'std'] as const).some(
    (key) => declared[key] !== undefined,
  );
  return normalized ? normalize(result, declared, where) : result;
}

function channelsLast({ shape, data }: Values, where: string): Values {
  const [c, h, w] = shape;
  if (shape.length !== 3) cannot(`layout=chw needs samples of three dimensions, these are ${show(shape)}`, where);
  const result = new Float32Array(data.length);
  const plane = h! * w!;
  for (let k = 0; k < c!; k++) for (let p = 0; p < plane; p++) result[p * c! + k] = data[k * plane + p]!;
  return { shape: [h!, w!, c!], data: result };
}

function grayscale(values: Values, where: string): Values {
  const { shape, data } = values;
  if (shape.at(-1) === 1 || shape.length === 2) return values;
  if (shape.length !== 3 || shape[2]! < 3 || shape[2]! > 4)
    cannot(`channels=grayscale needs height x width x 3, these are ${show(shape)}`, where);
  const channels = shape[2]!;
  const result = Float32Array.from(
    { length: shape[0]! * shape[1]! },
    (_, p) => 0.299 * data[p * channels]! + 0.587 * data[p * channels + 1]! + 0.114 * data[p * channels + 2]!,
  );
  return { ...values, shape: [shape[0]!, shape[1]!, 1], data: result };
}

function swapRedBlue(values: Values, where: string): Values {
  const { shape, data } = values;
  if (shape.length !== 3 || shape[2] !== 3)
    cannot(`channels=bgr needs height x width x 3, these are ${show(shape)}`, where);
  const result = Float32Array.from(data);
  for (let p = 0; p < data.length; p += 3) [result[p], result[p + 2]] = [data[p + 2]!, data[p]!];
  return { ...values, data: result };
}

/** Source coordinate of target pixel i: (i + 0.5) * scale - 0.5 + start of the crop. */
function resize(values: Values, target: Resize, where: string): Values {
  const { shape, data } = values;
  if (shape.length < 2 || shape.length > 3) cannot(`resize needs pictures, these samples are ${show(shape)}`, where);
  const [height, width, channels] = [shape[0]!, shape[1]!, shape[2] ?? 1];
  const crop = target.fit === 'center-crop' ? Math.min(width / target.width, height / target.height) : undefined;
  const xs = sampling(width, target.width, crop ?? width / target.width, target.method);
  const ys = sampling(height, target.height, crop ?? height / target.height, target.method);
  const result = new Float32Array(target.width * target.height * channels);
  let at = 0;
  for (const y of ys) {
    const [top, bottom] = [y.low * width, y.high * width];
    for (const x of xs) {
      for (let c = 0; c < channels; c++) {
        const upper =
          data[(top + x.low) * channels + c]! * (1 - x.part) + data[(top + x.high) * channels + c]! * x.part;
        const lower =
          data[(bottom + x.low) * channels + c]! * (1 - x.part) + data[(bottom + x.high) * channels + c]! * x.part;
        result[at++] = upper * (1 - y.part) + lower * y.part;
      }
    }
  }
  return { ...values, shape: [target.height, target.width, ...shape.slice(2)], data: result };
}

interface Tap {
  readonly low: number;
  readonly high: number;
  /** Weight of `high`. */
  readonly part: number;
}

function sampling(size: number, target: number, scale: number, method: Resize['method']): readonly Tap[] {
  const start = (size - scale * target) / 2;
  const inside = (index: number) => Math.min(size - 1, Math.max(0, index));
  return Array.from({ length: target }, (_, i) => {
    const centre = start + (i + 0.5) * scale;
    if (method === 'nearest') return { low: inside(Math.floor(centre)), high: inside(Math.floor(centre)), part: 0 };
    const floor = Math.floor(centre - 0.5);
    return { low: inside(floor), high: inside(floor + 1), part: centre - 0.5 - floor };
  });
}

function normalize(
  values: Values,
  { divideBy = 1, scale = 1, offset = 0, mean = [0], std = [1] }: Preprocessing,
  where: string,
): Values {
  const { shape, data } = values;
  const channels = shape.at(-1) ?? 1;
  for (const list of [mean, std]) {
    if (list.length !== 1 && list.length !== channels)
      cannot(`mean or std has ${list.length} numbers and the samples have ${channels} channels`, where);
  }
  const result = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const c = i % channels;
    const value = (data[i]! / divideBy) * scale + offset;
    result[i] = (value - (mean.length === 1 ? mean[0]! : mean[c]!)) / (std.length === 1 ? std[0]! : std[c]!);
  }
  return { ...values, data: result };
}

function cannot(what: string, where: string): never {
  return refuse('DATA_PREPROCESSING', {
    what,
    where,
    next: 'change the declared preprocessing, or store the samples so that it applies',
  });
}
