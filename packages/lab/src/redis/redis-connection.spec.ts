// The way to Redis: what is said where there is none, and that nobody waits for ever.
import { createServer } from 'node:net';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WherryError } from '@wherry/graph';
import { describeRedis, redisServer } from '@wherry/testing';
import { connectRedis, parseRedisAddress } from '../index.js';
import { loadRedisModules, redisPackages } from './redis-modules.js';

/** The code of what is thrown. */
async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof WherryError) return error.definition.code;
    throw error;
  }
  return 'nothing';
}

it.each([
  ['redis://lab.example:6380/2', 'redis://lab.example:6380/2'],
  ['rediss://me:secret@lab.example', 'rediss://lab.example'],
  ['unix:///run/redis/socket', 'unix:///run/redis/socket'],
  ['redis://[::1]:6379', 'redis://[::1]:6379'],
])('reads %s, and shows %s', (text, shown) => {
  expect(parseRedisAddress(text).shown).toBe(shown);
});

it.each(['', 'lab.example', 'http://lab.example', 'redis://', 'redis://a/x', 'redis://a?family=6', 'unix://relative'])(
  'refuses %j for an address',
  (text) => expect(() => parseRedisAddress(text)).toThrow(/LAB_REDIS_ADDRESS/),
);

it('says how the packages are installed, in the versions of the manifest', async () => {
  const missing = new Error("Cannot find package 'bullmq' imported from x\nmore");
  const failed = loadRedisModules(() => Promise.reject(missing));
  await expect(failed).rejects.toThrow(/LAB_MODULE_MISSING[^]*npm install --save-exact bullmq@/);
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    readonly optionalDependencies: object;
  };
  expect(redisPackages).toEqual(
    Object.entries(manifest.optionalDependencies).map(([name, version]) => `${name}@${version}`),
  );
});

it('says that nothing listens, and that what does is no Redis', async () => {
  const silent = createServer((socket) => void socket.resume()).listen(join(tmpdir(), `wherry-silent-${process.pid}`));
  const other = createServer((socket) => void socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
    join(tmpdir(), `wherry-other-${process.pid}`),
  );
  try {
    const to = (name: string): Promise<unknown> =>
      connectRedis(parseRedisAddress(`unix://${join(tmpdir(), name)}`), 1500);
    expect(await codeOf(to('wherry-no-such-socket'))).toBe('LAB_REDIS_UNREACHABLE');
    expect(await codeOf(to(`wherry-silent-${process.pid}`))).toBe('LAB_REDIS_UNREACHABLE');
    expect(await codeOf(to(`wherry-other-${process.pid}`))).toBe('LAB_REDIS_UNREACHABLE');
    expect(await codeOf(connectRedis(parseRedisAddress('redis://127.0.0.1:1'), 1500))).toBe('LAB_REDIS_UNREACHABLE');
  } finally {
    silent.close();
    other.close();
    for (const name of ['silent', 'other']) rmSync(join(tmpdir(), `wherry-${name}-${process.pid}`), { force: true });
  }
});

describeRedis('a Redis server', () => {
  it('is told by its words where it refuses, without the password', async () => {
    const redis = await redisServer(['--requirepass', 'secret', '--protected-mode', 'no', '--port', '0']);
    try {
      const failed = connectRedis(parseRedisAddress(redis.url), 3000);
      await expect(failed).rejects.toThrow(/LAB_REDIS_REFUSED[^]*NOAUTH[^]*USER:PASSWORD/);
    } finally {
      await redis.remove();
    }
  });

  it('may be away for a while; one that stays away, or hangs, is given up', async () => {
    const redis = await redisServer(['--appendonly', 'yes', '--appendfsync', 'always']);
    try {
      const [patient, hasty] = [
        await connectRedis(parseRedisAddress(redis.url), 20_000),
        await connectRedis(parseRedisAddress(redis.url), 1000),
      ];
      await patient.client.set('a', 'b');
      await redis.signal('SIGKILL');
      const answer = patient.asked(patient.client.get('a'));
      expect(await codeOf(hasty.asked(hasty.client.get('a')))).toBe('LAB_REDIS_LOST');
      await redis.start();
      expect(await answer).toBe('b');
      const hung = await connectRedis(parseRedisAddress(redis.url), 1000);
      await redis.signal('SIGSTOP');
      expect(await codeOf(hung.asked(hung.client.get('a')))).toBe('LAB_REDIS_LOST');
      await redis.signal('SIGCONT');
      for (const each of [patient, hasty, hung]) each.close();
    } finally {
      await redis.remove();
    }
  });
});
