// One operator of a .tflite file as a node, by the operator definitions' own field maps.
import { operatorOf, opKinds, type Node, type OpKind, type TensorId } from '@wherry/graph';
import type { Operator, TfliteModel } from '@wherry/tflite-writer';
import { invalidModel, unsupportedFeature, unsupportedOperator } from './refuse.js';

const kindOfBuiltin: ReadonlyMap<string, OpKind> = new Map(
  opKinds.map((kind) => [operatorOf(kind).tflite.builtin, kind]),
);

/** Builtin operators that call other subgraphs or keep state. */
const CONTROL = new Set([
  'IF',
  'WHILE',
  'CALL',
  'CALL_ONCE',
  'STABLEHLO_CASE',
  'STABLEHLO_WHILE',
  'VAR_HANDLE',
  'READ_VARIABLE',
  'ASSIGN_VARIABLE',
]);

const FUSED_ACTIVATIONS = new Set(['NONE', 'RELU', 'RELU_N1_TO_1', 'RELU6']);

/** What `read` gives the ids of the language for the file's. */
export interface TensorNumbering {
  idOf(index: number, where: string): TensorId;
  nameOf(index: number): string;
}

export function readOperator(
  model: TfliteModel,
  operator: Operator,
  position: number,
  numbering: TensorNumbering,
): Node {
  const output = operator.outputs?.[0];
  const origin = output === undefined ? `operator ${position}` : originOf(numbering.nameOf(output));
  const where = `operator ${position} (${origin})`;
  const kind = kindOf(model, operator, where);
  const inputs = (operator.inputs ?? []).map((index) => (index === -1 ? null : numbering.idOf(index, where)));
  const outputs = (operator.outputs ?? []).map((index) => numbering.idOf(index, where));
  // The pairing of kind and attributes is checked by `verify`, which runs the definition's own requirements.
  return { kind, attributes: attributesOf(kind, operator, where), inputs, outputs, origin } as unknown as Node;
}

/** A fused operator is named after all of its parts, joined by semicolons; the first is the layer that came last. */
function originOf(name: string): string {
  const end = name.indexOf(';');
  return end < 0 ? name : name.slice(0, end);
}

function kindOf(model: TfliteModel, operator: Operator, where: string): OpKind {
  const code =
    model.operator_codes?.[operator.opcode_index] ??
    invalidModel(`it uses the operator code ${operator.opcode_index}, which does not exist`, where);
  const builtin = code.builtin_code;
  const kind = kindOfBuiltin.get(builtin);
  if (kind !== undefined) return kind;
  if (builtin === 'CUSTOM')
    return unsupportedOperator(
      `it is the custom operator ${code.custom_code ?? ''}`,
      where,
      'build the model from built-in operators and convert it again',
    );
  if (CONTROL.has(builtin))
    return unsupportedOperator(
      `${builtin} is control flow or state`,
      where,
      'convert a model without loops, branches and variables: make state an input and an output',
    );
  return unsupportedOperator(
    `the operator ${builtin} cannot be imported`,
    where,
    `replace it in the source model; supported are ${opKinds.join(', ')}`,
  );
}

function attributesOf(kind: OpKind, operator: Operator, where: string): object {
  const { defaults, tflite } = operatorOf(kind);
  const options = operator.builtin_options;
  if (options === undefined || tflite.options === null) return defaults;
  if (options.type !== tflite.options)
    return invalidModel(`it carries ${options.type} instead of ${tflite.options}`, where);
  const stored = options.value as Readonly<Record<string, unknown>>;
  const attributes: Record<string, unknown> = { ...defaults };
  for (const [attribute, field] of Object.entries(tflite.fields as Readonly<Record<string, string>>)) {
    const value = stored[field];
    if (value !== undefined) attributes[attribute] = value;
  }
  const activation = attributes['activation'];
  if (typeof activation === 'string' && !FUSED_ACTIVATIONS.has(activation)) {
    return unsupportedFeature(
      `it has the fused activation ${activation}`,
      where,
      'use one of RELU, RELU6 and RELU_N1_TO_1, or a layer of its own',
    );
  }
  return attributes;
}
