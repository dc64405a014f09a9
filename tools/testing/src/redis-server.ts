// Redis servers for tests: Debian's own, each on a socket in a folder that goes away with it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeThere } from './describe-there.js';

/** A `describe` that needs a Redis server: left out aloud without it, failing when WHERRY_REQUIRE_ALL=1. */
export function describeRedis(name: string, suite: () => void): void {
  const isThere = process.env['WHERRY_REQUIRE_ALL'] === '1' || spawnSync('redis-server', ['--version']).status === 0;
  describeThere(name, isThere, 'redis-server is not there', suite);
}

export interface RedisServer {
  readonly url: string;
  /** `SIGKILL` as a machine that fails, `SIGSTOP` as one that hangs, `SIGCONT` goes on. */
  signal(name: NodeJS.Signals): Promise<void>;
  /** Once it has ended. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** One that asks for a password is up as well. */
function isUp(socket: string): boolean {
  const { stdout } = spawnSync('redis-cli', ['-s', socket, 'ping'], { encoding: 'utf8' });
  return /PONG|NOAUTH/.test(stdout);
}

/** @param options of redis-server, e.g. `--appendonly yes`; without them it keeps nothing on the disk */
export async function redisServer(options: readonly string[] = []): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-redis-'));
  const socket = join(folder, 's');
  let child: ChildProcess | undefined;
  const gone = (): Promise<void> =>
    new Promise((done) => {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) done();
      else child.once('exit', () => done());
    });
  const start = async (): Promise<void> => {
    const given = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder, ...options];
    child = spawn('redis-server', given, { stdio: 'ignore' });
    const end = performance.now() + 20_000;
    while (!existsSync(socket) || !isUp(socket)) {
      if (performance.now() > end) throw new Error('redis-server does not start');
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  await start();
  return {
    url: `unix://${socket}`,
    start,
    signal: async (name) => {
      child?.kill(name);
      if (name === 'SIGKILL' || name === 'SIGTERM') await gone();
      if (name === 'SIGKILL') rmSync(socket, { force: true });
    },
    remove: async () => {
      child?.kill('SIGKILL');
      await gone();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
