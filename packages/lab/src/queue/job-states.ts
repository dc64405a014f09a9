// What is known of jobs now, without waiting for any.
import type { RedisConnection } from '../redis/redis-connection.js';
import { statesOf } from './collect-jobs.js';
import { jobId, type LabJob } from './lab-job.js';
import { labQueues, type JobState } from './lab-queue.js';
import { hasResult } from './result-store.js';

/** `done`: its result is there. */
export type KnownState = 'done' | Exclude<JobState, 'completed'>;

/** In the order of the jobs. Throws LAB_REDIS_*. */
export async function jobStates(connection: RedisConnection, jobs: readonly LabJob[]): Promise<readonly KnownState[]> {
  const queues = labQueues(connection);
  const states = await statesOf(connection, queues, jobs);
  const done = await Promise.all(jobs.map((job) => hasResult(connection, jobId(job))));
  await queues.close();
  // One that has ended and whose result was taken away is known no more.
  return states.map((state, at) => (done[at] === true ? 'done' : state === 'completed' ? 'gone' : state));
}
