// Every command that writes is killed, or its disk fails, at calls that change its folder: the older outputs or the newer ones
// stand there, the error is one in words, and the next run works. WHERRY_FAULTS=long: at all of these calls.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot, runDeploy, temporaryFolder } from './testing/built-command.js';
import { describeWhere } from './testing/describe-where.js';
import { sweep, type SweptCommand } from './testing/fault-sweep.js';
import { faultyFiles, type Fault, type FaultyFiles } from './testing/faulty-files.js';

const isLong = process.env['WHERRY_FAULTS'] === 'long';
const isThere = (program: string, option: string): boolean => spawnSync(program, [option]).status === 0;
const canInject = process.platform === 'linux' && isThere('gcc', '--version') && isThere('strace', '-V');

let place: ReturnType<typeof temporaryFolder>;
let files: FaultyFiles;
/** Read, and never written to. */
const input = (name: string): string => join(place.path, 'inputs', name);
const folder = (): string => join(place.path, 'here');
const run = async (words: readonly string[], codes: readonly number[] = [0]): Promise<void> => {
  const { code, stderr } = await runDeploy(words, { cwd: folder(), env: { CI: '' } });
  if (!codes.includes(code!)) throw new Error(`${words.join(' ')} ended in ${code}: ${stderr}`);
};

/** Without anything that is chosen by trying. */
const quick = (samples: number): readonly string[] => [
  ...['-p', 'esp32-c3', input('sine.tflite'), '-c', input('angles.csv'), '--method', 'min-max', '--no-bias-correction'],
  ...['--rounding', 'nearest', '--no-weight-clipping', '--no-equalization', '--samples', String(samples), '-q'],
];
const describeProject = (file: string, name: string, samples: number): void => {
  const data = { model: input('sine.tflite'), calibration: input('angles.csv'), samples };
  const settings = { method: 'min-max', biasCorrection: false, equalization: false, rounding: 'nearest' };
  const project = { models: { [name]: { ...data, ...settings, weightClipping: false } }, profiles: ['esp32-c3'] };
  writeFileSync(input(file), JSON.stringify(project));
};
/** The older outputs are made, and the command that makes the newer ones is given. */
type Case = () => Promise<SweptCommand>;

const cases: Readonly<Record<string, Case>> = {
  deploy: async () => {
    const words = (samples: number) => [...quick(samples), '-o', 'out', '--dump', 'dump', '--report', 'page.html'];
    await run(words(10));
    return { outputs: ['out', 'dump', 'page.html'], words: words(12) };
  },
  'plan --dump': async () => {
    const words = (samples: number) => ['plan', ...quick(samples), '--dump', 'dump'];
    await run(words(10));
    return { outputs: ['dump'], words: words(12) };
  },
  train: async () => {
    const data = ['-e', `${input('sines.csv')}?label=sine`];
    const words = (samples: number) => [
      ...['train', ...quick(samples), ...data, '--scheme', 'int8', '--epochs', '2', '-o', 'out'],
    ];
    // Twenty at least, a fifth of which is held back.
    await run(words(30));
    // One of the first epoch is neither, and whole: the next run goes on from it.
    return { outputs: ['out', 'checkpoint'], words: [...words(40), '--checkpoint', 'checkpoint'], log: 'checkpoint' };
  },
  agent: async () => {
    await run([...quick(10), '-o', input('model')]);
    return { outputs: ['agent'], words: ['agent', input('model'), '--kit', 'arduino', '-o', 'agent'] };
  },
  'test --update': async () => {
    const words = (file: string) => ['test', '-q', '--update', '--config', input(file), '--baselines', 'baselines'];
    describeProject('deploy.config.json', 'sine', 10);
    await run(words('deploy.config.json'));
    describeProject('deploy.config.json', 'sine', 12);
    return {
      outputs: ['baselines/esp32-c3/sine.json'],
      words: words('deploy.config.json'),
      answer: /sine on esp32-c3, host/,
    };
  },
  'test --junit --markdown': async () => {
    const words = (file: string, ...more: readonly string[]) => [
      ...['test', '-q', '--config', input(file), '--baselines', 'baselines', ...more],
    ];
    const reports = ['--junit', 'result.xml', '--markdown', 'result.md'];
    describeProject('older.json', 'older', 10);
    describeProject('newer.json', 'newer', 10);
    await run(words('newer.json', '--update'));
    await run(words('older.json', ...reports), [6]);
    return {
      outputs: ['result.xml', 'result.md'],
      isRemovedFirst: true,
      words: words('newer.json', ...reports),
      answer: /newer on esp32-c3, host/,
    };
  },
};

const emulated = async (): Promise<readonly string[]> => {
  await run([...quick(10), '-o', input('model')]);
  return ['measure', input('model'), '--emulate', '-q'];
};
const sizes = [2, 3] as const;
const answer = /^layer .*instructions/m;

/** The folder of the outputs is this run's. */
const begins = /^write .*\.wherry-lock$/;

/** They need an emulated board. */
const boardCases: Readonly<Record<string, Case>> = {
  measure: async () => {
    const board = await emulated();
    for (const size of sizes) await run([...board, '--samples', String(size), '--trace', input(`trace-${size}`)]);
    const words = (size: number) => [
      ...['measure', input('model'), '--replay', input(`trace-${size}`), '--samples', String(size), '-q'],
      ...['-o', 'measured', '--report', 'page.html'],
    ];
    await run(words(2));
    return { outputs: ['measured', 'page.html'], words: words(3), answer, begins };
  },
};

/** They take long. */
const longCases: Readonly<Record<string, Case>> = {
  'explain-accuracy --apply': async () => {
    // Ranges that cut off are mended beyond chance.
    const cutOff = ['--method', 'percentile', '--percentile', '90'];
    const words = (samples: number) => [
      ...['explain-accuracy', ...quick(samples), ...cutOff, '-e', `${input('sines.csv')}?label=sine`],
      ...['--apply', '-o', 'out'],
    ];
    await run(words(30));
    return { outputs: ['out'], words: words(40), answer: /applied/, begins };
  },
};

/** Where a folder is on its way, and in the middle of a write. */
function choose(calls: readonly string[], fault: Fault): readonly number[] {
  const all = calls.map((call, index) => ({ kind: call.split(' ')[0]!, number: index + 1 }));
  const of = (kind: string): number[] => all.filter((call) => call.kind === kind).map(({ number }) => number);
  if (isLong) return fault === 'tear' ? of('write') : all.map(({ number }) => number);
  const [renames, writes] = [of('rename'), of('write')];
  const middle = writes[writes.length >> 1]!;
  return [{ kill: renames.at(-1)!, tear: middle, ENOSPC: middle, EIO: renames[0]! }[fault]];
}

const kinds: readonly (readonly [kind: string, calls: readonly string[]])[] = [
  ['open', ['openat', 'open', 'creat']],
  ['write', ['write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'sendfile', 'copy_file_range']],
  ['fsync', ['fsync', 'fdatasync']],
  ['rename', ['rename', 'renameat', 'renameat2']],
  ['mkdir', ['mkdir', 'mkdirat']],
  ['unlink', ['unlink', 'unlinkat']],
  ['rmdir', ['rmdir']],
  ['link', ['link', 'linkat', 'symlink', 'symlinkat']],
  ['ftruncate', ['truncate', 'ftruncate', 'fallocate']],
];

/** As the command is given them: it runs in the folder. */
const relative = /(\(|AT_FDCWD, )"[^/]/;

/** What a tracer sees of a run of the command: calls of each kind that change the folder. */
async function tracedCalls(words: readonly string[]): Promise<readonly string[]> {
  const log = join(place.path, 'strace');
  const names = kinds.flatMap(([, calls]) => calls).join();
  const under = ['strace', '-f', '-y', '-q', '--seccomp-bpf', '-o', log, '-e', `trace=${names}`];
  await runDeploy(words, { cwd: folder(), under, env: { CI: '' } });
  const changing = readFileSync(log, 'utf8')
    .replace(/AT_FDCWD<[^>]*>/g, 'AT_FDCWD')
    .split('\n')
    .filter((line) => line.includes(folder()) || relative.test(line))
    .filter((line) => !line.includes('O_RDONLY') && !line.includes(' resumed>'));
  return changing.map((line) => {
    const call = /^\d+ +(\w+)\(/.exec(line)?.[1] ?? line;
    const kind = kinds.find(([, calls]) => calls.includes(call))?.[0] ?? call;
    return line.includes('AT_REMOVEDIR') ? 'rmdir' : kind;
  });
}

function sweepAll(swept: Readonly<Record<string, Case>>): void {
  it.each(Object.entries(swept))(
    '%s',
    async (name, prepare) => {
      const command = await prepare();
      const { wrong, counts, calls } = await sweep(command, {
        ...{ folder: folder(), kept: join(place.path, 'kept'), files, choose },
      });
      console.info(`${name}: ${calls.length} calls; ${JSON.stringify(counts)}`);
      expect(wrong).toEqual([]);
      expect(Math.min(...Object.values(counts))).toBeGreaterThan(0);
      if (!isLong && name !== 'deploy') return;
      // That no call goes past what is counted: from the same folder as the sweep began with.
      rmSync(folder(), { recursive: true, force: true });
      cpSync(join(place.path, 'kept'), folder(), { recursive: true });
      expect((await tracedCalls(command.words)).toSorted()).toEqual(
        calls.map((call) => call.split(' ')[0]!).toSorted(),
      );
    },
    isLong ? 10_800_000 : 300_000,
  );
}

describeWhere(canInject, 'gcc or strace are not there', 'killed, or on a disk that fails', () => {
  beforeAll(() => (files = faultyFiles()));
  afterAll(() => files.remove());
  beforeEach(() => {
    place = temporaryFolder();
    mkdirSync(folder());
    cpSync(join(repositoryRoot, 'apps/examples/sine'), join(place.path, 'inputs'), { recursive: true });
  });
  afterEach(() => place.remove());

  sweepAll({ ...cases, ...(isLong ? longCases : {}) });
  const hasBoard = isThere('riscv64-unknown-elf-gcc', '--version') && isThere('qemu-system-riscv32', '--version');
  describeWhere(hasBoard, 'no emulated board is there', 'on an emulated board', () => sweepAll(boardCases));
});
