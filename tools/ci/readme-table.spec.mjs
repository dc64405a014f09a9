// Generated lists in READMEs: cells are escaped, and a list whose marks are missing is an error, not left out.
import { readmeTable, replaceList } from './readme-table.mjs';

it('escapes what Markdown would take for marks, but not in code', () => {
  expect(readmeTable(['a'], [['x * y | `p*q` _z_']]).split('\n')).toEqual([
    '| a |',
    '| --- |',
    '| x \\* y \\| `p*q` \\_z\\_ |',
  ]);
});

describe('replaceList', () => {
  const text = 'before\n<!-- generated: x -->\nold\n<!-- end: x -->\nafter\n';

  it('replaces what is between the marks and nothing else', () => {
    const replaced = replaceList(text, 'x', 'new', 'README.md');
    expect(replaced).toBe('before\n<!-- generated: x -->\n\nnew\n\n<!-- end: x -->\nafter\n');
    expect(replaceList(replaced, 'x', 'new', 'README.md')).toBe(replaced);
  });

  it.each([
    ['no marks', 'text'],
    ['no end', '<!-- generated: x -->'],
    ['the end first', '<!-- end: x --><!-- generated: x -->'],
    ['two of them', text + text],
  ])('refuses %s', (_what, wrong) => {
    expect(() => replaceList(wrong, 'x', 'new', 'README.md')).toThrow('README.md must have');
  });
});
