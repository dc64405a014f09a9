// `deploy profiles check FILE`: what a file of one's own is told, through the built command.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDeploy, temporaryFolder, type Finished } from './testing/built-command.js';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

const at = (name: string): string => join(folder.path, name);
const board = { extends: 'esp32', id: 'board', name: 'Board', chip: 'A chip' };

function check(document: object, { name = 'board.json', more = [] as readonly string[] } = {}): Promise<Finished> {
  writeFileSync(at(name), JSON.stringify(document));
  return runDeploy(['profiles', 'check', at(name), ...more]);
}

it('takes a file that can be used, and says what it extends', async () => {
  const { code, stdout, stderr } = await check(board);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/board\.json is a device profile that can be used, which extends esp32\n0 warnings\n$/);
});

it('shows every limit of a profile, and what else is wanted of its schemes', async () => {
  const limits = { accuracyDropPoints: 1, agreementPercent: 95, sqnrDb: 20, arenaBytes: 50_000 };
  const schemes = [{ scheme: 'int8', limits, compactMatrices: true }, { scheme: 'float32' }];
  writeFileSync(at('board.json'), JSON.stringify({ ...board, schemes }));
  const { stdout } = await runDeploy(['profiles', at('board.json')]);
  const lines = stdout.split('\n').filter((line) => /^(schemes| +then)/.test(line));
  expect(lines).toEqual([
    'schemes   int8, with a loss of at most 1 points of accuracy and at least 95 % of the decisions as the float model ' +
      'and every output at 20 dB or more and an arena of at most 50000 bytes; compact matrices',
    '     then float32, with a loss of at most 1 points of accuracy and at least 95 % of the decisions as the float model ' +
      'and every output at 20 dB or more',
  ]);
});

it('warns of what would never count, with its place', async () => {
  const limited = {
    ...board,
    schemes: [{ scheme: 'int8', limits: { arenaBytes: 99999999 } }, { scheme: 'dynamic-range' }],
  };
  const { code, stdout } = await check(limited);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /2 warnings\n\nat \/schemes\/0\/limits\/arenaBytes: .*no limit[^]*at \/schemes\/1: tflm-esp-nn has no .* dynamic-range/,
  );
  const { stdout: json } = await check(limited, { more: ['--json'] });
  expect(JSON.parse(json)).toMatchObject({
    schemaVersion: 1,
    ok: true,
    kind: 'profile',
    id: 'board',
    extends: ['esp32'],
    warnings: [{ where: '/schemes/0/limits/arenaBytes' }, { where: '/schemes/1' }],
  });
});

it.each<[string, object, RegExp]>([
  [
    'a misspelt key',
    { ...board, abi: { alignmnt: 8 } },
    /^PROFILE_INVALID: unknown key "alignmnt"\n.*board at \/abi\n.*"alignment"/,
  ],
  ['a misspelt value', { ...board, schemes: [{ scheme: 'int88' }] }, /\/schemes\/0\/scheme\n.*did you mean "int8"/],
  ['a contradiction', { ...board, arithmetic: { int8: 'none' } }, /the scheme int8 is wanted.*\n.*\/schemes\/0\n/],
  ['no such version', { ...board, runtime: { from: '9.9' } }, /has no version "9\.9"/],
  ['a base that is nowhere', { ...board, extends: 'esp33' }, /^PROFILE_EXTENDS: .*"esp33", which is not there/],
  [
    'the identity of another',
    { extends: 'esp32', id: 'board', name: 'n' },
    /"chip" is missing, and is not taken over from esp32/,
  ],
  [
    'a figure without its source',
    { ...board, memory: { ram: { bytes: 4 } } },
    /still that of esp32[^]*at {4}board at \/memory\/ram\/bytes\n/,
  ],
  ['another id', { ...board, id: 'bord' }, /"id" is "bord" but the file is board\.json/],
])('refuses %s', async (_, document, says) => {
  const { code, stdout, stderr } = await check(document);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(says);
});

it('refuses in one document where that is asked for', async () => {
  const { code, stdout } = await check({ ...board, abi: { alignmnt: 8 } }, { more: ['--json'] });
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'PROFILE_INVALID' } });
});

it('checks a kernel table of one’s own, alone and with the profile that names it', async () => {
  const table = {
    extends: 'tflm-reference',
    name: 'mine',
    title: 'Mine',
    source: 'read here',
    unsupported: { CONV_2: 'w' },
  };
  const alone = await check(table, { name: 'mine.json' });
  expect([alone.code, alone.stderr]).toEqual([0, '']);
  expect(alone.stdout).toMatch(
    /mine\.json is a kernel table that can be used, which extends tflm-reference\n1 warning\n\nat \/unsupported\/CONV_2: .*CONV_2D/,
  );
  const wrong = await check(
    { ...table, operators: { ADD: { rows: [{ activations: 'int9' }] } } },
    { name: 'mine.json' },
  );
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(/mine at \/operators\/ADD\/rows\/0\/activations\n.*did you mean "int4"/);
  mkdirSync(at('all/runtimes'), { recursive: true });
  writeFileSync(at('all/runtimes/mine.json'), JSON.stringify(table));
  const using = { ...board, runtime: { name: 'mine', from: '2025-04-01' } };
  expect((await check(using)).stderr).toMatch(/no kernel table for the runtime "mine"/);
  expect((await check(using, { more: ['--profiles', at('all')] })).code).toBe(0);
});

it.each([
  [['profiles', 'check'], /no file is given/],
  [['profiles', 'esp32', 'more.json'], /"more\.json" follows "esp32"/],
  [['profiles', 'check', 'no-such.json'], /no such file/],
])('%j is refused with what to do', async (words, says) => {
  const { code, stderr } = await runDeploy(words);
  expect(code).toBe(2);
  expect(stderr).toMatch(says);
});
