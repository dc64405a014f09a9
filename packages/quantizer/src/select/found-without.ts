// The form that was chosen, with weights that were found without some of the samples: for whoever judges by those.
import type { Engine, Graph } from '@wherry/graph';
import type { CrossCalibration } from '../calibrate/calibrate.js';
import { findWeights } from './find-weights.js';
import { Forms, type Quantized } from './forms.js';
import type { JudgedSample } from './sample-reservoir.js';
import type { Selected, SelectOptions } from './select.js';

/**
 * `samples`: those to find weights with. Ranges and everything else stay as they were chosen; where no weights were found,
 * or no samples are left to find them with, so does the whole.
 */
export async function foundWithout(
  graph: Graph,
  calibration: CrossCalibration,
  engine: Engine,
  samples: readonly JudgedSample[],
  options: SelectOptions,
  { settings, variety, ...chosen }: Selected,
): Promise<Quantized> {
  const { weights, ...others } = settings;
  if (weights === undefined || samples.length === 0) return chosen;
  const forms = new Forms(graph, calibration, options, variety);
  const whole = await findWeights({ forms, engine, samples, options }, others, weights);
  return forms.whole({ ...others, weights: { ...weights, whole } });
}
