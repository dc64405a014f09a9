// What can stand at the cursor, asked without a shell: by the words before it, and the beginning of the last one.
import { createProgram } from '../program.js';
import { Interruption } from '../terminal/interruption.js';
import { completeWords } from './complete-words.js';
import { commandNames } from '@wherry/pipeline/tool';
import type { ValueSources } from './value-kinds.js';

const asked: (string | undefined)[] = [];
const list = (...values: readonly string[]) => values.map((value) => ({ value, about: `about ${value}` }));
const sources: ValueSources = {
  profiles: (folder) => {
    asked.push(folder);
    return Promise.resolve(list('esp32', 'stm32f4'));
  },
  codes: () => Promise.resolve(list('DATA_SHAPE')),
  formats: () => Promise.resolve(list('npy:', 'folder:')),
  preprocessing: () => Promise.resolve(list('divideBy=')),
  models: () => Promise.resolve(list('digits', 'keywords')),
};

async function completed(...words: readonly string[]) {
  const program = createProgram(new Interruption(), () => undefined);
  const { candidates, paths, prefix } = await completeWords(program, words, sources);
  return { values: candidates.map(({ value }) => value), paths, prefix };
}

it('begins as the word does', async () => {
  expect((await completed('--method', 'm')).values).toEqual(['min-max', 'moving-average', 'mse']);
  expect((await completed('--method', 'ax')).values).toEqual([]);
  expect((await completed('--method=mov')).values).toEqual(['--method=moving-average']);
  expect((await completed('--comp')).values).toEqual(['--compact-matrices']);
});

it('is a command or a model where neither was given', async () => {
  expect(await completed('pl')).toMatchObject({ values: ['plan'], paths: 'files' });
  expect(await completed('plan', 'pl')).toMatchObject({ values: [], paths: 'files' });
  expect((await completed('network.h5', 'pl')).values).toEqual([]);
  expect((await completed('explain', 'DATA')).values).toEqual(['DATA_SHAPE']);
});

it('knows options that take a value from those that take none', async () => {
  expect((await completed('--json', 'pl')).values).toEqual(['plan']);
  expect(await completed('--samples', 'pl')).toEqual({ values: [], paths: undefined, prefix: '' });
  expect(await completed('--json=')).toEqual({ values: [], paths: undefined, prefix: '' });
  expect((await completed('--samples', '5', 'pl')).values).toEqual(['plan']);
  expect((await completed('--method=mse', 'pl')).values).toEqual(['plan']);
});

it('completes what an evaluation takes', async () => {
  expect((await completed('eva')).values).toEqual(['evaluate']);
  expect((await completed('evaluate', 'm.tflite', '--task', 're')).values).toEqual(['reconstruction']);
  expect((await completed('evaluate', 'm.tflite', '-e', 'np')).values).toEqual(['npy:']);
  for (const option of ['--against', '--outputs'])
    expect(await completed('evaluate', 'm.tflite', option, 'x')).toMatchObject({ values: [], paths: 'files' });
});

it('completes every model of a project that is tested', async () => {
  expect(await completed('test', 'd')).toEqual({ values: ['digits'], paths: undefined, prefix: '' });
  expect((await completed('test', 'digits', 'k')).values).toEqual(['keywords']);
  expect((await completed('test', '--tier', 'h')).values).toEqual(['host', 'hw']);
});

it('has no command that a model of a project could be called after', () => {
  const program = createProgram(new Interruption(), () => undefined);
  expect(commandNames).toEqual([...program.commands.map((each) => each.name()), 'help']);
});

it('is no option behind two dashes alone', async () => {
  expect(await completed('--', '--js')).toMatchObject({ values: [], paths: 'files' });
  expect((await completed('--out', '--', '--js')).values).toEqual(['--json']);
});

it('looks for profiles in the folder that was named, however it was', async () => {
  asked.splice(0);
  for (const words of [['--profiles', 'boards'], ['--profiles=boards'], []])
    expect(await completed(...words, '-p', 'st')).toMatchObject({ values: ['stm32f4'], paths: 'files' });
  expect(asked).toEqual(['boards', 'boards', undefined]);
});

it('offers the word check where a profile of its own command stands, and files behind it', async () => {
  expect((await completed('profiles', 'che')).values).toEqual(['check']);
  expect((await completed('profiles', '')).values).toEqual(['check', 'esp32', 'stm32f4']);
  expect((await completed('-p', 'che')).values).toEqual([]);
  expect(await completed('profiles', 'check', 'my')).toMatchObject({ values: [], paths: 'files' });
});

it('completes the path behind a format, folders where it is one', async () => {
  expect(await completed('-c', 'n')).toEqual({ values: ['npy:'], paths: 'files', prefix: '' });
  expect(await completed('-c', 'npy:sam')).toEqual({ values: [], paths: 'files', prefix: 'npy:' });
  expect(await completed('--calibration=folder:ph')).toEqual({
    values: [],
    paths: 'folders',
    prefix: '--calibration=folder:',
  });
  expect(await completed('--out', 'ph')).toEqual({ values: [], paths: 'folders', prefix: '' });
  expect((await completed('--preprocess', 'div')).values).toEqual(['divideBy=']);
});
