// Tables: the values that come out, and the refusal of each broken cell or row.
import { createTestFolder, inputOf, readAll } from '../../test/workspace.js';
import { limits } from '../limits.js';

const files = createTestFolder();
afterAll(() => files.remove());
const write = files.write;

describe('csv', () => {
  it('reads header, quotes, label words and several line ends', async () => {
    const { values, labels, dataset } = await readAll(
      write('a.csv', '\ufeffa,"b ""x""",label\r\n1,"2.5",no\r\n\r\n-3e1, 4 ,"ye\ns"\r\n'),
      inputOf(2),
    );
    expect(values).toEqual([
      [1, 2.5],
      [-30, 4],
    ]);
    expect(labels).toEqual([0, 1]);
    expect(dataset.labels).toEqual(['no', 'ye\ns']);
  });

  it('takes columns and label by number, name and range', async () => {
    const path = write('b.csv', 'a;b;c;d\n1;2;3;4\n5;6;7;8');
    expect(await readAll(`${path}?columns=1-2&label=a`, inputOf(2))).toMatchObject({
      values: [
        [2, 3],
        [6, 7],
      ],
      labels: [1, 5],
    });
    await expect(readAll(`${path}?label=bb`, inputOf(3))).rejects.toThrow(/did you mean b\?/);
    await expect(readAll(path, inputOf(3))).rejects.toThrow(/\?label=0 for the first or \?label=3/);
  });

  it.each([
    ['1,2\n3,x4\n', /DATA_CELL.*"x4".*line 2, column 2/s],
    ['1,2\n3,\n', /DATA_CELL.*"" is not a number/s],
    ['1,2\n0x10,3\n', /DATA_CELL/],
    ['1,2\n3\n', /DATA_MALFORMED.*line 2/s],
    ['1,"2\n', /not closed/],
    ['1,2\n"1"x,2', /closing quote/],
    [`1,${'9'.repeat(limits.cellCharacters + 1)}`, /DATA_TOO_LARGE/],
    ['1,2\n1,nan', /DATA_NOT_FINITE/],
    ['', /DATA_EMPTY/],
  ])('refuses %j', async (text, refusal) => {
    await expect(readAll(write('bad.csv', text), inputOf(2))).rejects.toThrow(refusal);
  });

  it.each([
    ['a mark', Buffer.from('\ufeffa,b\r\n1,2\r\n', 'utf16le'), /DATA_MALFORMED: this is text in UTF-16.*CSV UTF-8/s],
    ['the other mark', Buffer.from('\ufeffa,b\r\n', 'utf16le').swap16(), /this is text in UTF-16/],
    ['no mark', Buffer.from('1,2\r\n3,4\r\n', 'utf16le'), /bytes of zero/],
  ])('refuses UTF-16 with %s', async (_, bytes, refusal) => {
    await expect(readAll(write('wide.csv', bytes), inputOf(2))).rejects.toThrow(refusal);
  });

  it('reads numbers below words of an older Windows, and refuses such words as classes', async () => {
    const table = (header: string, label: string): Buffer =>
      Buffer.from(`${header};label\r\n1,5;${label}\r\n`, 'latin1');
    expect((await readAll(write('old.csv', table('W\u00e4rme', '0')), inputOf(1))).values).toEqual([[1.5]]);
    const path = write('old2.csv', table('x', 'H\u00f6he'));
    await expect(readAll(path, inputOf(1))).rejects.toThrow(/DATA_MALFORMED: the class name "H.he" is not in UTF-8/);
  });

  it('reads a label table with the line ends and the mark of Windows', async () => {
    const data = write('x.bin', Uint8Array.of(1, 2, 3));
    write('labels.csv', '\ufeffname,label\r\na,cat\r\nb,dog\r\nc,cat\r\n');
    const { labels, dataset } = await readAll(`raw:${data}?dtype=uint8&shape=1&labels=labels.csv`, inputOf(1));
    expect([labels, dataset.labels]).toEqual([
      [0, 1, 0],
      ['cat', 'dog'],
    ]);
  });
});
