// What each layer does to the outputs when it alone is quantized, and how far it is from exact itself.
import type { TensorData } from '@wherry/graph';
import { layerContributions, questionsOfLayer, type Question } from './cause-noise.js';
import { plainRounding, type Cause } from './causes.js';
import type { RealForm, RealStep } from './real-form.js';
import { nothing, type StepRunner, type Switches, type Values } from './step-runner.js';

export interface LayerSteps {
  readonly layer: string;
  readonly steps: readonly RealStep[];
  /** Position of the first of them. */
  readonly from: number;
}

/** A sample with what the steps give for it without any quantization. */
export interface ExactSample {
  readonly feeds: readonly TensorData[];
  readonly values: Values;
  /** Of values at the outputs, as a share of the signal. */
  readonly noiseOf: (values: Values) => number;
}

/** Layers in which anything is quantized, in the order of the graph. */
export function layerSteps({ steps }: RealForm): readonly LayerSteps[] {
  const found = new Map<string, { readonly steps: RealStep[]; readonly from: number }>();
  steps.forEach((step, from) => {
    if (
      step.formats.size === 0 &&
      step.constants.every(({ parts }) => [...parts.keys()].every((part) => part === plainRounding))
    )
      return;
    const known = found.get(step.layer);
    if (known === undefined) found.set(step.layer, { steps: [step], from });
    else known.steps.push(step);
  });
  return [...found].map(([layer, { steps: own, from }]) => ({ layer, steps: own, from }));
}

/** Sums over samples of what one layer does. Lives as long as one attribution. */
export class LayerNoise {
  #effect = 0;
  #noise = 0;
  #signal = 0;
  readonly #questions = new Map<Question, number>();

  constructor(
    readonly own: LayerSteps,
    private readonly runner: StepRunner,
  ) {}

  /** With everything of the layer switched on. */
  async add(sample: ExactSample): Promise<void> {
    const values = await this.#run(sample, questionsOfLayer(this.own.steps).get('all')!);
    this.#effect += sample.noiseOf(values);
    const id = this.own.steps.at(-1)!.outputs[0]!;
    const [given, exact] = [values[id] as Float32Array, sample.values[id] as Float32Array];
    for (let i = 0; i < exact.length; i++) {
      this.#noise += (given[i]! - exact[i]!) ** 2;
      this.#signal += exact[i]! ** 2;
    }
  }

  /** Each cause of it by itself. */
  async addCauses(sample: ExactSample): Promise<void> {
    for (const [question, switches] of questionsOfLayer(this.own.steps)) {
      const noise = sample.noiseOf(await this.#run(sample, switches));
      this.#questions.set(question, (this.#questions.get(question) ?? 0) + noise);
    }
  }

  /** At the outputs, summed over samples. */
  get effect(): number {
    return this.#effect;
  }

  get ownSqnrDb(): number | null {
    return this.#noise === 0 ? null : 10 * Math.log10(this.#signal / this.#noise);
  }

  /** Summed over samples. */
  get causes(): ReadonlyMap<Cause, number> {
    return layerContributions(this.#questions);
  }

  #run({ feeds, values }: ExactSample, switches: Switches): Promise<Values> {
    const own = new Set(this.own.steps);
    return this.runner.run(feeds, (step) => (own.has(step) ? switches : nothing), { from: this.own.from, values });
  }
}
