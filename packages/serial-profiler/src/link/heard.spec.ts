// What a device prints, as it is shown: bounded, harmless, and what it tells.
import { Heard } from './heard.js';

const heard = (...pieces: readonly (string | readonly number[])[]): Heard => {
  const one = new Heard();
  for (const piece of pieces) one.take(typeof piece === 'string' ? Buffer.from(piece) : Uint8Array.from(piece), 7);
  return one;
};

it('shows lines without escape sequences and control codes, however they were cut', () => {
  expect(heard('\u001b[1;31mE (12) bo', 'ot: fail\u001b[0m\r\n\r\nété\u0007\u001b]0;title\u0007\n').lines()).toEqual([
    'E (12) boot: fail',
    'été\uFFFD\uFFFD]0;title\uFFFD',
  ]);
});

it('shows nothing of frames, and of a long line the beginning', () => {
  const frame = [0, 1, 1, 200, 1, 1, 65, 66, 2, 0, 2, 140, 212, 141, 10];
  expect(heard(frame, 'ready\n', frame).lines()).toEqual(['ready']);
  expect(heard('x'.repeat(5000)).lines()).toEqual([`${'x'.repeat(200)}...`]);
});

it('keeps the last lines of any amount', () => {
  const one = heard();
  for (let line = 0; line < 50_000; line++) one.take(Buffer.from(`line ${line}\n`), 0);
  expect(one.lines()).toHaveLength(12);
  expect(one.lines().at(-1)).toBe('line 49999');
});

it.each([
  ['the same start three times', 'rst:0x1 (POWERON)\nok\n'.repeat(3), 'rst:0x1 (POWERON)'],
  ['a start twice', 'rst:0x1 (POWERON)\nok\n'.repeat(2), null],
  ['a program that says the same', 'temperature 21\n'.repeat(30), null],
])('tells %s', (_, text, start) => {
  expect(heard(text).startsAgain()).toBe(start);
});

it('tells noise from text', () => {
  expect(heard('ready\r\n').noise).toBe(0);
  const noisy = heard('ready\r\n', [3, 200, 17, 0x41, 255, 9]);
  expect([noisy.noise, noisy.noiseAt]).toEqual([6, 7]);
});
