// What a report says of causes: shares that a person can add up.
import type { Attribution, CauseShare } from '../attribution/attribution.js';
import { shortLossLines } from './loss-text.js';

const cause = (name: string, share: number): CauseShare =>
  ({ cause: name, share, layers: ['dense'], evidence: null }) as unknown as CauseShare;
const said = (...causes: readonly CauseShare[]): string =>
  shortLossLines({ causes, layers: [] } as unknown as Attribution, (text) => text)
    .join(' ')
    .replaceAll(/\s+/g, ' ');

it('says which causes take some of the noise away again', () => {
  const text = said(cause('activation rounding', 6.409), cause('bias', 0.202), cause('activation range', -5.448));
  expect(text).toContain('activation rounding 640.9 % (dense); bias 20.2 % (dense)');
  expect(text).toContain('activation range makes it less by 544.8 %: causes partly cancel, and none stands for itself');
});

it('says nothing of that where they add up', () => {
  expect(said(cause('activation rounding', 0.9), cause('bias', 0.1), cause('activation range', -0.001))).not.toContain(
    'cancel',
  );
});
