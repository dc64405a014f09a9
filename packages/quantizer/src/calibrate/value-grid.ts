// The step between the values of an input that came out of a byte: of pixels that were divided, of a recording in int8.

/** Fewer different values could stand on a grid by accident. */
const leastValues = 16;
/** A step of the grid is worth so much at most of what float32 lets a value miss its place by. */
const tolerance = 1e-3;
/** The smallest difference is that of two large values: less exact than the grid that all of them give. */
const firstTolerance = 0.05;
const greatestSpan = 255;

/**
 * The step s where all of `values` (float32, ascending, each once) are multiples of it, 0 among them, that 256 integers
 * can hold: a quantization with it loses nothing. Undefined where they are too few to tell, or stand on no such grid.
 */
export function gridStep(values: Float32Array): number | undefined {
  if (values.length < leastValues) return undefined;
  const least = Math.min(0, values[0]!);
  const greatest = Math.max(0, values[values.length - 1]!);
  let narrowest = Infinity;
  for (let i = 1; i < values.length; i++) narrowest = Math.min(narrowest, values[i]! - values[i - 1]!);
  if (greatest - least > (greatestSpan + 0.5) * narrowest) return undefined;
  const step = fittedStep(values, narrowest);
  return multiplesOf(values, narrowest, firstTolerance) && multiplesOf(values, step, tolerance) ? step : undefined;
}

/** By least squares, with every value at its place on the grid of `first`. */
function fittedStep(values: Float32Array, first: number): number {
  let [products, squares] = [0, 0];
  for (const value of values) {
    const place = Math.round(value / first);
    products += value * place;
    squares += place * place;
  }
  return products / squares;
}

function multiplesOf(values: Float32Array, step: number, within: number): boolean {
  return values.every((value) => Math.abs(value / step - Math.round(value / step)) <= within);
}
