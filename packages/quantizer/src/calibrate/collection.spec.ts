// Two halves of the samples, and what they come to together: the same as if one collection had seen all.
import { referenceEngine } from '@wherry/graph';
import { samplesOf, smallNetwork } from '../testing/small-network.js';
import { blockCount, blockOf, explores, foldOf } from './blocks.js';
import { calibrate, type CalibrateOptions, type CrossCalibration } from './calibrate.js';
import { StatisticsCollector } from './statistics.js';

const graph = smallNetwork();
// Magnitudes that grow, so that bins of the halves differ in width.
const samples = Array.from({ length: 12 }, (_, i) => samplesOf(graph, 12, 1.7 ** i)[i]!);

function collected(options: CalibrateOptions = {}): Promise<CrossCalibration> {
  const stream = (async function* () {
    yield* samples;
  })();
  return calibrate(graph, referenceEngine, stream, options);
}

it('joins the halves to what one collector would have seen', async () => {
  const { statistics, folds } = await collected({ count: samples.length });
  expect(folds!.map((fold) => fold.samples)).toEqual([6, 6]);
  const [input] = graph.inputs;
  const one = new StatisticsCollector(2);
  for (const [values] of samples) one.add(values as Float32Array);
  const all = statistics.get(input!)!;
  expect({ ...all, channelMean: undefined }).toEqual({ ...one, channelMean: undefined });
  expect([all.movingMin, all.movingMax]).toEqual([one.movingMin, one.movingMax]);
  all.channelMean.forEach((mean, channel) => expect(mean).toBeCloseTo(one.channelMean[channel]!, 9));
  const bins = (of: typeof all): [number, number][] => {
    const seen: [number, number][] = [];
    of.histogram.forEach((center, count) => seen.push([center, count]));
    return seen;
  };
  expect(bins(all)).toEqual(bins(one));
});

it('has halves that know their own samples alone', async () => {
  const { statistics, folds } = await collected({ count: samples.length });
  for (const id of statistics.keys()) {
    const maxima = folds!.map((fold) => fold.statistics.get(id)!.max);
    expect(statistics.get(id)!.max).toBe(Math.max(...maxima));
    expect(maxima[0]).not.toBe(maxima[1]);
  }
});

it.each([
  [[0.5], [1]],
  [[1], [0.5]],
  [[2], [1]],
])('takes values for whole where those of both halves are: %j', async (...halves) => {
  const stream = (async function* () {
    for (const value of halves.flat()) yield [new Float32Array(72).fill(value)];
  })();
  const { statistics, folds } = await calibrate(graph, referenceEngine, stream, { count: 2 });
  const whole = halves.map(([value]) => Number.isInteger(value));
  expect(folds!.map((fold) => fold.statistics.get(graph.inputs[0]!)!.whole)).toEqual(whole);
  expect(statistics.get(graph.inputs[0]!)!.whole).toBe(!whole.includes(false));
});

it('has no halves of one sample', async () => {
  const stream = (async function* () {
    yield samples[0]!;
  })();
  expect((await calibrate(graph, referenceEngine, stream)).folds).toBeUndefined();
});

describe('blocks', () => {
  it('keep neighbours together, use all halves alike, and never leave the count', () => {
    const blocks = Array.from({ length: 500 }, (_, i) => blockOf(i, 500));
    expect(new Set(blocks).size).toBe(blockCount);
    expect(blocks.every((block, i) => i === 0 || block === blocks[i - 1] || block === blocks[i - 1]! + 1)).toBe(true);
    const quarters = blocks.map((block) => `${foldOf(block)}${explores(block)}`);
    for (const quarter of ['0true', '1true', '0false', '1false'])
      expect(quarters.filter((each) => each === quarter).length).toBeCloseTo(125, -1);
    // A stream longer than it said.
    expect(blockOf(600, 500)).toBeLessThan(blockCount);
  });
});
