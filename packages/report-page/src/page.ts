// What a page shows, as one plain value. Everything that not every run has is optional; its section is left out then.
import type { LayerCosts, Parity } from './page-measured.js';

export interface ReportPage {
  /** The file of the model. */
  readonly title: string;
  /** Name and version. */
  readonly tool: string;
  readonly verdict: Verdict;
  readonly refusal?: Refusal | undefined;
  /** The few numbers that come first. */
  readonly figures: readonly Figure[];
  readonly fit?: FitBars | undefined;
  readonly comparison?: Comparison | undefined;
  readonly decisions?: readonly Decision[] | undefined;
  readonly schemes?: readonly SchemeRow[] | undefined;
  readonly candidates?: Candidates | undefined;
  readonly sizes?: Sizes | undefined;
  readonly accuracy?: Accuracy | undefined;
  readonly layers?: Layers | undefined;
  readonly memory?: ArenaPicture | undefined;
  readonly cost?: LayerCosts | undefined;
  readonly parity?: Parity | undefined;
  readonly loss?: Loss | undefined;
  readonly warnings?: readonly Message[] | undefined;
  readonly files?: readonly WrittenFile[] | undefined;
  /** What it was made of: names, versions, fingerprints. */
  readonly provenance: readonly Fact[];
}

export interface Verdict {
  readonly state: 'good' | 'bad';
  /** A word or two. */
  readonly label: string;
  /** Sentences. */
  readonly words: readonly string[];
}

export interface Message {
  readonly code: string;
  readonly what: string;
  readonly where?: string | undefined;
  readonly next: string;
}

export interface Refusal extends Message {
  /** What would fit instead. */
  readonly remedies: readonly string[];
}

export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly words?: string | undefined;
}

export interface Fact {
  readonly what: string;
  readonly value: string;
}

/** Bytes of a memory: what is used of what there is. */
export interface FitBar {
  readonly label: string;
  readonly used: number;
  readonly available: number;
  readonly words: string;
}

export interface FitBars {
  readonly bars: readonly FitBar[];
  /** Sizes are the least that there can be. */
  readonly atLeast: boolean;
  readonly notes: readonly string[];
}

export interface Decision {
  readonly what: string;
  readonly choice: string;
  readonly why: string;
}

export interface SchemeRow {
  readonly scheme: string;
  readonly verdict: string;
  readonly why: string;
  readonly sqnrDb: number | null;
  readonly flashBytes: number | null;
  readonly ramBytes: number | null;
}

export interface Candidates {
  readonly words: readonly string[];
  readonly rows: readonly CandidateRow[];
}

export interface CandidateRow {
  readonly settings: string;
  readonly sqnrDb: number | null;
  readonly samples: number;
  /** Less noise than what it was tried against, with one standard error. */
  readonly gainDb: number | null;
  readonly gainError: number | null;
  /** What became of it: `first`, `kept` or `dropped`. */
  readonly outcome: 'first' | 'kept' | 'dropped';
}

export interface Sizes {
  readonly words: readonly string[];
  readonly bars: readonly SizeBar[];
}

export interface SizeBar {
  readonly label: string;
  readonly bytes: number;
}

export interface Accuracy {
  readonly words: readonly string[];
  readonly outputs: readonly OutputAccuracy[];
}

export interface OutputAccuracy {
  readonly name: string;
  /** Undefined where nothing was compared; null where nothing differs. */
  readonly sqnrDb?: number | null | undefined;
  /** Sentences with the figures of its task. */
  readonly words: readonly string[];
  readonly decisions?: DecisionMatrix | undefined;
  readonly flips?: Flips | undefined;
}

/** How often what is in a row was given the class of a column. */
export interface DecisionMatrix {
  readonly caption: string;
  readonly rowsAre: string;
  readonly columnsAre: string;
  readonly names: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** Samples that the two models decide otherwise. */
export interface Flips {
  readonly total: number;
  readonly samples: readonly Flip[];
}

export interface Flip {
  /** What the data call it: the number of its record, from 0, or its file. */
  readonly id?: string | undefined;
  /** Its place among the samples that were taken, from 1. */
  readonly number: number;
  readonly label?: string | undefined;
  readonly float: string;
  readonly quantized: string;
  readonly input?: Picture | Waveform | undefined;
}

/** Rows of pixels, one byte a channel: 1 channel of greys or 3 of colours. */
export interface Picture {
  readonly kind: 'picture';
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
  readonly words: string;
}

export interface Waveform {
  readonly kind: 'waveform';
  readonly values: readonly number[];
  readonly words: string;
}

export interface Layers {
  readonly words: readonly string[];
  readonly rows: readonly LayerRow[];
  /** Samples that ratios and histograms are of; 0 where nothing was measured. */
  readonly samples: number;
  /** Position of the one whose output is the noisiest. */
  readonly worst?: number | undefined;
}

export interface LayerRow {
  readonly layer: string;
  readonly operator: string;
  readonly output: string;
  readonly macs: number;
  readonly weightBytes: number;
  readonly liveBytes: number;
  /** Of its output against that of the float model; undefined where it was not compared, null where nothing differs. */
  readonly sqnrDb?: number | null | undefined;
  readonly decision: string;
  readonly histogram?: Histogram | undefined;
}

/** How often values of a tensor were met, in bins of one width from `low` to `high`, and the range that its integers cover. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
  readonly covered: { readonly low: number; readonly high: number };
  readonly taken: { readonly low: number; readonly high: number };
  readonly words: string;
}

/** The arena: addresses against layers. */
export interface ArenaPicture {
  readonly words: readonly string[];
  /** Of each step; the first is that of the inputs, before any layer. */
  readonly steps: readonly string[];
  readonly buffers: readonly ArenaBlock[];
  /** Bytes up to the end of the highest. */
  readonly bytes: number;
  /** Bytes that there is room for. */
  readonly room: number;
  /** Alive in each step. */
  readonly live: readonly number[];
  /** The step in which the most is. */
  readonly peak?: number | undefined;
}

export interface ArenaBlock {
  readonly name: string;
  readonly kind: 'tensor' | 'scratch';
  readonly offset: number;
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
}

export interface Loss {
  readonly words: readonly string[];
  readonly causes: readonly LossCause[];
  readonly layers: readonly LayerLoss[];
}

export interface LossCause {
  readonly cause: string;
  /** Of the noise; null for what is no noise. */
  readonly share: number | null;
  readonly layers: string;
  readonly evidence: string;
}

export interface LayerLoss {
  readonly layer: string;
  readonly share: number;
  readonly ownSqnrDb: number | null;
  readonly cause: string;
}

/** This run beside one that was kept. */
export interface Comparison {
  readonly baseline: string;
  readonly words: readonly string[];
  readonly rows: readonly ComparisonRow[];
}

export interface ComparisonRow {
  readonly metric: string;
  readonly before: string;
  readonly now: string;
  /** `changed`: neither, as of a digest. */
  readonly verdict: 'better' | 'same' | 'changed' | 'worse';
  readonly words: string;
}

export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}
