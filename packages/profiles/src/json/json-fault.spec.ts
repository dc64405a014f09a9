// Places of faults in JSON; whether there is one is what JSON.parse says.
import { jsonFault } from './json-fault.js';

it.each([
  ['{"a": 1,}', 8, 'a comma stands before "}"'],
  ['[1, ]', 4, 'a comma stands before "]"'],
  ['{\n// hi\n"a": 1}', 2, 'JSON has no comments'],
  ['{"a": 1 /* one */}', 8, 'JSON has no comments'],
  ['# hi\n{}', 0, 'JSON has no comments'],
  ["{'a': 1}", 1, 'single quotes stand where JSON wants double ones'],
  ['{a: 1}', 1, 'a name in double quotes and a colon belong here'],
  ['{"a" 1}', 5, 'a name in double quotes and a colon belong here'],
  ['{"a": 1 "b": 2}', 8, 'a comma or "}" is missing'],
  ['{"a": True}', 6, 'a value belongs here'],
  ['{} {}', 3, 'something stands behind the end'],
  ['{"a": [1', 8, 'it ends in the middle'],
  ['  ', 2, 'it is empty'],
  ['{"a": "C:\\m\\x"}', 6, 'the text in quotes does not end, or holds a backslash that is not doubled'],
])('%j at %d: %s', (text, at, what) => {
  expect(jsonFault(text)).toEqual({ at, what });
});

it('agrees with JSON.parse on whether there is one', () => {
  const pieces = ['{', '}', '[', ']', '"a"', ':', ',', '1', '-0.5e3', 'null', ' ', '01', '"\\x"'];
  let state = 7;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  for (let round = 0; round < 20000; round++) {
    const text = Array.from({ length: 1 + (next() >>> 29) }, () => pieces[(next() >>> 8) % pieces.length]).join('');
    let valid = true;
    try {
      JSON.parse(text);
    } catch {
      valid = false;
    }
    expect([text, jsonFault(text) === undefined]).toEqual([text, valid]);
  }
});
