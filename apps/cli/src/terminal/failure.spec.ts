// Errors of the user's, of the command line's and of ours, as text and as documents.
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics, wrapText } from '@wherry/pipeline';
import { CommanderError } from 'commander';
import { describeFailure, failureDocument } from './failure.js';
import { wantsColor } from './style.js';

it('shows what, where, next and where to read more', () => {
  const failure = describeFailure(
    new WherryError(pipelineDiagnostics.MODEL_UNREADABLE, { what: 'it is a folder', where: 'm', next: 'give a file' }),
  );
  expect(failure.text).toBe(
    'MODEL_UNREADABLE: it is a folder\n  at    m\n  next  give a file\n  more  deploy explain MODEL_UNREADABLE',
  );
  expect(failureDocument(failure)).toEqual({
    schemaVersion: 1,
    ok: false,
    exitCode: 2,
    error: {
      code: 'MODEL_UNREADABLE',
      title: 'The model file cannot be read',
      what: 'it is a folder',
      where: 'm',
      next: 'give a file',
    },
  });
});

it('turns the words of the parser into the same form', () => {
  const { exitCode, diagnostic } = describeFailure(
    new CommanderError(1, 'commander.unknownOption', "error: unknown option '--profil'\n(Did you mean --profile?)"),
  );
  expect([exitCode, diagnostic]).toMatchObject([
    2,
    { code: 'ARGUMENTS_INVALID', what: "unknown option '--profil'", next: 'did you mean --profile?' },
  ]);
});

it('blames the machine for memory that it did not give', () => {
  const failure = describeFailure(new RangeError('WebAssembly.Memory(): could not allocate memory'));
  expect([failure.exitCode, failure.text]).toEqual([11, expect.stringMatching(/^MEMORY_EXHAUSTED: [^]*--workers 0/)]);
});

it('calls everything else a bug, with its stack', () => {
  const failure = describeFailure(new TypeError('oops'));
  expect([failure.exitCode, failure.text]).toEqual([
    1,
    expect.stringMatching(/^This is a bug in deploy.*\nTypeError: oops\n\s+at /),
  ]);
  expect(failureDocument(failure)).toMatchObject({ ok: false, exitCode: 1, error: { code: 'BUG' } });
  expect(describeFailure('thrown text').text).toContain('thrown text');
});

it('breaks long lines between words and long lists between items', () => {
  expect(wrapText('aaa bbb ccc ddd', 7, '  ')).toEqual(['aaa bbb', '  ccc', '  ddd']);
  expect(wrapText('unbreakable words', 5, '')).toEqual(['unbreakable', 'words']);
  const next = Array.from({ length: 40 }, (_, i) => `item ${i}`).join('; ');
  const { text } = describeFailure(new WherryError(pipelineDiagnostics.MODEL_UNREADABLE, { what: 'w', next }));
  expect(text.split('\n')).toContain('        item 39');
});

it('colours terminals that want it', () => {
  expect([
    wantsColor({ isTTY: true }, {}),
    wantsColor({ isTTY: true }, { NO_COLOR: '' }),
    wantsColor({ isTTY: true }, { NO_COLOR: '1' }),
    wantsColor({ isTTY: true }, { TERM: 'dumb' }),
    wantsColor({}, { FORCE_COLOR: '1' }),
  ]).toEqual([true, true, false, false, false]);
});
