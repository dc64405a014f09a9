// The file of every case of every operator: the verifier takes it, and it says what the graph says.
import { operatorOf, opKinds, positionsOf, tensorAt, type Node } from '@wherry/graph';
import { casesOf, type FilledCase } from '@wherry/graph/cases';
import { encode } from '../encode/encode.js';
import { verify } from '../verify/verify-model.js';
import { graphToModel } from './graph-to-model.js';

/** The operator's attributes as the file has them: what a table leaves out is its default. */
function written({ graph }: FilledCase): object {
  const { operator_codes: codes, subgraphs } = verify(encode(graphToModel(graph)), { alignedData: true });
  const [operator] = subgraphs![0]!.operators!;
  const { tensors } = subgraphs![0]!;
  const options = operator!.builtin_options;
  return {
    builtin: codes!.map(({ builtin_code: code }) => code),
    version: codes!.map(({ version }) => version),
    variables: tensors!.flatMap(({ is_variable: isVariable }, id) => (isVariable ? [id] : [])),
    options: options?.type ?? null,
    fields: { ...options?.value },
    operands: [...operator!.inputs!, ...operator!.outputs!].map((id) =>
      id < 0 ? null : [tensors![id]!.type ?? 'FLOAT32', Array.from(tensors![id]!.shape ?? [])],
    ),
  };
}

function wanted({ kind, graph }: FilledCase): object {
  const [node] = graph.nodes;
  const { tflite } = operatorOf(kind);
  const attributes = node!.attributes as { readonly [name: string]: unknown };
  const specs = [...node!.inputs, ...node!.outputs].map((id) => (id === null ? null : tensorAt(graph, id)));
  const inputs = node!.inputs.map((id) => (id === null ? undefined : tensorAt(graph, id)));
  const last = Math.max(
    operatorOf(kind).arity.inputs[0] - 1,
    node!.inputs.findLastIndex((id) => id !== null),
  );
  const version = tflite.version({ attributes, inputs, outputs: node!.outputs.map((id) => tensorAt(graph, id)) });
  return {
    builtin: [tflite.builtin],
    version: [version],
    // Tensors stand in the order of their first use: that of this one node's operands.
    variables: positionsOf(node!, 'state').map((position) => placeOf(node!, position)),
    options: tflite.options,
    fields: Object.fromEntries(
      Object.entries<string>(tflite.fields).map(([attribute, field]) => {
        const value = attributes[attribute];
        // Files hold real numbers as float32.
        return [field, typeof value === 'number' ? Math.fround(value) : value];
      }),
    ),
    operands: specs
      .filter((_, i) => i <= last || i >= node!.inputs.length)
      .map((spec) => spec && [spec.dtype.toUpperCase(), spec.shape]),
  };
}

/** Among the tensors of the file, of an input that is no earlier one. */
function placeOf({ inputs }: Node, position: number): number {
  return inputs.slice(0, position).filter((id) => id !== null).length;
}

it.each(opKinds)('%s is written as it is', (kind) => {
  for (const one of casesOf(kind)) {
    const [file, graph] = [written(one), wanted(one)] as const;
    // Fields that no attribute stands for are left as the format defaults them.
    expect({ name: one.name, ...file }).toMatchObject({ name: one.name, ...graph });
  }
});
