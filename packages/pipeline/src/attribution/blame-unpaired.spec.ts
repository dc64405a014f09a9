// Layers without a partner: what they cost is no conversion that is known.
import type { Attribution, CauseShare } from './attribution.js';
import { blameUnpaired } from './blame-unpaired.js';

const cause = (name: CauseShare['cause'], share: number): CauseShare => ({
  ...{ cause: name, share, alone: share, removed: share, evidence: null, layers: [] },
});
const attribution = { causes: [cause('conversion', 2), cause('data', 1)], leftOut: [] } as unknown as Attribution;

it('leaves what is paired as it is', () => {
  expect(blameUnpaired(attribution, [])).toBe(attribution);
});

it('puts what is known first, and says what the rest holds', () => {
  const { causes, leftOut } = blameUnpaired(attribution, ['first', 'second']);
  expect(causes.map((each) => each.cause)).toEqual(['data', 'conversion']);
  expect(causes[1]!.evidence).toMatch(/the numbers of first, second cost/);
  expect(leftOut).toEqual(['weights of first, second: no layer of the float model goes with them']);
});
