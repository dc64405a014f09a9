// Every number by which one part of a model names another must be in range.
import { tfliteDiagnostics } from '../diagnostics.js';
import { positionOf } from '../decode/decode-table.js';
import { refuse } from '../refuse.js';
import type { Operator, SubGraph, Table, TfliteModel } from '../schema/table-types.js';

export function verifyReferences(model: TfliteModel): void {
  if (!model.subgraphs?.length) missing('the model has no subgraph', 'subgraphs', model);
  if (!model.buffers?.length) missing('the model has no buffers, not even the empty buffer 0', 'buffers', model);
  if (model.buffers[0]?.data !== undefined) {
    missing('buffer 0 has data; it must be empty, as tensors without data refer to it', 'buffers[0]', model.buffers[0]);
  }
  model.operator_codes?.forEach((code, i) => {
    if (code.builtin_code === 'CUSTOM' && code.custom_code === undefined) {
      missing('a custom operator has no name', `operator_codes[${i}].custom_code`, code);
    }
  });
  model.subgraphs.forEach((subgraph, s) => verifySubgraph(model, subgraph, `subgraphs[${s}]`));
  model.metadata?.forEach((entry, i) => {
    inRange(entry.buffer, model.buffers, `metadata[${i}].buffer`, 'buffers', entry);
    if (entry.name === undefined) missing('a metadata entry has no name', `metadata[${i}].name`, entry);
  });
  model.metadata_buffer?.forEach((buffer, i) =>
    inRange(buffer, model.buffers, `metadata_buffer[${i}]`, 'buffers', model),
  );
  model.signature_defs?.forEach((signature, i) => verifySignature(model, signature, `signature_defs[${i}]`));
  model.external_buffers?.forEach((external, i) => {
    inRange(
      external.group,
      model.external_buffer_groups,
      `external_buffers[${i}].group`,
      'external buffer groups',
      external,
    );
  });
}

function verifySubgraph(model: TfliteModel, subgraph: SubGraph, path: string): void {
  const { tensors } = subgraph;
  for (const list of ['tensors', 'inputs', 'outputs'] as const) {
    if (subgraph[list] === undefined)
      missing(`the subgraph has no list of ${list}, not even an empty one`, `${path}.${list}`, subgraph);
  }
  const external = new Set(model.external_buffers?.map(({ id }) => id));
  tensors?.forEach((tensor, t) => {
    inRange(tensor.buffer, model.buffers, `${path}.tensors[${t}].buffer`, 'buffers', tensor);
    if (tensor.external_buffer !== 0 && !external.has(tensor.external_buffer)) {
      missing(`there is no external buffer ${tensor.external_buffer}`, `${path}.tensors[${t}].external_buffer`, tensor);
    }
  });
  allInRange(subgraph.inputs, tensors, `${path}.inputs`, subgraph);
  allInRange(subgraph.outputs, tensors, `${path}.outputs`, subgraph);
  subgraph.operators?.forEach((operator, o) => verifyOperands(model, subgraph, operator, `${path}.operators[${o}]`));
}

function verifyOperands(model: TfliteModel, { tensors }: SubGraph, operator: Operator, path: string): void {
  inRange(operator.opcode_index, model.operator_codes, `${path}.opcode_index`, 'operator codes', operator);
  const leftOut = -1;
  allInRange(operator.inputs, tensors, `${path}.inputs`, operator, leftOut);
  allInRange(operator.outputs, tensors, `${path}.outputs`, operator);
  allInRange(operator.intermediates, tensors, `${path}.intermediates`, operator, leftOut);
}

function verifySignature(model: TfliteModel, signature: Table<'SignatureDef'>, path: string): void {
  inRange(signature.subgraph_index, model.subgraphs, `${path}.subgraph_index`, 'subgraphs', signature);
  const tensors = model.subgraphs?.[signature.subgraph_index]?.tensors;
  for (const side of ['inputs', 'outputs'] as const) {
    signature[side]?.forEach((entry, i) => {
      inRange(entry.tensor_index, tensors, `${path}.${side}[${i}].tensor_index`, 'tensors', entry);
      if (entry.name === undefined) missing('a tensor of a signature has no name', `${path}.${side}[${i}].name`, entry);
    });
  }
}

function allInRange(
  indices: readonly number[] | undefined,
  tensors: readonly unknown[] | undefined,
  path: string,
  owner: object,
  least = 0,
): void {
  indices?.forEach((index, i) => inRange(index, tensors, `${path}[${i}]`, 'tensors', owner, least));
}

/** Refuses an index that `list` does not have. `least`: -1 where that means "left out". */
export function inRange(
  index: number,
  list: readonly unknown[] | undefined,
  path: string,
  things: string,
  owner: object,
  least = 0,
): void {
  const count = list?.length ?? 0;
  if (index >= least && index < count) return;
  missing(`${index} is outside of the ${count} ${things}`, path, owner);
}

function missing(what: string, path: string, owner: object): never {
  refuse(tfliteDiagnostics.TFLITE_REFERENCE, what, path, positionOf(owner));
}
