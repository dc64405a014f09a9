// A part of the two tables that is small enough for every run: models on all profiles, and schemes beside other converters.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sharedFolder } from '../testing/src/index.js';

const python = process.env['WHERRY_ORACLE_PYTHON'] ?? '';

/** The table and the last lines of what the tool says. */
function runTool(name: string, words: readonly string[]): { readonly text: string; readonly status: number | null } {
  const script = fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, ...words], { encoding: 'utf8' });
  if (stdout === '') throw new Error(`${name}.mjs ended with ${status}: ${stderr}`);
  return { text: stdout, status };
}

const only = (...sources: readonly string[]): string[] => sources.flatMap((source) => ['--only', source]);

if (python === '' || !existsSync(sharedFolder())) {
  it.todo('left out: set WHERRY_ORACLE_PYTHON to a Python with the oracles, and have ../shared');
} else {
  it('gives every profile an output that its runtime runs, or a reason and a way on', () => {
    const sources = only('mnist_valid_f', 'hello_world_float', 'pretrainedResnet.tflite', 'single_div', 'single_padv2');
    const { text, status } = runTool('targets', sources);
    expect(text).toMatch(/^0 outputs that their runtime rejects, 0 other endings$/m);
    const folder = new URL('../../device-profiles/', import.meta.url);
    const profiles = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'package.json').length;
    const cells = `^5 float sources x ${profiles} profiles = ${5 * profiles} cells: `;
    expect(text).toMatch(new RegExp(`${cells}[1-9]\\d outputs that run, [1-9]`, 'm'));
    expect(status).toBe(0);
  }, 300_000);

  it('is no larger and no noisier than other converters in any scheme', () => {
    const { text, status } = runTool('schemes', only('mnist_valid.h5'));
    expect(text.split('\n').filter((line) => /^(LOSS|refused)/.test(line))).toEqual([]);
    expect(text).toMatch(/^7 rows of 1 models: /m);
    // The comparison was one: TensorFlow has all but int4.
    expect(text.match(/left out .*: TensorFlow: /g)).toHaveLength(1);
    expect(status).toBe(0);
  }, 300_000);
}
