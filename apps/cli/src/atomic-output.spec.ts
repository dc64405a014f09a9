// An output folder holds the old set whole or the new set whole, wherever a run is cut off and whatever the disk refuses.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot, runDeploy, runNode, temporaryFolder, type Finished } from './testing/built-command.js';
import { describeWhere } from './testing/describe-where.js';
import { demoFiles } from './testing/demo-files.js';

const moduleOf = (name: string): string =>
  pathToFileURL(join(repositoryRoot, 'packages', 'pipeline', 'dist', 'output', name)).href;
const names = ['model.tflite', 'model_data.cc', 'report.json'];

let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string): string => join(folder.path, name);
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

/** The tracer counts the calls of each thread by itself. */
const oneThread = { UV_THREADPOOL_SIZE: '1' };

/** Works on the folder `out` with the module that the command writes with. */
function write(body: string, under: readonly string[] = []): Promise<Finished> {
  const script = `
    const { writeOutputDirectory, recoverOutput } = await import(${JSON.stringify(moduleOf('output-directory.js'))});
    const { listFiles, sealed } = await import(${JSON.stringify(moduleOf('output-mark.js'))});
    const [out, tool] = [${JSON.stringify(at('out'))}, { name: 'wherry' }];
    const set = (text) => {
      const files = new Map(${JSON.stringify(names.slice(0, -1))}.map((name) => [name, text.repeat(5000)]));
      return files.set('report.json', sealed({ tool, padding: text.repeat(5000), files: listFiles(files) }));
    };
    ${body}`;
  return runNode(['--input-type=module', '--eval', script], { under, env: oneThread });
}

/** `old`, `new`, or what is wrong with the folder. */
function state(): string {
  const found = readdirSync(at('out')).sort();
  if (found.join() !== names.join()) return `torn: ${found.join()}`;
  const texts = new Set(found.slice(0, -1).map((name) => readFileSync(join(at('out'), name), 'utf8')));
  const { padding } = JSON.parse(readFileSync(at('out/report.json'), 'utf8')) as { readonly padding: string };
  return texts.add(padding).size === 1 ? padding.slice(0, 3) : 'mixed';
}

const traced = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
const describeTraced = (name: string, suite: () => void): void =>
  describeWhere(traced, 'strace is not there or may not trace', name, suite);

const inject = (syscalls: string, what: string, nth: number): string[] => [
  'strace',
  '-f',
  '-q',
  '-o',
  '/dev/null',
  '-e',
  `trace=${syscalls}`,
  '-e',
  `inject=${syscalls}:${what}:when=${nth}`,
];

describeTraced('a process killed at the n-th system call', () => {
  // The newest sets of calls too: which of them the C library uses is its own affair.
  const calls = [
    'rename,renameat,renameat2',
    'mkdir,mkdirat',
    'fsync,fdatasync',
    'unlink,unlinkat',
    'rmdir',
    'write,pwrite64',
  ];
  /** The runtime writes to its own event descriptors, the oftener the busier the machine is: some of these are a sample. */
  const strideAt = (syscalls: string, nth: number): number =>
    syscalls.startsWith('write') ? Math.max(4, Math.floor(nth / 10)) : 1;
  const greatest = 10_000;

  it.each(calls)(
    '%s',
    async (syscalls) => {
      const states = new Map<string, number>();
      let killed = 0;
      await write(`await writeOutputDirectory(out, set('old'));`);
      for (let nth = 1; nth <= greatest; nth += strideAt(syscalls, nth)) {
        const { signal, code } = await write(
          `await writeOutputDirectory(out, set('new'));`,
          inject(syscalls, 'signal=KILL', nth),
        );
        const dead = signal === 'SIGKILL' || code === 137;
        if (dead) killed += 1;
        expect((await write('await recoverOutput(out);')).code).toBe(0);
        const found = state();
        states.set(found, (states.get(found) ?? 0) + 1);
        expect(['old', 'new']).toContain(found);
        expect(readdirSync(folder.path)).toEqual(['out']);
        if (!dead) break;
        await write(`await writeOutputDirectory(out, set('old'));`);
        expect(state()).toBe('old');
      }
      console.info(`${syscalls}: killed ${killed} times, found ${JSON.stringify([...states])}`);
      expect(killed).toBeGreaterThan(0);
      // The last run is the one that no call was left to kill.
      expect(states.get('new')).toBeGreaterThan(0);
    },
    240_000,
  );
});

describeTraced('a file system that refuses', () => {
  it.each([
    ['fsync,fdatasync', 'EIO', 1],
    ['fsync,fdatasync', 'ENOSPC', 2],
    ['rename,renameat,renameat2', 'EIO', 1],
    ['rename,renameat,renameat2', 'EIO', 2],
    ['mkdir,mkdirat', 'EACCES', 1],
    ['mkdir,mkdirat', 'EROFS', 1],
  ] as const)(
    '%s with %s, time %i: exit 11, the old output intact, nothing left behind',
    async (syscalls, error, nth) => {
      const demo = await demoFiles();
      const args = [
        '-p',
        'esp32',
        demo.model,
        '-c',
        demo.calibration,
        '--method',
        'min-max',
        '--no-bias-correction',
        '--samples',
        '5',
        '-q',
        '--json',
        '-o',
        at('out'),
      ];
      expect((await runDeploy(args)).code).toBe(0);
      const before = readFileSync(at('out/model_data.cc'), 'utf8');
      const { code, stdout, stderr } = await runDeploy([...args, '--symbol', 'other'], {
        under: inject(syscalls, `error=${error}`, nth),
        env: oneThread,
      });
      expect([stderr, code]).toEqual([expect.stringContaining(`OUTPUT_FAILED: the file system refused`), 11]);
      expect(stderr).toContain(error);
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, exitCode: 11, error: { code: 'OUTPUT_FAILED' } });
      expect(readFileSync(at('out/model_data.cc'), 'utf8')).toBe(before);
      expect(readdirSync(folder.path)).toEqual(['out']);
    },
    60_000,
  );
});

describeTraced('a replaced set that cannot be removed', () => {
  it('is named by the run that leaves it, and by the next one that meets it', async () => {
    await write(`await writeOutputDirectory(out, set('old'));`);
    const remains = at('.out.wherry-old');
    // The first is that of the folder that is tried; the lock goes away by another call of the same kind.
    const { code, stdout } = await write(
      `console.log((await writeOutputDirectory(out, set('new'))).leftBehind);`,
      inject('rmdir', 'error=EPERM', 2),
    );
    expect([code, stdout, state()]).toEqual([0, `${remains}\n`, 'new']);
    writeFileSync(join(remains, '.DS_Store'), '');
    const next = await write(
      `await writeOutputDirectory(out, set('new')).catch((error) => { console.log(error.message); process.exit(7); });`,
      inject('rmdir', 'error=EPERM', 2),
    );
    expect([next.code, next.stdout]).toEqual([
      7,
      expect.stringMatching(/replaced cannot be removed \(EPERM\)[^]*remove that folder/),
    ]);
    expect(next.stdout).toContain(remains);
    expect(state()).toBe('new');
  });
});

describeWhere(process.platform !== 'win32', 'Windows has no limit on the size of files', 'a disk without room', () => {
  it('ends in exit 11 and leaves the old output', async () => {
    await write(`await writeOutputDirectory(out, set('old'));`);
    // Files of more than 4 KiB are refused, as a full disk would.
    const limited = ['bash', '-c', 'trap "" XFSZ; ulimit -f 4; exec "$@"', 'limited'];
    const { code, stdout } = await write(
      `await writeOutputDirectory(out, set('new')).catch((error) => { console.log([error.definition.code, error.definition.exitCode].join(' ')); process.exit(7); });`,
      limited,
    );
    expect([code, stdout]).toEqual([7, 'OUTPUT_FAILED 11\n']);
    expect(state()).toBe('old');
    expect(readdirSync(folder.path)).toEqual(['out']);
  });
});

it('never removes what it did not write', async () => {
  mkdirSync(at('.out.wherry-old'));
  writeFileSync(at('.out.wherry-old/mine.txt'), 'mine');
  mkdirSync(at('out'));
  const { code, stderr } = await write(`await writeOutputDirectory(out, set('new'));`);
  expect([code === 0, stderr]).toEqual([false, expect.stringContaining('OUTPUT_NOT_OURS')]);
  expect(readFileSync(at('.out.wherry-old/mine.txt'), 'utf8')).toBe('mine');
});
