// A model that keeps a state says so, with what resets it on its runtime; its self-test resets it, and other models say nothing.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate, freshStates } from '@wherry/graph';
import { casesOf, type FilledCase } from '@wherry/graph/cases';
import { buildFolder, describeCompiled } from '@wherry/testing';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { deploy } from './deploy.js';
import type { Deployment } from './deployment.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { fileText } from './testing/file-text.js';
import { leftOpen, smallModel, type SmallModel } from './testing/small-model.js';

const library = await readProfileFolder();
let small: SmallModel;
beforeEach(() => {
  small = smallModel(leftOpen);
});
afterEach(() => small.remove());

function deployed(profile: string, model: string): Promise<Deployment> {
  const request = { ...small.request, model, calibration: undefined, profile, scheme: 'float32' } as const;
  return deploy(request, library, deployHost('reference'), noProgress);
}

const stateWarningsOf = ({ warnings }: Deployment) => warnings.filter(({ code }) => code === 'MODEL_KEEPS_STATE');

it.each([
  ['esp32', 'interpreter.Reset()', 'model_selftest.h', 'interpreter.Reset()'],
  ['raspberry-pi-5', 'new interpreter', 'model_example.cc', 'It goes on from where the run before it ended'],
])('on %s', async (profile, advice, file, line) => {
  const model = join(small.folder, 'lstm.tflite');
  const { graph } = casesOf('UNIDIRECTIONAL_SEQUENCE_LSTM').find(({ type }) => type.from === 'float32')!;
  writeFileSync(model, encode(graphToModel(graph)));
  const keeping = await deployed(profile, model);
  expect(stateWarningsOf(keeping)).toMatchObject([
    {
      what: expect.stringContaining('UNIDIRECTIONAL_SEQUENCE_LSTM keeps a state'),
      next: expect.stringContaining(advice),
    },
  ]);
  expect(fileText(keeping.files, file)).toContain(line);
  const other = await deployed(profile, small.request.model);
  expect(stateWarningsOf(other)).toEqual([]);
  expect(fileText(other.files, file)).not.toContain(line);
});

describeCompiled('compiled', () => {
  const kept = (['SVDF', 'UNIDIRECTIONAL_SEQUENCE_LSTM'] as const).map((kind) => {
    const changes = ({ graph, feeds }: FilledCase): boolean => {
      const states = freshStates(graph);
      const [first, second] = [evaluate(graph, feeds, { states }), evaluate(graph, feeds, { states })];
      return String(first) !== String(second);
    };
    return [kind, casesOf(kind).find((one) => one.type.from === 'int8' && changes(one))!] as const;
  });
  it.each(kept)('%s is kept and reset by its self-test, and reset by name', async (_, { graph }) => {
    const model = join(small.folder, 'kept.tflite');
    writeFileSync(model, encode(graphToModel(graph)));
    const asItIs = { ...leftOpen, calibration: undefined, scheme: undefined, profile: 'stm32f4', model } as const;
    const request = { ...small.request, ...asItIs, runtime: 'compiled-c', name: 'small', symbol: 'g_small' } as const;
    const keeping = await deploy(request, library, deployHost('reference'), noProgress);
    expect(stateWarningsOf(keeping)).toMatchObject([{ next: expect.stringContaining('g_small_reset()') as string }]);
    const folder = buildFolder();
    try {
      const names = [...keeping.files.keys()].filter((file) => /\.[ch]$/.test(file));
      folder.write(new Map(names.map((file) => [file, fileText(keeping.files, file)])));
      // A second time, when the state is what the first has left.
      const input = 'g_small_selftest_input_0[0]';
      const output = 'g_small_selftest_output_0[0]';
      const main = `#include "small_selftest.h"
int main(void) {
  if (g_small_selftest_run() || g_small_selftest_run()) return 1;
  /* A first run of the application's own. */
  memcpy(g_small_input_0(), ${input}, sizeof ${input});
  g_small_run();
  return memcmp(g_small_output_0(), ${output}, sizeof ${output}) != 0 ? 2 : 0;
}
`;
      folder.write(new Map([['main.c', main]]));
      folder.build(['main.c', 'small.c'], 'program');
      expect(folder.exitCode('./program', [])).toBe(0);
      const selftest = fileText(keeping.files, 'small_selftest.h');
      const exitWith = (from: string, to: string): number | null => {
        folder.write(new Map([['small_selftest.h', selftest.replace(from, to)]]));
        folder.build(['main.c', 'small.c'], 'program');
        return folder.exitCode('./program', []);
      };
      expect(exitWith('g_small_reset();', '')).toBe(1);
      // A model that keeps nothing from run to run.
      expect(exitWith('g_small_run();', 'g_small_reset(); g_small_run();')).toBe(1);
    } finally {
      folder.remove();
    }
  });
});
