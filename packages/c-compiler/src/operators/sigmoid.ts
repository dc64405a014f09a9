// LOGISTIC and TANH: on int16 places of the logistic function with straight lines between them, on int8 a table.
import {
  elementCount,
  logisticStepsOf,
  sigmoidPlaces,
  tanhStepsOf,
  type OpKind,
  type SigmoidSteps,
} from '@wherry/graph';
import { elementwise } from '../access/orders.js';
import { array, input, integer, output, settings, type KernelCall } from '../kernel-call.js';
import { numberForm, scaleOf, type OperatorContext } from '../operator-context.js';
import { lookUp } from './look-up.js';

type Calls = readonly KernelCall[] | undefined;

export const logistic = (context: OperatorContext<'LOGISTIC'>): Calls => sigmoid(context, 'logistic', logisticStepsOf);
export const tanh = (context: OperatorContext<'TANH'>): Calls => sigmoid(context, 'tanh', tanhStepsOf);

function sigmoid<K extends OpKind>(
  context: OperatorContext<K>,
  name: string,
  stepsOf: (scale: number) => SigmoidSteps,
): Calls {
  if (numberForm(context, [0]) !== 's16') return lookUp(context);
  const [source, result] = [context.inputs[0]!, context.outputs[0]!];
  const count = elementCount(result.shape);
  const { multiplier, shift } = stepsOf(scaleOf(source));
  return [
    {
      file: 'sigmoid-s16',
      kernel: `wherry_${name}_s16`,
      arguments: [
        input(0),
        output(0),
        array('places', 'uint16_t', sigmoidPlaces),
        integer(count),
        settings('settings', 'wherry_sigmoid', { multiplier: multiplier | 0, shift }),
      ],
      access: elementwise(count, [0], { read: 2, written: 2 }),
    },
  ];
}
