// A run whose file is opened by an application: the file says what the application has to know.
import { describe, verify, type Description } from '@wherry/tflite-writer';
import type { Deployment, DeployRun } from '../deployment.js';
import { exportFiles } from '../export-files.js';
import { fits } from '../fit.js';
import { modelDescription } from './model-description.js';

/** The output set. `source`: what the given file said of itself, which is kept. */
export function finish(run: DeployRun, source: Description | undefined): Deployment {
  const described = isDescribed(run) ? withDescription(run, source ?? modelDescription(run)) : run;
  return { ...described, files: exportFiles(described) };
}

/** Firmware has its headers instead; edgetpu_compiler writes another file of what it is given. */
export function isDescribed({ target }: Pick<DeployRun, 'target'>): boolean {
  const { layout, example } = target.profile.export;
  return layout === 'file' && example !== 'cpp-edgetpu';
}

/** Where there is room for the model alone it stays as it is. */
function withDescription(run: DeployRun, description: Description): DeployRun {
  const tflite = describe(run.tflite, description);
  verify(tflite);
  const fit = { ...run.fit, flash: { ...run.fit.flash, used: tflite.length } };
  return fits(fit) ? { ...run, tflite, fit } : run;
}
