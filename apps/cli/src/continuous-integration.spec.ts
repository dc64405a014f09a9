// The workflows of docs/continuous-integration.md: they are YAML, and their lines do what the text says, through the built command.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { deployCommand, repositoryRoot, runDeploy, temporaryFolder } from './testing/built-command.js';
import { demoFiles } from './testing/demo-files.js';
import { describeWhere } from './testing/describe-where.js';

const text = readFileSync(join(repositoryRoot, 'docs', 'continuous-integration.md'), 'utf8');
const [github, gitlab] = [...text.matchAll(/```yaml\n([^`]*)```/g)].map(([, block]) => parse(block!) as unknown) as [
  { readonly jobs: Readonly<Record<'plan' | 'test', Job>> },
  { readonly models: { readonly parallel: number; readonly script: readonly string[] } },
];

interface Job {
  readonly steps: readonly { readonly run?: string; readonly if?: string }[];
  readonly outputs?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly include: string } };
}

const folder = temporaryFolder();
afterAll(() => folder.remove());
const at = (name: string): string => join(folder.path, name);

describeWhere(process.platform !== 'win32', 'a POSIX shell is not there', 'workflows', () => {
  beforeAll(async () => {
    const { model, calibration } = await demoFiles();
    const quick = { method: 'min-max', biasCorrection: false, equalization: false, rounding: 'nearest', samples: 20 };
    mkdirSync(at('our boards'));
    writeFileSync(
      at('our boards/ours.json'),
      JSON.stringify({ extends: 'esp32', id: 'ours', name: 'Ours', chip: 'ESP32' }),
    );
    const shapes = {
      model,
      calibration,
      ...quick,
      weightClipping: false,
      profiles: ['rp2040', 'our boards/ours.json'],
    };
    writeFileSync(at('deploy.config.json'), JSON.stringify({ models: { shapes } }));
    // In place of what is installed: nothing is fetched, and the command is the one that was built.
    mkdirSync(at('bin'));
    const script = (name: string, line: string): void =>
      writeFileSync(at(`bin/${name}`), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
    script('npm', '[ "$*" = ci ]');
    script('npx', `[ "$1" = deploy ] && shift && exec '${process.execPath}' '${deployCommand}' "$@"`);
    const { code } = await runDeploy(['test', '--update', '-q'], { cwd: folder.path, env: { CI: '' } });
    expect(code).toBe(0);
  }, 180_000);

  /** As a runner runs the lines of one job. */
  function run(
    lines: string,
    env: Readonly<Record<string, string>>,
  ): { readonly code: number | null; readonly said: string } {
    const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', lines], {
      cwd: folder.path,
      encoding: 'utf8',
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        CI: 'true',
        PATH: `${at('bin')}${delimiter}${process.env['PATH']}`,
        ...env,
      },
    });
    return { code: status, said: `${stdout}${stderr}` };
  }

  const runsOf = ({ steps }: Job): string => steps.flatMap(({ run: line }) => line ?? []).join('\n');
  const pairsIn = (said: string): readonly string[] => [...said.matchAll(/\b(rp2040|ours)\b/g)].map(([each]) => each);

  it('of GitHub run every pair in one of their jobs, and show what became of it', () => {
    const { plan, test } = github.jobs;
    expect(plan.outputs).toEqual({ shards: '${{ steps.plan.outputs.shards }}' });
    expect(test.strategy!.matrix.include).toBe('${{ fromJSON(needs.plan.outputs.shards) }}');
    expect(run(runsOf(plan), { GITHUB_OUTPUT: at('output') })).toEqual({ code: 0, said: '' });
    const shards = JSON.parse(readFileSync(at('output'), 'utf8').replace(/^shards=/, '')) as readonly {
      readonly arguments: string;
    }[];
    const seen = shards.map(({ arguments: words }, index) => {
      const lines = runsOf(test).replace('${{ matrix.arguments }}', words);
      expect(lines).not.toContain('${{');
      const { code, said } = run(lines, { GITHUB_STEP_SUMMARY: at(`summary${index}`) });
      expect([code, readFileSync(at(`summary${index}`), 'utf8').length > 0]).toEqual([0, true]);
      return [...new Set(pairsIn(said))];
    });
    expect(seen).toEqual([['rp2040'], ['ours']]);
  });

  it('of GitLab run every pair in one of their jobs, and nothing where there is no share', () => {
    const { parallel, script } = gitlab.models;
    const seen = Array.from({ length: parallel }, (_, index) => {
      const { code, said } = run(script.join('\n'), { CI_NODE_TOTAL: `${parallel}`, CI_NODE_INDEX: `${index + 1}` });
      expect(code).toBe(0);
      return [...new Set(pairsIn(said))];
    });
    expect(seen).toEqual([['rp2040'], ['ours'], [], []]);
  });

  it('of GitLab run all in one job without `parallel`, and fail where the number is none', () => {
    const lines = gitlab.models.script.join('\n');
    // As GitLab has it then: a total of 1, and no number.
    const { code, said } = run(lines, { CI_NODE_TOTAL: '1' });
    expect([code, [...new Set(pairsIn(said))]]).toEqual([0, ['rp2040', 'ours']]);
    for (const CI_NODE_INDEX of ['0', 'x']) expect(run(lines, { CI_NODE_TOTAL: '1', CI_NODE_INDEX }).code).not.toBe(0);
  });

  it('test on this machine too where boards are asked for, and a share without a board is no failure', () => {
    const [both, onDevice] = [...text.matchAll(/```sh\n(npx deploy [^`]*)```/g)].map(([, line]) => line!) as [
      string,
      string,
    ];
    const share = both.replace('${{ matrix.arguments }}', "-p 'our boards/ours.json'");
    const { code, said } = run(share, {});
    expect([code, said]).toEqual([0, expect.stringMatching(/left out {2}shapes on ours, emu\s+no emulated board/)]);
    const alone = run(share.replace('--tier host ', ''), {});
    expect([alone.code, alone.said]).toEqual([2, expect.stringContaining('TEST_NOTHING')]);
    const all = run(onDevice.replace('keywords --profile esp32 ', ''), {});
    expect([all.code, all.said]).toEqual([2, expect.stringMatching(/TEST_NOTHING: .* 2 pairs of model and profile/)]);
  });

  it('fail once for a baseline that nothing is compared with', () => {
    const gone = at('baselines/ours/gone.json');
    const text = readFileSync(at('baselines/ours/shapes.json'), 'utf8');
    writeFileSync(gone, text.replace('"model": "shapes"', '"model": "gone"'));
    const step = github.jobs.test.steps.find((each) => each.run?.includes('--only-obsolete'))!;
    expect(step.if).toBe('always() && strategy.job-index == 0');
    expect(run(step.run!, {})).toEqual({
      code: 6,
      said: expect.stringContaining('obsolete  ours/gone.json') as string,
    });
    const codes = ['1', '2'].map(
      (CI_NODE_INDEX) => run(gitlab.models.script.join('\n'), { CI_NODE_TOTAL: '2', CI_NODE_INDEX }).code,
    );
    expect(codes).toEqual([6, 0]);
    const { code, said } = run('npx deploy test --only-obsolete --tier emu', {});
    expect([code, said]).toEqual([2, expect.stringContaining('SETTING_UNUSED: --tier is given')]);
    rmSync(gone);
  });

  it('end with the code of what moved', () => {
    const baseline = at('baselines/ours/shapes.json');
    const before = readFileSync(baseline, 'utf8');
    writeFileSync(baseline, before.replace(/[0-9a-f]{64}/, '0'.repeat(64)));
    const lines = runsOf(github.jobs.test).replace('${{ matrix.arguments }}', "-p 'our boards/ours.json'");
    expect(run(lines, { GITHUB_STEP_SUMMARY: at('moved') }).code).toBe(6);
    writeFileSync(baseline, before);
  });
});
