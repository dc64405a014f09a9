// A board has one worker: who holds its lease, and keeps it alive.
import { randomUUID } from 'node:crypto';
import { WherryError } from '@wherry/graph';
import { labDiagnostics } from '../diagnostics.js';
import { keyPrefix } from '../queue/lab-job.js';
import type { RedisConnection } from '../redis/redis-connection.js';

export interface BoardLease {
  /** It is not kept any more, and runs out. */
  drop(): void;
  /** Ends it: the next worker need not wait for it to run out. */
  release(): Promise<void>;
}

const keyOf = (board: string): string => `${keyPrefix}:board:${board}`;
const extend =
  "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0";
const remove = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

/**
 * Waits as long as a lease lasts: that of a worker that was killed runs out by itself. `lost` is told once where it cannot be
 * kept. Throws LAB_BOARD_TAKEN, LAB_REDIS_* and the reason of the signal.
 */
export async function leaseBoard(
  { client, asked }: RedisConnection,
  board: string,
  {
    leaseMs,
    lost,
    signal,
  }: { readonly leaseMs: number; readonly lost: (error: unknown) => void; readonly signal: AbortSignal },
): Promise<BoardLease> {
  const [key, token] = [keyOf(board), randomUUID()];
  const end = performance.now() + leaseMs * 1.2;
  while ((await asked(client.set(key, token, 'PX', leaseMs, 'NX'))) !== 'OK') {
    signal.throwIfAborted();
    if (performance.now() > end) throw taken(board);
    await new Promise((done) => setTimeout(done, Math.min(200, leaseMs / 5)));
  }
  const keep = async (): Promise<void> => {
    const kept = await asked(client.eval(extend, 1, key, token, leaseMs));
    // Nobody had it while this worker slept, or while Redis was away: it is taken up again.
    if (kept !== 1 && (await asked(client.set(key, token, 'PX', leaseMs, 'NX'))) !== 'OK') throw taken(board);
  };
  const timer: NodeJS.Timeout = setInterval(() => {
    keep().catch((error: unknown) => {
      drop();
      lost(error);
    });
  }, leaseMs / 3);
  const drop = (): void => clearInterval(timer);
  return {
    drop,
    release: async () => {
      drop();
      await asked(client.eval(remove, 1, key, token));
    },
  };
}

/** Those of the boards that have a worker. */
export async function boardsAtWork(
  { client, asked }: RedisConnection,
  boards: readonly string[],
): Promise<ReadonlySet<string>> {
  if (boards.length === 0) return new Set();
  const tokens = await asked(client.mget(...boards.map(keyOf)));
  return new Set(boards.filter((_, at) => typeof tokens[at] === 'string'));
}

function taken(board: string): WherryError {
  return new WherryError(labDiagnostics.LAB_BOARD_TAKEN, {
    what: `another worker has the board ${board}`,
    next: 'end that one first; where two boards of the lab have one id, give each its own in the hardware map',
  });
}
