// Many yes-or-no outputs whose labels are rarely 1: accuracy is high whatever the model does, so that the ranking is looked at.
import { irregular } from '../testing/table-model.js';
import { floatWarning } from './float-plausibility.js';
import { OutputComparator } from './output-comparison.js';

/** 200 samples of 10 outputs; one label in ten is 1, and the output is above a half just there. */
function said(target: (label: number, row: number, at: number) => number): string {
  const comparator = new OutputComparator('map', { kind: 'multi-label', threshold: 0.5, labelled: true });
  const labelOf = (row: number, at: number): number => Number(irregular(row * 10 + at) > 0.8);
  for (let row = 0; row < 200; row++) {
    const outputs = Array.from({ length: 10 }, (_, at) => 0.1 + 0.8 * labelOf(row, at) + 0.05 * irregular(at + row));
    comparator.add(outputs, outputs, {
      target: Float32Array.from(outputs, (_, at) => target(labelOf(row, at), row, at)),
    });
  }
  const { result } = comparator;
  expect(result.threshold).not.toHaveProperty('floatAuc');
  const warning = floatWarning(result, { namesGiven: false, inputs: [] });
  return warning === undefined ? '' : `${warning.what}; ${warning.next}`;
}

it.each<readonly [string, (label: number, row: number, at: number) => number, RegExp]>([
  ['right', (label) => label, /^$/],
  ['right for the most part', (label, row) => (row % 4 === 0 ? 0 : label), /^$/],
  [
    'those of other samples',
    (_, row, at) => Number(irregular(row * 10 + at + 777) > 0.8),
    /hardly ranks .*order and layout/,
  ],
  ['the other way round', (label) => 1 - label, /labelled 0 above what is labelled 1 .*y = 1 - y/],
])('labels that are %s', (_, target, says) => {
  expect(said(target)).toMatch(says);
});
