// Channels keep to their own bins, at the edges of their range too, and two halves come to what one collection would have.
import { ChannelStatistics } from './channel-statistics.js';
import { measuresOfThisMachine } from './vectors/vector-measures.js';

const bins = 256;

/** [channel, bin] of what is counted. */
function counted({ state: { counts, min } }: ChannelStatistics): readonly (readonly [number, number, number])[] {
  return Array.from(min, (_, c) => c).flatMap((c) =>
    Array.from({ length: bins }, (_, b) => [c, b, counts[c * bins + b]!] as const).filter(([, , count]) => count > 0),
  );
}

describe.each([
  ['plain', undefined],
  ['vectors', measuresOfThisMachine()],
])('%s', (_, measures) => {
  const add = (statistics: ChannelStatistics, values: readonly number[]): void => {
    const data = Float32Array.from(values);
    if (measures === undefined) statistics.add(data);
    else statistics.add(data, measures.of(data));
  };

  it('count the end of the range of a channel in that channel, and zeros of a dead one', () => {
    const statistics = new ChannelStatistics(3, measures);
    add(statistics, [4, 0, 0, -4, 0, 2]);
    add(statistics, [4, 0, 8, -4, 0, -8]);
    expect([...statistics.state.widths]).toEqual([1 / 16, 0, 1 / 8]);
    expect(counted(statistics)).toEqual([
      [0, 128 - 64, 2],
      [0, 128 + 64, 2],
      [1, 128, 4],
      [2, 128 - 64, 1],
      [2, 128, 1],
      [2, 128 + 16, 1],
      [2, 128 + 64, 1],
    ]);
  });

  it('know the mean square of their values', () => {
    const statistics = new ChannelStatistics(2, measures);
    const values = Array.from({ length: 400 }, (_, i) => Math.sin(i) * (i % 2 === 0 ? 1 : 50));
    add(statistics, values.slice(0, 200));
    add(statistics, values.slice(200));
    const meanSquare = (of: number): number =>
      values.filter((_, i) => i % 2 === of).reduce((sum, value) => sum + value ** 2, 0) / 200;
    statistics.power.forEach((power, c) => expect(power / meanSquare(c)).toBeCloseTo(1, 2));
  });
});

it('come to the same from two halves, whichever of them has the wider bins', () => {
  const small = Float32Array.of(0.01, -0.5, 0.02, 0.25);
  const large = Float32Array.of(90, 0.125, -64, 0);
  const one = new ChannelStatistics(2);
  const parts = [small, large].map((values) => {
    const part = new ChannelStatistics(2);
    part.add(values);
    one.add(values);
    return ChannelStatistics.from(part.state);
  });
  for (const order of [parts, [...parts].reverse()]) {
    const all = ChannelStatistics.merged(order);
    expect([...all.state.widths]).toEqual([...one.state.widths]);
    expect(counted(all)).toEqual(counted(one));
    expect([all.state.samples, all.state.rows]).toEqual([2, 4]);
  }
});
