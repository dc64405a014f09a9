// Sets of samples with something planted in them, and the linter's words about them.
import { SampleLint } from '../src/lint-samples.js';
import type { InputExpectation } from '../src/formats/format.js';

export type Rows = readonly Float32Array[];

/** Uniform in [0, 1), one sequence for a whole set: a linear congruential generator. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function randomRows(count: number, values: number, { seed = 1, scale = 1 } = {}): Rows {
  const next = generator(seed);
  return Array.from({ length: count }, () => Float32Array.from({ length: values }, () => scale * next()));
}

/** Pictures of 12 x 12: soft waves of their own direction, length and brightness. */
export function pictures(count: number, seed = 1): Rows {
  const next = generator(seed);
  return Array.from({ length: count }, () => {
    const [x, y, phase, light] = [next(), next(), 6 * next(), next()];
    return Float32Array.from({ length: 144 }, (_, i) => {
      const wave = Math.sin(x * (i % 12) + y * Math.floor(i / 12) + phase);
      return 100 * light + 50 * wave + 5 * next();
    });
  });
}

/** As an encoder changes them. */
export function nearCopies(rows: Rows, seed = 2): Rows {
  const next = generator(seed);
  return rows.map((row) => row.map((value) => value + 2 * (next() - 0.5)));
}

export const picture: readonly InputExpectation[] = [{ name: 'x', shape: [1, 12, 12, 1], dtype: 'float32' }];

export function codesOf(rows: Rows, input: readonly InputExpectation[] = picture): readonly string[] {
  return lintOf(rows, input)
    .summary()
    .warnings.map(({ code }) => code);
}

export function lintOf(rows: Rows, input: readonly InputExpectation[] = picture): SampleLint {
  const lint = new SampleLint(input);
  rows.forEach((row, i) => lint.observe({ inputs: [row], id: `${i}` }));
  return lint;
}
