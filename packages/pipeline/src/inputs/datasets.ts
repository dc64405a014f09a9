// Opens the data that the user names, and lets calibration and accuracy read it as the graph's inputs.
import { basename } from 'node:path';
import {
  noDataGiven,
  openDataset,
  parseDataSource,
  SampleLint,
  type ChannelRange,
  type Dataset,
  type InputExpectation,
  type InputSummary,
  type LintSummary,
  type MemorySamples,
  type Preprocessing,
} from '@wherry/calibration-data';
import { tensorAt, type Graph } from '@wherry/graph';
import type { LabelledSample } from '../accuracy/measure-accuracy.js';
import { readingOf } from '../accuracy/output-comparison.js';
import { declaredTasks, type DeclaredTasks } from '../accuracy/declared-tasks.js';
import { natureOf, outputTasks, type OutputTasks } from '../accuracy/output-task.js';
import { readTruth } from '../accuracy/truth-reading.js';
import { surveyTruths, type TruthSurvey } from './truth-survey.js';

/** `[FORMAT:]PATH`, see `parseDataSource`, or the samples themselves. */
export type GivenData = string | MemorySamples;

/** Data opened for one graph. */
export interface GraphData {
  readonly dataset: Dataset;
  /** What the outputs are asked for, by what is known of these samples. */
  readonly tasks: OutputTasks;
  /** What the user says of them. */
  readonly declared: DeclaredTasks;
  /** Of each output whether it gives the input again, as far as that was looked at. */
  readonly alike: readonly (boolean | undefined)[];
  readonly survey: TruthSurvey;
  readonly expectations: readonly InputExpectation[];
  /** File or folder name without its place, or what the samples are called. */
  readonly name: string;
}

/** What the report says of a data set; no path of the machine in it. */
export interface DatasetReport {
  readonly name: string;
  readonly format: string;
  readonly sha256: string;
  readonly samples: number;
  /** What these were chosen from; absent where it is not known without reading it. */
  readonly available?: number;
  readonly preprocessing: Preprocessing;
  /** Class names by label, where the data has names and they go with the model. */
  readonly classes?: readonly string[];
  readonly lint: LintSummary;
}

/** Whether both are the same samples in the same order, be it in other files or with other labels. */
export function areSameSamples(one: DatasetReport, other: DatasetReport): boolean {
  return one.lint.valuesSha256 === other.lint.valuesSha256;
}

/** What was seen of one pass over the samples. */
export interface SeenData {
  readonly report: DatasetReport;
  /** Of each input the ranges of its channels, or of its values where it is flat and has few. */
  readonly parts: readonly (readonly ChannelRange[])[];
  /** Of the samples, in their order. */
  readonly ids: readonly string[];
}

/** Samples that are taken out of a larger set, spread evenly over it: more would move no scale by a visible amount. */
export const defaultSampleLimit = 500;

/** For whoever wants every sample. */
export const allSamples = Number.MAX_SAFE_INTEGER;

/** The same choice on every run. */
const selectionSeed = 1;

/** Of a run, for all that it opens data for: the same samples each time. */
export interface DataSettings {
  readonly limit?: number | undefined;
  readonly preprocessing?: Preprocessing | undefined;
  /** Class names in the order of the outputs. */
  readonly classes?: readonly string[] | undefined;
  /** `--task`: what outputs are asked for. */
  readonly task?: readonly string[] | undefined;
}

export function dataSettings(request: {
  readonly samples?: number | undefined;
  readonly preprocessing?: Preprocessing | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly task?: readonly string[] | undefined;
}): DataSettings {
  const { samples: limit, preprocessing, labels: classes, task } = request;
  return { limit, preprocessing, classes, task };
}

/** Throws TASK_IMPOSSIBLE, DATA_NONE_GIVEN without `given`, and whatever the data itself is refused for. */
export async function openGraphData(
  given: GivenData | undefined,
  graph: Graph,
  options: DataSettings,
): Promise<GraphData> {
  if (given === undefined) throw noDataGiven();
  const declared = declaredTasks(options.task, graph);
  const source = typeof given === 'string' ? parseDataSource(given) : given;
  const expectations = graph.inputs.map((id) => {
    const { name, shape, dtype } = tensorAt(graph, id);
    return { name, shape, dtype };
  });
  const dataset = await openDataset(source, expectations, {
    limit: options.limit ?? defaultSampleLimit,
    seed: selectionSeed,
    classes: options.classes,
    ...(options.preprocessing === undefined ? {} : { preprocessing: options.preprocessing }),
  });
  const widths = graph.outputs.map((id) => natureOf(graph, id).classes);
  const survey = await surveyTruths(dataset.truths(), dataset.labels, widths);
  const name = 'samples' in source ? source.name : basename(source.path);
  return { dataset, tasks: outputTasks(graph, survey, [], declared), declared, alike: [], survey, expectations, name };
}

/** The same data, once it is known which outputs give the input again. */
export function withLikeness(data: GraphData, graph: Graph, alike: readonly (boolean | undefined)[]): GraphData {
  return { ...data, alike, tasks: outputTasks(graph, data.survey, alike, data.declared) };
}

export interface WatchedSamples {
  readonly samples: AsyncIterable<LabelledSample>;
  /** Of the samples that went by, in their order, as the output that is judged by them reads them. */
  readonly labels: readonly (number | undefined)[];
  readonly seen: () => Promise<SeenData>;
}

/**
 * Streams the samples and watches them go by; what was seen is complete once the stream has ended. Throws
 * DATA_CONSTANT_SAMPLES there if it was one value only. With `reference`, values outside of what that saw are counted.
 */
export function watchSamples(
  { dataset, tasks, expectations, name }: GraphData,
  reference?: readonly InputSummary[],
): WatchedSamples {
  const lint = new SampleLint(expectations, reference, dataset.available);
  const judged = tasks.tasks.find((task) => task.kind !== 'values' && task.labelled);
  const labelled = judged !== undefined;
  const ids: string[] = [];
  const labels: (number | undefined)[] = [];
  async function* stream(): AsyncGenerator<LabelledSample, void> {
    for await (const { inputs, label, target, group, id } of dataset.samples()) {
      const known = judged === undefined ? undefined : readTruth(readingOf(judged), { label, target }).label;
      ids.push(id);
      labels.push(known);
      lint.observe({ inputs, id, ...(known !== undefined && { label: known }) });
      yield { inputs, label, target, group, id };
    }
    if (reference === undefined) lint.requireVariety(name);
  }
  const seen = async (): Promise<SeenData> => {
    const summary = lint.summary();
    const report = {
      name,
      format: dataset.format,
      sha256: await dataset.sha256(),
      samples: summary.samples,
      ...(dataset.available !== undefined && { available: dataset.available }),
      preprocessing: dataset.preprocessing,
      ...(labelled && dataset.labels !== undefined && { classes: dataset.labels }),
      lint: { ...summary, warnings: [...dataset.warnings, ...summary.warnings] },
    };
    return { report, parts: lint.parts(), ids };
  };
  return { samples: stream(), labels, seen };
}
