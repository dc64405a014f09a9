// A graph of which some parts are computed in a scheme of more precision than the rest.
import type { Graph, TensorId } from '@wherry/graph';
import type { CrossCalibration } from '../calibrate/calibrate.js';
import type { RangeOptions } from '../calibrate/range.js';
import type { SchemeName } from '../plan/schemes/scheme.js';
import { Forms, type FormOptions, type Quantized } from '../select/forms.js';
import type { Settings } from '../select/settings.js';
import type { MixedUnit } from './mixed-units.js';

/** Lives as long as one mixture is being looked for. */
export class Mixing {
  readonly #forms: Forms;

  /** `settings`: as they were chosen for the lower scheme; `variety`: see `varietyOf`. */
  constructor(
    readonly graph: Graph,
    calibration: CrossCalibration,
    private readonly options: Omit<FormOptions, 'nodes'>,
    private readonly high: SchemeName,
    private readonly chosen: { readonly settings: Settings; readonly variety: number },
  ) {
    this.#forms = new Forms(graph, calibration, options, chosen.variety);
  }

  /** Ranges of what is raised are those of all values: with that many steps there is no need to clip any. */
  with(raised: readonly MixedUnit[]): Quantized {
    const positions = raised.flatMap(({ nodes }) => nodes);
    const whole: RangeOptions = { method: 'min-max', percentile: this.options.percentile };
    const widened = positions.flatMap((at) => this.graph.nodes[at]!.outputs.map((id) => [id, whole] as const));
    const { settings } = this.chosen;
    const overrides = new Map<TensorId, RangeOptions>([...settings.overrides, ...widened]);
    const nodes = new Map(positions.map((position) => [position, this.high] as const));
    // Weights are not found again for each mixture; what their biases took out, the formula does.
    const { weights, ...rest } = settings;
    const correctBias = settings.correctBias || (weights?.whole?.errors.size ?? 0) > 0;
    return this.#forms.whole({ ...rest, correctBias, overrides, outputErrors: undefined }, nodes);
  }
}
