// Decides whether a sample fits a model input.
import type { Shape } from '@wherry/graph';
import type { InputExpectation, Values } from './formats/format.js';
import { refuse } from './refuse.js';
import { shapeAdvice } from './shape-advice.js';

/** Equal when ones are left out, or when one of the two is flat and the element counts agree. */
export function sameSample(a: Shape, b: Shape): boolean {
  const [left, right] = [withoutOnes(a), withoutOnes(b)];
  if (elements(left) !== elements(right)) return false;
  if (left.length <= 1 || right.length <= 1) return true;
  return left.length === right.length && left.every((dimension, d) => dimension === right[d]);
}

/** Refuses a sample that does not fit, with both shapes and the declaration that would help. */
export function checkSampleShape(values: Values, input: InputExpectation, where: string): void {
  const expected = sampleShape(input.shape);
  if (sameSample(values.shape, expected)) return;
  const what = `the sample is ${show(values.shape)} and input "${input.name}" takes ${show(expected)}`;
  if (isChannelsFirst(values.shape, expected)) {
    refuse('DATA_LAYOUT', {
      what,
      where,
      next: 'declare the preprocessing layout=chw if the sample is a stack of channel planes',
    });
  }
  const { more, next } = shapeAdvice(values, expected);
  refuse('DATA_SHAPE', { what: more === undefined ? what : `${what}: ${more}`, where, next });
}

/** The shape of one sample: without the batch. */
export function sampleShape(shape: Shape): Shape {
  return shape.length > 1 && shape[0]! <= 1 ? shape.slice(1) : shape;
}

export function show(shape: Shape): string {
  return shape.length === 0 ? 'a single number' : shape.join('x');
}

function isChannelsFirst(shape: Shape, expected: Shape): boolean {
  const [c, h, w] = withoutLeadingOnes(shape);
  const [height, width, channels] = expected;
  return expected.length === 3 && channels! > 1 && channels !== height && c === channels && h === height && w === width;
}

function withoutLeadingOnes(shape: Shape): Shape {
  return shape.length > 3 && shape[0] === 1 ? withoutLeadingOnes(shape.slice(1)) : shape;
}

export function withoutOnes(shape: Shape): Shape {
  return shape.filter((dimension) => dimension !== 1);
}

export function elements(shape: Shape): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}
