// What lies on one side of a limit by no more than chance is said to: in a refusal, and where it passes.
import { findProfile } from '@wherry/profiles';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { accuracyGate } from './accuracy-gate.js';
import { OutputComparator, type OutputComparison } from './output-comparison.js';

const target = findProfile(await readProfileFolder(), 'esp32');

/** Float is always right; the other one is wrong in so many samples, spread over all. */
function losing(lost: number, samples: number): OutputComparison {
  const comparator = new OutputComparator('y', { kind: 'classes', classes: 2, labelled: true });
  for (let i = 0; i < samples; i++) {
    const wrong = Math.floor(((i + 1) * lost) / samples) > Math.floor((i * lost) / samples);
    comparator.add([0, 1], wrong ? [1, 0] : [0, 1], { label: 1 });
  }
  return comparator.result;
}

const held = (
  limits: { readonly accuracyDropPoints?: number; readonly agreementPercent?: number },
  output: OutputComparison,
) => accuracyGate(target, { scheme: 'int8', position: 0, limits }, [output]);

it('says of a refusal whether the limit is within chance', () => {
  const near = held({ accuracyDropPoints: 2 }, losing(14, 400));
  expect(near.refusal?.message).toMatch(
    /falls by 3\.5 points.*allows 2; that is within chance of the limit, a loss of \d/,
  );
  expect(near.limits).toMatchObject([{ limit: 'accuracyDropPoints', value: 3.5, kept: false, withinChance: true }]);
  const far = held({ accuracyDropPoints: 2 }, losing(40, 400));
  expect(far.refusal?.message).toMatch(/falls by 10\.0 points/);
  expect(far.refusal?.message).not.toMatch(/within chance/);
  expect(far.limits).toMatchObject([{ kept: false, withinChance: false }]);
  const agreement = held({ agreementPercent: 96 }, losing(18, 400));
  expect(agreement.refusal?.message).toMatch(/asks for 96; that is within chance of the limit, 93\.\d to 97\.\d %/);
});

it('says of what passes whether it may not on other samples', () => {
  const near = held({ accuracyDropPoints: 2, agreementPercent: 98 }, losing(5, 400));
  expect(near.refusal).toBeUndefined();
  expect(near.limits).toMatchObject([
    { limit: 'accuracyDropPoints', allowed: 2, value: 1.25, kept: true, withinChance: true },
    { limit: 'agreementPercent', allowed: 98, value: 98.75, kept: true, withinChance: true },
  ]);
  const far = held({ accuracyDropPoints: 2, agreementPercent: 90 }, losing(1, 2000));
  expect(far.limits).toMatchObject([
    { kept: true, withinChance: false },
    { kept: true, withinChance: false },
  ]);
  expect(held({}, losing(5, 400)).limits).toEqual([]);
  // So few tell nothing in points.
  expect(held({ accuracyDropPoints: 2 }, losing(5, 50)).limits).toEqual([]);
});
