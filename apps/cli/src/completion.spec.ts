// The tab key, in real shells at a terminal, and what the command answers to them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { isKnownKind, placeholderOf } from './completion/value-kinds.js';
import { unquote } from './completion/unquote.js';
import { createProgram } from './program.js';
import { withCommands } from './swallowed-options.js';
import { Interruption } from './terminal/interruption.js';
import { repositoryRoot, runDeploy, temporaryFolder } from './testing/built-command.js';
import { describeWhere } from './testing/describe-where.js';
import { hasTerminals, interactiveShells, terminalShell, type TerminalShell } from './testing/terminal-shell.js';

const there = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(async () => {
  folder = temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  for (const name of ['my models', 'photos', 'boards', 'bin']) mkdirSync(at(name));
  for (const name of ['my models/a b.h5', 'network.h5', 'samples.npy', 'photos.txt']) writeFileSync(at(name), '');
  const board = JSON.parse(readFileSync(join(repositoryRoot, 'device-profiles', 'rp2040.json'), 'utf8')) as object;
  writeFileSync(at('boards/zebra.json'), JSON.stringify({ ...board, id: 'zebra', aliases: [] }));
  for (const shell of ['bash', 'zsh', 'fish'])
    writeFileSync(at(`complete.${shell}`), (await runDeploy(['completion', shell])).stdout);
  // Somebody else's program of our name comes first on the path: the tab key must not start it.
  writeFileSync(at('bin/deploy'), `#!/bin/sh\ntouch '${at('started')}'\n`, { mode: 0o755 });
});
afterAll(() => folder.remove());

/** What is typed, and the whole line that it comes to. */
const lines: readonly (readonly [typed: string, line: string])[] = [
  ['deploy pl', 'deploy plan '],
  ['wherry insp', 'wherry inspect '],
  ['deploy dif', 'deploy diff '],
  ['deploy diff network.h5 netw', 'deploy diff network.h5 network.h5 '],
  ['deploy diff --exi', 'deploy diff --exit-code '],
  ['deploy --meth', 'deploy --method '],
  ['deploy --method mov', 'deploy --method moving-average '],
  ['deploy plan --method=mov', 'deploy plan --method=moving-average '],
  ['deploy --json plan --eng', 'deploy --json plan --engine '],
  ['wherry --profile stm32f4-', 'wherry --profile stm32f4-discovery '],
  ['deploy --profiles boards -p ze', 'deploy --profiles boards -p zebra '],
  ['deploy profiles --profiles=boards ze', 'deploy profiles --profiles=boards zebra '],
  ['deploy profiles che', 'deploy profiles check '],
  ['deploy profiles check boards/ze', 'deploy profiles check boards/zebra.json '],
  ['deploy netw', 'deploy network.h5 '],
  ['deploy my', 'deploy my\\ models/'],
  ['deploy -c sam', 'deploy -c samples.npy '],
  ['deploy -c npy:sam', 'deploy -c npy:samples.npy '],
  ['deploy --calibration=npy:sam', 'deploy --calibration=npy:samples.npy '],
  ['deploy -c fol', 'deploy -c folder:'],
  ['deploy --out ph', 'deploy --out photos/'],
  ['deploy --preprocess div', 'deploy --preprocess divideBy='],
  ['deploy explain DATA_SH', 'deploy explain DATA_SHAPE '],
  ['deploy help doc', 'deploy help doctor '],
  ['deploy completion z', 'deploy completion zsh '],
  ['deploy lab sub', 'deploy lab submit '],
  ['deploy lab worker --unt', 'deploy lab worker --until-done '],
  ['deploy lab submit --tier e', 'deploy lab submit --tier emu '],
  ['deploy --samples sam', 'deploy --samples sam'],
  ['deploy no-such-thing', 'deploy no-such-thing'],
];

describe.each(['bash', 'zsh'] as const)('the tab key in %s', (name) => {
  describeWhere(hasTerminals && there(name), `no ${name}, or no script of util-linux`, 'at a terminal', () => {
    let shell: TerminalShell;
    beforeAll(async () => {
      shell = await terminalShell(interactiveShells[name], folder.path, join(folder.path, `complete.${name}`));
    });
    afterAll(() => shell.end());

    it.each(lines)('makes of %j %j', async (typed, line) => {
      expect(await shell.line(`${typed}\t`)).toBe(line);
    });
  });
});

/** As bash calls it, without a terminal: the words that readline makes of the line. */
function answerOfBash(words: readonly string[], line: string, path = process.env['PATH']): string[] {
  const script = `source "$SCRIPT"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$LINE_TYPED"; COMP_POINT=\${#COMP_LINE}
type -t _wherry_complete >/dev/null && complete -p deploy wherry >&2; _wherry_complete deploy; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync('bash', ['--noprofile', '--norc', '-c', script, 'bash', ...words], {
    cwd: folder.path,
    env: { ...process.env, NODE_OPTIONS: '', PATH: path, SCRIPT: join(folder.path, 'complete.bash'), LINE_TYPED: line },
    encoding: 'utf8',
  });
  return stdout.split('\n').filter((each) => each !== '');
}

describeWhere(there('bash'), 'no bash', 'the function of bash', () => {
  it('offers all that can stand there', () => {
    expect(answerOfBash(['deploy', '--method', ''], 'deploy --method ')).toEqual([
      ...['auto', 'min-max', 'moving-average', 'percentile', 'mse', 'entropy'],
    ]);
    expect(answerOfBash(['deploy', '--method', '=', 'm'], 'deploy --method=m')).toEqual([
      ...['min-max', 'moving-average', 'mse'],
    ]);
    expect(answerOfBash(['deploy', '-c', 'ph'], 'deploy -c ph')).toEqual([]);
    expect(answerOfBash(['wherry', ''], 'wherry ')).toEqual(expect.arrayContaining(['plan', 'doctor', 'help']));
  });

  it('asks this command and nobody of the same name', () => {
    const path = `${join(folder.path, 'bin')}:${process.env['PATH']}`;
    expect(answerOfBash(['deploy', 'pl'], 'deploy pl', path)).toEqual(['plan']);
    expect(spawnSync('test', ['-e', join(folder.path, 'started')]).status).toBe(1);
  });
});

describeWhere(there('fish'), 'no fish', 'the tab key in fish', () => {
  it.each(lines)('makes of %j %j', (typed, line) => {
    const { stdout } = spawnSync('fish', ['--no-config', '-c', 'source $SCRIPT; complete -C $LINE_TYPED'], {
      cwd: folder.path,
      env: { ...process.env, NODE_OPTIONS: '', SCRIPT: join(folder.path, 'complete.fish'), LINE_TYPED: typed },
      encoding: 'utf8',
    });
    const offered = stdout.split('\n').map((each) => each.split('\t')[0]!);
    const wanted = line === typed ? [] : [/(?:\\ |[^ ])+$/.exec(line.trimEnd())![0].replace('\\', '')];
    expect(offered.filter((each) => each !== '')).toEqual(wanted);
  });
});

it('knows what can be the value of every option and argument there is', () => {
  const program = createProgram(new Interruption(), () => undefined);
  const takers = withCommands(program).flatMap((command: Command) => [
    ...command.options.filter(({ required }) => required),
    ...command.registeredArguments,
  ]);
  expect(takers.length).toBeGreaterThan(25);
  expect(takers.filter((taker) => !isKnownKind(taker)).map(placeholderOf)).toEqual([]);
  expect(isKnownKind(new Option('--colour <colour>'))).toBe(false);
});

it('answers in any case, and never with an error on a screen', async () => {
  const words = ['--profiles', 'no-such-folder', '-p', 'rp20'];
  const { code, stdout, stderr } = await runDeploy(['completion', 'zsh', '--', ...words]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^files\t\nrp2040\t/);
  expect((await runDeploy(['completion', 'tcsh'])).code).toBe(2);
});

it.each([
  [`my\\ models/a`, 'my models/a'],
  [`"my models"/a`, 'my models/a'],
  [`'my models/a`, 'my models/a'],
  [`"a\\"b\\c"`, 'a"b\\c'],
  [`--out='a'b`, '--out=ab'],
])('takes %s for the word %j', (word, meant) => {
  expect(unquote(word)).toBe(meant);
});
