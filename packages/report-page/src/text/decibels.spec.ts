// Ratios of powers as ratios of errors, in words.
import { errorWords, gainWords, ratioWords } from './decibels.js';

it.each([
  [43, 'the error is 1/140 of the signal'],
  [20, 'the error is 1/10 of the signal'],
  [26, 'the error is 1/20 of the signal'],
  [6.02, 'the error is 1/2 of the signal'],
  [80, 'the error is 1/10,000 of the signal'],
  [3, 'the error is 71 % of the signal'],
  [0, 'the error is as large as the signal'],
  [-6.02, 'the error is 2 times the signal'],
  [250, 'next to nothing differs'],
])('%d dB: %s', (sqnrDb, words) => expect(errorWords(sqnrDb)).toBe(words));

it('says that nothing differs', () => {
  expect(ratioWords(null)).toMatch(/^no error/);
  expect(ratioWords(43)).toBe('43.0 dB: the error is 1/140 of the signal');
  expect(ratioWords(300)).toBe('above 200 dB: next to nothing differs');
});

it.each([
  [2, '2.00 dB less noise: errors are 21 % smaller'],
  [-2, '2.00 dB more noise: errors are 26 % larger'],
  [0.01, '0.01 dB: errors are as large as before'],
])('a gain of %d dB', (gain, words) => expect(gainWords(gain)).toBe(words));
