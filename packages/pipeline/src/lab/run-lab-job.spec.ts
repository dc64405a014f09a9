// A job and what a worker does with it: only of the files that the job is of.
import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { missingTools } from '@wherry/emulated-boards';
import { WherryError } from '@wherry/graph';
import { parseHardwareMap, type Board, type LabJob } from '@wherry/lab';
import { standInOf } from '../measure/emulated-device.js';
import { noProgress } from '../progress.js';
import { emulatedSeries } from '../regression/measure-pair.js';
import type { TestedPair } from '../regression/test-result.js';
import type { EngineName } from '../tool.js';
import { smallProject, type SmallProject } from '../testing/small-project.js';
import { boardTarget, boardTargets, requireBoards } from './board-targets.js';
import { labProject, type LabPair } from './lab-project.js';
import { runLabJob } from './run-lab-job.js';
import { errorOf, outcomesOf, staysAsItIs } from './tested-outcome.js';

jest.setTimeout(120_000);

let project: SmallProject;
beforeEach(() => (project = smallProject()));
afterEach(() => project.remove());

const emulatedBoard: Board = { id: 'a', platform: 'stm32f407', connected: true, serial: 'emulated' };
const place = (engine: EngineName = 'reference') => ({
  ...{ config: join(project.folder, 'deploy.config.json'), baselines: project.baselines, engine },
});
const pairs = async (engine?: EngineName): Promise<readonly LabPair[]> =>
  (await labProject({ ...place(engine), models: [], only: ['stm32f4'], tier: 'emu', round: '' })).pairs;
const onlyPair = async (engine?: EngineName): Promise<LabPair> => (await pairs(engine))[0]!;
const run = async (job: LabJob, board = emulatedBoard) =>
  runLabJob(job, await boardTarget(board, undefined), place(), {
    ...{ signal: new AbortController().signal, progress: noProgress },
  });
const config = (): { models: { small: { calibration: string; model: string } } } =>
  JSON.parse(readFileSync(place().config, 'utf8')) as never;
const dataFile = (): string =>
  config()
    .models.small.calibration.replace(/^[a-z]+:/, '')
    .replace(/\?.*$/, '');

it('is another one where anything is other that a run reads, and else the same', async () => {
  const { id } = await onlyPair();
  expect((await onlyPair()).id).toBe(id);
  const { models } = config();
  const turned = Object.fromEntries(Object.entries(models.small).reverse());
  writeFileSync(place().config, JSON.stringify({ profiles: ['esp32', 'stm32f4'], models: { small: turned } }));
  expect((await onlyPair()).id).toBe(id);
  // Which may come to other numbers.
  const seen = new Set([id, (await onlyPair('wasm')).id]);
  expect(seen.size).toBe(2);
  const changes = [
    () => project.describe({ inputType: 'float32' }),
    () => appendFileSync(dataFile(), ' '),
    () => appendFileSync(config().models.small.model, ' '),
    () => {
      mkdirSync(join(project.baselines, 'stm32f4'), { recursive: true });
      writeFileSync(join(project.baselines, 'stm32f4', 'small.json'), '{}');
    },
  ];
  for (const [at, change] of changes.entries()) {
    change();
    seen.add((await onlyPair()).id);
    expect(seen.size).toBe(at + 3);
  }
});

it('is not run from other files, and says which are', async () => {
  const { job } = await onlyPair();
  appendFileSync(dataFile(), ' ');
  project.describe({ inputType: 'float32' });
  const { verdict, error } = await run(job);
  expect([verdict, error?.code]).toEqual(['error', 'LAB_INPUTS_DIFFER']);
  expect(error?.what).toMatch(/: settings, file .*$/);
});

it('has no result where files changed while it ran', async () => {
  const { job } = await onlyPair();
  const script = join(project.folder, 'flash.sh');
  writeFileSync(script, `#!/bin/sh\necho " " >> '${dataFile()}'\n`);
  chmodSync(script, 0o755);
  const { error } = await run(job, { ...emulatedBoard, preScript: script });
  expect(error).toMatchObject({ code: 'LAB_INPUTS_DIFFER', what: expect.stringMatching(/: file /) });
});

it('is not run on another board, nor where the script of the board fails', async () => {
  const { job } = await onlyPair();
  expect((await run({ ...job, profile: '../boards/x.json' })).error?.code).toBe('LAB_JOB_INVALID');
  expect((await run(job, { ...emulatedBoard, serial: '/dev/ttyACM0' })).error?.code).toBe('LAB_JOB_INVALID');
  const script = join(project.folder, 'flash.sh');
  writeFileSync(script, '#!/bin/sh\necho "no probe $WHERRY_PROBE for $WHERRY_MODEL on $WHERRY_PROFILE"\nexit 3\n');
  chmodSync(script, 0o755);
  const { error } = await run(job, { ...emulatedBoard, preScript: script, probeId: '77' });
  expect(error).toMatchObject({
    code: 'LAB_SCRIPT_FAILED',
    what: expect.stringMatching(/it ended with 3; its last words: no probe 77 for small on stm32f4/),
  });
});

it('tests a device whose profile lies at a path, for a board that is called by that path', async () => {
  const ours = join(project.folder, 'ours.json');
  writeFileSync(ours, JSON.stringify({ extends: 'stm32f4', id: 'ours', name: 'Ours', chip: 'STM32F407' }));
  const { models } = config();
  writeFileSync(place().config, JSON.stringify({ profiles: [ours], models }));
  const own = { ...place(), models: [], only: [], tier: 'hw', round: '' } as const;
  const [{ job }] = (await labProject(own)).pairs as readonly [LabPair];
  // By its id as well, as a job has it.
  expect((await labProject({ ...own, only: ['ours'] })).pairs).toHaveLength(1);
  const { error } = await run(job, { id: 'a', platform: ours, connected: true, serial: 'tcp://127.0.0.1:1' });
  // As far as the line to the board, where nobody answers.
  expect([job.profile, error?.code]).toEqual(['ours', 'PORT_FAILED']);
});

it('has a result only of its own pair, in its form', async () => {
  const pair = await onlyPair();
  const parse = outcomesOf([pair]);
  const wrong = (what: string): never => {
    throw new Error(what);
  };
  const outcome = await run({ ...pair.job, profile: 'x' });
  const own = { ...outcome, profile: 'stm32f4' };
  expect(parse(own, pair.id, wrong)).toEqual(own);
  for (const [change, says] of [
    [{ profile: 'esp32' }, /it is of small on esp32/],
    [{ verdict: 'updated' }, /no job does/],
    [{ verdict: 'fine' }, /verdict must be equal to one of/],
    [{ more: 1 }, /\(more\)/],
  ] as const)
    expect(() => parse({ ...own, ...change }, pair.id, wrong)).toThrow(says);
});

it('keeps a result over another submit only of an emulated board, with the toolchain that is here', async () => {
  const pair = await onlyPair();
  const stays = staysAsItIs([pair]);
  const { error: _, ...outcome } = errorOf(pair.job, { code: 'X', title: '', what: '', next: '' });
  const board = standInOf(pair.pair.library.targets.get('stm32f4')!.profile, pair.pair.library);
  const hasTools = missingTools(board).length === 0;
  const of = (changes: Partial<TestedPair>): boolean =>
    stays({ ...outcome, error: null, verdict: 'passed', series: hasTools ? emulatedSeries(board) : null, ...changes });
  expect(of({})).toBe(hasTools);
  expect(of({ verdict: 'failed' })).toBe(hasTools);
  expect(of({ series: `${board.name}, another gcc` })).toBe(false);
  expect(of({ verdict: 'error' })).toBe(false);
  expect(of({ tier: 'hw', series: 'STM32F407, agent 1, TFLM x' })).toBe(false);
});

it('needs a connected board of its device and tier', async () => {
  const all = await pairs();
  const map = (...boards: readonly object[]) =>
    boardTargets(parseHardwareMap(JSON.stringify(boards), 'm.json'), undefined);
  const code = async (...boards: readonly object[]): Promise<string> => {
    try {
      requireBoards(all, await map(...boards), 'm.json');
    } catch (error) {
      if (error instanceof WherryError) return error.definition.code;
      throw error;
    }
    return 'none';
  };
  const { preScript: _, ...written } = { ...emulatedBoard, preScript: '' };
  expect(await code(written)).toBe('none');
  expect(await code({ ...written, connected: false })).toBe('LAB_NO_BOARD');
  expect(await code({ ...written, serial: '/dev/ttyACM0' })).toBe('LAB_NO_BOARD');
  expect(await code({ ...written, platform: 'rp2040' })).toBe('LAB_NO_BOARD');
  expect(await code({ ...written, platform: 'stm23f4' })).toBe('PROFILE_UNKNOWN');
  expect(await code({ ...written, platform: 'host' })).toBe('MEASURE_NO_STAND_IN');
});
