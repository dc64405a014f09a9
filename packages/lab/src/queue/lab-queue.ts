// The queues of a lab by their names, each opened when it is first asked for.
import type { Job, Queue } from 'bullmq';
import type { RedisConnection } from '../redis/redis-connection.js';
import { keyPrefix } from './lab-job.js';
import { keptSeconds } from './result-store.js';

export interface LabQueues {
  of(name: string): Queue;
  close(): Promise<void>;
}

export function labQueues({ modules, client }: RedisConnection): LabQueues {
  const open = new Map<string, Queue>();
  return {
    of: (name) => {
      const queue = open.get(name) ?? new modules.bullmq.Queue(name, { connection: client, prefix: keyPrefix });
      // What is asked of it throws as well; nobody listens twice.
      if (!open.has(name)) queue.on('error', () => undefined);
      open.set(name, queue);
      return queue;
    },
    close: async () => void (await Promise.all([...open.values()].map((queue) => queue.close()))),
  };
}

const kept = { age: keptSeconds };

/** A job is tried once: what fails says why, and is submitted again by who has mended it. */
export const jobOptions = { attempts: 1, removeOnComplete: kept, removeOnFail: kept } as const;

/** A job that some worker has, or will have. */
export type Open = 'waiting' | 'active';

/** `failed`: without a result. `gone`: nobody knows it. */
export type JobState = Open | 'failed' | 'completed' | 'gone';

export async function stateOf(queue: Queue, id: string): Promise<JobState> {
  const state = await queue.getJobState(id);
  if (state === 'unknown') return 'gone';
  return state === 'active' || state === 'failed' || state === 'completed' ? state : 'waiting';
}

export async function failedReason(queue: Queue, id: string): Promise<string> {
  const job = (await queue.getJob(id)) as Job | undefined;
  return job?.failedReason ?? 'it is gone';
}
