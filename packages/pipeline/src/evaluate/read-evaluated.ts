// A model file to be evaluated: the graph as deploy would run it, float or quantized, behind real values.
import { type Diagnostic, type Graph } from '@wherry/graph';
import { asItIs, optimize } from '@wherry/quantizer';
import { withRealEnds } from '../accuracy/real-ends.js';
import { importModelFile } from '../inputs/import-model-file.js';
import { readModelFile, type GivenModel } from '../inputs/read-model-file.js';
import { toldApart } from '../inputs/told-apart.js';
import { numbersOf } from '../schemes/numbers-of.js';
import type { EvaluatedModel } from './evaluation.js';

export interface ReadEvaluated {
  readonly report: EvaluatedModel;
  /** With the integers at its ends that the file has. */
  readonly graph: Graph;
  /** The same behind real values, which data and judges speak of. */
  readonly real: Graph;
  readonly warnings: readonly Diagnostic[];
}

/** `beside`: what it is told apart from. Throws what reading and importing throw. */
export async function readEvaluated(model: GivenModel, beside: GivenModel = model): Promise<ReadEvaluated> {
  const { bytes, fileName, sha256 } = await readModelFile(model);
  const { graph: imported, source, warnings } = importModelFile({ bytes, fileName });
  const isQuantized = imported.tensors.some(({ quantization }) => quantization !== undefined);
  const { graph } = isQuantized ? asItIs(imported) : optimize(imported);
  return {
    report: { file: fileName, called: toldApart(model, beside)[0], sha256, ...source, numbers: numbersOf(graph) },
    graph,
    real: isQuantized ? withRealEnds(graph) : graph,
    warnings,
  };
}
