// What is read of a walk-through, and what is shown of an output: nothing is passed over in silence.
import { shownOutput } from './shown-output.mjs';
import { stepsOf } from './steps.mjs';

const block = (info, text) => `\`\`\`${info}\n${text}\n\`\`\`\n`;

it('reads commands with the output that is shown of them, and leaves other blocks alone', () => {
  const markdown = `# A\n\n${block('sh', 'npx deploy a \\\n  --out b\nhead -n 2 b')}\n${block('json', '{}')}\n${block('text only=a,b', 'shown')}\n${block('sh', 'npx deploy c')}`;
  const [first, second] = stepsOf(markdown);
  expect(first).toMatchObject({
    commands: [
      ['npx', 'deploy', 'a', '--out', 'b'],
      ['head', '-n', '2', 'b'],
    ],
    line: 3,
    shown: { text: 'shown', only: ['a', 'b'] },
  });
  expect(markdown.slice(first.shown.from)).toMatch(/^shown\n/);
  expect(second).toMatchObject({ commands: [['npx', 'deploy', 'c']], shown: undefined });
});

it('refuses what no one prints, and what only a shell could run', () => {
  expect(() => stepsOf(block('text', 'nobody'))).toThrow('line 1: a block of text follows no command');
  expect(() => stepsOf(`${block('sh', 'a')}${block('text', '1')}${block('text', '2')}`)).toThrow('line 7: a block');
  expect(() => stepsOf(block('sh', 'cat a | head'))).toThrow('line 1: no shell runs this');
});

it('shows whole outputs without hashes, or the parts that are asked for', () => {
  const output = 'model   m  sha256 0a1b\n        more\nscheme  int8\n\naccuracy a\n         b\nwrote 1\nwrote 2\n\n';
  expect(shownOutput(output)).toBe('model   m\n        more\nscheme  int8\n\naccuracy a\n         b\nwrote 1\nwrote 2');
  expect(shownOutput(output, ['scheme', 'wrote'])).toBe('...\nscheme  int8\n...\nwrote 1\nwrote 2');
  expect(shownOutput(output, ['model', 'accuracy'])).toBe('model   m\n        more\n...\naccuracy a\n         b\n...');
  expect(() => shownOutput(output, ['flash'])).toThrow('nothing in the output begins with "flash"');
});
