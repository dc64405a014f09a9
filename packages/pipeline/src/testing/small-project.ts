// A project of the small model on two profiles, in a folder of its own, for the tests of baselines.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProject } from '../config/project.js';
import { noProgress } from '../progress.js';
import { baselinePlace } from '../regression/baseline-folder.js';
import { pairsOf } from '../regression/pairs.js';
import { testProject, type TestHost, type TestRequest } from '../regression/test-project.js';
import type { TestResult } from '../regression/test-result.js';
import { smallModel } from './small-model.js';

export interface SmallProject {
  readonly folder: string;
  readonly baselines: string;
  /** `what`: models and profiles that are asked for; `changes`: of the request. */
  test(
    changes?: Partial<TestRequest>,
    what?: { readonly models?: readonly string[]; readonly profiles?: readonly string[] },
    host?: TestHost,
  ): Promise<TestResult>;
  /** Writes the project anew, with this in place of what it says of the model. */
  describe(changes: object): void;
  remove(): void;
}

/** Without anything that is chosen by trying. */
const quick = {
  method: 'min-max',
  biasCorrection: false,
  equalization: false,
  rounding: 'nearest',
  weightClipping: false,
};

export function smallProject(): SmallProject {
  const model = smallModel();
  const { folder, request } = model;
  const baselines = join(folder, 'baselines');
  const file = join(folder, 'deploy.config.json');
  const describe = (changes: object): void => {
    const small = { model: request.model, calibration: request.calibration, ...quick, ...changes };
    writeFileSync(file, JSON.stringify({ models: { small }, profiles: ['esp32', 'stm32f4'] }));
  };
  describe({});
  return {
    folder,
    baselines,
    describe,
    test: async (changes = {}, { models = [], profiles = [] } = {}, host = { engine: 'reference' }) => {
      const chosen = await pairsOf(await readProject(file), { models, profiles });
      const usual = { tiers: ['host'], baselines: baselinePlace(file), update: false, inCi: false } as const;
      return testProject({ ...chosen, ...usual, ...changes }, host, noProgress);
    },
    remove: () => model.remove(),
  };
}
