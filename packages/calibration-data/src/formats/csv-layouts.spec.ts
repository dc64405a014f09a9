// Tables as tools write them: headers of numbers, index columns, one row per moment, commas for points.
import { createTestFolder, inputOf, readAll } from '../../test/workspace.js';

const files = createTestFolder();
afterAll(() => files.remove());
let count = 0;
const table = (...lines: string[]) => files.write(`t${count++}.csv`, `${lines.join('\n')}\n`);
const codesOf = async (path: string, width: number) =>
  (await readAll(path, inputOf(width))).dataset.warnings.map(({ code }) => code);
const rows = (from: number, to: number, row: (i: number) => string) =>
  Array.from({ length: to - from }, (_, i) => row(from + i));

describe('a header of numbers', () => {
  const fractions = (i: number) => `0.${i},0.5,0.25,0.${i + 1}`;

  it.each([
    ['0,1,2,3', rows(1, 5, fractions)],
    ['1,2,3,4', rows(1, 5, fractions)],
    ['0,1,2,3,4,5,6,7', rows(1, 5, (i) => `${i},3,1,4,1,5,9,2`)],
    ['0,1', rows(1, 9, (i) => `0.${i},1.5`)],
    ['"0","1","2","3"', rows(1, 5, fractions)],
  ])('%s is no sample', async (header, body) => {
    const width = header.split(',').length;
    const { values, dataset } = await readAll(table(header, ...body), inputOf(width));
    expect(values).toHaveLength(body.length);
    expect(dataset.warnings).toEqual([]);
  });

  it('stands beside a label column too', async () => {
    const path = table('0,1,2,label', '0.5,0.25,1.5,1', '0.5,0.25,2.5,0');
    expect(await readAll(path, inputOf(3))).toMatchObject({
      labels: [1, 0],
      values: [
        [0.5, 0.25, 1.5],
        [0.5, 0.25, 2.5],
      ],
    });
    const words = table('0,1,label', '0.5,0.25,yes', '0.5,0.25,no');
    expect((await readAll(words, inputOf(2))).labels).toEqual([1, 0]);
  });

  it.each([
    ['counting samples', rows(0, 3, (i) => `${4 * i},${4 * i + 1},${4 * i + 2},${4 * i + 3}`)],
    ['long counting samples', ['0,1,2,3,4,5,6,7', '8,9,10,11,12,13,14,15']],
    ['few whole numbers', ['0,1,2', '5,3,9', '7,7,1']],
    ['whole and broken numbers', ['0,1', '0.5,1', '2,0.25']],
    ['too few fractions below two', ['0,1', ...rows(1, 8, (i) => `0.${i},1.5`)]],
    ['one whole number below two', ['0,1', ...rows(1, 10, (i) => (i === 5 ? '3,1.5' : `0.${i},1.5`))]],
  ])('is asked for where %s could be meant', async (_, body) => {
    const path = table(...body);
    const width = body[0]!.split(',').length;
    const { values, dataset } = await readAll(path, inputOf(width));
    expect(values).toHaveLength(body.length);
    expect(dataset.warnings).toMatchObject([
      { code: 'DATA_HEADER_UNCLEAR', next: expect.stringContaining('?header=yes') },
    ]);
    // The advice, followed.
    expect((await readAll(`${path}?header=yes`, inputOf(width))).values).toHaveLength(body.length - 1);
    expect(await codesOf(`${path}?header=no`, width)).toEqual([]);
  });

  it('is none where the numbers do not count, or a word is a broken cell', async () => {
    expect(await codesOf(table('3,1,2', '5,3,9'), 3)).toEqual([]);
    await expect(readAll(table('1.5,n/a', '2,3'), inputOf(2))).rejects.toThrow(/DATA_CELL/);
  });
});

describe('a column that counts the rows', () => {
  it.each([
    [',a,b', '0,', 0],
    ['Unnamed: 0,a,b', '0,', 0],
    ['n,a,b', '1,', 1],
  ])('is left out below %s', async (header, _, from) => {
    const path = table(header, ...rows(0, 5, (i) => `${i + from},${i}.5,7.25`));
    const { values, dataset } = await readAll(path, inputOf(2));
    expect(values[4]).toEqual([4.5, 7.25]);
    expect(dataset.warnings).toMatchObject([{ code: 'DATA_COLUMN_LEFT_OUT' }]);
    // The advice, followed.
    expect(dataset.warnings[0]!.next).toContain('?columns=0-1');
    expect((await readAll(`${path}?columns=0-1`, inputOf(2))).values[4]).toEqual([4 + from, 4.5]);
  });

  it('is left out without a header and beside a label, and kept where the model takes it', async () => {
    const body = rows(0, 5, (i) => `${i},${i}.5,7.25,${i % 2}`);
    expect((await readAll(`${table(...body)}?label=3`, inputOf(2))).values[1]).toEqual([1.5, 7.25]);
    expect((await readAll(table(',a,b', ...rows(0, 4, (i) => `${i},1.5,2.5`)), inputOf(3))).values[3]).toEqual([
      3, 1.5, 2.5,
    ]);
  });

  it('is not mistaken for a label of few classes', async () => {
    for (const label of [(i: number) => i % 2, (i: number) => i % 3, (i: number) => Number(i === 1)])
      await expect(readAll(table(...rows(0, 9, (i) => `${label(i)},${i}.5,7.25`)), inputOf(2))).rejects.toThrow(
        /\?label=0/,
      );
  });

  it('is never offered as the label', async () => {
    const refusal = readAll(table('i,a,b,c', ...rows(0, 5, (i) => `${i},${i}.5,7.25,1.5`)), inputOf(2));
    await expect(refusal).rejects.toThrow(/DATA_SHAPE.*4 columns.*the 2 columns that the model takes/s);
    await expect(refusal).rejects.not.toThrow(/label=|window=/);
  });
});

describe('moments with more columns than the model takes', () => {
  const sensor = (i: number, k: number) => `${((i * 37 + k * 11) % 17) / 4}`;
  const lines = (header: string, row: (i: number) => string) => [header, ...rows(0, 40, row)];
  const three = (i: number) => [1, 2, 3].map((k) => sensor(i, k)).join(',');

  it.each<readonly [string, readonly string[], string]>([
    ['a time', lines('time_ms,ax,ay,az', (i) => `${i * 20},${three(i)}`), 'columns=1-3'],
    ['a time without a name', rows(0, 40, (i) => `${three(i)},${9000 + i * 20}`), 'columns=0-2'],
    [
      'a label of words',
      lines('ax,ay,az,what', (i) => `${three(i)},${i < 20 ? 'walk' : 'run'}`),
      'columns=0-2&label=3',
    ],
    [
      'user, activity and time',
      lines('user,activity,t,ax,ay,az', (i) => `33,${i < 20 ? 4 : 2},${i * 50},${three(i)}`),
      'columns=3-5&label=1&recording=0',
    ],
    [
      'a recording',
      lines('ax,rec,ay,az', (i) => three(i).replace(',', `,${Math.floor(i / 10)},`)),
      'columns=0,2,3&recording=1',
    ],
    ['one input more', lines('a,b,c,d', (i) => `${three(i)},${sensor(i, 4)}`), 'columns=0-2'],
  ])('such as %s: the advice names the columns, and works', async (_, body, options) => {
    const path = table(...body);
    for (const [asked, input] of [
      ['', inputOf(5, 3)],
      ['?window=5', inputOf(5, 3)],
      ['?window=5', inputOf(15)],
    ] as const) {
      const refusal = await readAll(`${path}${asked}`, input).then(
        () => '',
        (error: unknown) => String(error),
      );
      const advice = /\?window=5&stride=5&columns=[^; ]*/.exec(refusal)?.[0];
      expect(advice).toBe(`?window=5&stride=5&${options}`);
      expect((await readAll(`${path}${advice}`, input)).values).toHaveLength(8);
    }
  });
});

describe('one row per moment', () => {
  const gesture = (from: number, frames = 3) => rows(from, from + frames, (i) => `${i},-${i}`);
  const window = '?window=3&stride=3';

  it('joins rows to windows, and none across a blank line', async () => {
    const path = table('x,y', ...gesture(0), '', ...gesture(10, 4), '', '', ...gesture(20));
    const { values, samples } = await readAll(`${path}${window}`, inputOf(3, 2));
    expect(values).toEqual([
      [0, -0, 1, -1, 2, -2],
      [10, -10, 11, -11, 12, -12],
      [20, -20, 21, -21, 22, -22],
    ]);
    expect(samples.map(({ id, group }) => [id, group])).toEqual([
      ['0@0', 0],
      ['1@0', 1],
      ['2@0', 2],
    ]);
    expect((await readAll(`${path}?window=3`, inputOf(6))).values).toHaveLength(4);
  });

  it.each([
    [
      'the label changes',
      ['x,y,label', ...gesture(0).map((row) => `${row},up`), ...gesture(9, 4).map((row) => `${row},down`)],
      window,
    ],
    [
      'the counting begins again',
      ['n,x,y', ...[...gesture(0), ...gesture(9, 4)].map((row, i) => `${i < 3 ? i : i - 3},${row}`)],
      window,
    ],
    [
      'the recording column changes',
      ['x,y,file', ...gesture(0).map((row) => `${row},a`), ...gesture(9, 4).map((row) => `${row},b`)],
      `${window}&recording=file`,
    ],
    ['the header comes again', ['x,y', ...gesture(0), 'x,y', ...gesture(9, 4)], window],
  ])('none where %s', async (_, lines, options) => {
    const { values } = await readAll(`${table(...lines)}${options}`, inputOf(3, 2));
    expect(values.map(([first]) => first)).toEqual([0, 9]);
  });

  it.each([
    ['repeats a number', 207],
    ['begins again in the middle', 100],
  ])('none where the counting %s, far below what is looked at first', async (_, from) => {
    const counted = (first: number, count: number) => rows(first, first + count, (i) => `${i},${i},${-i}`);
    const lines = ['n,x,y', ...counted(0, 208), ...counted(from, 3)];
    const { values, samples } = await readAll(`${table(...lines)}${window}`, inputOf(3, 2));
    // One row is left over of the first recording.
    expect([values.length, values.at(-1)![0], samples.at(-1)!.group]).toEqual([70, from, 1]);
  });

  it('takes blank lines after every row for spacing', async () => {
    const spaced = gesture(0, 6).flatMap((row) => [row, '']);
    expect((await readAll(`${table('x,y', ...spaced)}${window}`, inputOf(3, 2))).values).toHaveLength(2);
  });

  it('labels windows, and cuts single rows as before', async () => {
    const path = table('x,y,label', ...gesture(0).map((row) => `${row},1`), ...gesture(5).map((row) => `${row},0`));
    expect((await readAll(`${path}${window}`, inputOf(3, 2))).labels).toEqual([1, 0]);
    expect((await readAll(`${table('1,2,3,4,9')}?window=2&stride=2`, inputOf(2))).values).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('is advised where the shape of the model or the blank lines say it, and works when followed', async () => {
    const path = table('x,y', ...gesture(0), '', ...gesture(10));
    const advice = /\?window=3&stride=3/;
    await expect(readAll(path, inputOf(3, 2))).rejects.toThrow(advice);
    await expect(readAll(path, inputOf(6))).rejects.toThrow(advice);
    expect((await readAll(`${path}${window}`, inputOf(6))).values).toHaveLength(2);
    await expect(readAll(`${path}?window=2`, inputOf(6))).rejects.toThrow(advice);
    // Six values from rows of two: arithmetic, and nothing else.
    await expect(readAll(table('x,y', ...gesture(0, 6)), inputOf(6))).rejects.not.toThrow(/window=/);
  });
});

describe('numbers with commas', () => {
  it.each([
    [['a;b', '1,5;2', '-3,25;4e1']],
    [['a\tb', '1,5\t2', '-3,25\t4e1']],
    [['a,b', '"1,5","2"', '"-3,25","4e1"']],
    [['1,5;2', '-3,25;4e1']],
    [['1.5 2', '-3.25 4e1']],
  ])('%j', async (lines) => {
    expect((await readAll(table(...lines), inputOf(2))).values).toEqual([
      [1.5, 2],
      [-3.25, 40],
    ]);
  });

  it('may be declared, and are not mixed with points', async () => {
    expect((await readAll(`${table('1,5;2', '3;4')}?decimal=comma`, inputOf(2))).values[0]).toEqual([1.5, 2]);
    await expect(readAll(table('1,5;2', '3.5;4'), inputOf(2))).rejects.toThrow(/DATA_CELL/);
  });

  it('a delimiter at the end of every line is no column', async () => {
    expect((await readAll(table('1.5,2,', '3,4,'), inputOf(2))).values).toEqual([
      [1.5, 2],
      [3, 4],
    ]);
  });
});
