// Gains and their chance, against sums done by hand.
import { confirming, convinces, gainOf, isBehind, joined, sqnrOf, type SampleErrors } from './evidence.js';

const errors = (judged: readonly number[], reported = judged, blocks = judged.map((_, i) => i % 16)): SampleErrors => ({
  judged,
  reported,
  blocks,
});
const demand = { margin: 0, certainty: 1 };

describe('gainOf', () => {
  it('is a mean over blocks, and beside it the ratio of all noise by the printed figure', () => {
    const { db, reportedDb, blocks } = gainOf(errors([1, 3, 8, 2]), errors([0.1, 3, 0.8, 2], [4, 4, 10, 10]));
    expect(db).toBeCloseTo((10 + 0 + 10 + 0) / 4, 12);
    expect(reportedDb).toBeCloseTo(10 * Math.log10(14 / 28), 12);
    expect(blocks).toBe(4);
  });

  it('tells what every block gains from what a single one does', () => {
    const base = errors(Array.from({ length: 32 }, (_, i) => 1 + (i % 16)));
    const even = gainOf(base, errors(base.judged.map((each) => each / 2)));
    expect(even.standardError).toBeCloseTo(0, 9);
    expect(convinces(even, demand)).toBe(true);
    const lucky = gainOf(base, errors(base.judged.map((each, i) => (i % 16 === 3 ? each / 400 : each * 1.05))));
    expect(lucky.db).toBeGreaterThan(0.8);
    expect(convinces(lucky, demand)).toBe(false);
  });

  it('is not drowned by one loud sample that nothing helps', () => {
    const base = errors(Array.from({ length: 16 }, (_, i) => (i === 5 ? 1000 : 1)));
    const gain = gainOf(base, errors(base.judged.map((each, i) => (i === 5 ? each : each / 4))));
    expect(convinces(gain, demand)).toBe(true);
  });

  it('counts the samples of one block once', () => {
    const blocks = Array.from({ length: 40 }, (_, i) => Math.floor(i / 10));
    const alike = blocks.map((block) => [2, 3, 1, 9][block]!);
    const candidate = blocks.map((block) => [1, 2, 2, 7][block]!);
    const [together, apart] = [blocks, blocks.map((_, i) => i % 16)].map(
      (each) => gainOf(errors(alike, alike, each), errors(candidate, candidate, each)).standardError,
    ) as [number, number];
    expect(together).toBeGreaterThan(2 * apart);
  });

  it('knows how much of the printed figure is one sample', () => {
    const base = errors(Array.from({ length: 16 }, () => 1));
    const even = gainOf(
      base,
      errors(
        base.judged,
        base.judged.map((each) => each * 2),
      ),
    );
    expect(even.reportedDb).toBeCloseTo(-10 * Math.log10(2), 12);
    expect(even.reportedError).toBeCloseTo(0, 12);
    const single = gainOf(
      base,
      errors(
        base.judged,
        base.judged.map((each, i) => (i === 4 ? each * 17 : each)),
      ),
    );
    expect(single.reportedDb).toBeCloseTo(-10 * Math.log10(2), 12);
    // Left out once, the loss is gone; otherwise it is 10 log10(31 / 15).
    const [without, mean] = [10 * Math.log10(31 / 15), (15 / 16) * 10 * Math.log10(31 / 15)];
    const spread = 15 * (without - mean) ** 2 + mean ** 2;
    expect(single.reportedError).toBeCloseTo(Math.sqrt((15 / 16) * spread), 12);
    expect(single.judgedDb).toBe(0);
  });

  it('says nothing of three blocks', () => {
    const gain = gainOf(errors([8, 8, 8]), errors([1, 1, 1]));
    expect(gain.standardError).toBe(Infinity);
    expect(convinces(gain, demand)).toBe(false);
  });
});

describe('convinces', () => {
  const gain = { db: 2, standardError: 1, reportedDb: 2, judgedDb: 2, reportedError: 0.5, blocks: 16 };

  it('asks for the margin beyond chance, and for more where blocks are few', () => {
    expect(convinces(gain, { margin: 0.8, certainty: 1 })).toBe(true);
    expect(convinces(gain, { margin: 0.9, certainty: 1 })).toBe(false);
    expect(convinces({ ...gain, blocks: 4 }, { margin: 0.8, certainty: 1 })).toBe(false);
  });

  it('never lets the printed figure fall for the judged one', () => {
    expect(convinces({ ...gain, reportedDb: -0.4, judgedDb: -0.4 }, { margin: 0, certainty: 0 })).toBe(false);
    expect(convinces({ ...gain, reportedDb: -0.9 }, { margin: 0, certainty: 0 })).toBe(false);
  });

  it('takes the printed figure for no more than it is certain of where what is judged disagrees', () => {
    expect(convinces({ ...gain, reportedDb: -0.7 }, { margin: 0, certainty: 0 })).toBe(true);
    expect(convinces({ ...gain, reportedDb: -0.7, judgedDb: -0.7 }, { margin: 0, certainty: 0 })).toBe(false);
  });
});

it.each([
  [-0.1, 1, 1, false],
  [-0.1, -0.1, 1, true],
  [-0.1, 1, -0.1, true],
  [0.1, -1, -1, false],
])(
  'is behind by the printed figure %p only where what is judged, %p or %p, is too: %p',
  (reportedDb, db, judgedDb, behind) => {
    expect(isBehind({ db, reportedDb, judgedDb, standardError: 1, reportedError: 1, blocks: 8 })).toBe(behind);
  },
);

it('joins, divides and sums up measurements', () => {
  const both = joined(errors([0.01, 0.02], [0.01, 0.02], [0, 1]), errors([0.03], [0.06], [2]));
  expect(sqnrOf(both)).toBeCloseTo(10 * Math.log10(1 / 0.03), 12);
  expect(confirming(both)).toEqual({ judged: [0.03], reported: [0.06], blocks: [2] });
});
