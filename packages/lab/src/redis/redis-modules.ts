// The optional packages that the lab speaks to Redis with, loaded when the first word goes there.
import { WherryError } from '@wherry/graph';
import { labDiagnostics } from '../diagnostics.js';

export interface RedisModules {
  readonly bullmq: Pick<typeof import('bullmq'), 'Queue' | 'Worker' | 'WaitingError'>;
  readonly Redis: typeof import('ioredis').Redis;
}

/** In the versions that this was tested with. */
export const redisPackages = ['bullmq@6.7.0', 'ioredis@6.0.0'] as const;

/** Throws LAB_MODULE_MISSING. */
export async function loadRedisModules(
  load: () => Promise<RedisModules> = async () => ({
    bullmq: await import('bullmq'),
    Redis: (await import('ioredis')).Redis,
  }),
): Promise<RedisModules> {
  try {
    return await load();
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new WherryError(
      labDiagnostics.LAB_MODULE_MISSING,
      {
        what: `the packages that speak to Redis are not there: ${line}`,
        next: `npm install --save-exact ${redisPackages.join(' ')}`,
      },
      { cause: error },
    );
  }
}
