// docs/walk-throughs tell the truth: followed in an empty folder, every command does what they say and prints what they show.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runSteps } from './run-steps.mjs';
import { stepsOf } from './steps.mjs';

const docs = fileURLToPath(new URL('../../docs/walk-throughs', import.meta.url));
const shared = process.env.WHERRY_SHARED || fileURLToPath(new URL('../../../shared', import.meta.url));
const longestMilliseconds = 900_000;

let folder;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'walk-through-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const names = readdirSync(docs).filter((name) => name !== 'README.md');
const stepsIn = (name) => stepsOf(readFileSync(join(docs, name), 'utf8'));

it.each(names)(
  '%s prints what it shows',
  (name) => {
    const steps = stepsIn(name);
    const printed = runSteps(steps, folder);
    const shown = steps.map((step, i) => ({ line: step.line, text: step.shown?.text ?? printed[i] }));
    expect(steps.map(({ line }, i) => ({ line, text: printed[i] }))).toEqual(shown);
  },
  longestMilliseconds,
);

it('names every walk-through where they are listed, and from the README', () => {
  const list = readFileSync(join(docs, 'README.md'), 'utf8');
  for (const name of names) expect(list).toContain(`](${name})`);
  expect(readFileSync(join(docs, '..', '..', 'README.md'), 'utf8')).toContain('(docs/walk-throughs/README.md)');
});

const digits = join(shared, 'data', 'mnist');
if (existsSync(digits))
  it(
    'training.md does on digits that people wrote what it does on drawn ones',
    () => {
      const steps = stepsIn('training.md').map(({ commands, line }) => ({
        commands: commands.map((words) => (words[0] === 'node' ? [...words, '--digits', digits] : words)),
        line,
      }));
      expect(runSteps(steps, folder)[0]).toMatch(/3700 to train on, 300 to calibrate with, 1000 to evaluate on/);
      for (const out of ['int8', 'int4', 'int8-trained', 'int4-trained']) {
        const report = JSON.parse(readFileSync(join(folder, 'build', 'digits', out, 'report.json'), 'utf8'));
        const { labelled, floatRight, quantizedRight } = report.accuracy[0].top1;
        expect([out, labelled, floatRight > 0.9 * labelled, quantizedRight > floatRight - 0.02 * labelled]).toEqual([
          out,
          1000,
          true,
          true,
        ]);
      }
    },
    longestMilliseconds,
  );
else {
  console.warn('left out: a walk-through on digits that people wrote: ../shared/data/mnist is not there');
  it.todo('left out: ../shared/data/mnist is not there');
}
