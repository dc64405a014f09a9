// What a job comes to, as another process has written it: exactly one tested pair, and that of the job.
import { missingTools } from '@wherry/emulated-boards';
import type { Diagnostic } from '@wherry/graph';
import { faultText, formCheck, type LabJob, type ParseOutcome } from '@wherry/lab';
import { findProfile, type ProfileLibrary } from '@wherry/profiles';
import { standInOf } from '../measure/emulated-device.js';
import { emulatedSeries } from '../regression/measure-pair.js';
import type { TestedPair } from '../regression/test-result.js';
import type { LabPair } from './lab-project.js';
import { testedPairSchema } from './tested-pair-schema.js';

const faultIn = formCheck(testedPairSchema);

/** For the jobs of these pairs. */
export function outcomesOf(pairs: readonly LabPair[]): ParseOutcome<TestedPair> {
  const jobs = new Map(pairs.map(({ id, job }) => [id, job]));
  return (outcome, id, wrong) => {
    const fault = faultIn(outcome);
    if (fault !== undefined) return wrong(`it is not of the form of a tested pair: ${faultText(fault)}`);
    const pair = outcome as TestedPair;
    const { model, profile, tier } = jobs.get(id)!;
    if (pair.model !== model || pair.profile !== profile || pair.tier !== tier)
      return wrong(
        `it is of ${pair.model} on ${pair.profile}, ${pair.tier}, and not of ${model} on ${profile}, ${tier}`,
      );
    if (pair.verdict === 'updated') return wrong('it says that a baseline was updated, which no job does');
    return pair;
  };
}

/**
 * For results of these pairs: whether one would be the same if it were asked for again. An error may not be; what a device does
 * hangs on its board, its wires and its script, which are in no digest; and what an emulated board does on the toolchain, which
 * has to be the one that is here.
 */
export function staysAsItIs(pairs: readonly LabPair[]): (outcome: TestedPair) => boolean {
  const libraries = new Map(pairs.map(({ pair: { id, library } }) => [id, library]));
  const known = new Map<string, string | undefined>();
  return ({ verdict, tier, profile, series }) => {
    if (verdict === 'error' || tier !== 'emu') return false;
    if (!known.has(profile)) known.set(profile, seriesHere(profile, libraries.get(profile)!));
    return series === known.get(profile);
  };
}

/** Undefined where the toolchain is not on this machine. */
function seriesHere(profile: string, library: ProfileLibrary): string | undefined {
  const board = standInOf(findProfile(library, profile).profile, library);
  return missingTools(board).length === 0 ? emulatedSeries(board) : undefined;
}

/** Of a job that did not get as far as a verdict. */
export function errorOf({ model, profile, tier }: LabJob, error: Diagnostic): TestedPair {
  const nothing = { series: null, why: null, moved: [], metrics: 0, differences: [], nearest: null, warnings: [] };
  return { model, profile, tier, verdict: 'error', error, ...nothing };
}
