// Variables of a file are the states of its operators, and nothing else.
import { statesOf, type Graph, type TensorId } from '@wherry/graph';
import { invalidModel, unsupportedFeature } from './refuse.js';

/** `variables`: what the file marks as such. Throws TFLITE_INVALID and TFLITE_UNSUPPORTED. */
export function requireStates(graph: Graph, variables: ReadonlySet<TensorId>): void {
  const states = new Set(statesOf(graph));
  const whereOf = (id: TensorId): string => `tensor ${graph.tensors[id]!.name}`;
  for (const id of variables) {
    if (states.has(id)) continue;
    unsupportedFeature(
      'it is a variable that lives on between runs, and not the state of an operator',
      whereOf(id),
      'make the state an input and an output of the model',
    );
  }
  for (const id of states)
    if (!variables.has(id)) invalidModel('it is the state of an operator and no variable', whereOf(id));
}
