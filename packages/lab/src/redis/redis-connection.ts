// A connection to Redis that never waits for ever: it comes up within a time, and is given up when it stays away.
import { WherryError } from '@wherry/graph';
import type { Redis } from 'ioredis';
import { labDiagnostics } from '../diagnostics.js';
import type { RedisAddress } from './redis-address.js';
import { loadRedisModules, type RedisModules } from './redis-modules.js';

export interface RedisConnection {
  readonly modules: RedisModules;
  readonly client: Redis;
  readonly shown: string;
  /** How long Redis may stay away. */
  readonly patienceMs: number;
  /** One more of the same kind, whose commands may block; it has no time limit for each. */
  readonly blocking: () => Promise<Redis>;
  /** What Redis answers; whatever goes wrong on the way there throws LAB_REDIS_LOST or LAB_REDIS_REFUSED. */
  readonly asked: <T>(ask: Promise<T>) => Promise<T>;
  readonly close: () => void;
}

export const usualPatienceMs = 30_000;
const retryMs = 250;

/** Throws LAB_MODULE_MISSING, LAB_REDIS_UNREACHABLE and LAB_REDIS_REFUSED. */
export async function connectRedis(address: RedisAddress, patienceMs = usualPatienceMs): Promise<RedisConnection> {
  const modules = await loadRedisModules();
  const open: Redis[] = [];
  const opened = async (commandTimeout: number | undefined): Promise<Redis> => {
    const client = await openClient(modules, address, patienceMs, commandTimeout);
    open.push(client);
    return client;
  };
  return {
    modules,
    client: await opened(patienceMs),
    shown: address.shown,
    patienceMs,
    blocking: () => opened(undefined),
    asked: async (ask) => {
      try {
        return await ask;
      } catch (error) {
        throw lostOrRefused(error, address);
      }
    },
    close: () => open.forEach((client) => client.disconnect()),
  };
}

async function openClient(
  { Redis: Client }: RedisModules,
  address: RedisAddress,
  patienceMs: number,
  commandTimeout: number | undefined,
): Promise<Redis> {
  let isUp = false;
  let fault: unknown;
  const client = new Client(address.url, {
    lazyConnect: true,
    connectTimeout: patienceMs,
    ...(commandTimeout !== undefined && { commandTimeout }),
    // Commands wait while it comes back, and fail together when it is given up.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (isUp && times * retryMs < patienceMs ? retryMs : null),
  });
  client.on('error', (error: unknown) => (fault = error));
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, refuse) => {
      timer = setTimeout(() => refuse(new Error(`it does not answer within ${patienceMs} ms`)), patienceMs);
    });
    await Promise.race([client.connect().then(() => client.ping()), late]);
    isUp = true;
    return client;
  } catch (error) {
    client.disconnect();
    const reply = [error, fault].find(isReply);
    throw reply === undefined ? unreachable(fault ?? error, address) : refused(reply as Error, address);
  } finally {
    clearTimeout(timer);
  }
}

/** An answer of Redis that is an error; anything else is the way to it. */
function isReply(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError';
}

function lostOrRefused(error: unknown, address: RedisAddress): unknown {
  if (error instanceof WherryError || !(error instanceof Error)) return error;
  if (isReply(error)) return refused(error, address);
  const isLost =
    error.message === 'Connection is closed.' || /timed out|^connect |^read |^write |ECONN|EPIPE/.test(error.message);
  return isLost ? lost(error.message, address) : error;
}

function unreachable(error: unknown, { shown }: RedisAddress): WherryError {
  const words =
    error instanceof Error && error.message !== ''
      ? error.message
      : String((error as { code?: unknown })?.code ?? error);
  return new WherryError(
    labDiagnostics.LAB_REDIS_UNREACHABLE,
    {
      what: `no Redis answers: ${words}`,
      where: shown,
      next: 'start it there (`redis-server`), or give the address of the one of the lab with --redis, or in WHERRY_REDIS',
    },
    { cause: error },
  );
}

export function lost(words: string, { shown }: { readonly shown: string }): WherryError {
  return new WherryError(labDiagnostics.LAB_REDIS_LOST, {
    what: `Redis was there, and is no more: ${words}`,
    where: shown,
    next: 'see that it runs, and run the same command again: what is done is not done again',
  });
}

function refused({ message }: Error, { shown }: RedisAddress): WherryError {
  const isPassword = /^(NOAUTH|WRONGPASS|NOPERM)/.test(message);
  return new WherryError(labDiagnostics.LAB_REDIS_REFUSED, {
    what: `Redis refuses: ${message}`,
    where: shown,
    next: isPassword
      ? 'give user and password: redis://USER:PASSWORD@HOST:PORT'
      : 'mend it there, and run the same command again',
  });
}
