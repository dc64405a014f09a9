// `deploy test` of every example, in a copy of it, by the built command: what is committed is what comes of it today.
import { describeThere } from '../testing/src/index.js';
import { copiedExample } from './copied-example.mjs';
import { deployTest } from './deploy-test.mjs';
import { isEmulated } from './emulated-tier.mjs';
import { examples } from './examples.mjs';

const longestMilliseconds = 300_000;

/** Pairs of model and profile that each has, and how many of them an emulated board stands in for. */
const pairs = {
  sine: { host: 8, emu: 6 },
  digits: { host: 12, emu: 5 },
  gestures: { host: 4, emu: 4 },
  'machine-sounds': { host: 4, emu: 3 },
};
/** Another compiler begins another series; where everything is demanded, it is the one that is committed. */
const isRequired = process.env.WHERRY_REQUIRE_ALL === '1';
const fine = { host: ['passed'], emu: isRequired ? ['passed'] : ['passed', 'new series'] };

const holds = (tiers) =>
  it.each(examples.map(({ name }) => name))(
    '%s is what its baselines hold',
    (name) => {
      const folder = copiedExample(name);
      try {
        const { result, status } = deployTest(folder.path, tiers);
        const moved = result.pairs.filter(({ differences, error }) => differences.length > 0 || error !== null);
        expect([moved, result.obsolete, result.ok, status]).toEqual([[], [], true, 0]);
        for (const tier of tiers) {
          const verdicts = result.pairs.filter((each) => each.tier === tier && each.verdict !== 'left out');
          expect(verdicts).toHaveLength(pairs[name][tier]);
          for (const { verdict } of verdicts) expect(fine[tier]).toContain(verdict);
        }
      } finally {
        folder.remove();
      }
    },
    longestMilliseconds,
  );

const missing = 'not every cross compiler and emulator is there';
describeThere('on this machine and on emulated boards', isEmulated, missing, () => holds(['host', 'emu']));
if (!isEmulated) describe('on this machine', () => holds(['host']));
