// The written form of a data source, in the cases where a colon or question mark belongs to the path.
import { formatDataSource, parseDataSource } from './data-source.js';

describe('parseDataSource', () => {
  it.each([
    ['cifar10:a/b.bin', { format: 'cifar10', path: 'a/b.bin', options: {} }],
    ['a/b.npy', { path: 'a/b.npy', options: {} }],
    ['C:\\data\\x.npy', { path: 'C:\\data\\x.npy', options: {} }],
    ['npy:C:\\data\\x.npy', { format: 'npy', path: 'C:\\data\\x.npy', options: {} }],
    ['take:2.npy', { path: 'take:2.npy', options: {} }],
    [
      'raw:x.bin?dtype=int8&shape=49x10x1',
      { format: 'raw', path: 'x.bin', options: { dtype: 'int8', shape: '49x10x1' } },
    ],
    ['what?.npy', { path: 'what?.npy', options: {} }],
    ['what?a=b?', { path: 'what?a=b', options: {} }],
    ['x?y.csv?label=0', { path: 'x?y.csv', options: { label: '0' } }],
    ['x.csv?label=a%26b', { path: 'x.csv', options: { label: 'a&b' } }],
    ['./npy:odd', { path: './npy:odd', options: {} }],
    ['raw:x?__proto=1', { format: 'raw', path: 'x?__proto=1', options: {} }],
  ])('%s', (text, spec) => {
    expect(parseDataSource(text)).toEqual(spec);
    expect(parseDataSource(formatDataSource(parseDataSource(text)))).toEqual(spec);
  });

  it('writes a path that reads as a format so that it stays a path', () => {
    const spec = { path: 'npy:odd', options: {} };
    expect(parseDataSource(formatDataSource(spec))).toEqual({ path: './npy:odd', options: {} });
  });

  it.each(['npy:', 'x?a=1&a=2', 'x?a=%'])('refuses %s', (text) => {
    expect(() => parseDataSource(text)).toThrow(/DATA_OPTION/);
  });
});
