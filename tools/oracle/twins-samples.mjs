// Where a case's samples come from: shared data, split where it comes in one piece, or seeded synthetic data in a file.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allocate } from '@wherry/graph';
import { openDataset, parseDataSource, parsePreprocessing } from '@wherry/calibration-data';
import { npyBytes, zipBytes } from '../../packages/calibration-data/test/written-files.mjs';

const seed = 1;
const calibrationShare = 5;
const syntheticCalibration = 100;
const syntheticEvaluation = 1000;

/**
 * Two lists of samples { inputs, label, group } of which none is in both: `pool` to calibrate with and `judged`, with a
 * word on where they are `from`. `expectations`: { name, shape, dtype } of the model inputs. `most` bounds what is judged.
 */
export async function poolsFor({ data, expectations, shared, most }) {
  const open = opener({ data, expectations, shared });
  if (data.calibration !== undefined) {
    const pool = await all(await open(data.calibration));
    return { pool, judged: await all(await open(data.evaluation, most)), from: data.evaluation.split('?')[0] };
  }
  if (data.whole !== undefined) {
    const [whole, share] = [await all(await open(data.whole)), data.share ?? calibrationShare];
    return {
      pool: whole.filter((_, i) => i % share === 0),
      judged: spread(
        whole.filter((_, i) => i % share !== 0),
        most,
      ),
      from: data.whole.split('?')[0],
    };
  }
  const kind = data.synthetic ?? 'field';
  const drawn = Math.min(syntheticEvaluation, most ?? Infinity);
  const random = mulberry32(seed);
  const draw = () => ({
    inputs: expectations.map((input) => inType(syntheticValues[kind](input, random), input.dtype)),
  });
  const pool = Array.from({ length: Math.min(syntheticCalibration, drawn) }, draw);
  return { pool, judged: Array.from({ length: drawn }, draw), from: `synthetic ${kind}, seed ${seed}` };
}

/** The same as a data source for `deploy`: { calibration, preprocessing, samples, from }. */
export async function samplesFor({ data, expectations, shared, folder, most }) {
  if (data.calibration !== undefined) {
    const open = opener({ data, expectations, shared });
    return {
      calibration: inShared(data.calibration, shared),
      preprocessing: parsePreprocessing(data.preprocess ?? []),
      samples: await all(await open(data.evaluation, most)),
      from: data.evaluation.split('?')[0],
    };
  }
  const { pool, judged, from } = await poolsFor({ data, expectations, shared, most });
  const calibration = writeSamples(join(folder, 'calibration.npz'), expectations, pool);
  return { calibration, preprocessing: {}, samples: judged, from };
}

const opener =
  ({ data, expectations, shared }) =>
  (text, limit) =>
    openDataset(parseDataSource(inShared(text, shared)), expectations, {
      preprocessing: parsePreprocessing(data.preprocess ?? []),
      seed,
      ...(Number.isFinite(limit) && { limit }),
    });

const inShared = (text, shared) => text.replace(/(^|:)data\//, (_, before) => `${before}${join(shared, 'data')}/`);

async function all(dataset) {
  const samples = [];
  for await (const sample of dataset.samples()) samples.push(sample);
  return samples;
}

export const spread = (samples, most) =>
  most === undefined || most >= samples.length
    ? samples
    : Array.from({ length: most }, (_, i) => samples[Math.floor((i * samples.length) / most)]);

/** Writes an .npz with one array per model input; gives the data source that reads it. */
export function writeSamples(file, expectations, samples) {
  const arrays = expectations.map(({ shape }, position) => {
    const values = samples.map(({ inputs }) => inputs[position]);
    const flat = new Float32Array(values.length * values[0].length);
    values.forEach((value, i) => flat.set(value, i * value.length));
    return { name: `input${position}.npy`, bytes: npyBytes('<f4', [samples.length, ...withoutBatch(shape)], flat) };
  });
  writeFileSync(file, zipBytes(arrays));
  return `npz:${file}?inputs=${expectations.map((_, position) => `input${position}`).join(',')}`;
}

/** Indices and other integers are whole numbers of their own type. */
const inType = (values, dtype) =>
  dtype === 'float32'
    ? values
    : allocate(dtype, values.length).map((_, i) =>
        dtype === 'int64' ? BigInt(Math.round(values[i])) : Math.round(values[i]),
      );

const withoutBatch = (shape) => (shape[0] === 1 && shape.length > 1 ? shape.slice(1) : shape);

/** A small public-domain generator; the same numbers on every machine. */
function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Sums of a few random waves along every dimension: smooth as natural signals are, standard deviation about 1. */
function smooth(shape, random) {
  const dimensions = withoutBatch(shape);
  const waves = Array.from({ length: 6 }, () => ({
    weight: 2 * random() - 1,
    phase: 2 * Math.PI * random(),
    turns: dimensions.map((size) => (random() * Math.min(size, 12)) / Math.max(size, 1)),
  }));
  const count = dimensions.reduce((product, size) => product * size, 1);
  return Float32Array.from({ length: count }, (_, i) => {
    let rest = i;
    const place = dimensions.map(() => 0);
    for (let d = dimensions.length - 1; d >= 0; d--) {
      place[d] = rest % dimensions[d];
      rest = Math.floor(rest / dimensions[d]);
    }
    const sum = waves.reduce(
      (total, { weight, phase, turns }) =>
        total + weight * Math.sin(phase + 2 * Math.PI * turns.reduce((angle, turn, d) => angle + turn * place[d], 0)),
      0,
    );
    return sum + 0.3 * (2 * random() - 1);
  });
}

const clampByte = (value) => Math.max(-128, Math.min(127, Math.round(value)));

const syntheticValues = {
  field: ({ shape }, random) => smooth(shape, random),
  unit: ({ shape }, random) => smooth(shape, random).map((value) => 1 / (1 + Math.exp(-value))),
  motion: ({ shape }, random) => smooth(shape, random).map((value) => 500 * value),
  decibels: ({ shape }, random) => smooth(shape, random).map((value) => Math.max(-80, Math.min(0, -40 + 20 * value))),
  angle: (_input, random) => Float32Array.of(2 * Math.PI * random()),
  bytes: ({ shape }, random) => smooth(shape, random).map((value) => clampByte(70 * value)),
  /** A quiet floor with some loud, smooth parts, as an integer log spectrogram has. */
  spectrogram: ({ shape }, random) => {
    const loudness = 60 + 120 * random();
    return smooth(shape, random).map((value) => clampByte(-128 + loudness * Math.max(0, value)));
  },
};
