// What counts as losing to another converter: bytes always, noise beyond chance.
import { lossesOf, report } from './schemes-report.mjs';

const side = (bytes, each) => ({
  bytes,
  sqnrDb: 10 * Math.log10(100 / each.reduce((sum, value) => sum + value, 0)),
  each,
});
const even = (noise) => Array.from({ length: 20 }, (_, i) => noise * (1 + 0.01 * (i % 3)));
const row = (ours, theirs) => ({ source: 'a/b.h5', scheme: 'int8', ours, peers: { Peer: theirs } });

it('holds what is as small and as close', () => {
  expect(lossesOf(row(side(100, even(1)), side(100, even(1))))).toEqual([]);
  expect(lossesOf(row(side(90, even(0.9)), side(100, even(1))))).toEqual([]);
  expect(lossesOf(row(side(90, even(0.9)), { error: 'has none' }))).toEqual([]);
  // Both are float32 but for the order of sums.
  expect(lossesOf(row(side(90, even(1e-12)), side(100, even(1e-13))))).toEqual([]);
});

it('counts a larger file, more noise and a failure', () => {
  expect(lossesOf(row(side(101, even(1)), side(100, even(1))))).toEqual([
    { kind: 'LOSS', text: "1 bytes larger than Peer's, and 0.00 dB better" },
  ]);
  expect(lossesOf(row(side(100, even(1.1)), side(100, even(1))))).toMatchObject([
    { kind: 'LOSS', text: expect.stringContaining("0.41 dB below Peer's") },
  ]);
  expect(lossesOf(row({ error: 'no' }, side(100, even(1))))).toMatchObject([{ kind: 'LOSS', text: 'ours fails: no' }]);
});

it('tells a loss from chance, from bytes that buy accuracy, and from a scheme that would do nothing', () => {
  const uneven = even(0.5).map((value, i) => (i === 0 ? 20 : value));
  const rows = [
    row(side(100, uneven), side(100, even(1))),
    row(side(101, even(0.4)), side(100, even(1))),
    row({ error: 'QUANT_SCHEME_WITHOUT_EFFECT: none' }, side(100, even(1))),
  ];
  expect(rows.map((each) => lossesOf(each).map(({ kind }) => kind))).toEqual([['chance'], ['trade'], ['refused']]);
  expect(report(rows)).toContain('0 held, 0 LOSS, 1 refused, 1 trade, 1 chance');
  expect(lossesOf(row(side(101, even(0.6)), side(100, even(1))))).toMatchObject([{ kind: 'LOSS' }]);
});
