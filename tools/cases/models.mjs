// Models and samples of a case read through the library, as the command reads them, and what our reference makes of them.
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { openDataset, parseDataSource, parsePreprocessing } from '@wherry/calibration-data';
import { evaluate } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { quantizeFeeds } from '@wherry/quantizer';

export const importedGraph = (path) => importModel(readFileSync(path), { fileName: path }).graph;

/** The samples that the command would read of `source`, in their order, at most `most`. */
export async function samplesOf(graph, folder, source, { most = Infinity, preprocess = [] } = {}) {
  const expectations = graph.inputs.map((id) => {
    const { name, shape, dtype } = graph.tensors[id];
    return { name, shape, dtype };
  });
  const spec = parseDataSource(source);
  const path = isAbsolute(spec.path) ? spec.path : join(folder, spec.path);
  const dataset = await openDataset({ ...spec, path }, expectations, { preprocessing: parsePreprocessing(preprocess) });
  const samples = [];
  for await (const sample of dataset.samples()) {
    if (samples.push(sample) >= most) break;
  }
  return samples;
}

/** Every output of every sample, as one array of real values a sample. */
export const floatOutputs = (graph, samples) =>
  samples.map(({ inputs }) =>
    Float64Array.from(evaluate(graph, inputs).flatMap((values) => Array.from(values, Number))),
  );

/** The same of a quantized graph, by our integer reference. */
export const quantizedOutputs = (graph, samples) =>
  samples.map(({ inputs }) =>
    Float64Array.from(
      evaluate(graph, quantizeFeeds(graph, inputs)).flatMap((values, k) => {
        const { quantization } = graph.tensors[graph.outputs[k]];
        if (quantization === undefined) return Array.from(values, Number);
        return Array.from(values, (q) => (Number(q) - quantization.zeroPoint[0]) * quantization.scale[0]);
      }),
    ),
  );
