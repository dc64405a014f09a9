// Times as users write them, and what is none.
import { secondsOf } from './duration.js';

it.each([
  ['10s', 10],
  ['1.5min', 90],
  ['500ms', 0.5],
  ['0s', 0],
])('%s', (text, seconds) => {
  expect(secondsOf(text)).toBeCloseTo(seconds, 12);
});

it.each(['10', '-1s', '1e3s', '10 s', 's', '10sec', '', '1h', '.5s', '9999999999s'])('not %p', (text) => {
  expect(secondsOf(text)).toBeUndefined();
});
