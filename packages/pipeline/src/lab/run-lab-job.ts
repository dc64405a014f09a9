// What a worker does with a job: the test of its pair, from the files that lie here, if they are those of the job.
import { WherryError } from '@wherry/graph';
import type { LabJob } from '@wherry/lab';
import { labDiagnostics } from '@wherry/lab/diagnostics';
import type { ProgressSink } from '../progress.js';
import { testProject } from '../regression/test-project.js';
import type { TestedPair } from '../regression/test-result.js';
import type { BoardTarget } from './board-targets.js';
import { runBoardScript } from './board-script.js';
import { labProject, type LabPair, type LabPlace, type LabProject } from './lab-project.js';
import { errorOf } from './tested-outcome.js';

export interface JobHost {
  readonly signal: AbortSignal;
  readonly progress: ProgressSink;
}

/** Whatever a job is refused for is its outcome. Throws the reason of the signal, and bugs. */
export async function runLabJob(job: LabJob, target: BoardTarget, place: LabPlace, host: JobHost): Promise<TestedPair> {
  try {
    const here = await pairHere(job, target, place);
    const { preScript } = target.board;
    const { isNamed } = here;
    if (preScript !== undefined) await runBoardScript(preScript, target, { name: job.model, isNamed }, host.signal);
    const tested = await testHere(here, target, place, host);
    // Somebody may have worked on the files meanwhile.
    await pairHere(job, target, place);
    return tested;
  } catch (error) {
    host.signal.throwIfAborted();
    if (!(error instanceof WherryError)) throw error;
    return errorOf(job, error.diagnostic);
  }
}

/** Throws LAB_INPUTS_DIFFER, LAB_JOB_INVALID and what reading the project throws. */
async function pairHere(
  job: LabJob,
  { board, profile, tier }: BoardTarget,
  place: LabPlace,
): Promise<LabProject & { readonly only: LabPair }> {
  // Also keeps what came from elsewhere from naming files of this machine.
  if (job.profile !== profile || job.tier !== tier)
    throw new WherryError(labDiagnostics.LAB_JOB_INVALID, {
      what: `it is for ${job.profile}, ${job.tier}, and the board ${board.id} is ${profile}, ${tier}`,
      next: 'find out who else writes to this Redis; `deploy lab submit` puts jobs where their boards take them',
    });
  const { model, round } = job;
  const project = await labProject({ ...place, models: [model], only: [profile], tier, round });
  const [only] = project.pairs as readonly [LabPair];
  const digests = new Map(only.job.inputs.map(({ name, digest }) => [name, digest]));
  const wanted = new Map(job.inputs.map(({ name, digest }) => [name, digest]));
  const differ = [...new Set([...wanted.keys(), ...digests.keys()])].filter(
    (name) => wanted.get(name) !== digests.get(name),
  );
  if (differ.length === 0) return { ...project, only };
  throw new WherryError(labDiagnostics.LAB_INPUTS_DIFFER, {
    what: `what the worker of the board ${board.id} has is not what was submitted: ${differ.join(', ')}`,
    where: `${model} on ${profile}`,
    next: 'bring the same commit and the same version of the tool to the machine of the board, and submit again',
  });
}

async function testHere(
  { only, baselines }: LabProject & { readonly only: LabPair },
  { board, tier }: BoardTarget,
  { profiles, engine }: LabPlace,
  { signal, progress }: JobHost,
): Promise<TestedPair> {
  const device = tier === 'hw' ? { device: { port: board.serial!, baud: board.baud } } : {};
  const request = {
    ...{ pairs: [only.pair], areAll: false, tiers: [tier], baselines, update: false, inCi: false },
    ...device,
  };
  const { pairs } = await testProject(request, { engine, signal, profiles }, progress);
  return pairs[0]!;
}
