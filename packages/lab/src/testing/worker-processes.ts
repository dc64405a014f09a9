// A lab of workers, each a process that can be killed, with a Redis server of its own and a journal of what they did.
import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisServer } from '@wherry/testing';
import { connectRedis, parseRedisAddress, queueName, type RedisConnection } from '../index.js';
import { jobOf } from './jobs.js';

const program = join(import.meta.dirname, 'worker-process.mjs');

export interface WorkerProcesses {
  readonly connection: RedisConnection;
  /** @param jobMs how long each of its jobs takes */
  start(board: number, jobMs: number, mostStalls?: number): void;
  kill(board: number): Promise<void>;
  signal(board: number, name: 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  killed(): number;
  /** Boards whose worker is in the middle of a run, or was when it ended. */
  busy(): readonly number[];
  /** Models of the jobs that this is noted of. */
  notes(kind: string): readonly string[];
  until(holds: () => boolean): Promise<void>;
  remove(): Promise<void>;
}

export async function workerProcesses(): Promise<WorkerProcesses> {
  const redis = await redisServer();
  const connection = await connectRedis(parseRedisAddress(redis.url));
  const folder = mkdtempSync(join(tmpdir(), 'wherry-lab-'));
  const [journal, running] = [join(folder, 'journal'), new Map<number, ChildProcess>()];
  let killed = 0;
  const lines = (): readonly (readonly string[])[] =>
    readFileSync(journal, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(','));
  const note = (kind: string, board: number): void => appendFileSync(journal, `${kind},,board-${board}\n`);
  const end = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill('SIGKILL');
    await exit;
  };
  return {
    connection,
    start: (board, jobMs, mostStalls = 8) => {
      const words = [redis.url, `board-${board}`, queueName(jobOf(0)), journal, `${jobMs}`, `${mostStalls}`];
      const environment = { ...process.env, NODE_OPTIONS: '' };
      const child = spawn(process.execPath, [program, ...words], { stdio: 'inherit', env: environment });
      note('started', board);
      running.set(board, child);
    },
    kill: async (board) => {
      killed++;
      await end(running.get(board)!);
    },
    signal: async (board, name) => void running.get(board)!.kill(name),
    killed: () => killed,
    busy: () => {
      const last = new Map(lines().map(([kind, , board]) => [board, kind]));
      return [...running.keys()].filter((board) => last.get(`board-${board}`) === 'begun');
    },
    notes: (kind) => lines().flatMap(([noted, model]) => (noted === kind ? [model!] : [])),
    until: async (holds) => {
      const late = performance.now() + 60_000;
      while (!holds()) {
        if (performance.now() > late) throw new Error(`it does not come: ${JSON.stringify(lines())}`);
        await new Promise((done) => setTimeout(done, 10));
      }
    },
    remove: async () => {
      await Promise.all([...running.values()].map(end));
      connection.close();
      await redis.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
