// Every advice of this package that names an option, a command or a declaration is followed here once, and none is left out.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npyBytes, pngBytes, wavBytes, zipBytes } from '../test/written-files.mjs';
import { advicesOfSources } from '../test/advices-of-sources.js';
import { data, floats, preprocessing, refusal, warned, warning, type Followed } from '../test/followed-advice.js';
import { momentAdvices } from '../test/moment-tables.js';
import { unusedAdvices } from '../test/unused-options.js';
import { createTestFolder, inputOf } from '../test/workspace.js';
import { formatNames, parseDataSource } from './data-source.js';
import { dataFormats } from './formats/index.js';
import type { InputExpectation } from './formats/format.js';
import { noDataGiven } from './no-data-given.js';
import { parsePreprocessing } from './preprocessing.js';

const files = createTestFolder();
afterAll(() => files.remove());
const { write } = files;

const dot = (name: string, value = 1) => write(name, pngBytes(1, 1, [value, value, value]));
const pictures = 'p/cat/1 p/dog/1 s/train/cat/1 s/val/cat/1 i/1 i/2';
for (const [i, name] of pictures.split(' ').entries()) dot(`${name}.png`, i);
dot('p/dog/2.png', 9);
write('i/index.csv', 'file,kind\n1.png,a\n2.png,b\n');
const folder = (name: string) => `folder:${files.path}/${name}`;
const stereo = write('s.wav', wavBytes([1, 2, 3, 4, 5, 6], { channels: 2 }));
const mono = write('m.wav', wavBytes([1, 2, 3, 4, 5, 6]));
for (const [name, bits] of [
  ['a', 16],
  ['b', 24],
] as const)
  write(`bits/${name}.wav`, wavBytes([1, 5], { bits }));
const raw = write('r.bin', Uint8Array.of(1, 2, 3, 4));
write('r.csv', 'n,kind\n0,1\n1,0\n');
const two = write('two.npz', zipBytes(['a.npy', 'b.npy'].map((name) => ({ name, bytes: floats(2, 3) }))));
const both: InputExpectation[] = [...inputOf(3), { name: 'b', shape: [1, 3], dtype: 'float32' }];
const planes = write('chw.npy', floats(2, 3, 8, 8));
const picture = write('rgb.png', pngBytes(2, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
const counted = write('counted.csv', ['n,a,b', ...[0, 1, 2, 3].map((i) => `${i},${i}.5,7`)].join('\n'));
const moments = write('moments.csv', 'a,b\n1,2\n3,4\n\n5,6\n7,8\n');
const labelled = write('labelled.csv', '0,1.5,2.5,0\n1,1.5,3.5,1\n0,2.5,2.5,0\n1,3.5,2.5,0\n');

/** By the text in the source, values replaced by `*`. */
const followed: Readonly<Record<string, Followed>> = {
  ...unusedAdvices(write),
  'give --labels with the names of the data in the order of the outputs of the model': warning(
    folder('p'),
    inputOf(1),
    /--labels with the names of the data/,
    () => warned(folder('p'), inputOf(1), { classes: ['dog', 'cat'] }),
    { classes: ['dogs', 'cats'] },
  ),
  'write FORMAT:PATH, for example npy:samples.npy': {
    given: () => data('npy:', inputOf(1)),
    says: /npy:samples\.npy/,
    then: () => Promise.resolve(parseDataSource('npy:samples.npy')),
  },
  'write FORMAT:PATH with one of *': {
    given: () => data(write('x.dunno', '1,2'), inputOf(2)),
    says: /one of npy, .*csv/,
    then: () => data(`csv:${write('x.dunno', '1,2')}`, inputOf(2)),
  },
  'leave out window=': {
    given: () => data(`${two}?window=1&inputs=a,b`, both),
    says: /leave out window=/,
    then: () => data(`${two}?inputs=a,b`, both),
  },
  'add window=FRAMES': {
    given: () => data(`${raw}?dtype=int8&shape=4&stride=1`, inputOf(2)),
    says: /add window=FRAMES/,
    then: () => data(`${raw}?dtype=int8&shape=4&stride=1&window=2`, inputOf(2)),
  },
  'give --calibration folder:**': {
    given: () => data(folder('s'), inputOf(1)),
    says: /--calibration folder:.*s\/train/,
    then: () => data(folder('s/train'), inputOf(1)),
  },
  ' --evaluation folder:*': {
    given: () => data(folder('s'), inputOf(1)),
    says: /--evaluation folder:.*s\/val/,
    then: () => data(folder('s/val'), inputOf(1)),
  },
  'choose with labelColumn= from *': {
    given: () => data(`raw:${raw}?dtype=int8&shape=2&labels=r.csv`, inputOf(2)),
    says: /labelColumn= from n, kind/,
    then: () => data(`raw:${raw}?dtype=int8&shape=2&labels=r.csv&labelColumn=kind`, inputOf(2)),
  },
  'take more of the * that the data has, with a larger --samples': warning(
    write('sorted.csv', 'a,label\n1.5,0\n2.5,0\n3.5,1\n'),
    inputOf(1),
    /ONE_LABEL next {2}give samples of all classes; where they are in the data, take more of the 3 that .* --samples/,
    () => warned(`${files.path}/sorted.csv`, inputOf(1), { limit: 3, seed: 1 }),
    { limit: 2, seed: 1 },
  ),
  'give --calibration [FORMAT:]PATH with 100 or more samples*; *': {
    given: () => Promise.reject(noDataGiven()),
    says: /--calibration/,
    then: () =>
      Promise.resolve(formatNames.map((name) => expect(parseDataSource(dataFormats[name].example).path).not.toBe(''))),
  },
  'add resize=WIDTHxHEIGHT': {
    given: async () => parsePreprocessing(['fit=stretch']),
    says: /add resize=WIDTHxHEIGHT/,
    then: async () => parsePreprocessing(['fit=stretch', 'resize=96x96']),
  },
  'write resize=WIDTHxHEIGHT, for example resize=96x96': {
    given: async () => parsePreprocessing(['resize=96']),
    says: /for example resize=96x96/,
    then: async () => parsePreprocessing(['resize=96x96']),
  },
  'declare the preprocessing layout=chw if the sample is a stack of channel planes': refusal(
    planes,
    inputOf(8, 8, 3),
    /layout=chw/,
    '',
    preprocessing('layout=chw'),
  ),
  'transpose the array: np.transpose(x, (0, *))': {
    given: () => data(write('t.npy', floats(2, 3, 5)), inputOf(5, 3)),
    says: /np\.transpose\(x, \(0, 2, 1\)\)/,
    then: () => data(write('t.npy', floats(2, 5, 3)), inputOf(5, 3)),
  },
  'declare the preprocessing channels=grayscale': refusal(
    picture,
    inputOf(2, 2, 1),
    /channels=grayscale/,
    '',
    preprocessing('channels=grayscale'),
  ),
  'declare the preprocessing resize=*x*': refusal(
    picture,
    inputOf(4, 3, 3),
    /resize=3x4/,
    '',
    preprocessing('resize=3x4'),
  ),
  'take windows of consecutive frames: add the source option window=*': refusal(
    write('w.npy', floats(2, 6, 3)),
    inputOf(4, 3),
    /window=4/,
    '?window=4',
  ),
  'if the model takes * consecutive frames of *, add the source option window=*': refusal(
    write('v.npy', floats(2, 6, 16)),
    inputOf(32),
    /window=2/,
    '?window=2',
  ),
  ...momentAdvices(write),
  'channel=0': refusal(stereo, inputOf(3), /add \?channel=0/, '?channel=0'),
  'window=*': refusal(mono, inputOf(3), /add \?window=3&stride=3/, '?window=3&stride=3'),
  'stride=*': refusal(stereo, inputOf(1, 2), /./, '?channel=0&window=2&stride=2'),
  'length=*': refusal(mono, inputOf(8), /add \?length=8/, '?length=8'),
  'save array.astype(numpy.float32), an array of plain numbers': {
    given: () => data(write('f.npy', npyBytes('<c8', [2, 2], new Float32Array(8))), inputOf(2)),
    says: /complex numbers.*astype/s,
    then: () => data(write('f.npy', floats(2, 2)), inputOf(2)),
  },
  'save the array again with numpy.save': {
    given: () => data(write('bad.npy', npyBytes('<f4', [2], new Float32Array(2), { header: 'x' })), inputOf(2)),
    says: /numpy\.save/,
    then: () => data(write('bad.npy', floats(2, 2)), inputOf(2)),
  },
  'save class numbers, such as y = np.unique(y, return_inverse=True)[1], numbered as in training, or targets as y.astype(np.float32)':
    {
      given: () =>
        warned(
          write(
            'words.npz',
            zipBytes([
              { name: 'x.npy', bytes: floats(2, 3) },
              { name: 'y.npy', bytes: npyBytes('<U1', [2], Uint32Array.of(97, 98)) },
            ]),
          ),
          inputOf(3),
        ),
      says: /np\.unique/,
      then: async () =>
        expect(
          (
            await data(
              write(
                'words.npz',
                zipBytes([
                  { name: 'x.npy', bytes: floats(2, 3) },
                  { name: 'y.npy', bytes: npyBytes('|u1', [2], Uint8Array.of(0, 1)) },
                ]),
              ),
              inputOf(3),
            )
          ).labels,
        ).toEqual([0, 1]),
    },
  'write the archive again, for example with numpy.savez': {
    given: () => data(write('bad.npz', zipBytes([{ name: 'x.npy', bytes: floats(2, 3), crc: 1 }])), inputOf(3)),
    says: /numpy\.savez/,
    then: () => data(write('bad.npz', zipBytes([{ name: 'x.npy', bytes: floats(2, 3) }])), inputOf(3)),
  },
  'repair the row, or give delimiter=': refusal(
    write('d.csv', 'a,x b\n3 4\n'),
    inputOf(2),
    /give delimiter=/,
    '?delimiter=space',
  ),
  'to use labels, give ?labelColumn= one of *': warning(
    folder('i'),
    inputOf(1),
    /\?labelColumn= one of file, kind/,
    () => warned(`${folder('i')}?labelColumn=kind`, inputOf(1)),
  ),
  'choose from * with ?array=NAME, or ?inputs=A,B in the order of the model inputs': {
    given: () => data(two, inputOf(3)),
    says: /\?array=NAME/,
    then: async () => [await data(`${two}?array=b`, inputOf(3)), await data(`${two}?inputs=b,a`, both)],
  },
  'dtype=int8': {
    given: () => data(`raw:${raw}?shape=2`, inputOf(2)),
    says: /dtype=int8/,
    then: () => data(`raw:${raw}?dtype=int8&shape=2`, inputOf(2)),
  },
  'shape=49x10x1': {
    given: () => data(`raw:${raw}?dtype=int8`, inputOf(2)),
    says: /shape=49x10x1/,
    then: () => data(`raw:${raw}?dtype=int8&shape=1x2x1`, inputOf(2)),
  },
  'add ?values=unit to bring all to -1..1, or ?values=int16 for the range of 16 bits, whichever the model was trained with':
    {
      given: () => data(folder('bits'), inputOf(2)),
      says: /values=unit/,
      then: async () => [
        await data(`${folder('bits')}?values=unit`, inputOf(2)),
        await data(`${folder('bits')}?values=int16`, inputOf(2)),
      ],
    },
  'repair the cell, or name the numeric columns with ?columns= (counted from 0) and the label with ?label=': {
    given: () => data(write('c.csv', 'x,1,2\ny,3,4\n'), inputOf(3)),
    says: /\?columns=/,
    then: () => data(`${write('c.csv', 'x,1,2\ny,3,4\n')}?columns=1-2&label=0`, inputOf(2)),
  },
  'add ?header=yes if it names the columns, ?header=no if it is a sample': warning(
    write('h.csv', '0,1,2\n5,3,9\n'),
    inputOf(3),
    /\?header=yes/,
    async () => [
      await warned(`${files.path}/h.csv?header=yes`, inputOf(3)),
      await warned(`${files.path}/h.csv?header=no`, inputOf(3)),
    ],
  ),
  'nothing, unless it is an input and another one is not: then name the inputs, such as ?columns=*-*': warning(
    counted,
    inputOf(2),
    /such as \?columns=0-1/,
    () => warned(`${counted}?columns=0-1`, inputOf(2)),
  ),
  'each row seems to be one moment of * values: add ?window=*&stride=*': refusal(
    moments,
    inputOf(2, 2, 1),
    /\?window=2&stride=2/,
    '?window=2&stride=2',
  ),
  'blank lines end recordings of * rows: add ?window=*&stride=*': refusal(
    moments,
    inputOf(4),
    /blank lines.*\?window=2&stride=2/,
    '?window=2&stride=2',
  ),
  '?label=* for the first': refusal(labelled, inputOf(3), /\?label=0 for the first/, '?label=0'),
  '?label=* for the last': refusal(labelled, inputOf(3), /\?label=3 for the last/, '?label=3'),
  'name the * columns that the model takes with ?columns=, counted from 0': refusal(
    labelled,
    inputOf(2),
    /2 columns that the model takes with \?columns=/,
    '?columns=1-2',
  ),
  'the first column counts the rows and another seems to be the label: add ?columns=*-*&label=*': refusal(
    write('both.csv', ['n,a,b,kind', ...[0, 1, 2, 3].map((i) => `${i},${i}.5,7.25,${i > 1 ? 'x' : 'y'}`)].join('\n')),
    inputOf(2),
    /\?columns=1-2&label=3/,
    '?columns=1-2&label=3',
  ),
};

it.each(Object.entries(followed))('%s', async (_, { given, says, then }) => {
  const refused = (await given().then(
    () => new Error('nothing was said'),
    (reason: unknown) => reason,
  )) as Error;
  expect(refused.message).toMatch(says);
  await then();
});

it('no advice of the sources is missing above', () => {
  const found = advicesOfSources(dirname(fileURLToPath(import.meta.url)));
  expect(found.filter((text) => !Object.hasOwn(followed, text))).toEqual([]);
  expect(found.length).toBeGreaterThan(30);
});
