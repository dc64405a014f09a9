// `deploy lab` through the built command: jobs in, workers that are killed, the result of `deploy test` out. With a real Redis server.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestResult } from '@wherry/pipeline';
import type { LabStanding } from '@wherry/pipeline/lab';
import { describeRedis, describeThere, redisServer, type RedisServer } from '@wherry/testing';
import {
  deployCommand,
  repositoryRoot,
  runDeploy,
  runNode,
  temporaryFolder,
  type Finished,
} from './testing/built-command.js';
import { demoFiles } from './testing/demo-files.js';

const tools = ['arm-none-eabi-gcc', 'qemu-system-arm'];
const hasTools = tools.every((tool) => spawnSync(tool, ['--version']).status === 0);
const isEmulated = process.env['WHERRY_REQUIRE_ALL'] === '1' || hasTools;
const quick = { method: 'min-max', biasCorrection: false, equalization: false, rounding: 'nearest', samples: 20 };
const shapes = { model: 'shapes.h5', calibration: 'calibration.npy', weightClipping: false, ...quick };

describeRedis('deploy lab', () => {
  let [redis, folder]: [RedisServer, ReturnType<typeof temporaryFolder>] = [undefined!, undefined!];
  const at = (name: string): string => join(folder.path, name);
  const environment = (): Readonly<Record<string, string>> => ({ CI: '', WHERRY_REDIS: redis.url });
  const lab = (...words: readonly string[]): Promise<Finished> =>
    runDeploy(['lab', ...words], { cwd: folder.path, env: environment() });
  const project = (models: object, profiles: readonly string[] = ['stm32f4']): void =>
    writeFileSync(at('deploy.config.json'), JSON.stringify({ models, profiles }));
  const standing = async (...words: readonly string[]): Promise<readonly string[]> => {
    const { code, stdout, stderr } = await lab(...words, '--tier', 'emu', '--map', 'map.yaml', '--json');
    expect([code, stderr]).toEqual([0, '']);
    return (JSON.parse(stdout) as LabStanding).pairs.map(({ state }) => state);
  };
  const worker = (name: string): ChildProcess =>
    spawn(
      process.execPath,
      [deployCommand, 'lab', 'worker', '--map', 'map.yaml', '--board', name, '-q', '--until-done'],
      {
        cwd: folder.path,
        env: { ...process.env, NODE_OPTIONS: '', ...environment() },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
  const exitOf = (child: ChildProcess): Promise<number | null> => new Promise((done) => child.once('exit', done));

  beforeAll(async () => {
    redis = await redisServer();
    folder = temporaryFolder();
    const demo = await demoFiles();
    cpSync(demo.model, at('shapes.h5'));
    cpSync(demo.calibration, at('calibration.npy'));
    const map = ['first', 'second'].map(
      (id) => `- id: ${id}\n  connected: true\n  platform: stm32f407\n  serial: emulated\n`,
    );
    writeFileSync(
      at('map.yaml'),
      `${map.join('')}- id: third\n  connected: false\n  platform: esp32\n  serial: null\n`,
    );
  }, 240_000);
  afterAll(async () => {
    await redis.remove();
    folder.remove();
  });
  beforeEach(() => project({ shapes, again: shapes }));

  it('refuses what no board would ever do, and what it has no words for', async () => {
    project({ shapes }, ['stm32f4', 'esp32']);
    const submit = (...words: readonly string[]) => lab('submit', '--map', 'map.yaml', ...words);
    const none = await submit('--tier', 'emu');
    expect([none.code, none.stderr]).toEqual([
      7,
      expect.stringMatching(/LAB_NO_BOARD: 1 device .* esp32[^]*--profile stm32f4/),
    ]);
    expect((await submit()).stderr).toMatch(/LAB_NO_BOARD: 2 devices of the project have no connected board at a port/);
    expect((await lab('worker', '--map', 'map.yaml', '--board', 'third')).stderr).toMatch(
      /LAB_BOARD_UNKNOWN: .*not connected/,
    );
    expect((await lab('worker', '--map', 'map.yaml', '--board', 'frist')).stderr).toMatch(/did you mean first/);
    expect((await lab('submit', '--map', 'none.yaml')).stderr).toMatch(/LAB_MAP_INVALID: there is no such file/);
    expect(await lab()).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/ARGUMENTS_INVALID.*deploy lab submit/s),
    });
    expect(await lab('sumbit')).toMatchObject({ code: 2 });
    const address = await lab('status', '--map', 'map.yaml', '--redis', 'redis://user:secret@127.0.0.1:1');
    expect([address.code, address.stderr]).toEqual([11, expect.stringMatching(/LAB_REDIS_UNREACHABLE/)]);
    expect(address.stderr).not.toContain('secret');
    // Before Redis is asked for anything.
    const nowhere = await lab('submit', '--map', 'none.yaml', '--redis', 'redis://127.0.0.1:1');
    expect(nowhere.stderr).toMatch(/LAB_MAP_INVALID/);
    const early = await lab('collect', '-q', '--tier', 'emu', '-p', 'stm32f4', '--json');
    expect([early.code, (JSON.parse(early.stdout) as TestResult).pairs[0]?.error?.code]).toEqual([11, 'LAB_JOB_GONE']);
  });

  it('has other jobs for another tool, and for another engine', async () => {
    const tool = at('tool');
    mkdirSync(tool);
    for (const name of ['bin', 'bundle', 'package.json'])
      cpSync(join(repositoryRoot, 'apps', 'cli', name), join(tool, name), { recursive: true });
    symlinkSync(join(repositoryRoot, 'node_modules'), join(tool, 'node_modules'));
    const words = ['lab', 'status', '--tier', 'emu', '--map', 'map.yaml', '--json'];
    const ids = async (command: string, ...more: readonly string[]): Promise<readonly string[]> => {
      const { stdout } = await runNode([command, ...words, ...more], { cwd: folder.path, env: environment() });
      return (JSON.parse(stdout) as LabStanding).pairs.map(({ job }) => job);
    };
    const copy = join(tool, 'bin', 'deploy.mjs');
    const here = await ids(deployCommand);
    expect(await ids(copy)).toEqual(here);
    expect(await ids(deployCommand, '--engine', 'reference')).not.toEqual(here);
    // As a mended one of the same version.
    appendFileSync(join(tool, 'bundle', 'tether.mjs'), '\n');
    expect(await ids(copy)).not.toEqual(here);
  });

  describeThere('with emulated boards', isEmulated, 'no emulated board is there', () => {
    it('gives each pair once, as deploy test does, though a worker is killed at it', async () => {
      expect(await standing('submit')).toEqual(['added', 'added']);
      expect(await standing('submit')).toEqual(['waiting', 'waiting']);
      const victim = worker('first');
      // In the middle of its first job.
      await new Promise<void>((done) => victim.stdout!.once('data', () => setTimeout(done, 300)));
      const killed = exitOf(victim);
      victim.kill('SIGKILL');
      await killed;
      expect(await exitOf(worker('second'))).toBe(0);
      expect(await standing('status')).toEqual(['done', 'done']);
      const files = ['--junit', 'result.xml', '--markdown', 'result.md'];
      const { code, stdout } = await lab('collect', '-q', '--tier', 'emu', '--json', ...files);
      const tested = await runDeploy(['test', '-q', '--tier', 'emu', '--json'], {
        cwd: folder.path,
        env: environment(),
      });
      expect([code, JSON.parse(stdout)]).toEqual([tested.code, JSON.parse(tested.stdout)]);
      expect(code).toBe(6);
      expect(readFileSync(at('result.xml'), 'utf8').match(/<testcase /g)).toHaveLength(2);
      expect(readFileSync(at('result.md'), 'utf8')).toContain('## deploy test');
    }, 240_000);

    it('asks for another job where anything is other, and gives no result of other files', async () => {
      project({ shapes });
      expect(await standing('submit', '--round', 'files')).toEqual(['added']);
      // The worker has another file than was submitted.
      project({ shapes: { ...shapes, samples: 21 } });
      const data = readFileSync(at('calibration.npy'));
      expect(await standing('status', '--round', 'files')).toEqual(['gone']);
      expect(await exitOf(worker('second'))).toBe(0);
      project({ shapes });
      const { stdout } = await lab('collect', '-q', '--tier', 'emu', '--round', 'files', '--json');
      const [pair] = (JSON.parse(stdout) as TestResult).pairs;
      expect(pair?.error).toMatchObject({ code: 'LAB_INPUTS_DIFFER', what: expect.stringMatching(/: settings$/) });
      // What went wrong is tried again; what is done is not.
      expect(await standing('submit', '--round', 'files')).toEqual(['added']);
      expect(await exitOf(worker('second'))).toBe(0);
      expect(await standing('submit', '--round', 'files')).toEqual(['done']);
      writeFileSync(at('calibration.npy'), Buffer.concat([data, Buffer.from(' ')]));
      expect(await standing('status', '--round', 'files')).toEqual(['gone']);
      writeFileSync(at('calibration.npy'), data);
      expect(await standing('status', '--round', 'files')).toEqual(['done']);
    }, 240_000);
  });
});
