// Real data beside the repository: counts, labels and values that are known from other readers.
import { describeShared, sharedPath } from '@wherry/testing';
import { codesOf, randomRows } from '../test/planted-sets.js';
import { parseDataSource } from './data-source.js';
import { openDataset, type DatasetOptions, type Sample } from './dataset.js';
import type { InputExpectation } from './formats/format.js';
import { lintSamples } from './lint-samples.js';
import { parsePreprocessing } from './preprocessing.js';

const input = (...shape: number[]): InputExpectation[] => [{ name: 'input', shape: [1, ...shape], dtype: 'float32' }];
const data = (path: string) => sharedPath('data', ...path.split('/'));
const open = (source: string, shape: InputExpectation[], options: DatasetOptions = {}) =>
  openDataset(parseDataSource(source), shape, options);

async function take(samples: AsyncIterable<Sample>): Promise<Sample[]> {
  const all: Sample[] = [];
  for await (const sample of samples) all.push(sample);
  return all;
}

describeShared('the shared data sets', () => {
  it('cifar10: 300 records, found by content, interleaved and unscaled', async () => {
    const path = data('cifar10/dev_calib300_train.bin');
    const dataset = await open(path, input(32, 32, 3));
    expect([dataset.format, dataset.count]).toEqual(['cifar10', 300]);
    expect(await dataset.sha256()).toMatch(/^[0-9a-f]{64}$/);
    const summary = await lintSamples(dataset.samples(), input(32, 32, 3));
    expect(summary.samples).toBe(300);
    expect(summary.inputs[0]).toMatchObject({ min: 0, max: 255 });
    expect(summary.inputs[0]!.mean).toBeCloseTo(121.64916775, 6);
    const first = (await dataset.samples().next()).value as Sample;
    expect([first.label, ...first.inputs[0]!.subarray(0, 6)]).toEqual([0, 200, 202, 197, 202, 204, 199]);
    expect(Object.keys(summary.labels!)).toHaveLength(10);
  });

  it('mnist: 5,000 digits out of gzip with their sibling labels', async () => {
    const dataset = await open(data('mnist/dev5000-images-idx3-ubyte.gz'), input(28, 28, 1), {
      preprocessing: parsePreprocessing(['divideBy=255']),
    });
    expect([dataset.format, dataset.count]).toEqual(['idx', 5000]);
    const summary = await lintSamples(dataset.samples(), input(28, 28, 1));
    expect(summary.samples).toBe(5000);
    expect(summary.inputs[0]).toMatchObject({ min: 0, max: 1 });
    expect(summary.inputs[0]!.mean * 255).toBeCloseTo(31.135034694, 4);
    expect(((await dataset.samples().next()).value as Sample).label).toBe(7);
    expect(Object.values(summary.labels!).reduce((a, b) => a + b)).toBe(5000);
  });

  it('kws01: 400 x 490 int8, dequantized as declared, labels from the table', async () => {
    const declared = 'dtype=int8&shape=49x10x1&scale=0.584703&zeroPoint=83&labels=dev400_mfcc_i8_49x10.csv';
    const dataset = await open(`raw:${data('kws01-mlperf/dev400_mfcc_i8_49x10.bin')}?${declared}`, input(49, 10, 1));
    const samples = await take(dataset.samples());
    expect(samples).toHaveLength(400);
    expect(samples.slice(0, 2).map(({ label }) => label)).toEqual([7, 2]);
    // Stored: 2, 85, 81.
    [-47.360943, 1.169406, -1.169406].forEach((value, i) => expect(samples[0]!.inputs[0]![i]).toBeCloseTo(value, 5));
  });

  it('ad01: windows of 5 frames, 196 of each of the 12 records', async () => {
    const source = `raw:${data('ad01-mlperf/dev_calib12_f32_200x128.bin')}?dtype=float32&shape=200x128`;
    const dataset = await open(`${source}&window=5`, input(640));
    const samples = await take(dataset.samples());
    expect(samples).toHaveLength(12 * 196);
    expect([...samples[0]!.inputs[0]!.subarray(0, 2)]).toEqual([-52.97255, -30.98074].map(Math.fround));
    expect(samples[196]).toMatchObject({ id: '1@0', group: 1 });
    // The second window is the first one, a frame later.
    expect(samples[1]!.inputs[0]!.subarray(0, 512)).toEqual(samples[0]!.inputs[0]!.subarray(128));
    await expect(open(source, input(640))).rejects.toThrow(/DATA_SHAPE.*200x128.*640.*window=5/s);
  });

  it('coco128: every JPEG decodes, labels from the index', async () => {
    const preprocessing = parsePreprocessing(['resize=96x96', 'fit=center-crop']);
    const dataset = await open(`${data('coco128')}?labelColumn=vww_person`, input(96, 96, 3), { preprocessing });
    expect(dataset.count).toBe(128);
    const summary = await lintSamples(dataset.samples(), input(96, 96, 3));
    expect(summary.samples).toBe(128);
    expect(Object.keys(summary.labels!)).toEqual(['0', '1']);
    await expect(open(data('coco128'), input(96, 96, 3))).rejects.toThrow(/resize=96x96/);
  }, 120_000);

  it('all of it is neither copied nor random, and is once random numbers are put in its place', async () => {
    const kws = `raw:${data('kws01-mlperf/dev400_mfcc_i8_49x10.bin')}?dtype=int8&shape=49x10x1`;
    const waves = `raw:${data('kws01-mlperf/dev60_wave_i16_16kHz.bin')}?dtype=int16&shape=16000`;
    const machine = `raw:${data('ad01-mlperf/dev24_f32_200x128.bin')}?dtype=float32&shape=200x128&window=`;
    const resize = { preprocessing: parsePreprocessing(['resize=64x64', 'fit=center-crop']) };
    const sets: [string, InputExpectation[], DatasetOptions?][] = [
      [data('cifar10/dev600_test.bin'), input(32, 32, 3)],
      [data('mnist/dev5000-images-idx3-ubyte.gz'), input(28, 28, 1)],
      [data('mnist/dev5000-images-idx3-ubyte.gz'), input(784)],
      [kws, input(49, 10, 1)],
      [waves, input(16000)],
      [`${machine}5`, input(640)],
      [`${machine}32&stride=32`, input(32, 128, 1)],
      [`${data('hand-gesture/keypoint.csv')}?label=0`, input(42)],
      [`${data('abalone/abalone.csv')}?columns=1-7&label=rings`, input(7)],
      [`${data('coco128')}?labelColumn=vww_person`, input(64, 64, 3), resize],
    ];
    const suspicious = /DUPLICATE|NOISE|CONSTANT|MIXED/;
    for (const [source, shape, options] of sets) {
      const samples = await take((await open(source, shape, { limit: 500, seed: 1, ...options })).samples());
      const codes = codesOf(
        samples.map(({ inputs }) => inputs[0]!),
        shape,
      );
      expect([source, codes.filter((code) => suspicious.test(code))]).toEqual([source, []]);
      const values = samples[0]!.inputs[0]!.length;
      const random = values < 16 ? [] : ['DATA_NOISE'];
      expect([source, codesOf(randomRows(60, values), shape)]).toEqual([source, random]);
    }
  }, 120_000);

  it('tables, bitmaps, digits and speech', async () => {
    const keypoints = await open(`${data('hand-gesture/keypoint.csv')}?label=0`, input(42));
    expect((await take(keypoints.samples())).length).toBeGreaterThan(1000);
    await expect(open(data('hand-gesture/keypoint.csv'), input(42))).rejects.toThrow(/\?label=0/);
    const abalone = await open(`${data('abalone/abalone.csv')}?columns=1-7&label=rings`, input(7), { limit: 2 });
    expect((await take(abalone.samples())).map(({ label }) => label)).toEqual([15, 7]);
    const people = await open(data('tflm/person_detection'), input(96, 96, 1));
    expect(people.count).toBe(2);
    const speech = await open(`${data('tflm/micro_speech/yes_1000ms.wav')}?sampleRate=16000`, input(16000));
    expect((await take(speech.samples())).length).toBe(1);
  });
});
