// Every profile that comes with the tool, tried with a small model: it is made, or refused with a code, a place and what to do.
import { exitCodes, WherryError } from '@wherry/graph';
import { findProfile } from '@wherry/profiles';
import { attempt } from './deploy.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { leftOpen, smallModel } from './testing/small-model.js';

const model = smallModel(leftOpen);
afterAll(() => model.remove());
const library = await readProfileFolder();

/** `made`, or the code of the refusal. */
async function outcomeOn(profile: string): Promise<string> {
  try {
    const { deployment, refused } = await attempt(
      { ...model.request, profile },
      library,
      deployHost('reference'),
      noProgress,
    );
    if (refused !== undefined) return refused.refusal.definition.code;
    return `made ${deployment.quantized.plan?.scheme}`;
  } catch (error) {
    if (!(error instanceof WherryError)) throw error;
    expect(error.definition.exitCode).toBe(exitCodes.unsupported);
    expect(error.details.where).toMatch(new RegExp(`\\b${profile}\\b`));
    expect(error.details.next.length).toBeGreaterThan(10);
    return error.definition.code;
  }
}

it.each([...library.targets.keys()])('%s', async (id) => {
  const { profile } = findProfile(library, id);
  const expected = profile.refuses === undefined ? `made ${profile.schemes[0]!.scheme}` : 'PROFILE_REFUSES';
  expect(await outcomeOn(id)).toBe(expected);
});
