// The three things that a lab is asked: to take the jobs of a project, to say where they are, and to give what they came to.
import {
  boardsAtWork,
  collectJobs,
  jobStates,
  submitJobs,
  type HardwareMap,
  type KnownState,
  type RedisConnection,
} from '@wherry/lab';
import { baselineName } from '../regression/baseline-folder.js';
import { withoutNewSeries } from '../regression/judge.js';
import { obsoleteBaselines } from '../regression/obsolete-baselines.js';
import { failures, type TestedPair, type TestResult } from '../regression/test-result.js';
import { toolVersion } from '../tool.js';
import { boardTargets, requireBoards } from './board-targets.js';
import { labProject, type LabPair, type LabRequest } from './lab-project.js';
import { errorOf, outcomesOf, staysAsItIs } from './tested-outcome.js';

export type PairState = KnownState | 'added';

/** Of a pair, as a document for programs. */
export interface PairStanding {
  readonly model: string;
  readonly profile: string;
  readonly tier: string;
  readonly job: string;
  readonly state: PairState;
}

export interface BoardStanding {
  readonly id: string;
  readonly profile: string;
  readonly tier: string;
  readonly connected: true;
  /** Whether a worker has it now. */
  readonly worker: boolean;
}

export interface LabStanding {
  readonly schemaVersion: 1;
  readonly ok: true;
  readonly pairs: readonly PairStanding[];
  /** Those that are connected. */
  readonly boards: readonly BoardStanding[];
}

/** Throws LAB_NO_BOARD, LAB_REDIS_*, and what reading the project throws. */
export async function submitProject(
  connection: RedisConnection,
  request: LabRequest,
  map: HardwareMap,
): Promise<LabStanding> {
  const { pairs } = await labProject(request);
  requireBoards(pairs, await boardTargets(map, request.profiles), map.where);
  const host = { parse: outcomesOf(pairs), stays: staysAsItIs(pairs) };
  const submitted = await submitJobs(
    connection,
    pairs.map(({ job }) => job),
    host,
  );
  const states = submitted.map((each): PairState => (each === 'open' ? 'waiting' : each));
  return standing(connection, request, pairs, states, map);
}

/** Throws LAB_REDIS_*, and what reading the project throws. */
export async function labStatus(
  connection: RedisConnection,
  request: LabRequest,
  map: HardwareMap,
): Promise<LabStanding> {
  const { pairs } = await labProject(request);
  const states = await jobStates(
    connection,
    pairs.map(({ job }) => job),
  );
  return standing(connection, request, pairs, states, map);
}

async function standing(
  connection: RedisConnection,
  { profiles }: LabRequest,
  pairs: readonly LabPair[],
  states: readonly PairState[],
  map: HardwareMap,
): Promise<LabStanding> {
  const targets = await boardTargets(map, profiles);
  const atWork = await boardsAtWork(
    connection,
    targets.map(({ board }) => board.id),
  );
  return {
    schemaVersion: 1,
    ok: true,
    pairs: pairs.map(({ job: { model, profile, tier }, id }, at) => ({
      ...{ model, profile, tier, job: id, state: states[at]! },
    })),
    boards: targets.map(({ board: { id }, profile, tier }) => ({
      ...{ id, profile, tier, connected: true, worker: atWork.has(id) },
    })),
  };
}

export interface CollectOptions {
  readonly signal?: AbortSignal | undefined;
  readonly waitMs: number;
  /** A series that the baseline does not hold fails. */
  readonly failOnNewSeries?: boolean | undefined;
  readonly told?: (done: number, all: number) => void;
}

/**
 * The document of `deploy test`: each pair once. Throws LAB_TIMEOUT, LAB_REDIS_*, LAB_RESULT_INVALID and what reading the
 * project throws.
 */
export async function collectProject(
  connection: RedisConnection,
  request: LabRequest,
  { signal, waitMs, told, failOnNewSeries = false }: CollectOptions,
): Promise<TestResult> {
  const { pairs, areAll, baselines } = await labProject(request);
  const jobs = pairs.map(({ job }) => job);
  const collected = await collectJobs(connection, jobs, {
    ...{ parse: outcomesOf(pairs), signal, waitMs },
    told: (done) => told?.(done, jobs.length),
  });
  const found = collected.map(({ result, failure }, at): TestedPair =>
    failure === undefined ? result.outcome : errorOf(jobs[at]!, failure.diagnostic),
  );
  const tested = failOnNewSeries ? found.map(withoutNewSeries) : found;
  const all = pairs.map(({ pair }) => pair);
  const obsolete = areAll ? await obsoleteBaselines(baselines, all) : [];
  return {
    schemaVersion: 1,
    ok: !tested.some(({ verdict }) => failures.has(verdict)) && obsolete.length === 0,
    tool: { name: 'wherry', version: toolVersion },
    tiers: [request.tier],
    pairs: tested,
    obsolete: obsolete.map(baselineName),
    removed: [],
  };
}
