// Channels of two halves together: the same as if one collection had seen all samples.
import { randomValues } from '../testing/random-values.js';
import { ChannelStatistics } from './channel-statistics.js';

it('have the power, the ends and the histogram of all samples', () => {
  const parts = [new ChannelStatistics(3), new ChannelStatistics(3)] as const;
  const one = new ChannelStatistics(3);
  // The halves differ in number, and their values in size, so that their bins differ in width.
  for (let sample = 0; sample < 9; sample++) {
    const values = randomValues(12, sample + 1).map(
      (value, i) => value * [1, 7, 0.1][i % 3]! * (sample % 3 === 0 ? 9 : 1),
    );
    one.add(values);
    parts[sample % 3 === 0 ? 0 : 1].add(values);
  }
  const all = ChannelStatistics.merged(parts);
  expect([[...all.min], [...all.max]]).toEqual([[...one.min], [...one.max]]);
  all.power.forEach((power, channel) => expect(power / one.power[channel]!).toBeCloseTo(1, 9));
  // Six of the samples are small: the power of all lies between.
  expect(all.power[0]!).toBeLessThan(parts[0].power[0]! / 2);
  expect(all.power[0]!).toBeGreaterThan(parts[1].power[0]! * 2);
});
