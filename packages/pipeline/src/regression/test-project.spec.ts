// A project against its baselines: what passes, what fails and why, what an update writes and what it leaves alone.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaErrors } from '../testing/published-schema.js';
import { smallProject, type SmallProject } from '../testing/small-project.js';
import { baselinePlace } from './baseline-folder.js';
import { testExitCode } from './exit-code.js';
import { testJunit } from './test-junit.js';
import { testMarkdown } from './test-markdown.js';
import type { TestResult } from './test-result.js';
import { testText } from './test-text.js';

let project: SmallProject;
beforeEach(() => (project = smallProject()));
afterEach(() => project.remove());

const path = (name: string): string => join(project.baselines, name);
const verdicts = ({ pairs }: TestResult): readonly string[] =>
  pairs.map(({ profile, verdict }) => `${profile} ${verdict}`);
const edit = (name: string, from: string | RegExp, to: string): void =>
  writeFileSync(path(name), readFileSync(path(name), 'utf8').replace(from, to));

it('fails without a baseline, and passes with the one that an update writes', async () => {
  const without = await project.test();
  expect([without.ok, testExitCode(without), verdicts(without)]).toEqual([
    false,
    6,
    ['esp32 failed', 'stm32f4 failed'],
  ]);
  expect(existsSync(project.baselines)).toBe(false);
  const update = await project.test({ update: true });
  // Nothing was there that anything could have been compared with.
  expect([...without.pairs, ...update.pairs].map(({ metrics }) => metrics)).toEqual([0, 0, 0, 0]);
  expect([update.ok, verdicts(update)]).toEqual([true, ['esp32 updated', 'stm32f4 updated']]);
  expect(readdirSync(path('esp32'))).toEqual(['small.json']);
  const after = await project.test();
  expect([after.ok, testExitCode(after), verdicts(after)]).toEqual([true, 0, ['esp32 passed', 'stm32f4 passed']]);
  expect(after.pairs.every(({ metrics, differences }) => metrics > 40 && differences.length === 0)).toBe(true);
});

it('comes to the same document and the same text fifty times', async () => {
  await project.test({ update: true });
  const said = new Set<string>();
  for (let run = 0; run < 50; run++) {
    const result = await project.test({}, { profiles: ['esp32'] });
    said.add(JSON.stringify(result) + testText(result) + testJunit(result) + testMarkdown(result));
    expect(result.ok).toBe(true);
  }
  expect(said.size).toBe(1);
  expect([...said][0]).not.toContain(project.folder);
}, 120_000);

it('writes the same bytes twice', async () => {
  await project.test({ update: true });
  const before = readFileSync(path('esp32/small.json'));
  await project.test({ update: true });
  expect(readFileSync(path('esp32/small.json')).equals(before)).toBe(true);
});

it('says which link moved first, and fails with 6', async () => {
  await project.test({ update: true });
  project.describe({ inputType: 'float32' });
  const result = await project.test({}, { profiles: ['esp32'] });
  expect(testExitCode(result)).toBe(6);
  expect(result.pairs[0]).toMatchObject({ verdict: 'failed', moved: ['input', 'plan', 'bytes', 'numbers', 'memory'] });
  expect(testText(result)).toContain('input.settings.inputType: "float32"'.replaceAll('"', ''));
});

it('refuses an update where CI runs, and writes nothing', async () => {
  await expect(project.test({ update: true, inCi: true })).rejects.toThrow('BASELINE_UPDATE_IN_CI');
  expect(existsSync(project.baselines)).toBe(false);
});

describe('baselines that nothing is compared with', () => {
  it('fail, and go with an update of everything', async () => {
    await project.test({ update: true });
    mkdirSync(path('rp2040'));
    writeFileSync(path('rp2040/small.json'), readFileSync(path('esp32/small.json')));
    const result = await project.test();
    // Of another pair, which is no baseline of this one.
    expect([result.ok, result.obsolete]).toEqual([true, []]);
    edit('rp2040/small.json', '"profile": "esp32"', '"profile": "rp2040"');
    const told = await project.test();
    expect([told.ok, testExitCode(told), told.obsolete]).toEqual([false, 6, ['rp2040/small.json']]);
    expect(testText(told)).toContain('obsolete  rp2040/small.json');
    expect(testJunit(told)).toContain('rp2040/small.json');
    expect(testMarkdown(told)).toContain('rp2040/small.json');
    // Without a run of anything.
    const only = await project.test({ onlyObsolete: true });
    expect([only.ok, only.pairs, only.obsolete]).toEqual([false, [], ['rp2040/small.json']]);
    expect([testExitCode(only), testText(only)]).toEqual([
      6,
      expect.stringMatching(/^obsolete .*\nnot ok: 1 obsolete$/),
    ]);
    await expect(project.test({ onlyObsolete: true }, { profiles: ['esp32'] })).rejects.toThrow('TEST_NOTHING');
    // Whoever asks for a part says nothing of the rest.
    expect((await project.test({}, { profiles: ['esp32'] })).ok).toBe(true);
    await project.test({ update: true }, { profiles: ['esp32'] });
    expect(existsSync(path('rp2040/small.json'))).toBe(true);
    const removed = await project.test({ update: true, onlyObsolete: true });
    expect([removed.ok, removed.removed]).toEqual([true, ['rp2040/small.json']]);
    expect(testText(removed)).toContain('removed  rp2040/small.json');
    const none = await project.test({ onlyObsolete: true });
    expect([none.ok, testText(none)]).toEqual([true, 'ok: no baseline is obsolete']);
    expect(testMarkdown(none)).not.toContain('|');
    expect(testJunit(none)).toContain('<testsuite name="baselines" tests="1" failures="0"');
    expect((await project.test()).ok).toBe(true);
  });

  it('stay where they are of another project, are none, or something went wrong', async () => {
    await project.test({ update: true });
    mkdirSync(path('rp2040'));
    const text = readFileSync(path('esp32/small.json'), 'utf8').replace('"profile": "esp32"', '"profile": "rp2040"');
    writeFileSync(path('rp2040/phone.json'), text.replace('small', 'phone').replace('deploy.config', 'phone.config'));
    writeFileSync(path('rp2040/package.json'), '{ "name": "mine" }');
    expect(await project.test({ update: true })).toMatchObject({ ok: true, removed: [] });
    writeFileSync(path('rp2040/small.json'), text);
    writeFileSync(path('stm32f4/small.json'), '');
    expect(await project.test({ update: true })).toMatchObject({
      ok: false,
      removed: [],
      obsolete: ['rp2040/small.json'],
    });
    expect(readdirSync(path('rp2040')).sort()).toEqual(['package.json', 'phone.json', 'small.json']);
    // As the message says.
    rmSync(path('stm32f4/small.json'));
    expect(await project.test({ update: true })).toMatchObject({ ok: true, removed: ['rp2040/small.json'] });
  });

  it('are also metrics of a file', async () => {
    await project.test({ update: true });
    edit('esp32/small.json', '"memory.flash"', '"memory.flashes": 1,\n    "memory.flash"');
    const { pairs } = await project.test();
    expect(pairs[0]).toMatchObject({ verdict: 'failed', moved: ['memory'], differences: [{ move: 'missing' }] });
  });
});

it('takes a better figure for what it is, and holds it with an update', async () => {
  await project.test({ update: true });
  edit('esp32/small.json', /("numbers\.output\.\S+sqnrDb": )[\d.]+/, '$115');
  const better = await project.test();
  expect([better.ok, better.pairs[0]!.differences[0]!.move]).toEqual([true, 'better']);
  expect(testText(better)).toContain('hold it with --update');
  edit('esp32/small.json', /("numbers\.output\.\S+sqnrDb": )[\d.]+/, '$190');
  const worse = await project.test();
  expect([worse.ok, worse.pairs[0]!.differences[0]!.move, worse.pairs[0]!.moved]).toEqual([
    false,
    'worse',
    ['numbers'],
  ]);
});

it('says on an update what got worse, grew or is measured no more', async () => {
  await project.test({ update: true });
  edit('esp32/small.json', /"memory\.flash": \d+/, '"memory.flash": 7, "memory.gone": 5');
  edit('esp32/small.json', /"memory\.ram": \d+/, '"memory.ram": 123456789');
  const text = testText(await project.test({ update: true }, { profiles: ['esp32'] }));
  expect(text).toMatch(/3 metrics moved\n {4}memory\.flash: 7 -> [\d,]+ \(\+/);
  expect(text).toContain('memory.gone: 5 in the baseline, and not measured any more');
  // A gain, which nobody has to look at.
  expect(text).not.toContain('memory.ram');
});

it('tells what is wrong with one pair, and tests the others', async () => {
  await project.test({ update: true });
  writeFileSync(path('esp32/small.json'), '<<<<<<< HEAD');
  const result = await project.test();
  expect(verdicts(result)).toEqual(['esp32 error', 'stm32f4 passed']);
  expect([result.pairs[0]!.error!.code, testExitCode(result)]).toEqual(['BASELINE_INVALID', 2]);
  project.describe({ model: join(project.folder, 'gone.tflite') });
  const gone = await project.test();
  expect(gone.pairs.map(({ error }) => error?.code)).toEqual(['BASELINE_INVALID', 'MODEL_UNREADABLE']);
  expect(testJunit(gone)).toContain('errors="2"');
  expect(testMarkdown(gone)).toContain('MODEL\\_UNREADABLE');
});

it('is as its published schema has it, whatever it comes to', async () => {
  const errorsOf = schemaErrors('test-result');
  const results = [await project.test(), await project.test({ update: true }), await project.test()];
  edit('esp32/small.json', /("memory.flash": )/, '$1{ "median": 1, "mad": 2, "windows": 5 },\n    "memory.more": ');
  mkdirSync(path('rp2040'));
  writeFileSync(path('rp2040/small.json'), '');
  results.push(await project.test({ tiers: ['host', 'emu'] }, { profiles: ['esp32'] }), await project.test());
  writeFileSync(path('esp32/small.json'), '');
  results.push(await project.test());
  for (const result of results) expect(errorsOf(result)).toBeNull();
  expect(results.flatMap(({ pairs }) => pairs.map(({ verdict }) => verdict))).toEqual(
    expect.arrayContaining(['passed', 'failed', 'error', 'updated', 'left out']),
  );
});

it('holds the truth of the data, what is warned of, and how a file is read', async () => {
  await project.test({ update: true });
  const samples = join(project.folder, 'samples.csv');
  const before = readFileSync(samples, 'utf8');
  // One label in another row: the inputs are the same.
  writeFileSync(samples, before.replace(/,0\n/, ',1\n'));
  const moved = (await project.test({}, { profiles: ['esp32'] })).pairs[0]!;
  expect(moved.differences.map(({ metric }) => metric)).toEqual(
    expect.arrayContaining(['input.evaluation', 'input.evaluation.truth']),
  );
  expect(moved.moved[0]).toBe('input');
  writeFileSync(samples, before);
  project.describe({ calibration: `csv:${samples}?label=32&header=no` });
  const read = (await project.test({}, { profiles: ['esp32'] })).pairs[0]!;
  expect(read.differences.map(({ metric }) => metric)).toEqual(['input.calibration.read']);
  edit('esp32/small.json', /"numbers\.warnings": ".*"/, '"numbers.warnings": "DATA_LINT"');
  const warned = (await project.test({}, { profiles: ['esp32'] })).pairs[0]!;
  expect(warned.moved).toEqual(['input', 'numbers']);
});

describe('a folder that projects share', () => {
  const elsewhere = (folder: string) =>
    baselinePlace(join(project.folder, folder, 'deploy.config.json'), project.baselines);

  it('refuses the baseline of another one, and neither accepts, writes nor removes it', async () => {
    await project.test({ update: true });
    const before = readFileSync(path('esp32/small.json'), 'utf8');
    expect(before).toContain('"project": "deploy.config.json"');
    for (const update of [false, true]) {
      const { pairs, ok, removed } = await project.test(
        { baselines: elsewhere('phone'), update },
        { profiles: ['esp32'] },
      );
      expect([ok, removed, pairs[0]!.error]).toMatchObject([false, [], { code: 'BASELINE_INVALID' }]);
      expect(pairs[0]!.error!.what).toBe(
        'it is of the project deploy.config.json, and this is phone/deploy.config.json',
      );
    }
    expect(readFileSync(path('esp32/small.json'), 'utf8')).toBe(before);
    expect((await project.test()).ok).toBe(true);
  });

  it('lies beside the file that describes the project, wherever that is run', () => {
    const file = join('apps', 'phone', 'deploy.config.json');
    expect(baselinePlace(file)).toEqual({ folder: join('apps', 'phone', 'baselines'), project: 'deploy.config.json' });
    expect(baselinePlace('deploy.config.json')).toEqual({ folder: 'baselines', project: 'deploy.config.json' });
    expect(baselinePlace(file, 'baselines').project).toBe('apps/phone/deploy.config.json');
  });
});

it('refuses a baseline of another pair', async () => {
  await project.test({ update: true });
  writeFileSync(path('esp32/small.json'), readFileSync(path('stm32f4/small.json')));
  expect((await project.test()).pairs[0]!.error!.what).toBe('it is of the model small on stm32f4');
});

it.each([
  [{ tiers: ['hw'] as const }, { profiles: ['esp32'] }, 'no port is given'],
  [{ tiers: ['hw'] as const, device: { port: 'x' } }, {}, '2 pairs'],
  [{ device: { port: 'x' } }, {}, 'nothing is measured on a device'],
  [{ tiers: ['emu'] as const }, { profiles: ['esp32'] }, 'no emulated board stands in for esp32'],
  [{}, { profiles: ['rp2040'] }, 'no model of the project goes to rp2040'],
  [{}, { profiles: ['esp32', 'rp2040'] }, 'no model of the project goes to rp2040'],
  [{}, { models: ['small'], profiles: ['esp32', 'rp2040'] }, 'none of small goes to rp2040'],
])('has nothing to do with %j of %j', async (changes, what, says) => {
  await expect(project.test(changes, what)).rejects.toThrow(says);
});

it('fails where the baseline holds a tier that the profile has no more', async () => {
  await project.test({ update: true });
  edit('esp32/small.json', /\n}\n$/, ',\n  "emu": { "gone": { "time.instructions": 1 } }\n}\n');
  const result = await project.test({ tiers: ['host', 'emu'] }, { profiles: ['esp32'] });
  expect(verdicts(result)).toEqual(['esp32 passed', 'esp32 failed']);
  await project.test({ tiers: ['host', 'emu'], update: true }, { profiles: ['esp32'] });
  expect(readFileSync(path('esp32/small.json'), 'utf8')).not.toContain('"emu"');
});

it('stops where it is asked to', async () => {
  const signal = AbortSignal.abort(new Error('stop'));
  await expect(project.test({ update: true }, {}, { engine: 'reference', signal })).rejects.toThrow('stop');
});
