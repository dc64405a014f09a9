// One operator of a .tflite file as a node, by the operator definitions' own field maps.
import { operatorOf, opKinds, type Node, type OpKind, type TensorId } from '@wherry/graph';
import type { Operator, TfliteModel } from '@wherry/tflite-writer';
import { controlRemedies, operatorRemedies } from './operator-remedies.js';
import { evenSplit } from './even-split.js';
import { invalidModel, unsupportedFeature, unsupportedOperator } from './refuse.js';

const kindOfBuiltin: ReadonlyMap<string, OpKind> = new Map(
  opKinds.map((kind) => [operatorOf(kind).tflite.builtin, kind]),
);

const FUSED_ACTIVATIONS = new Set(['NONE', 'RELU', 'RELU_N1_TO_1', 'RELU6']);

/** What `read` gives the ids of the language for the file's. */
export interface TensorNumbering {
  idOf(index: number, where: string): TensorId;
  /** The shape as recorded, empty where there is no such tensor. */
  shapeOf(index: number): readonly number[];
  /** The values of a constant int32 tensor, undefined for any other. */
  int32sOf(index: number): readonly number[] | undefined;
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
  const split = evenSplit(model, operator, numbering);
  const kind = split === undefined ? kindOf(model, operator, where) : 'SPLIT';
  const attributes = split === undefined ? attributesOf(kind, operator, where) : { count: split.count };
  const inputs = (split?.inputs ?? operator.inputs ?? []).map((index) =>
    index === -1 ? null : numbering.idOf(index, where),
  );
  const outputs = (operator.outputs ?? []).map((index) => numbering.idOf(index, where));
  // The pairing of kind and attributes is checked by `verify`, which runs the definition's own requirements.
  return { kind, attributes, inputs, outputs, origin } as unknown as Node;
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
  const control = own(controlRemedies, builtin);
  if (control !== undefined) return unsupportedOperator(`${builtin} is control flow or state`, where, control);
  return unsupportedOperator(
    `the operator ${builtin} cannot be imported`,
    where,
    own(operatorRemedies, builtin) ?? `replace it in the source model; supported are ${opKinds.join(', ')}`,
  );
}

function own(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function attributesOf(kind: OpKind, operator: Operator, where: string): object {
  const { defaults, tflite } = operatorOf(kind);
  const options = operator.builtin_options;
  if (options === undefined || tflite.options === null) return defaults;
  if (options.type !== tflite.options)
    return invalidModel(`it carries ${options.type} instead of ${tflite.options}`, where);
  const stored = options.value as Readonly<Record<string, unknown>>;
  // The order of the bytes of the weights: what is passed over would be computed from the wrong ones.
  const { weights_format: format = 'DEFAULT' } = stored as { readonly weights_format?: string };
  if (format !== 'DEFAULT')
    return unsupportedFeature(
      `its weights are stored as ${format}`,
      where,
      'convert the model again; only old versions of the converter write that',
    );
  const attributes: Record<string, unknown> = { ...defaults };
  for (const [attribute, field] of Object.entries<string>(tflite.fields)) {
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
