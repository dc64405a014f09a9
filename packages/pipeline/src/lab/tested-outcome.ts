// What a job comes to, as another process has written it: exactly one tested pair, and that of the job.
import type { Diagnostic } from '@wherry/graph';
import { faultText, formCheck, type LabJob, type ParseOutcome } from '@wherry/lab';
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

/** Whatever else than an error is the same when it is asked for again. */
export function staysAsItIs({ verdict }: TestedPair): boolean {
  return verdict !== 'error';
}

/** Of a job that did not get as far as a verdict. */
export function errorOf({ model, profile, tier }: LabJob, error: Diagnostic): TestedPair {
  const nothing = { series: null, why: null, moved: [], metrics: 0, differences: [], warnings: [] };
  return { model, profile, tier, verdict: 'error', error, ...nothing };
}
