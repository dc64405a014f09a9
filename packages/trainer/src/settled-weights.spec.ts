// What swings is held where it was more often; what goes one way, and what has finer integers, goes on.
import { SettledWeights } from './settled-weights.js';

/** A weight to swing over the edge between 2 and 3, nearer to 3 on average; one to rise steadily; one to stay. */
const at = (step: number) => Float32Array.of((step % 2 === 0 ? 2.3 : 2.8) / 7, Math.min(6, step - 6) / 7, 0);
const averages = Float32Array.of(2.55 / 7, 0, 0);
const given = (step: number, greatest = 7) => new Map([[4, { greatest, shares: at(step), averages }]]);

/** The first step in which anything is held, and what is put in its place. */
function firstHeld(
  settled: SettledWeights,
  from: number,
  to: number,
  done: number,
): [number, Float32Array] | undefined {
  for (let step = from; step < to; step++) {
    const held = settled.settle(done, given(step)).get(4);
    if (held !== undefined) return [step, held];
  }
  return undefined;
}

it('a weight that swings is held at the integer of its average, and no other', () => {
  const settled = new SettledWeights(given(0));
  const [step, held] = firstHeld(settled, 1, 100, 0)!;
  expect(step).toBeGreaterThan(2);
  expect([...held].map((share, i) => share - at(step)[i]!)).toEqual([expect.closeTo(3 / 7 - at(step)[0]!, 6), 0, 0]);
  // It stays there, wherever the step would take it.
  expect(settled.settle(0, given(step + 1)).get(4)![0]).toBeCloseTo(3 / 7, 6);
});

it('swings are forgiven at the start that are not at the end', () => {
  const firsts = [0, 1].map((done) => firstHeld(new SettledWeights(given(0)), 1, 100, done)![0]);
  expect(firsts[1]).toBeLessThan(firsts[0]!);
});

it('goes on from what it gave as if it had never stopped', () => {
  const whole = new SettledWeights(given(0));
  const [step] = firstHeld(whole, 1, 100, 0)!;
  const first = new SettledWeights(given(0));
  expect(firstHeld(first, 1, 3, 0)).toBeUndefined();
  const second = new SettledWeights(given(50));
  second.restore(first.values());
  expect(firstHeld(second, 3, 100, 0)![0]).toBe(step);
  const third = new SettledWeights(given(50));
  third.restore(whole.values());
  expect(third.settle(0, given(9)).get(4)![0]).toBeCloseTo(3 / 7, 6);
});

it('leaves integers of 8 bits alone', () => {
  const settled = new SettledWeights(given(0, 127));
  expect([settled.isEmpty, settled.values()]).toEqual([true, []]);
});
