// Renders docs/operators.md from the operators' definitions, so that the document cannot say anything else.
import { typesOf } from './kernel-for.js';
import type { OperatorDefinition } from './op-definition.js';
import type { OutputRule } from './operand-role.js';
import { outputRule } from './operands-of.js';
import { operatorOf, opKinds, type OpKind } from './ops/index.js';

/** Markdown, one section per operator in the order of the list. Deterministic. */
export function operatorsDocument(): string {
  const definitions = opKinds.map(operatorOf);
  return [
    '<!-- Written by `npm run generate`; edits are lost. -->',
    '',
    '# Operators',
    '',
    `The language has ${definitions.length} operators, named as in TFLite. Layouts are TFLite's: images [N, H, W, C], filters [O, H, W, C], depthwise filters [1, H, W, C], dense weights [out, in].`,
    '',
    '| operator | computes | reference for | output scale | fused activation |',
    '| --- | --- | --- | --- | --- |',
    ...definitions.map(summaryRow),
    ...definitions.flatMap(section),
    '',
  ].join('\n');
}

function summaryRow({ kind, summary, kernels, traits }: OperatorDefinition<object>): string {
  const cells = [
    `[${kind}](#${kind.toLowerCase()})`,
    summary,
    typesOf(kernels).join(', '),
    scaleOf(outputRule(kind as OpKind)),
    traits.acceptsFusedActivation === true ? 'yes' : '',
  ];
  return `| ${cells.join(' | ')} |`;
}

function scaleOf(rule: OutputRule): string {
  switch (rule.from) {
    case 'calibration':
      return 'calibrated';
    case 'same-as-inputs':
      return "the inputs'";
    case 'fixed':
      return `fixed: ${rule.int8.scale}, zero point ${rule.int8.zeroPoint} in int8`;
    case 'state':
      return "its state's";
    case 'none':
      return 'none';
  }
}

function section({ kind, summary, arity, defaults, requires, tflite, tflm }: OperatorDefinition<object>): string[] {
  const fields = Object.entries<string>(tflite.fields);
  const values = defaults as { readonly [name: string]: unknown };
  return [
    '',
    `## ${kind}`,
    '',
    `${summary}.`,
    '',
    `Inputs: ${countOf(arity.inputs)}. Outputs: ${arity.outputs}. TFLite: \`${tflite.builtin}\`${tflite.options === null ? '' : ` with \`${tflite.options}\``}. TensorFlow Lite Micro: ${tflm === null ? 'none' : `\`${tflm.resolver}\``}.`,
    ...list(
      'Attributes:',
      fields.map(([name, field]) => `\`${name}\` (\`${field}\`), default ${JSON.stringify(values[name])}`),
    ),
    ...list(
      'Requires:',
      requires.map(({ sentence }) => sentence),
    ),
  ];
}

function countOf([least, most]: readonly [number, number]): string {
  return least === most ? `${least}` : `${least} to ${most}`;
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', title, '', ...items.map((item) => `- ${item}`)];
}
