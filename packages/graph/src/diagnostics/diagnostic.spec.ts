// Diagnostics: their form, their codes, and names that try to move the terminal's cursor.
import { defineDiagnostics, diagnose, formatDiagnostic, printable, WherryError } from './diagnostic.js';
import { exitCodes } from './exit-code.js';

const { AREA_BROKEN } = defineDiagnostics({
  AREA_BROKEN: { exitCode: exitCodes.modelRejected, title: 'It is broken', explanation: 'It broke.' },
});

it('takes the code from the key', () => {
  expect(AREA_BROKEN.code).toBe('AREA_BROKEN');
});

it('prints code and what, where, and the next act', () => {
  const lines = formatDiagnostic(
    diagnose(AREA_BROKEN, { what: 'the spring is off', where: 'layer 3', next: 'mend it' }),
  );
  expect(lines).toBe('AREA_BROKEN: the spring is off\n  at    layer 3\n  next  mend it');
  expect(formatDiagnostic(diagnose(AREA_BROKEN, { what: 'off', next: 'mend' }))).toBe('AREA_BROKEN: off\n  next  mend');
});

it('is the message and the value of the error, with its cause', () => {
  const cause = new Error('underneath');
  const error = new WherryError(AREA_BROKEN, { what: 'off', next: 'mend' }, { cause });
  expect(error.message).toBe('AREA_BROKEN: off\n  next  mend');
  expect(error.diagnostic).toEqual({ code: 'AREA_BROKEN', title: 'It is broken', what: 'off', next: 'mend' });
  expect(error.cause).toBe(cause);
});

it.each([
  ['an escape sequence', '\u001b[2Jgone', '\uFFFD[2Jgone'],
  ['the one-character escape', '\u009b2J', '\uFFFD2J'],
  ['a line of its own', 'a\nGRAPH_OK: fine', 'a\uFFFDGRAPH_OK: fine'],
  ['a carriage return and a backspace', 'a\r\b', 'a\uFFFD\uFFFD'],
  ['text turned around', 'a\u202eb\u2066', 'a\uFFFDb\uFFFD'],
  ['other languages', 'été 層 \u{1F600}', 'été 層 \u{1F600}'],
])('makes names harmless: %s', (_, name, shown) => {
  expect(printable(name)).toBe(shown);
  const lines = formatDiagnostic(diagnose(AREA_BROKEN, { what: name, where: name, next: name })).split('\n');
  expect(lines).toEqual([`AREA_BROKEN: ${shown}`, `  at    ${shown}`, `  next  ${shown}`]);
});
