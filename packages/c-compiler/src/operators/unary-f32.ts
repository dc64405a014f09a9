// Functions of one float32.
import { elementCount } from '@wherry/graph';
import { elementwise } from '../access/orders.js';
import { float, input, integer, output, type Argument, type KernelCall } from '../kernel-call.js';
import { numberForm, type OperatorContext } from '../operator-context.js';

type Calls = readonly KernelCall[] | undefined;

/** The kernel of that name. */
export function unaryFloat(name: string): (context: OperatorContext) => Calls {
  return (context) => mapped(context, name, []);
}

export function leakyReluFloat(context: OperatorContext<'LEAKY_RELU'>): Calls {
  return mapped(context, 'leaky-relu', [float(Math.fround(context.node.attributes.alpha))]);
}

export function geluFloat(context: OperatorContext<'GELU'>): Calls {
  return mapped(context, context.node.attributes.approximate ? 'gelu-tanh' : 'gelu', []);
}

/** `rest`: the arguments behind operands and count. */
function mapped(context: OperatorContext, name: string, rest: readonly Argument[]): Calls {
  if (numberForm(context, [0]) !== 'f32') return undefined;
  const count = elementCount(context.outputs[0]!.shape);
  return [
    {
      file: `${name}-f32`,
      kernel: `wherry_${name.replaceAll('-', '_')}_f32`,
      arguments: [input(0), output(0), integer(count), ...rest],
      access: elementwise(count, [0], { read: 4, written: 4 }),
    },
  ];
}
