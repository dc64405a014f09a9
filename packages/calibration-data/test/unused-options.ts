// Options that decide nothing, and folders without a sample that is read: refused, and read when the advice is followed.
import { npyBytes, pngBytes, wavBytes, zipBytes } from './written-files.mjs';
import { data, floats, type Followed } from './followed-advice.js';
import { inputOf, type TestFolder } from './workspace.js';

const first = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** By the text in the source, values replaced by `*`. */
export function unusedAdvices(write: TestFolder['write']): Readonly<Record<string, Followed>> {
  const raw = write('u/r.bin', Uint8Array.of(1, 2, 3, 4));
  write('u/r.csv', 'kind\n0\n1\n');
  const table = write('u/t.csv', 'a,b,trial\n1,2,0\n3,4,0\n5,6,1\n7,8,1\n');
  const folder = first(write('npys/one.npy', floats(2, 3)));
  write('npys/two.npy', floats(2, 3));
  return {
    'add labels=FILE, or leave labelColumn away': {
      given: () => data(`${raw}?dtype=int8&shape=2&labelColumn=kind`, inputOf(2)),
      says: /option labelColumn has no effect without labels[^]*add labels=FILE/,
      then: () => data(`${raw}?dtype=int8&shape=2&labelColumn=kind&labels=r.csv`, inputOf(2)),
    },
    'add window=ROWS where rows are moments, or leave the column out with columns=': {
      given: () => data(`${table}?recording=trial`, inputOf(2)),
      says: /option recording has no effect[^]*window=ROWS/,
      then: async () => {
        await data(`${table}?recording=trial&window=2`, inputOf(2, 2));
        await data(`${table}?columns=0-1`, inputOf(2));
      },
    },
    'give one file: *, or all joined, with numpy.concatenate for files of many samples and numpy.stack for files of one':
      {
        given: () => data(folder, inputOf(3)),
        says: /no PNG, JPEG, BMP or WAV file, but 2 entries such as one\.npy[^]*give one file: .*one\.npy/,
        then: async () => {
          await data(`${folder}/one.npy`, inputOf(3));
          await data(write('joined.npy', floats(4, 3)), inputOf(3));
        },
      },
  };
}

/** Sources with an option too much, and the name of the option. */
export function sourcesWithUnused(write: TestFolder['write']): readonly (readonly [source: string, option: string])[] {
  const array = (name: string) => ({ name, bytes: npyBytes('|u1', [2, 2], Uint8Array.of(1, 2, 3, 4)) });
  const archive = write('v/two.npz', zipBytes([array('a.npy'), array('b.npy')]));
  const table = write('v/rows.csv', '1,2\n3,4\n5,7\n');
  const pictures = first(write('v/p/1.png', pngBytes(1, 2, [1, 1, 1, 2, 2, 2])));
  return [
    [`${archive}?array=a&inputs=b`, 'array'],
    [`${table}?window=2&stride=3`, 'stride'],
    [`folder:${pictures}?sampleRate=16000`, 'sampleRate'],
  ];
}

/** Options that only some of the samples need, or that a window needs. */
export function sourcesWithUsed(write: TestFolder['write']): readonly string[] {
  const mixed = first(write('w/p/1.png', pngBytes(1, 2, [1, 1, 1, 2, 2, 2])));
  write('w/p/2.wav', wavBytes([1, 2]));
  return [`folder:${mixed}?sampleRate=16000`, `${write('w/long.csv', '1,2,3,4\n5,6,7,9\n')}?window=2&stride=2`];
}
