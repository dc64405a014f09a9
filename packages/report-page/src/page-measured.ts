// What a page shows of a measurement on a device: costs of layers, and whether they compute what they should.

export interface LayerCosts {
  readonly unit: string;
  readonly words: readonly string[];
  readonly rows: readonly LayerCost[];
}

export interface LayerCost {
  readonly layer: string;
  readonly operator: string;
  readonly macs: number;
  readonly cost: number | null;
  readonly share: number | null;
  readonly perMac: number | null;
  /** With plain kernels; null where those were not measured. */
  readonly plainCost: number | null;
}

export interface Parity {
  readonly words: readonly string[];
  readonly rows: readonly DifferingLayer[];
  /** How near outputs come to what they are held against. */
  readonly figures: readonly ParityFigures[];
}

export interface DifferingLayer {
  readonly layer: string;
  /** Where several sets of them were measured. */
  readonly kernels?: string;
  readonly what: string;
}

export interface ParityFigures {
  readonly caption: string;
  readonly rows: readonly OutputNearness[];
}

export interface OutputNearness {
  readonly output: string;
  readonly samples: number;
  /** By the names of the figures, those of every row; null where one has no value. */
  readonly figures: Readonly<Record<string, number | null>>;
}
