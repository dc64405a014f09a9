// What JSON.parse lets pass silently is refused, and nothing else is.
import { parseStrictJson } from './parse-strict-json.js';

describe('parseStrictJson', () => {
  it('skips a byte order mark', () => {
    expect(parseStrictJson('\uFEFF{"a": 1}', 'file')).toEqual({ a: 1 });
  });

  it.each([
    '{"a": [1, -2.5e3, true, null, "x\\"}\\u0041"], "b": {"a": {}}}',
    ' [ ] ',
    '"text"',
    '{"a\\\\": 1, "a": 2}',
  ])('gives what JSON.parse gives for %s', (text) => {
    expect(parseStrictJson(text, 'file')).toEqual(JSON.parse(text));
  });

  it.each([
    ['a repeated key', '{"a": 1,\n "b": {"c": 1, "c": 2}}', /"c" stands twice[^]*line 2/],
    ['a repeated key in disguise', '{"a": 1, "\\u0061": 2}', /"a" stands twice/],
    ['__proto__', '{"a": {"__proto__": {}}}', /"__proto__" is not allowed/],
    ['__proto__ in disguise', '{"\\u005f_proto__": {}}', /"__proto__" is not allowed/],
    ['constructor', '{"constructor": {}}', /not allowed/],
    ['depth', `${'['.repeat(40)}${']'.repeat(40)}`, /deeper than 32/],
    ['depth beyond the stack', `${'['.repeat(100000)}${']'.repeat(100000)}`, /deeper than 32|not valid/],
    ['size', `"${'x'.repeat(5 * 1024 * 1024)}"`, /limit is/],
    ['a comment', '{} // x', /not valid JSON/],
    ['nothing', '', /not valid JSON/],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseStrictJson(text, 'file')).toThrow(message);
    expect(() => parseStrictJson(text, 'file')).toThrow(expect.objectContaining({ name: 'WherryError' }) as Error);
  });
});
