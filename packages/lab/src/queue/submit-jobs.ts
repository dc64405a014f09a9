// Puts jobs into the queues of their devices: what is there already, or done, is not put there again.
import type { RedisConnection } from '../redis/redis-connection.js';
import { jobId, queueName, type LabJob } from './lab-job.js';
import { jobOptions, labQueues, stateOf, type LabQueues } from './lab-queue.js';
import { readResults, removeResult, type ParseOutcome, type ReadResult } from './result-store.js';

/**
 * `done`: its result is there. `open`: in the queue, or on a board. `added`: it was not, or had ended without a result that stays.
 */
export type Submitted = 'done' | 'open' | 'added';

export interface SubmitHost<Outcome> {
  readonly parse: ParseOutcome<Outcome>;
  /** Whether a result stays: what went wrong on the way is tried again. */
  readonly stays: (outcome: Outcome) => boolean;
}

/** In the order of the jobs. Throws LAB_REDIS_*, LAB_RESULT_INVALID. */
export async function submitJobs<Outcome>(
  connection: RedisConnection,
  jobs: readonly LabJob[],
  { parse, stays }: SubmitHost<Outcome>,
): Promise<readonly Submitted[]> {
  const queues = labQueues(connection);
  const ids = jobs.map(jobId);
  const results = await readResults(connection, ids, parse);
  const submit = async (job: LabJob, at: number): Promise<Submitted> => {
    const result = results[at];
    if (result !== undefined && stays(result.outcome)) return 'done';
    return connection.asked(submitOne(connection, queues, job, result));
  };
  const submitted = await Promise.all(jobs.map(submit));
  await queues.close();
  return submitted;
}

/** Two who submit at once end with one job: whatever both do is done once by Redis. */
async function submitOne(
  connection: RedisConnection,
  queues: LabQueues,
  job: LabJob,
  result: ReadResult<unknown> | undefined,
): Promise<Submitted> {
  const queue = queues.of(queueName(job));
  const id = jobId(job);
  const state = await stateOf(queue, id);
  if (state === 'waiting' || state === 'active') return 'open';
  // Locked by a worker that has taken it meanwhile: then it is open.
  if (state !== 'gone') await queue.remove(id);
  if (result !== undefined) await removeResult(connection, result);
  await queue.add(`${job.model} on ${job.profile}`, job, { ...jobOptions, jobId: id });
  return 'added';
}
