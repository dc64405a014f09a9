// The faults that once passed every suite, each as the smallest change of today's source that brings it back.
import { askedFor } from './list/asked-for.mjs';
import { attribution } from './list/attribution.mjs';
import { baselines } from './list/baselines.mjs';
import { comparing } from './list/comparing.mjs';
import { compiling } from './list/compiling.mjs';
import { contract } from './list/contract.mjs';
import { device } from './list/device.mjs';
import { engine } from './list/engine.mjs';
import { evaluation } from './list/evaluation.mjs';
import { files } from './list/files.mjs';
import { importing } from './list/importing.mjs';
import { lab } from './list/lab.mjs';
import { labelsAndData } from './list/labels-and-data.mjs';
import { lanesAndBudget } from './list/lanes-and-budget.mjs';
import { layouts } from './list/layouts.mjs';
import { projects } from './list/projects.mjs';
import { reportPage } from './list/report-page.mjs';
import { runtime } from './list/runtime.mjs';
import { selection } from './list/selection.mjs';
import { shrinking } from './list/shrinking.mjs';
import { training } from './list/training.mjs';

/**
 * `find` stands exactly once in `file` and becomes `replace`; then a test of the spec file `suite` must fail.
 *
 * @type {readonly { name: string, file: string, find: string, replace: string, suite: string }[]}
 */
export const faults = [
  ...selection,
  ...shrinking,
  ...engine,
  ...lanesAndBudget,
  ...lab,
  ...labelsAndData,
  ...importing,
  ...runtime,
  ...files,
  ...compiling,
  ...contract,
  ...askedFor,
  ...comparing,
  ...evaluation,
  ...training,
  ...attribution,
  ...device,
  ...layouts,
  ...projects,
  ...baselines,
  ...reportPage,
];
