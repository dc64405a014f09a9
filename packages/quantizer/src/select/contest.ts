// Settings against settings: a challenger takes the place of the champion only where that is beyond chance.
import { convinces, gainOf, joined, sqnrOf, type Demand, type Gain, type SampleErrors } from './evidence.js';
import type { ForFold, HeldOutJudge } from './held-out-judge.js';
import { candidateOf, type Candidate, type Settings } from './settings.js';
import type { WorkBudget } from './work-budget.js';

export interface Champion {
  readonly settings: Settings;
  readonly explored: SampleErrors;
  readonly confirmed: SampleErrors;
}

export interface Challenge extends Demand {
  /** What a search on the exploring samples came to: there it is better by construction, so that only the others count. */
  readonly explored?: SampleErrors;
}

/** Told of every candidate before it is tried. */
export type OnTrial = (settings: Settings) => void;

/** Lives as long as one choice is being made. */
export class Contest {
  readonly #candidates: Candidate[] = [];
  readonly #results = new Map<Settings, Candidate>();
  readonly #close: Settings[] = [];
  #champion: Champion | undefined;

  constructor(
    readonly judge: HeldOutJudge,
    readonly forFold: (settings: Settings) => ForFold,
    readonly budget: WorkBudget,
    private readonly onTrial: OnTrial = () => undefined,
  ) {}

  get champion(): Champion {
    return this.#champion!;
  }

  /** Everything that was tried, in the order of trial. */
  get candidates(): readonly Candidate[] {
    return this.#candidates;
  }

  /** Settings that were tried on all samples and are neither better nor worse beyond chance than what they were tried against. */
  get close(): readonly Settings[] {
    return this.#close;
  }

  /** What the samples said of settings that were tried. */
  resultOf(settings: Settings): Pick<Candidate, 'sqnrDb' | 'samples' | 'gain'> {
    return this.#results.get(settings)!;
  }

  async begin(settings: Settings): Promise<void> {
    this.budget.spend(this.budget.costOf(1, this.judge.count('explore') + this.judge.count('confirm')));
    this.onTrial(settings);
    const explored = await this.#measure(settings, 'explore');
    this.#enter({ settings, explored, confirmed: await this.#measure(settings, 'confirm') }, undefined);
  }

  /** Half the samples end the trial of what is behind on them by more than one standard error. What is not affordable loses. */
  async challenge(settings: Settings, challenge: Challenge): Promise<boolean> {
    const toExplore = challenge.explored === undefined ? this.judge.count('explore') : 0;
    if (!this.budget.affords(this.budget.costOf(1, toExplore + this.judge.count('confirm')))) return false;
    this.onTrial(settings);
    const explored = challenge.explored ?? (await this.#measure(settings, 'explore'));
    const first = gainOf(this.champion.explored, explored);
    if (first.db <= 0 && !(first.db + first.standardError > 0)) {
      this.#note(settings, summary(settings, explored, { gain: first, kept: false }));
      return false;
    }
    const confirmed = await this.#measure(settings, 'confirm');
    const searched = challenge.explored !== undefined;
    const before = searched ? this.champion.confirmed : joined(this.champion.explored, this.champion.confirmed);
    const gain = gainOf(before, searched ? confirmed : joined(explored, confirmed));
    const kept = convinces(gain, challenge);
    if (kept) {
      this.#close.push(this.champion.settings);
      this.#enter({ settings, explored, confirmed }, gain);
      return true;
    }
    if (gain.db + gain.standardError > 0) this.#close.push(settings);
    this.#note(settings, summary(settings, joined(explored, confirmed), { gain, kept }));
    return false;
  }

  #enter(champion: Champion, gain: Gain | undefined): void {
    this.#champion = champion;
    const errors = joined(champion.explored, champion.confirmed);
    this.#note(champion.settings, summary(champion.settings, errors, { gain, kept: true }));
  }

  #note(settings: Settings, candidate: Candidate): void {
    this.#results.set(settings, candidate);
    this.#candidates.push(candidate);
  }

  async #measure(settings: Settings, part: 'explore' | 'confirm'): Promise<SampleErrors> {
    return (await this.judge.measure(this.forFold(settings), part)).errors;
  }
}

function summary(settings: Settings, errors: SampleErrors, verdict: Pick<Candidate, 'gain' | 'kept'>): Candidate {
  return candidateOf(settings, { sqnrDb: sqnrOf(errors), samples: errors.reported.length, ...verdict });
}
