// Operators run in file order: every tensor has one writer, before its readers.
import { positionOf } from '../decode/decode-table.js';
import { tfliteDiagnostics } from '../diagnostics.js';
import { refuse } from '../refuse.js';
import type { SubGraph, TfliteModel } from '../schema/table-types.js';
import { constantBytes, countElements } from './tensor-facts.js';

export function verifyOrder(model: TfliteModel, subgraph: SubGraph, path: string): void {
  const tensors = subgraph.tensors ?? [];
  /** Who gives each tensor its value, in words; undefined while nobody has. */
  const giver: (string | undefined)[] = tensors.map((tensor) => {
    if (constantBytes(model, tensor) !== undefined || tensor.external_buffer !== 0) return 'the constants';
    if (tensor.is_variable) return 'the variables';
    return undefined;
  });
  for (const input of subgraph.inputs ?? []) giver[input] ??= 'the inputs';
  const refuseUnwritten = (tensor: number, where: string, owner: object): void => {
    if (giver[tensor] !== undefined || countElements(tensors[tensor]?.shape ?? []) === 0) return;
    refuse(
      tfliteDiagnostics.TFLITE_ORDER,
      `tensor ${tensor} is read before anything has written it`,
      where,
      positionOf(owner),
    );
  };
  subgraph.operators?.forEach((operator, o) => {
    const where = `${path}.operators[${o}]`;
    operator.inputs?.forEach((tensor, i) => {
      if (tensor >= 0) refuseUnwritten(tensor, `${where}.inputs[${i}]`, operator);
    });
    operator.outputs?.forEach((tensor, i) => {
      const other = giver[tensor];
      if (other !== undefined && other !== 'the variables') {
        const what = `tensor ${tensor} is written here and is one of ${other} already`;
        refuse(tfliteDiagnostics.TFLITE_ORDER, what, `${where}.outputs[${i}]`, positionOf(operator));
      }
      giver[tensor] = `the outputs of operators[${o}]`;
    });
  });
  subgraph.outputs?.forEach((tensor, i) => refuseUnwritten(tensor, `${path}.outputs[${i}]`, subgraph));
}
