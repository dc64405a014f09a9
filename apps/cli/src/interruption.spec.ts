// Requests to stop, readers that leave, a standard output that is full.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deployCommand, repositoryRoot, runDeploy, temporaryFolder } from './testing/built-command.js';
import { describeWhere } from './testing/describe-where.js';
import { demoFiles, type DemoFiles } from './testing/demo-files.js';

let demo: DemoFiles;
let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string): string => join(folder.path, name);
beforeAll(async () => {
  demo = await demoFiles();
}, 120_000);
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

// The plain engine is slow enough to be caught at its work.
const slow = (): string[] => [
  '-p',
  'esp32',
  demo.model,
  '-c',
  demo.calibration,
  '--engine',
  'reference',
  '-o',
  at('out'),
  '--json',
];

it.each([
  ['SIGINT', 'calibrate'],
  ['SIGINT', 'quantize'],
  ['SIGTERM', 'calibrate'],
  ['SIGHUP', 'compare with float'],
] as const)(
  '%s in "%s": exit 130 before the stage ends, one document, nothing left behind',
  async (signal, stage) => {
    const stop = (text: string, child: { kill(signal: NodeJS.Signals): boolean }): void => {
      if (text.includes(`{"event":"begin","stage":"${stage}"`)) child.kill(signal);
    };
    const { code, stdout, stderr } = await runDeploy(slow(), { onStderr: stop });
    expect([code, stderr]).toEqual([130, expect.stringContaining(`INTERRUPTED: ${signal} came`)]);
    expect(stderr).not.toContain(`{"event":"end","stage":"${stage}"`);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, exitCode: 130, error: { code: 'INTERRUPTED' } });
    expect(readdirSync(folder.path)).toEqual([]);
  },
  60_000,
);

it.each(['calibrate', 'quantize', 'compare with float'])(
  'SIGINT in "%s" on two workers: they end as well',
  async (stage) => {
    const words = ['-p', 'esp32', demo.model, '-c', demo.calibration, '--workers', '2', '-o', at('out'), '--json'];
    const { code, stdout } = await runDeploy(words, {
      onStderr: (text, child) => {
        if (text.includes(`{"event":"begin","stage":"${stage}"`)) child.kill('SIGINT');
      },
    });
    expect([code, JSON.parse(stdout)]).toMatchObject([130, { error: { code: 'INTERRUPTED' } }]);
    expect(readdirSync(folder.path)).toEqual([]);
  },
  60_000,
);

const found = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const shell = (command: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
  spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
const deploy = `"${process.execPath}" "${deployCommand}"`;

describeWhere(found('bash') && existsSync('/dev/full'), 'bash and /dev/full are not there', 'pipes', () => {
  it('ends quietly when the reader has had enough', () => {
    const { status, stdout, stderr } = shell(`${deploy} profiles --json | head -n 1`);
    expect([status, stdout, stderr]).toEqual([0, '{\n', '']);
  });

  it.each(['profiles', 'profiles --json', '--help'])('says so when the answer of %s cannot be written', (words) => {
    const { status, stderr } = shell(`${deploy} ${words} > /dev/full`);
    expect([status, stderr]).toEqual([11, expect.stringMatching(/^STDOUT_FAILED: [^]*ENOSPC/)]);
  });

  const job = (): string =>
    `${deploy} -p esp32 "${demo.model}" -c "${demo.calibration}" --samples 5 --method min-max --no-bias-correction -o "${at('out')}"`;

  it.each([
    ['closed', '2>&-'],
    ['full', '2>/dev/full'],
    ['read to the first line', '2>&1 >/dev/null | head -n 1'],
  ])('finishes the work where stderr is %s', (_, redirection) => {
    expect(shell(`${job()} ${redirection}`).status).toBe(0);
    expect(readdirSync(at('out'))).toContain('report.json');
  });

  it.each([
    ['full', '--json >/dev/full'],
    ['closed by its reader', '--json | true'],
  ])('tells where the report was not delivered and the output is: stdout is %s', (_, redirection) => {
    const { status, stderr } = shell(`${job()} ${redirection}`);
    expect([status, stderr.replace(/\s+/g, ' ')]).toEqual([
      11,
      expect.stringMatching(/STDOUT_FAILED: .* was written, whole/),
    ]);
    expect(readdirSync(at('out'))).toContain('report.json');
  });

  it('keeps the exit code of a refusal that cannot be told', () => {
    expect(shell(`${deploy} --json --bad >/dev/full 2>/dev/full`).status).toBe(2);
  });

  it('does not wait for a pipe that nobody writes to', () => {
    const { status, stderr } = shell(`mkfifo "${at('model.h5')}" && ${deploy} inspect "${at('model.h5')}"`);
    expect([status, stderr]).toEqual([2, expect.stringContaining('not a regular file')]);
  });
});

describeWhere(found('script'), 'the program "script" is not there', 'a terminal', () => {
  it('has colours, and none with NO_COLOR', () => {
    const onTerminal = (environment: string): string =>
      shell(
        `${environment} script -qec '${deploy} plan -p esp32 "${demo.model}" -c "${demo.calibration}" --samples 5 --method mse' /dev/null`,
      ).stdout;
    expect(onTerminal('NO_COLOR= TERM=xterm')).toContain('\u001b[1mlayer');
    expect(onTerminal('NO_COLOR=1 TERM=xterm')).not.toContain('\u001b[1m');
  });
});
