// SOFTMAX on int8, which may give int16, on int16 and on float32.
import { elementCount, softmaxDifferences, softmaxExponentials, softmaxTables, WherryError } from '@wherry/graph';
import { rowByRow } from '../access/orders.js';
import { compilerDiagnostics } from '../diagnostics.js';
import { array, float, input, integer, output, settings, type KernelCall } from '../kernel-call.js';
import { numberForm, scaleOf, type OperatorContext } from '../operator-context.js';

/** Exponentials of a row on int16 whose sum has 31 bits, and on int8 whose sum has 32: beyond, all of a row may wrap to nothing. */
const deepest = { s16: 65535, s8: 8191 };

type Form = 's8' | 's8-s16' | 's16' | 'f32';

/** An infinite factor would make no number of the greatest score, whose difference to itself is 0. */
const greatestFloat = (2 - 2 ** -23) * 2 ** 127;

export function softmax(context: OperatorContext<'SOFTMAX'>): readonly KernelCall[] | undefined {
  const form = formOf(context);
  if (form === undefined) return undefined;
  const [source] = context.inputs;
  const depth = source!.shape.at(-1)!;
  const rows = elementCount(source!.shape) / depth;
  const { beta } = context.node.attributes;
  if (form === 'f32') return [softmaxFloat(rows, depth, beta)];
  requireDepth(depth, form === 's16' ? deepest.s16 : deepest.s8, context.node.origin);
  if (form === 's16') return [softmaxInt16(rows, depth, scaleOf(source!), beta)];
  const table = softmaxExponentials(scaleOf(source!), beta);
  return [
    {
      file: `softmax-${form}`,
      kernel: `wherry_softmax_${form.replace('-', '_')}`,
      arguments: [input(0), output(0), array('exponentials', 'int32_t', table), integer(rows), integer(depth)],
      access: rowByRow(rows, depth, { read: 1, written: form === 's8' ? 1 : 2 }),
    },
  ];
}

function formOf(context: OperatorContext<'SOFTMAX'>): Form | undefined {
  const isWidened = context.inputs[0]!.dtype === 'int8' && context.outputs[0]!.dtype === 'int16';
  return isWidened ? 's8-s16' : numberForm(context, [0]);
}

function requireDepth(depth: number, most: number, layer: string): void {
  if (depth <= most) return;
  throw new WherryError(compilerDiagnostics.COMPILED_KERNEL, {
    what: `the kernel of SOFTMAX sums ${most} scores at most, and a row has ${depth}: their sum may wrap to nothing`,
    where: layer,
    next: 'run the model on another runtime, or end it before this layer',
  });
}

function softmaxFloat(rows: number, depth: number, beta: number): KernelCall {
  return {
    file: 'softmax-f32',
    kernel: 'wherry_softmax_f32',
    arguments: [input(0), output(0), integer(rows), integer(depth), float(Math.min(greatestFloat, Math.fround(beta)))],
    access: rowByRow(rows, depth, { read: 4, written: 4 }),
  };
}

function softmaxInt16(rows: number, depth: number, scale: number, beta: number): KernelCall {
  const { exp, reciprocal } = softmaxTables();
  const { multiplier, shift } = softmaxDifferences(scale, beta);
  return {
    file: 'softmax-s16',
    kernel: 'wherry_softmax_s16',
    arguments: [
      input(0),
      output(0),
      array('exponentials', 'int16_t', exp),
      array('reciprocals', 'int16_t', reciprocal),
      settings('settings', 'wherry_softmax', { rows, depth, multiplier, shift }),
    ],
    access: rowByRow(rows, depth, { read: 2, written: 2 }),
  };
}
