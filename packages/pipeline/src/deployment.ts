// What a deployment is asked for and what it comes to: the values at both ends of the pipeline.
import type { SelfTestCase } from '@wherry/c-exporter';
import type { Preprocessing } from '@wherry/calibration-data';
import type { LayoutName } from '@wherry/firmware-layouts';
import type { Diagnostic, Engine, Graph, GraphCost, WherryError } from '@wherry/graph';
import type { ModelSource } from '@wherry/importers';
import type { ArrayFormat, IoType, PortableRuntime, SchemeName, Target } from '@wherry/profiles';
import type { Applied, OptimizationStep, QuantizationPlan, RangeMethod, Selected } from '@wherry/quantizer';
import type { Attribution } from './attribution/attribution.js';
import type { LayerErrors } from './accuracy/layer-errors.js';
import type { LimitCheck } from './accuracy/limit-checks.js';
import type { OutputComparison } from './accuracy/output-comparison.js';
import type { OwnAccuracy } from './accuracy/own-accuracy.js';
import type { DataQuality } from './data-quality/data-quality.js';
import type { Evidence } from './evidence/evidence.js';
import type { DatasetReport, GivenData } from './inputs/datasets.js';
import type { GivenModel, ModelFile } from './inputs/read-model-file.js';
import type { LaneEngine } from './lanes/lane-engine.js';
import type { TargetMemory } from './plan-target-memory.js';
import type { OutputFiles } from './output/output-directory.js';
import type { Shown } from './report-page/shown.js';
import type { RefusedReport } from './report/refused-report.js';
import type { Interval } from './statistics/interval.js';
import type { SchemeTrial } from './schemes/scheme-trial.js';
import type { SchemePlace } from './schemes/wanted-schemes.js';
import type { TrainingRequest, TrainingSummary } from './training/training-request.js';

/** Everything that decides the bytes of the output. Paths are only read from, never written into anything. */
export interface DeployRequest {
  readonly model: GivenModel;
  readonly profile: string;
  /** In place of the profile's own. */
  readonly runtime?: PortableRuntime | undefined;
  readonly calibration?: GivenData | undefined;
  /** Data to judge accuracy by; the calibration data when left out. */
  readonly evaluation?: GivenData | undefined;
  /** Most samples taken of each. */
  readonly samples?: number | undefined;
  readonly preprocessing?: Preprocessing | undefined;
  readonly method: RangeMethod | 'auto';
  readonly percentile: number;
  readonly biasCorrection: boolean | 'auto';
  /** Of the channels between layers; `auto` keeps what is measured to be better. */
  readonly equalization: boolean | 'auto';
  /** Of weights: `auto` rounds them together where that is measured to be better. */
  readonly rounding: 'nearest' | 'optimized' | 'auto';
  /** Scales may cut off the largest weights; `auto` where that is measured to be better. */
  readonly weightClipping: boolean | 'auto';
  /** What choosing may cost, in seconds of work on a usual machine. */
  readonly budgetSeconds: number;
  /** One scale for a matrix beside which its scales would weigh much: a smaller file of less accuracy. */
  readonly compactMatrices: boolean;
  /** Weights and ranges are trained with the integers of the scheme on every edge. */
  readonly training?: TrainingRequest | undefined;
  /** The first of the profile's that holds, when left out. */
  readonly scheme?: SchemeName | undefined;
  /** What the profile says, when left out. */
  readonly inputType?: IoType | undefined;
  readonly outputType?: IoType | undefined;
  /** What the model is called in the firmware, for several in one. */
  readonly name?: string | undefined;
  readonly symbol?: string | undefined;
  /** What the C files are put in for: the projects of a build system. As they are, when left out. */
  readonly layout?: LayoutName | undefined;
  /** How the C file has the model's bytes; what the profile says, when left out. */
  readonly arrayFormat?: ArrayFormat | undefined;
  /** Of the model, as SPDX writes it: a line of the C files and in metadata. */
  readonly license?: string | undefined;
  readonly labels?: readonly string[] | undefined;
  /** What outputs are asked for where that is not left to be told: `NAME`, or `OUTPUT=NAME` of several. */
  readonly task?: readonly string[] | undefined;
}

/** The graph as it runs on the device, and how it came to be. */
export interface Made extends Applied {
  /** Null for a model that was quantized already: it goes through as it is, and nothing of its numbers was decided here. */
  readonly plan: QuantizationPlan | null;
  /** Null for schemes that leave nothing to choose. */
  readonly selection: Selection | null;
  /** Null where one scheme computes what it can. */
  readonly mix: Mix | null;
  /** Where its weights were trained. */
  readonly training?: TrainingSummary;
  /** The float graph that it was made of, where that is another one than the optimized: with even channels. */
  readonly float?: Graph;
}

/** Layers that are computed in a scheme of more precision than the others. */
export interface Mix {
  readonly low: SchemeName;
  readonly high: SchemeName;
  /** The user's layers that are computed in `high`. */
  readonly raised: readonly string[];
  /** How many could have been. */
  readonly of: number;
  /** What was probed on the way, by the number of raised layers. */
  readonly curve: readonly MixPoint[];
}

export interface MixPoint {
  readonly layers: number;
  /** Of the work of the model, that of the raised layers. */
  readonly workShare: number;
  readonly arenaBytes: number;
  /** Calibration samples that it was probed with. */
  readonly samples: number;
  /** Of the first output on them; null where it was not measured, or there was no noise. */
  readonly sqnrDb: number | null;
  /** Share of its decisions that are those of the float model; null where nothing is decided. */
  readonly agreement: number | null;
  /** What that may be on other samples of the same kind, at 95 %. */
  readonly agreementChance?: Interval;
  /** The limits of accuracy held, as far as they were looked at. */
  readonly accurate: boolean;
  readonly fits: boolean;
  /** The samples that the run is judged by said otherwise. */
  readonly refuted: boolean;
}

/** How the settings of a quantized graph were chosen. */
export type Selection = Pick<Selected, 'settings' | 'chosen' | 'candidates' | 'equalizedPairs' | 'variety' | 'budget'>;

/** A whole run, before anything is written. */
export interface Deployment {
  readonly request: DeployRequest;
  readonly target: Target;
  readonly toolVersion: string;
  readonly engineName: string;
  readonly modelFile: Omit<ModelFile, 'bytes'>;
  readonly source: ModelSource;
  readonly imported: Graph | undefined;
  readonly optimized: Graph;
  readonly steps: readonly OptimizationStep[];
  /** Undefined where no data was given, which only some schemes allow. */
  readonly calibration: DatasetReport | undefined;
  readonly evaluation: DatasetReport | undefined;
  /** All that were considered, in the order of preference. */
  readonly schemes: readonly SchemeTrial[];
  readonly place: SchemePlace;
  readonly quantized: Made;
  readonly memory: TargetMemory;
  readonly fit: Fit;
  readonly tflite: Uint8Array;
  readonly accuracy: readonly OutputComparison[];
  /** Of the layers, on some of the samples; undefined where nothing was measured. */
  readonly layerErrors?: LayerErrors | undefined;
  /** Of single samples and values, where a page is to show them. */
  readonly evidence?: Evidence | undefined;
  /** Undefined where no scale was chosen by samples. */
  readonly dataQuality?: DataQuality | undefined;
  /** How far the accuracy is from the limits of the profile, where it sets any. */
  readonly limits?: readonly LimitCheck[] | undefined;
  /** By the labels of the evaluation data alone, where there is no float model to compare with. */
  readonly ownAccuracy?: readonly OwnAccuracy[] | undefined;
  /** Where the noise comes from, where there is a loss worth it. */
  readonly attribution?: Attribution | undefined;
  /** Known answers for the firmware. */
  readonly selfTest: readonly SelfTestCase[];
  readonly cost: GraphCost;
  readonly warnings: readonly Diagnostic[];
  /** Of the first output, for the firmware: those given, or those of the data where the float model confirms them. */
  readonly classNames: readonly string[] | undefined;
  readonly files: OutputFiles;
}

/** A run before its files are rendered. */
export type DeployRun = Omit<Deployment, 'files'>;

/** A run that ended in a refusal: nothing is to be written, and the report says all that was found until then. */
export interface Refused {
  readonly refusal: WherryError;
  readonly report: RefusedReport;
  /** For the page of it. */
  readonly shown: Shown;
  /** Where it went as far as that. */
  readonly quantized?: Graph;
}

/** What a run comes to. */
export type Verdict =
  | { readonly deployment: Deployment; readonly refused?: undefined }
  | { readonly deployment?: undefined; readonly refused: Refused };

/** What the device has and what the model takes, in bytes. */
export interface Fit {
  readonly flash: { readonly used: number; readonly available: number };
  readonly ram: { readonly used: number; readonly available: number };
}

/** What only a training looks into. */
export interface GradientEngine {
  /** As the report names it. */
  readonly name: string;
}

/** What a run needs of its surroundings. */
export interface DeployHost {
  readonly toolVersion: string;
  /** Aborted when the user wants the run to stop; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** A model file of so many bytes was read: what will run it may be loaded beside. What fails is told when it is used. */
  expect?(modelBytes: number): void;
  engine(): Promise<Engine>;
  /** What takes gradients. */
  differentiable(): Promise<GradientEngine>;
  /** Other threads to run `graph` on, where so many samples at most are worth it. */
  lanes?(graph: Graph, samples: number): LaneEngine | undefined;
  /** Told of what stays where it is whatever becomes of the run, as it is written: "the checkpoint in FILE". */
  during?<T>(what: string, write: () => Promise<T>): Promise<T>;
  /** Gives back what was expected and not used. */
  rest?(): Promise<void>;
  /** What is lost is looked into whether or not it is worth it, and with all of the budget. */
  readonly explains?: boolean;
  /** Single samples and values are kept for a page. */
  readonly keepEvidence?: boolean;
  /** The graph as it was imported is part of the deployment. */
  readonly keepImported?: boolean;
}
