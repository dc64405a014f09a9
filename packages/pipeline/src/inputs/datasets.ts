// Opens the data that the user names, and lets calibration and accuracy read it as the graph's inputs.
import { basename } from 'node:path';
import {
  noDataGiven,
  openDataset,
  parseDataSource,
  SampleLint,
  type Dataset,
  type InputExpectation,
  type LintSummary,
  type Preprocessing,
} from '@wherry/calibration-data';
import { tensorAt, type Graph } from '@wherry/graph';
import type { LabelledSample } from '../accuracy/measure-accuracy.js';

/** Data opened for one graph. */
export interface GraphData {
  readonly dataset: Dataset;
  readonly expectations: readonly InputExpectation[];
  /** File or folder name without its place. */
  readonly name: string;
}

/** What the report says of a data set; no path of the machine in it. */
export interface DatasetReport {
  readonly name: string;
  readonly format: string;
  readonly sha256: string;
  readonly samples: number;
  readonly preprocessing: Preprocessing;
  readonly lint: LintSummary;
}

/** Samples that are taken out of a larger set, spread evenly over it: more would move no scale by a visible amount. */
export const defaultSampleLimit = 500;

/** The same choice on every run. */
const selectionSeed = 1;

/** Throws DATA_NONE_GIVEN without `text`, and whatever the data itself is refused for. */
export async function openGraphData(
  text: string | undefined,
  graph: Graph,
  options: { readonly limit?: number | undefined; readonly preprocessing?: Preprocessing | undefined },
): Promise<GraphData> {
  if (text === undefined) throw noDataGiven();
  const spec = parseDataSource(text);
  const expectations = graph.inputs.map((id) => {
    const { name, shape, dtype } = tensorAt(graph, id);
    return { name, shape, dtype };
  });
  const dataset = await openDataset(spec, expectations, {
    limit: options.limit ?? defaultSampleLimit,
    seed: selectionSeed,
    ...(options.preprocessing === undefined ? {} : { preprocessing: options.preprocessing }),
  });
  return { dataset, expectations, name: basename(spec.path) };
}

/** Streams the samples and watches them go by; `report` is complete once the stream has ended. */
export function watchSamples({ dataset, expectations, name }: GraphData): {
  readonly samples: AsyncIterable<LabelledSample>;
  readonly report: () => Promise<DatasetReport>;
} {
  const lint = new SampleLint(expectations);
  async function* stream(): AsyncGenerator<LabelledSample, void> {
    for await (const sample of dataset.samples()) {
      lint.observe(sample);
      yield { inputs: sample.inputs, label: sample.label };
    }
  }
  const report = async (): Promise<DatasetReport> => {
    const summary = lint.summary();
    return {
      name,
      format: dataset.format,
      sha256: await dataset.sha256(),
      samples: summary.samples,
      preprocessing: dataset.preprocessing,
      lint: { ...summary, warnings: [...dataset.warnings, ...summary.warnings] },
    };
  };
  return { samples: stream(), report };
}
