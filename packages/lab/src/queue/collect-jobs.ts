// Waits for the results of jobs, each taken once: by its id.
import { counted, WherryError } from '@wherry/graph';
import { labDiagnostics } from '../diagnostics.js';
import type { RedisConnection } from '../redis/redis-connection.js';
import { jobId, queueName, type LabJob } from './lab-job.js';
import { failedReason, labQueues, stateOf, type JobState, type LabQueues } from './lab-queue.js';
import { readResults, type LabResult, type ParseOutcome } from './result-store.js';

/** What became of a job. */
export type Collected<Outcome> =
  | { readonly result: LabResult<Outcome>; readonly failure?: undefined }
  | { readonly result?: undefined; readonly failure: WherryError };

export interface CollectHost<Outcome> {
  readonly parse: ParseOutcome<Outcome>;
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for all of them. */
  readonly waitMs: number;
  /** Told when more are there. */
  readonly told?: (done: number) => void;
}

const pollMs = 200;
/** Who submits a job again takes it away first: only one that is gone for longer is lost. */
const lostMs = 2000;

/**
 * In the order of the jobs. A job that has ended without a result, or that nobody knows, is a failure of its own. Throws
 * LAB_TIMEOUT, LAB_REDIS_*, LAB_RESULT_INVALID, and the reason of the signal.
 */
export async function collectJobs<Outcome>(
  connection: RedisConnection,
  jobs: readonly LabJob[],
  { parse, signal, waitMs, told }: CollectHost<Outcome>,
): Promise<readonly Collected<Outcome>[]> {
  const queues = labQueues(connection);
  const collected = new Map<string, Collected<Outcome>>();
  const goneSince = new Map<string, number>();
  const end = performance.now() + waitMs;
  for (;;) {
    const open = jobs.filter((job) => !collected.has(jobId(job)));
    await collectOnce(connection, queues, open, parse, collected, goneSince);
    told?.(collected.size);
    const still = jobs.filter((job) => !collected.has(jobId(job)));
    if (still.length === 0) break;
    signal?.throwIfAborted();
    if (performance.now() >= end) throw timeout(connection, still, jobs.length, waitMs);
    await pause(Math.min(pollMs, end - performance.now()), signal);
  }
  await queues.close();
  return jobs.map((job) => collected.get(jobId(job))!);
}

/** Looks at the states first: what had ended by then has its result in what is read after it. */
async function collectOnce<Outcome>(
  connection: RedisConnection,
  queues: LabQueues,
  jobs: readonly LabJob[],
  parse: ParseOutcome<Outcome>,
  collected: Map<string, Collected<Outcome>>,
  goneSince: Map<string, number>,
): Promise<void> {
  const states = await statesOf(connection, queues, jobs);
  const results = await readResults(connection, jobs.map(jobId), parse);
  for (const [at, job] of jobs.entries()) {
    const [id, result, state] = [jobId(job), results[at], states[at]!];
    const isThere = result !== undefined || state === 'waiting' || state === 'active';
    if (isThere) goneSince.delete(id);
    if (result !== undefined) collected.set(id, { result });
    else if (!isThere) {
      const since = goneSince.get(id) ?? performance.now();
      goneSince.set(id, since);
      if (state !== 'failed' && performance.now() - since < lostMs) continue;
      const reason = await connection.asked(failedReason(queues.of(queueName(job)), id));
      collected.set(id, { failure: state === 'failed' ? failed(job, reason) : gone(job) });
    }
  }
}

/** In the order of the jobs. */
export function statesOf(
  { asked }: RedisConnection,
  queues: LabQueues,
  jobs: readonly LabJob[],
): Promise<readonly JobState[]> {
  return asked(Promise.all(jobs.map((job) => stateOf(queues.of(queueName(job)), jobId(job)))));
}

const nameOf = ({ model, profile, tier }: LabJob): string => `${model} on ${profile}, ${tier}`;

function failed(job: LabJob, reason: string): WherryError {
  const isAbandoned = /stalled more than/.test(reason);
  return new WherryError(labDiagnostics[isAbandoned ? 'LAB_JOB_ABANDONED' : 'LAB_JOB_FAILED'], {
    what: isAbandoned ? 'worker after worker ended while it was at this job' : `its worker says: ${reason}`,
    where: nameOf(job),
    next: isAbandoned
      ? 'look at what the workers said last, as memory may have run out; then submit it again'
      : 'mend it there, and submit it again',
  });
}

function gone(job: LabJob): WherryError {
  return new WherryError(labDiagnostics.LAB_JOB_GONE, {
    what: 'there is neither such a job nor a result of it',
    where: nameOf(job),
    next: 'submit it from the same files (`deploy lab submit`); where it was, Redis has lost it',
  });
}

function timeout({ shown }: RedisConnection, still: readonly LabJob[], all: number, waitMs: number): WherryError {
  const [first, ...rest] = still;
  return new WherryError(labDiagnostics.LAB_TIMEOUT, {
    what: `after ${waitMs / 1000} s ${counted(still.length, 'job')} of ${all} ${still.length === 1 ? 'has' : 'have'} no result: ${nameOf(first!)}${rest.length === 0 ? '' : ' and others'}`,
    where: shown,
    next: '`deploy lab status` says which boards have a worker; collect again, or with more seconds for --wait',
  });
}

/** Ends early where the signal is aborted. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(finish, Math.max(0, ms));
    function finish(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      done();
    }
    signal?.addEventListener('abort', finish);
  });
}
