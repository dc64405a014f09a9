// The report as a value: everything that was decided and measured, in a form that a program can rely on.
import type { CompiledMemory } from '@wherry/c-compiler';
import type { Diagnostic } from '@wherry/graph';
import type { ExportLayout, RuntimeComponent, SchemeName } from '@wherry/profiles';
import type { DeployRun, Made, Mix, Selection } from '../deployment.js';
import { computesInHalf } from '../accuracy/half-arithmetic.js';
import type { Attribution } from '../attribution/attribution.js';
import type { LimitCheck } from '../accuracy/limit-checks.js';
import type { OutputComparison } from '../accuracy/output-comparison.js';
import type { OwnAccuracy } from '../accuracy/own-accuracy.js';
import type { DataQuality } from '../data-quality/data-quality.js';
import type { DatasetReport } from '../inputs/datasets.js';
import { listFiles, type ListedFile, type OutputFiles } from '../output/output-mark.js';
import type { SchemeTrial } from '../schemes/scheme-trial.js';
import type { TrainingSummary } from '../training/training-request.js';
import { numbersOf } from '../schemes/numbers-of.js';
import { constantBytesOf, layersOf, noisiestLayer, type LayerReport, type NoisiestLayer } from './layer-report.js';
import { tensorReport, type TensorReport } from './tensor-report.js';
import { endsOf, type EndReport } from './ends-report.js';
import { profileFingerprint } from '../tflite-file.js';
import { memoryReport, type MemoryPeak } from './memory-report.js';

export type { LayerReport, TensorReport };

/** Stable: fields are added, never renamed or given another meaning, within a `schemaVersion`. No time, no path. */
export interface Report {
  readonly schemaVersion: 1;
  readonly ok: true;
  readonly tool: { readonly name: 'wherry'; readonly version: string };
  readonly model: {
    readonly file: string;
    readonly sha256: string;
    readonly format: string;
    readonly producer: string;
    readonly version: string;
  };
  readonly profile: {
    readonly id: string;
    readonly runtime: string;
    /** The vector unit that the runtime's kernels use, or null. */
    readonly simd: string | null;
    /** The version that the runtime must be older than, or null. */
    readonly runtimeBefore: string | null;
    /** Schemes that the profile would rather have, and that it would take next; `schemes` says what became of each. */
    readonly schemesPassedOver: readonly SchemeName[];
    readonly schemesNext: readonly SchemeName[];
    /** Parts of the firmware that come on their own, and the oldest version of each that computes right. */
    readonly needs: readonly RuntimeComponent[];
    /** `firmware`: C files around an array; `file`: the .tflite alone, for which nobody reserves an arena. */
    readonly layout: ExportLayout;
    /** Added to the estimate of the arena. */
    readonly arenaMarginPercent: number;
    readonly sha256: string;
  };
  /**
   * Real values are computed in float16 on the target: accuracy was measured with every value between layers rounded to it, and
   * sums in float32.
   */
  readonly computesInHalf: boolean;
  /** What was considered, in the order of preference. */
  readonly schemes: readonly SchemeTrial[];
  readonly engine: string;
  /** Null where no data was given. */
  readonly calibration: DatasetReport | null;
  readonly evaluation: DatasetReport | null;
  /** What the samples are worth for choosing scales; null where no scale was chosen by samples. */
  readonly dataQuality: DataQuality | null;
  readonly rewrites: DeployRun['steps'];
  readonly quantization: {
    /** `as it is` for a model that was quantized already. */
    readonly scheme: string;
    /** The numbers that such a model has; null for one that was quantized here. */
    readonly has: string | null;
    /** Null where nothing had to be chosen: activations are real. */
    readonly method: string | null;
    readonly biasCorrection: boolean;
    /** Pairs of layers between which channels were evened out. */
    readonly equalizedPairs: number;
    /** Of the weights: to the nearest, or together as they fit the samples. */
    readonly rounding: 'nearest' | 'optimized';
    /** Scales may cut off the largest weights. */
    readonly weightClipping: boolean;
    /** Scale groups with a range method of their own. */
    readonly refinedScales: number;
    /** The biases of the last layers are corrected by their measured mean errors. */
    readonly outputsCorrected: boolean;
    /** How the chosen settings fared on samples that chose none of its ranges; null where there was nothing to choose. */
    readonly heldOut: { readonly samples: number; readonly sqnrDb: number | null; readonly variety: number };
    readonly candidates: Selection['candidates'];
    /** How weights and ranges were trained; null where they were not. */
    readonly training: TrainingSummary | null;
    /** Layers in a scheme of more precision, with what was probed to find them; null where there are none. */
    readonly mix: Mix | null;
    /** Work that choosing took, and what was allowed, in seconds on a usual machine; null where there was nothing to choose. */
    readonly budget: NonNullable<Selection['budget']> | null;
  };
  readonly inputs: readonly TensorReport[];
  readonly outputs: readonly TensorReport[];
  /** Where inputs or outputs have another type than the profile says: why. */
  readonly ends: readonly EndReport[];
  readonly layers: readonly LayerReport[];
  /** The layer whose output is the noisiest; null where none was compared, or nothing differs. */
  readonly noisiest: NoisiestLayer | null;
  /** Bytes of the constants: real ones of four bytes each in the float graph, and as they are on the device. Null: there is no float graph. */
  readonly constants: { readonly float: number | null; readonly quantized: number };
  readonly cost: { readonly macs: number; readonly elementOps: number; readonly bytes: number };
  readonly memory: {
    readonly arenaBytes: number;
    /** Too large for a static array on this device: the firmware takes it from the heap. */
    readonly arenaFromHeap: boolean;
    readonly estimate: DeployRun['memory']['estimate'];
    /** The file carries a smaller memory plan than the runtime would make. */
    readonly carriedPlan: boolean;
    /** Of a model that becomes C; null where an interpreter runs it. */
    readonly compiled: CompiledMemory | null;
    readonly lowerBound: number;
    /** Bytes of tensors and scratch that there is room for, beside what the runtime keeps for itself. */
    readonly activationRoom: number;
    /** Where the most is alive; null for a model without layers. */
    readonly peak: MemoryPeak | null;
    readonly flash: DeployRun['fit']['flash'];
    readonly ram: DeployRun['fit']['ram'];
    /** Bytes of what stands in flash that lie in RAM as well: they are taken off what `ram` has available. Absent: none. */
    readonly constantsInRam?: number;
  };
  readonly accuracy: readonly (Omit<OutputComparison, 'sqnrDb' | 'confusion'> & { readonly sqnrDb: number | null })[];
  /** How far the accuracy is from each limit of the profile on decisions, and whether chance may have put it on its side. */
  readonly limits: readonly LimitCheck[];
  /** Where the noise at the outputs comes from; null where there is no loss worth it, or nothing was measured. */
  readonly attribution: Attribution | null;
  /** By labels alone, where there is no float model to compare with; null where there is one, or no labels. */
  readonly ownAccuracy: readonly OwnAccuracy[] | null;
  readonly warnings: readonly Diagnostic[];
  /** report.json itself has the hash of its own text, with zeros in the place of that hash, as its last key, `seal`. */
  readonly files: readonly ListedFile[];
}

const passedOver: ReadonlySet<SchemeTrial['verdict']> = new Set(['illegal', 'does not fit', 'too inaccurate']);

/** What a report of any run has: one that was refused may have ended before the rest. */
export type KnownReport = Omit<Report, 'ok' | MeasuredKey> & Partial<Pick<Report, MeasuredKey>>;
type MeasuredKey =
  | 'engine'
  | 'calibration'
  | 'evaluation'
  | 'dataQuality'
  | 'quantization'
  | 'accuracy'
  | 'limits'
  | 'attribution'
  | 'ownAccuracy';

/** What is known once the quantized graph and its memory are. */
export type KnownRun = Pick<
  DeployRun,
  | 'request'
  | 'place'
  | 'target'
  | 'toolVersion'
  | 'modelFile'
  | 'source'
  | 'optimized'
  | 'steps'
  | 'memory'
  | 'fit'
  | 'cost'
  | 'schemes'
  | 'layerErrors'
> & { readonly quantized: Omit<Made, 'selection' | 'mix'> };

export function reportOf(run: DeployRun, files: OutputFiles): Report {
  return {
    schemaVersion: 1,
    ok: true,
    ...knownReport(run),
    engine: run.engineName,
    calibration: run.calibration ?? null,
    evaluation: run.evaluation ?? null,
    dataQuality: run.dataQuality ?? null,
    quantization: quantizationReport(run.quantized),
    accuracy: accuracyReport(run.accuracy),
    limits: run.limits ?? [],
    attribution: run.attribution ?? null,
    ownAccuracy: run.ownAccuracy ?? null,
    warnings: run.warnings,
    files: listFiles(files),
  };
}

export function knownReport(
  run: KnownRun,
): Pick<
  Report,
  | 'tool'
  | 'model'
  | 'profile'
  | 'computesInHalf'
  | 'schemes'
  | 'rewrites'
  | 'inputs'
  | 'outputs'
  | 'ends'
  | 'layers'
  | 'noisiest'
  | 'constants'
  | 'cost'
  | 'memory'
> {
  const {
    target: { profile },
    quantized: { graph },
    memory,
  } = run;
  return {
    tool: { name: 'wherry', version: run.toolVersion },
    model: { file: run.modelFile.fileName, sha256: run.modelFile.sha256, ...run.source },
    profile: {
      id: profile.id,
      runtime: `${profile.runtime.name} ${profile.runtime.from}`,
      runtimeBefore: profile.runtime.before ?? null,
      // The kernels of a compiled model are for any.
      simd: memory.compiled?.usesVectorUnit === false ? null : profile.arithmetic.simd,
      needs: profile.runtime.needs ?? [],
      schemesPassedOver: run.schemes.filter(({ verdict }) => passedOver.has(verdict)).map(({ scheme }) => scheme),
      schemesNext: run.schemes.filter(({ verdict }) => verdict === 'not tried').map(({ scheme }) => scheme),
      layout: profile.export.layout,
      arenaMarginPercent: memory.compiled === undefined ? profile.arenaMarginPercent : 0,
      sha256: profileFingerprint(run.target),
    },
    computesInHalf: run.quantized.plan !== null && computesInHalf(run.target, run.place.scheme),
    schemes: run.schemes,
    rewrites: run.steps,
    inputs: graph.inputs.map((id) => tensorReport(graph, id)),
    outputs: graph.outputs.map((id) => tensorReport(graph, id)),
    ends: endsOf(run),
    layers: layersOf(run),
    noisiest: noisiestLayer(run),
    constants: {
      float: run.quantized.plan === null ? null : constantBytesOf(run.optimized),
      quantized: constantBytesOf(graph),
    },
    cost: run.cost.total,
    memory: memoryReport(run),
  };
}

export function quantizationReport({
  graph,
  plan,
  selection,
  mix,
  training,
}: DeployRun['quantized']): Report['quantization'] {
  const chosen = selection?.chosen;
  return {
    scheme: plan?.scheme ?? 'as it is',
    has: plan === null ? numbersOf(graph) : null,
    method: chosen?.method ?? null,
    biasCorrection: chosen?.correctBias ?? false,
    equalizedPairs: selection?.equalizedPairs ?? 0,
    // In a mixture weights are not found again.
    rounding: mix === null && chosen?.optimizedRounding === true ? 'optimized' : 'nearest',
    weightClipping: mix === null && chosen?.clippedWeights === true,
    refinedScales: chosen?.refined ?? 0,
    outputsCorrected: chosen?.outputsCorrected ?? false,
    heldOut: { samples: chosen?.samples ?? 0, sqnrDb: chosen?.sqnrDb ?? null, variety: selection?.variety ?? 1 },
    budget: selection?.budget ?? null,
    candidates: selection?.candidates ?? [],
    training: training ?? null,
    mix,
  };
}

/** JSON has no infinity: equal outputs have no noise to speak of. */
export function accuracyReport(accuracy: DeployRun['accuracy']): Report['accuracy'] {
  return accuracy.map(({ confusion: _, ...output }) => ({
    ...output,
    sqnrDb: Number.isFinite(output.sqnrDb) ? output.sqnrDb : null,
  }));
}
