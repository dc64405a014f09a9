// Those who look on while accuracy is measured, and what they have seen in the end.
import { tensorAt, type Graph } from '@wherry/graph';
import type { AccuracyOptions } from '../accuracy/measure-accuracy.js';
import type { LayerErrorOptions, PairedGraphs } from '../accuracy/layer-errors.js';
import type { OutputTask } from '../accuracy/output-task.js';
import { decisionWitness } from './decision-witness.js';
import type { Evidence } from './evidence.js';
import { ValueWitness } from './value-witness.js';

export interface OpenEvidence {
  readonly ofOutputs: NonNullable<AccuracyOptions['witness']>;
  readonly ofLayers: NonNullable<LayerErrorOptions['witness']>;
  /** @param layerSamples that layers were measured on */
  result(layerSamples: number): Evidence;
}

export function openEvidence({ float, quantized }: PairedGraphs, tasks: readonly OutputTask[]): OpenEvidence {
  const decisions = tasks.map(decisionWitness);
  const values = new ValueWitness(quantized);
  return {
    ofOutputs: (output, ...seen) => decisions[output]?.add(...seen),
    ofLayers: (id, seen) => values.see(id, seen),
    result: (layerSamples) => ({
      layerSamples,
      decisions: decisions.map((each) => each?.result()),
      values: values.result,
      inputShapes: inputShapes(float),
    }),
  };
}

function inputShapes(graph: Graph): Evidence['inputShapes'] {
  return graph.inputs.map((id) => tensorAt(graph, id).shape);
}
