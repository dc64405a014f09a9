// Progress as a bar, as lines, as JSON, and not at all.
import { progressDisplay, progressStyle, type ProgressStyle } from './progress-display.js';

function shown(style: ProgressStyle, columns?: number): string {
  let text = '';
  let time = 0;
  const stream = { write: (part: string) => (text += part), ...(columns === undefined ? {} : { columns }) };
  const progress = progressDisplay(stream, style, () => (time += 50));
  progress.begin('calibrate', 4);
  for (let done = 1; done <= 4; done++) progress.advance(done);
  progress.end();
  progress.begin('quantize');
  progress.note('try mse');
  progress.end();
  return text;
}

it('draws one line again and again, and takes it away', () => {
  const text = shown('bar');
  expect(text).not.toContain('\n');
  expect(text).toContain('\r\u001b[Kcalibrate [------------------------] 0/4');
  expect(text).toContain('calibrate [############------------] 2/4');
  expect(text.endsWith('\r\u001b[Kquantize \r\u001b[Kquantize try mse\r\u001b[K')).toBe(true);
});

it('stays within a narrow terminal', () => {
  const lines = shown('bar', 20).split('\r\u001b[K');
  expect(Math.max(...lines.map((line) => line.length))).toBe(19);
});

it('takes a terminal that does not know its width for a usual one', () => {
  expect(shown('bar', 0)).toBe(shown('bar', 80));
});

it('names each stage where a line cannot be drawn again', () => {
  expect(shown('lines')).toBe('calibrate ...\nquantize ...\n');
});

it('says in lines what a long stage is at, once in a while', () => {
  let text = '';
  let time = 0;
  const progress = progressDisplay({ write: (part: string) => (text += part) }, 'lines', () => time);
  progress.begin('quantize');
  for (time of [10, 1000, 1010, 1900, 2100]) progress.note(`try ${time}`);
  expect(text).toBe('quantize ...\nquantize: try 1000\nquantize: try 2100\n');
});

it('speaks JSON to programs', () => {
  expect(
    shown('json')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { event: 'begin', stage: 'calibrate', total: 4 },
    { event: 'end', stage: 'calibrate', done: 4 },
    { event: 'begin', stage: 'quantize' },
    { event: 'note', stage: 'quantize', note: 'try mse' },
    { event: 'end', stage: 'quantize', done: 0 },
  ]);
});

it('says nothing when asked to', () => {
  expect(shown('none')).toBe('');
});

it.each([
  [{ json: false, quiet: true, isTerminal: true }, 'none'],
  [{ json: true, quiet: false, isTerminal: true }, 'json'],
  [{ json: false, quiet: false, isTerminal: true }, 'bar'],
  [{ json: false, quiet: false, isTerminal: false }, 'lines'],
] as const)('%j is shown as %s', (options, style) => {
  expect(progressStyle(options)).toBe(style);
});
