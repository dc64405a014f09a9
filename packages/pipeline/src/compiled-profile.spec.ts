// What a profile says of the export holds for a model that becomes C as well, or is refused.
import { spawnSync } from 'node:child_process';
import { buildFolder, describeCompiled } from '@wherry/testing';
import { readProfileTexts } from './inputs/profile-folder.js';
import { fileText } from './testing/file-text.js';
import { outcomeOn, profileOfOwn, type Change, type Outcome } from './testing/profile-outcome.js';
import { smallModel } from './testing/small-model.js';

const texts = await readProfileTexts();
const model = smallModel();
afterAll(() => model.remove());

const outcome = (pointer: string, value: unknown, change: Change = {}): Promise<Outcome> =>
  outcomeOn(profileOfOwn(pointer, value, change), texts, { ...model.request, runtime: 'compiled-c' });

describeCompiled('/export/placement/section', () => {
  it.each([
    ['gcc', []],
    ['g++', ['-x', 'c++']],
  ] as const)('holds every constant of the model, by %s', async (compiler, language) => {
    const { made, refusal } = await outcome('/export/placement/section', '.far_flash');
    expect(refusal).toBe('');
    const folder = buildFolder();
    try {
      folder.write(new Map(['model.h', 'model.c'].map((file) => [file, fileText(made!.files, file)])));
      // Unoptimized, nothing is drawn into the code.
      expect(spawnSync(compiler, [...language, '-O0', '-c', 'model.c'], { cwd: folder.path }).status).toBe(0);
      const { stdout } = spawnSync('objdump', ['-t', 'model.o'], { cwd: folder.path, encoding: 'utf8' });
      const constants = stdout.split('\n').filter((line) => /\sO\s/.test(line) && / \.(?!bss|data)/.test(line));
      expect(constants.length).toBeGreaterThan(3);
      expect(constants.filter((line) => !/ \.far_flash\s/.test(line))).toEqual([]);
    } finally {
      folder.remove();
    }
  });

  it('gives way to what the compiler is told', async () => {
    const { made } = await outcome('/export/placement/section', '.far_flash');
    expect(fileText(made!.files, 'model.c')).toMatch(
      /#ifndef (\w+)\n#define \1 __attribute__\(\(section\("\.far_flash"/,
    );
  });
});

describe('where constants lie in RAM', () => {
  const on = (reservedBytes: number): Promise<Outcome> =>
    outcome('/memory/ram/reservedBytes', reservedBytes, {
      extends: 'arduino-uno',
      and: { memory: { ram: { bytes: 10_000, source: 's' } }, schemes: [{ scheme: 'int8' }] },
    });

  it('counts them beside the arena, to the last byte', async () => {
    const { made, report } = await on(0);
    const { arena, constants } = made!.memory.compiled!;
    expect(made!.fit.ram).toEqual({ used: arena, available: 10_000 - constants });
    expect(report).toContain(`${constants.toLocaleString('en')} more: its constants, which lie there as well`);
    expect(fileText(made!.files, 'model_settings.h')).toContain(`ARENA_BYTES ${arena}u`);
    const most = 10_000 - constants - arena;
    expect((await on(most)).refusal).toBe('');
    const { refusal } = await on(most + 1);
    expect(refusal).toMatch(
      new RegExp(`beside ${constants} of constants, which lie in RAM here: 1 (?:or more )?too many`),
    );
    expect(refusal).toContain(`/memory/ram/reservedBytes of at most ${most}`);
  });

  it('says how much is missing where they alone are too many', async () => {
    const { made } = await on(0);
    const { arena, constants } = made!.memory.compiled!;
    expect((await on(9_900)).refusal).toMatch(
      new RegExp(`, 0 are there beside ${constants} .*: ${arena + constants - 100} (?:or more )?too many`),
    );
  });
});

it.each(['string', 'incbin'])('refuses the array as %s, as there is none', async (format) => {
  expect((await outcome('/export/arrayFormat', format)).refusal).toMatch(
    /PROFILE_SETTING_UNSUPPORTED: .*no array.*\n.*own\.json.*\/export\/arrayFormat\n.*set it to hex/,
  );
});

it('refuses a profile of its own that opens a file', async () => {
  const named = { extends: 'raspberry-pi-5', and: { runtime: { from: '0.1' }, export: { example: undefined } } };
  expect((await outcome('/runtime/name', 'compiled-c', named)).refusal).toMatch(
    /PROFILE_INVALID: .*makes C for a firmware.*\/export\/layout/s,
  );
});
