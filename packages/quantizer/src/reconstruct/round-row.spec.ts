// Integers of one row: never worse than the nearest, and as good as trying them all where that can be done.
import { randomValues } from '../testing/random-values.js';
import { addPatch, emptyMoments, quadraticOf, type Quadratic } from './moments.js';
import { nearestRow, roundedRow, separateLoss, type RowTask } from './round-row.js';

const length = 6;
const scale = 0.25;
const row = Float64Array.from(randomValues(length, 3));

/** Inputs that have much to do with each other: a common part, and a little of their own. */
function patches(count: number, own: number): Float64Array[] {
  return Array.from({ length: count }, (_, i) => {
    const [common] = randomValues(1, 50 + i);
    return Float64Array.from(randomValues(length, 500 + i), (value) => common! + own * value);
  });
}

function quadraticFor(inputs: readonly Float64Array[]): Quadratic {
  const moments = emptyMoments(length, 1);
  for (const input of inputs) addPatch(moments, input, input, [row]);
  return quadraticOf(moments, [row], { independent: 1e6, centred: true });
}

/** Mean square of what the integers give less what the weights give, means left out. */
function noiseOf(integers: ArrayLike<number>, inputs: readonly Float64Array[], step = scale): number {
  const errors = inputs.map((input) =>
    input.reduce((sum, value, k) => sum + value * (integers[k]! * step - row[k]!), 0),
  );
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length;
}

const taskOf = (quadratic: Quadratic): RowTask => ({ quadratic, channel: 0, row, scale, greatest: 127 });

describe('roundedRow', () => {
  it('takes most of the noise out where inputs go together', () => {
    const inputs = patches(200, 0.05);
    let [before, after] = [0, 0];
    // Other scales are other luck of the nearest.
    for (let own = 0.1; own < 0.5; own += 0.01) {
      const task = { ...taskOf(quadraticFor(inputs)), scale: own };
      before += noiseOf(nearestRow(task).integers, inputs, own) / own ** 2;
      after += noiseOf(roundedRow(task).integers, inputs, own) / own ** 2;
    }
    expect(after).toBeLessThan(before / 3);
  });

  it('comes as near the best of all ways to round up or down as pairs of weights can', () => {
    const inputs = patches(100, 0.3);
    const quadratic = quadraticFor(inputs);
    let [best, found] = [0, 0];
    for (let own = 0.1; own < 0.5; own += 0.02) {
      const loss = (integers: ArrayLike<number>): number => noiseOf(integers, inputs, own) / own ** 2;
      const ways = Array.from({ length: 1 << length }, (_, way) =>
        loss(Array.from(row, (weight, k) => Math.floor(weight / own) + ((way >> k) & 1))),
      );
      best += Math.min(...ways);
      found += loss(roundedRow({ ...taskOf(quadratic), scale: own }).integers);
    }
    expect(found).toBeLessThanOrEqual(best * 1.1);
  });

  it('never loses against the nearest, and says by how much it wins', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const inputs = patches(50 + seed, seed / 20);
      const task = taskOf(quadraticFor(inputs));
      const [nearest, rounded] = [nearestRow(task), roundedRow(task)];
      expect(rounded.loss).toBeLessThanOrEqual(nearest.loss + 1e-12);
      const gained = noiseOf(nearest.integers, inputs) - noiseOf(rounded.integers, inputs);
      expect(nearest.loss - rounded.loss).toBeCloseTo(gained, 2);
    }
  });

  it('stays within the integers there are, and near its own weights', () => {
    const inputs = patches(100, 0.01);
    const { integers } = roundedRow({ ...taskOf(quadraticFor(inputs)), greatest: 3 });
    integers.forEach((integer, k) => {
      expect(Math.abs(integer)).toBeLessThanOrEqual(3);
      const real = Math.max(-3, Math.min(3, row[k]! / scale));
      expect(Math.abs(integer - real)).toBeLessThanOrEqual(1.25);
    });
  });

  it('rounds to the nearest where inputs have nothing to do with each other', () => {
    const moments = emptyMoments(length, 1);
    for (let k = 0; k < length; k++)
      for (const value of [-1, 1]) {
        const input = new Float64Array(length);
        input[k] = value;
        addPatch(moments, input, input, [row]);
      }
    const task = taskOf(quadraticOf(moments, [row], { independent: 1e6, centred: true }));
    expect(roundedRow(task).integers).toEqual(nearestRow(task).integers);
    expect(separateLoss(task)).toBeCloseTo(separateLoss({ ...task, scale: scale / 2 }) * 4, 1);
  });
});

describe('quadraticOf', () => {
  it('believes pairs of inputs the less, the fewer patches there were', () => {
    const inputs = patches(30, 0.05);
    const moments = emptyMoments(length, 1);
    for (const input of inputs) addPatch(moments, input, input, [row]);
    const pair = (independent: number): number =>
      quadraticOf(moments, [row], { independent, centred: true }).hessian[1]!;
    expect(pair(4 * length)).toBeCloseTo(pair(1e9) / 2, 6);
    expect(pair(0)).toBe(0);
  });

  it('makes up for what already came in wrong', () => {
    const inputs = patches(200, 1);
    const moments = emptyMoments(length, 1);
    for (const real of inputs) {
      const given = real.map((value) => value * 0.8);
      addPatch(moments, given, real, [row]);
    }
    const quadratic = quadraticOf(moments, [row], { independent: 1e9, centred: true });
    const fine = roundedRow({ quadratic, channel: 0, row, scale: 2 ** -6, greatest: 127 });
    const nearest = nearestRow({ quadratic, channel: 0, row, scale: 2 ** -6, greatest: 127 });
    const sum = (values: ArrayLike<number>): number =>
      Array.from(values).reduce((total, each) => total + Math.abs(each), 0);
    // Only as far as an integer may be from its weight.
    expect(sum(fine.integers)).toBeGreaterThan(sum(nearest.integers));
  });
});
