// A project as the lab sees it: a job for each pair of model and profile.
import { jobId, type BoardTier, type LabJob } from '@wherry/lab';
import { readProject } from '../config/project.js';
import { baselinePlace, type BaselinePlace } from '../regression/baseline-folder.js';
import { pairsOf, type PairToTest } from '../regression/pairs.js';
import type { EngineName } from '../tool.js';
import { pairInputs } from './pair-inputs.js';

/** Where a project lies on this machine: the same files may lie elsewhere on another. */
export interface LabPlace {
  /** deploy.config.json where it is left out. */
  readonly config?: string | undefined;
  /** Folder with more profiles. */
  readonly profiles?: string | undefined;
  readonly baselines?: string | undefined;
  /** What runs the float model. */
  readonly engine: EngineName;
}

export interface LabRequest extends LabPlace {
  readonly models: readonly string[];
  readonly only: readonly string[];
  readonly tier: BoardTier;
  readonly round: string;
}

export interface LabPair {
  readonly pair: PairToTest;
  readonly job: LabJob;
  readonly id: string;
}

export interface LabProject {
  readonly pairs: readonly LabPair[];
  readonly areAll: boolean;
  /** Whether its models have names that a command line takes. */
  readonly isNamed: boolean;
  readonly baselines: BaselinePlace;
}

/** Throws what reading a project throws, and LAB_INPUT_UNREADABLE. */
export async function labProject(request: LabRequest): Promise<LabProject> {
  const { config, profiles: folder, baselines: given, models, only, tier, round, engine } = request;
  const read = await readProject(config);
  const baselines = baselinePlace(read.file, given);
  const { pairs, areAll } = await pairsOf(read, { models, profiles: only, folder });
  const jobs: LabPair[] = [];
  for (const pair of pairs) {
    const inputs = await pairInputs(pair, baselines, engine);
    const job: LabJob = { schemaVersion: 1, model: pair.model.name, profile: pair.id, tier, inputs, round };
    jobs.push({ pair, job, id: jobId(job) });
  }
  return { pairs: jobs, areAll, isNamed: read.isNamed, baselines };
}
