// The figures of chance against ones computed the long way (tools/oracle/statistics_goldens.py), and against chance itself.
import { readFileSync } from 'node:fs';
import { areaDifference, areaInterval, areaOf } from './area-under-curve.js';
import { influenceInterval } from './influence-interval.js';
import { clip } from './interval.js';
import { mcnemarProbability } from './mcnemar.js';
import { flipInterval, pairedDifference } from './paired-shares.js';
import { SampleUnits, stretches, type Units } from './sample-units.js';
import { shareInterval, wilson } from './share-interval.js';
import { chiSquareRatio, studentQuantile } from './student.js';

interface Pair {
  readonly unitOf: readonly number[];
}

interface Goldens {
  readonly student: readonly [number, number][];
  readonly chiSquareRatio: readonly [number, number][];
  readonly wilson: readonly [right: number, of: number, low: number, high: number][];
  readonly mcnemar: readonly [gained: number, lost: number, probability: number][];
  readonly scoreInterval: readonly [decisions: number, gained: number, lost: number, low: number, high: number][];
  readonly areas: readonly (Pair & {
    readonly labels: readonly number[];
    readonly first: readonly number[];
    readonly second: readonly number[];
    readonly area: number;
    readonly interval: readonly [number, number];
    readonly difference: number;
    readonly differenceInterval: readonly [number, number];
  })[];
}

const goldens = JSON.parse(readFileSync(new URL('../../fixtures/statistics.json', import.meta.url), 'utf8')) as Goldens;

const unitsOf = ({ unitOf }: Pair): Units => ({
  of: 'stretches',
  count: new Set(unitOf).size,
  unitOf: Int32Array.from(unitOf),
});

it.each(goldens.student)('Student with %d degrees of freedom', (degrees, quantile) => {
  expect(studentQuantile(degrees) / quantile).toBeCloseTo(1, 4);
});

it.each(goldens.chiSquareRatio)('chi-square with %d degrees of freedom', (degrees, ratio) => {
  expect(Math.abs(chiSquareRatio(degrees) / ratio - 1)).toBeLessThan(0.01);
});

it.each(goldens.wilson)('Wilson of %d in %d', (right, of, low, high) => {
  const own = wilson(right / of, of);
  expect(own.low).toBeCloseTo(low, 8);
  expect(own.high).toBeCloseTo(high, 8);
});

it.each(goldens.mcnemar)('McNemar of %d and %d', (gained, lost, probability) => {
  expect(mcnemarProbability(gained, lost)).toBeCloseTo(probability, gained + lost > 1000 ? 4 : 8);
});

it.each(goldens.scoreInterval)('Tango of %d decisions, %d gained and %d lost', (decisions, gained, lost, low, high) => {
  const own = flipInterval(decisions, gained, lost);
  const seen = mcnemarProbability(gained, lost) < 0.05;
  expect(own.low).toBeCloseTo(seen ? low : Math.min(0, low), 6);
  expect(own.high).toBeCloseTo(seen ? high : Math.max(0, high), 6);
});

it.each(goldens.areas)('areas and their difference, case %#', (golden) => {
  const { labels, first, second, area, interval, difference, differenceInterval } = golden;
  const units = unitsOf(golden);
  expect(areaOf(labels, first)!.area).toBeCloseTo(area, 9);
  const [one, other] = [areaOf(labels, first)!, areaOf(labels, second)!];
  const alone = clip(influenceInterval(one.area, one.influences, units)!, 0, 1);
  expect([alone.low, alone.high]).toEqual(interval.map((each) => expect.closeTo(Math.min(1, each), 4) as number));
  const moved = other.influences.map((each, i) => each - one.influences[i]!);
  const paired = influenceInterval(other.area - one.area, moved, units)!;
  expect([paired.low, paired.high]).toEqual(differenceInterval.map((each) => expect.closeTo(each, 4) as number));
  // What is said of chance reaches at least as far as the scatter.
  const told = areaDifference(labels, { first, second }, units)!;
  expect(told.value).toBeCloseTo(difference, 9);
  expect([told.low <= paired.low, told.high >= paired.high]).toEqual([true, true]);
  expect(areaInterval(labels, first, units)!.low).toBeLessThanOrEqual(Math.max(0, interval[0]) + 0.01);
});

const alone = (samples: number, kinds?: readonly number[], groups?: readonly number[]): Units => {
  const units = new SampleUnits();
  for (let i = 0; i < samples; i++) units.add(kinds?.[i] ?? 0, groups?.[i]);
  return units.result;
};
const flipsOf = (losses: readonly number[]) =>
  losses.map((own) => ({ labelled: 1, gained: own < 0 ? 1 : 0, lost: own > 0 ? 1 : 0 }));

it('calls one of 200 chance, and two exchanged classes none, in sorted data as well', () => {
  const one = Array.from({ length: 200 }, (_, i) => (i === 77 ? 1 : 0));
  expect(pairedDifference(flipsOf(one), alone(200))!.verdict).toBe('within chance');
  const mixed = Array.from({ length: 400 }, (_, i) => i % 20);
  for (const kinds of [mixed, [...mixed].sort((a, b) => a - b)]) {
    const lost = kinds.map((kind) => (kind === 3 || kind === 4 ? 1 : 0));
    const found = pairedDifference(flipsOf(lost), alone(400, kinds))!;
    expect(found).toMatchObject({ value: -0.1, verdict: 'loss' });
    expect(pairedDifference(flipsOf(lost.map((own) => -own)), alone(400, kinds))!.verdict).toBe('gain');
  }
});

it('takes what was lost in one recording, or in one stretch, for one event', () => {
  const together = Array.from({ length: 400 }, (_, i) => (i < 12 ? 1 : 0));
  const apart = Array.from({ length: 400 }, (_, i) => (i % 33 === 0 && i > 0 ? 1 : 0));
  expect(pairedDifference(flipsOf(together), alone(400))!.verdict).toBe('within chance');
  expect(pairedDifference(flipsOf(apart), alone(400))!.verdict).toBe('loss');
  const recordings = Array.from({ length: 400 }, (_, i) => Math.floor(i / 20));
  expect(pairedDifference(flipsOf(together), alone(400, undefined, recordings))!.verdict).toBe('within chance');
});

it('says nothing beyond chance of a single picture with many decisions, and much of many pictures', () => {
  const picture = { labelled: 1000, gained: 0, lost: 300 };
  expect(pairedDifference([picture], alone(1))).toMatchObject({ verdict: 'within chance', low: -1, high: 1 });
  expect(pairedDifference(new Array(20).fill(picture), alone(20))!.verdict).toBe('loss');
  expect(shareInterval([{ decisions: 1000, right: 1000 }], alone(1))!.low).toBeCloseTo(wilson(1, 1).low, 9);
});

it('counts recordings and not their windows', () => {
  const right = Array.from({ length: 480 }, (_, i) => ({ decisions: 1, right: i < 360 ? 1 : 0 }));
  const groups = right.map((_, i) => Math.floor(i / 20));
  const naive = wilson(360 / 480, 480);
  const own = shareInterval(right, alone(480, undefined, groups))!;
  expect(own.high - own.low).toBeGreaterThan(3 * (naive.high - naive.low));
  // All right: as many as there are recordings.
  const all = right.map(() => ({ decisions: 1, right: 1 }));
  expect(shareInterval(all, alone(480, undefined, groups))!.low).toBeLessThan(wilson(1, 24).low + 1e-9);
  expect(shareInterval(all, alone(480))!).toEqual({ ...wilson(1, 480), alike: false });
});

it('parts every kind of sample into stretches, in sorted data too', () => {
  expect(stretches(new Array(32).fill(0))).toEqual(Array.from({ length: 32 }, (_, i) => Math.floor(i / 2)));
  const sorted = stretches(Array.from({ length: 320 }, (_, i) => Math.floor(i / 32)));
  expect(sorted.slice(0, 32)).toEqual(Array.from({ length: 32 }, (_, i) => Math.floor(i / 2)));
  expect(new Set(sorted.slice(288)).size).toBe(16);
  // One of each: where it stands in the data.
  expect(stretches(Array.from({ length: 64 }, (_, i) => i))).toEqual(
    Array.from({ length: 64 }, (_, i) => Math.floor(i / 4)),
  );
});

/** The same numbers on every run. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** The decisions of both models and whether they are the same, as six shares of one output would be looked at. */
function alikeIn(errors: readonly boolean[], units: Units, decisions = 1): boolean {
  const shares = [1, 2, 3, 4, 5, 6].map((k) =>
    errors.map((wrong, i) => ({ decisions, right: (wrong && i % k === 0 ? 0 : 1) * decisions })),
  );
  return shares.some((each) => shareInterval(each, units)!.alike);
}

function shuffled<T>(values: readonly T[], draw: () => number): T[] {
  const order = [...values];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

it.each([
  [500, 3, 1],
  [500, 6, 1],
  [500, 27, 1],
  [1000, 54, 1],
  [200, 80, 1],
  [300, 40, 64],
])('takes %d samples in random order, %d of them wrong, for alike in few of 300 orders', (count, wrong, decisions) => {
  const draw = uniform(11);
  const errors = Array.from({ length: count }, (_, i) => i < wrong);
  const units = alone(count);
  let cries = 0;
  for (let trial = 0; trial < 300; trial++) if (alikeIn(shuffled(errors, draw), units, decisions)) cries += 1;
  expect(cries).toBeLessThan(7);
});

it('finds data that is sorted by what is wrong with it, whole or in stretches', () => {
  const draw = uniform(13);
  const units = alone(500);
  const half = Array.from({ length: 500 }, (_, i) => draw() < (i < 250 ? 0.12 : 0));
  expect(alikeIn(half, units)).toBe(true);
  let found = 0;
  for (let trial = 0; trial < 100; trial++) {
    const films: boolean[] = [];
    while (films.length < 500) films.push(...new Array<boolean>(10).fill(draw() < 0.06));
    if (alikeIn(films, units)) found += 1;
  }
  expect(found).toBeGreaterThan(90);
});

it.each([
  ['independent samples', 1],
  ['neighbours that are alike in tens', 10],
])('cries wolf in few of a thousand trials without a difference: %s', (_, run) => {
  const draw = uniform(7);
  let [cries, naive] = [0, 0];
  for (let trial = 0; trial < 1000; trial++) {
    const losses: number[] = [];
    while (losses.length < 400) {
      const toss = draw();
      for (let i = 0; i < run; i++) losses.push(toss < 0.06 ? 1 : toss > 0.94 ? -1 : 0);
    }
    const flips = flipsOf(losses);
    if (pairedDifference(flips, alone(400))!.verdict !== 'within chance') cries += 1;
    const lost = losses.filter((own) => own > 0).length;
    if (mcnemarProbability(losses.filter((own) => own < 0).length, lost) < 0.05) naive += 1;
  }
  expect(cries).toBeLessThan(60);
  if (run > 1) expect(naive).toBeGreaterThan(200);
});

it('tells nothing of chance by one unit', () => {
  expect(influenceInterval(1, [0], alone(1))).toBeUndefined();
  expect(influenceInterval(1, [0.1, -0.1], alone(2, undefined, [4, 4]))).toBeUndefined();
});
