// A graph of which some parts are computed in a scheme of more precision than the rest.
import type { Graph, TensorId } from '@wherry/graph';
import type { CrossCalibration } from '../calibrate/calibrate.js';
import type { RangeOptions } from '../calibrate/range.js';
import type { Reconstruction } from '../reconstruct/reconstruct.js';
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
    const { weights } = settings;
    // Where weights were found that took it out, the formula does so of those that are raised.
    const correctBias = settings.correctBias || (weights?.whole?.errors.size ?? 0) > 0;
    const kept =
      weights?.whole === undefined ? {} : { weights: { ...weights, whole: this.#without(weights.whole, nodes) } };
    return this.#forms.whole({ ...settings, ...kept, correctBias, overrides, outputErrors: undefined }, nodes);
  }

  /** Weights are not found again for each mixture: what stays in the lower scheme keeps its own. */
  #without(found: Reconstruction, raised: ReadonlyMap<number, SchemeName>): Reconstruction {
    const nodes = [...raised.keys()].map((position) => this.graph.nodes[position]!);
    const rest = <T>(values: ReadonlyMap<TensorId, T>, of: 'inputs' | 'outputs'): ReadonlyMap<TensorId, T> =>
      new Map([...values].filter(([id]) => !nodes.some((node) => node[of].includes(id))));
    const { magnitudes, integers, errors } = found;
    // What a raised layer reads is the output of one that keeps its bias.
    return {
      magnitudes: rest(magnitudes, 'inputs'),
      integers: rest(integers, 'inputs'),
      errors: rest(errors, 'outputs'),
    };
  }
}
