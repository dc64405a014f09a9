// A lab: 1,000 jobs over four emulated boards of two kinds, each with a worker as a process of its own, through Debian's Redis
// server; and workers that are killed meanwhile. WHERRY_FAULTS=long kills many times more.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { agentCommand, boards, buildImage, missingTools, tethered } from '@wherry/emulated-boards';
import {
  collectJobs,
  connectRedis,
  jobId,
  parseRedisAddress,
  queueName,
  submitJobs,
  type LabJob,
  type RedisConnection,
} from '@wherry/lab';
import { chanceOf, referenceModel } from '@wherry/serial-profiler';
import { smallInput, smallNetwork } from '../../packages/serial-profiler/src/testing/small-network.js';
import { describeRedis, describeThere, redisServer, type RedisServer } from '../testing/src/index.js';
import { compiledAgent } from './agent-program.js';

jest.setTimeout(1_800_000);

const isLong = process.env['WHERRY_FAULTS'] === 'long';
const [count, kills] = isLong ? [1000, 200] : [1000, 6];
/** A board of each kind twice. */
const kinds = ['netduinoplus2', 'riscv32-virt'].map((id) => boards.find((board) => board.id === id)!);
const isThere = process.env['WHERRY_REQUIRE_ALL'] === '1' || kinds.every((board) => missingTools(board).length === 0);

interface Ran {
  readonly seed: number;
  readonly outputs: readonly string[];
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const jobs = Array.from({ length: count }, (_, at): LabJob => {
  const digest = createHash('sha256')
    .update(`input ${at + 1}`)
    .digest('hex');
  const profile = kinds[at % kinds.length]!.id;
  return {
    schemaVersion: 1,
    model: `input-${at + 1}`,
    profile,
    tier: 'emu',
    inputs: [{ name: 'x', digest }],
    round: '',
  };
});

describeRedis('a lab', () => describeThere('of emulated boards', isThere, 'no emulated board is there', suite));

function suite(): void {
  const graph = smallNetwork();
  let [redis, connection, folder]: [RedisServer, RedisConnection, string] = [undefined!, undefined!, ''];
  const images: Awaited<ReturnType<typeof buildImage>>[] = [];
  const workers: { child: ChildProcess; readonly start: () => ChildProcess }[] = [];
  const journal = (): string => join(folder, 'journal');
  const notes = (): readonly (readonly string[])[] =>
    readFileSync(journal(), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(','));
  const end = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill('SIGKILL');
    await exit;
  };

  beforeAll(async () => {
    redis = await redisServer();
    connection = await connectRedis(parseRedisAddress(redis.url));
    folder = mkdtempSync(join(tmpdir(), 'wherry-lab-'));
    for (const board of kinds) {
      const { expected, ...program } = compiledAgent(graph, board.agent!.port, board);
      const image = await buildImage(board, program);
      images.push(image);
      const queue = queueName({ profile: board.id, tier: 'emu' });
      const given = {
        url: redis.url,
        queue,
        journal: journal(),
        // What goes with a killed worker is none of the others': they share the image.
        command: tethered(agentCommand(board, image.path), join(folder, 'of-one-worker')),
        expected,
        // Chance may kill every run of one job for a while: that it is given up for is another matter.
        mostStalls: kills,
      };
      for (const each of ['first', 'second']) {
        const name = `${board.id}-${each}`;
        const start = (): ChildProcess => {
          appendFileSync(journal(), `started,,${name}\n`);
          const words = [join(import.meta.dirname, 'lab-worker.mjs'), JSON.stringify({ ...given, board: name })];
          return spawn(process.execPath, words, { stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: '' } });
        };
        workers.push({ start, child: start() });
      }
    }
  });
  afterAll(async () => {
    await Promise.all(workers.map(({ child }) => end(child)));
    images.forEach((image) => image.remove());
    connection.close();
    await redis.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`does ${count} jobs on four boards, each once, though ${kills} workers are killed in the middle of a run`, async () => {
    const parse = (outcome: unknown): Ran => outcome as Ran;
    const begin = performance.now();
    await submitJobs(connection, jobs, { parse, stays: () => true });
    let isDone = false;
    const collected = collectJobs<Ran>(connection, jobs, { parse, waitMs: 900_000 }).finally(() => (isDone = true));
    const chance = chanceOf(5);
    let killed = 0;
    const busy = (): readonly number[] => {
      const last = new Map(notes().map(([kind, , board]) => [board, kind]));
      return workers.flatMap((_, at) =>
        last.get(`${kinds[at >> 1]!.id}-${at % 2 === 0 ? 'first' : 'second'}`) === 'begun' ? [at] : [],
      );
    };
    while (killed < kills && !isDone) {
      await wait(isLong ? 100 : 200 + chance() * 300);
      // At the very moment when one has begun.
      let at: number | undefined;
      while (at === undefined && !isDone) {
        await wait(1 + chance() * 5);
        at = busy()[Math.floor(chance() * busy().length)];
      }
      if (at === undefined) break;
      const worker = workers[at]!;
      await end(worker.child);
      if (busy().includes(at)) killed++;
      worker.child = worker.start();
    }
    const results = await collected;
    const seconds = (performance.now() - begin) / 1000;

    const model = referenceModel(graph);
    for (const [at, { result }] of results.entries()) {
      const { outputs } = model.run([smallInput(at + 1)]);
      const expected = { seed: at + 1, outputs: outputs.map(hex) };
      expect([result?.id, result?.outcome]).toEqual([jobId(jobs[at]!), expected]);
      // By a board of its kind.
      expect(result?.board.startsWith(jobs[at]!.profile)).toBe(true);
    }
    const all = notes();
    const of = (kind: string): readonly string[] => all.filter(([noted]) => noted === kind).map(([, name]) => name!);
    const each = (board: string): number => results.filter(({ result }) => result?.board === board).length;
    const names = kinds.flatMap(({ id }) => [`${id}-first`, `${id}-second`]);
    console.log(
      `${count} jobs in ${seconds.toFixed(1)} s on ${names.map((name) => `${name} (${each(name)})`).join(', ')}; ${killed} workers killed in the ` +
        `middle of a run; ${of('begun').length} runs begun, ${of('stalled').length} jobs found stalled, ${results.length} results`,
    );
    expect(names.reduce((sum, name) => sum + each(name), 0)).toBe(count);
    expect(names.every((name) => each(name) > 0)).toBe(true);
    expect(new Set(of('stored')).size).toBe(of('stored').length);
    expect(new Set(of('begun')).size).toBe(count);
    expect(killed).toBe(kills);
    expect(of('begun').length).toBeGreaterThan(count);
  });

  it('leaves no emulator behind whose worker was killed', async () => {
    await Promise.all(workers.map(({ child }) => end(child)));
    const running = (): string => spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).stdout;
    for (let tries = 0; tries < 50 && images.some(({ path }) => running().includes(path)); tries++) await wait(100);
    for (const { path } of images) expect(running()).not.toContain(path);
  });
}
