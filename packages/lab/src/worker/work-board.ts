// A worker: takes the jobs of one board, one at a time, and leaves one result for each.
import { WherryError } from '@wherry/graph';
import type { Job, Worker } from 'bullmq';
import { labDiagnostics } from '../diagnostics.js';
import { jobId, keyPrefix, parseLabJob, type LabJob } from '../queue/lab-job.js';
import { labQueues } from '../queue/lab-queue.js';
import { hasResult, storeResult } from '../queue/result-store.js';
import { lost, type RedisConnection } from '../redis/redis-connection.js';
import { leaseBoard } from './board-lease.js';

/** What became of a job here. `late`: another worker's result was there first, and stays. */
export type Work =
  | { readonly kind: 'begun' | 'late' | 'done before' | 'given back'; readonly job: LabJob }
  | { readonly kind: 'stored'; readonly job: LabJob; readonly outcome: unknown }
  | { readonly kind: 'stalled'; readonly id: string };

export interface WorkLimits {
  /** A worker that is silent for so long is taken for dead: its job goes to another. */
  readonly lockMs: number;
  /** How often that is looked for. */
  readonly stalledMs: number;
  /** A job that has ended so many workers ends one more, and no other. */
  readonly mostStalls: number;
}

export const usualLimits: WorkLimits = { lockMs: 30_000, stalledMs: 10_000, mostStalls: 8 };

export interface BoardWorker {
  readonly board: string;
  readonly queue: string;
  /** Throws nothing but bugs and the reason of the signal: whatever goes wrong with a job is its outcome. */
  readonly run: (job: LabJob, signal: AbortSignal) => Promise<unknown>;
  readonly told: (work: Work) => void;
  /** Ends where no job is left, of others of the same queue either. */
  readonly untilDone: boolean;
  readonly limits?: WorkLimits;
}

/**
 * Until the signal is aborted, or no job is left. Then the job at work goes back to the queue. Throws LAB_BOARD_TAKEN,
 * LAB_REDIS_*, and what `run` throws.
 */
export async function workBoard(connection: RedisConnection, work: BoardWorker, signal: AbortSignal): Promise<void> {
  const { board, limits = usualLimits } = work;
  const ending = new AbortController();
  const end = (error: unknown): void => ending.abort(error);
  const stop = AbortSignal.any([signal, ending.signal]);
  const lease = await leaseBoard(connection, board, { leaseMs: limits.lockMs, lost: end, signal });
  try {
    await workUntil(stop, connection, work, end);
  } finally {
    // Nothing is asked of a Redis that is gone.
    if (isLost(stop.reason)) lease.drop();
    else await lease.release();
  }
  if (ending.signal.aborted && ending.signal.reason !== nothingLeft) throw ending.signal.reason;
}

async function workUntil(
  stop: AbortSignal,
  connection: RedisConnection,
  work: BoardWorker,
  end: (reason: unknown) => void,
): Promise<void> {
  const client = await connection.blocking();
  client.on('end', () => end(lost('the connection was given up', connection)));
  const worker = openWorker(connection, work, { client, stop, end });
  const running = worker.run().catch(end);
  if (work.untilDone) await endWhenDone(connection, work.queue, stop, end);
  else await aborted(stop);
  // The job at work sees the same signal, and goes back; where there is no way to Redis it is found to have stalled.
  await worker.close(isLost(stop.reason));
  if (!isLost(stop.reason)) await running;
  client.removeAllListeners('end');
  client.disconnect();
}

function isLost(reason: unknown): boolean {
  return reason instanceof WherryError && reason.definition === labDiagnostics.LAB_REDIS_LOST;
}

const nothingLeft = Symbol('nothing left');

function openWorker(
  connection: RedisConnection,
  { board, queue, run, told, limits = usualLimits }: BoardWorker,
  {
    client,
    stop,
    end,
  }: { readonly client: RedisConnection['client']; readonly stop: AbortSignal; readonly end: (error: unknown) => void },
): Worker {
  const { bullmq } = connection.modules;
  const process = async (job: Job, token: string | undefined): Promise<string> => {
    const data = parseLabJob(job.id, job.data);
    const giveBack = async (): Promise<never> => {
      await job.moveToWait(token);
      told({ kind: 'given back', job: data });
      throw new bullmq.WaitingError();
    };
    if (stop.aborted) return giveBack();
    // Of a worker that ended between its result and the end of the job.
    if (await hasResult(connection, job.id!)) {
      told({ kind: 'done before', job: data });
      return 'done before';
    }
    told({ kind: 'begun', job: data });
    let outcome: unknown;
    try {
      outcome = await run(data, stop);
    } catch (error) {
      if (stop.aborted) return giveBack();
      end(error);
      throw error;
    }
    const isFirst = await storeResult(connection, { id: jobId(data), board, outcome });
    told(isFirst ? { kind: 'stored', job: data, outcome } : { kind: 'late', job: data });
    return isFirst ? 'stored' : 'late';
  };
  const worker = new bullmq.Worker(queue, process, {
    ...{ connection: client, prefix: keyPrefix, autorun: false, concurrency: 1, name: board },
    ...{
      lockDuration: limits.lockMs,
      stalledInterval: limits.stalledMs,
      maxStalledCount: limits.mostStalls,
      drainDelay: 1,
    },
  });
  worker.on('stalled', (id) => told({ kind: 'stalled', id }));
  // Redis that does not come back ends the connection, which is listened to; a lock that was lost is another worker's job.
  worker.on('error', () => undefined);
  return worker;
}

/** Jobs that another worker has may come back. */
async function endWhenDone(
  connection: RedisConnection,
  queue: string,
  stop: AbortSignal,
  end: (reason: unknown) => void,
): Promise<void> {
  const queues = labQueues(connection);
  try {
    while (!stop.aborted) {
      const { waiting, active, delayed, prioritized } = await connection.asked(
        queues.of(queue).getJobCounts('waiting', 'active', 'delayed', 'prioritized'),
      );
      if ((waiting ?? 0) + (active ?? 0) + (delayed ?? 0) + (prioritized ?? 0) === 0) return end(nothingLeft);
      await new Promise((done) => setTimeout(done, 100));
    }
  } catch (error) {
    end(error);
  } finally {
    await queues.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
}
