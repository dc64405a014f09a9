// MEAN and SUM on int8, int16 and float32.
import { elementCount, int8Mean, int8Sum, reducedShape, stridesOf } from '@wherry/graph';
import { input, output, settings, type KernelCall } from '../kernel-call.js';
import { numberForm, zeroPointOf, type OperatorContext } from '../operator-context.js';
import { inLevels, merged, type Dimension } from './nest.js';

export const mean = (context: OperatorContext<'MEAN'>): readonly KernelCall[] | undefined => reduction(context, true);
export const sum = (context: OperatorContext<'SUM'>): readonly KernelCall[] | undefined => reduction(context, false);

function reduction(context: OperatorContext<'MEAN' | 'SUM'>, divides: boolean): readonly KernelCall[] | undefined {
  const form = numberForm(context, [0]);
  if (form === undefined) return undefined;
  const [source, axes] = [context.inputs[0]!, context.inputs[1]!];
  const result = context.outputs[0]!;
  const reduced = reducedShape(source.shape, axes);
  const strides = stridesOf(source.shape);
  const dimensions = source.shape.map((count, d): Dimension => ({ count, steps: [strides[d]!] }));
  const stays = (d: number): boolean => reduced[d] === source.shape[d];
  const kept = inLevels(merged(dimensions.filter((_, d) => stays(d))), 4);
  const gone = inLevels(merged(dimensions.filter((_, d) => !stays(d))), 4);
  if (kept === undefined || gone === undefined) return undefined;
  const count = elementCount(source.shape) / elementCount(reduced);
  const places = {
    kept: kept.map((one) => one.count),
    kept_steps: kept.map(({ steps }) => steps[0]!),
    reduced: gone.map((one) => one.count),
    reduced_steps: gone.map(({ steps }) => steps[0]!),
  };
  const values =
    form === 'f32'
      ? settings('settings', 'wherry_reduction_f32', { ...places, divisor: divides ? count : 1 })
      : settings('settings', 'wherry_reduction', {
          ...places,
          offset: (zeroPointOf(source) * count) | 0,
          ...(divides ? int8Mean(source, result, count) : int8Sum(source, result)),
          zero_point: zeroPointOf(result),
        });
  return [{ file: `reduce-${form}`, kernel: `wherry_reduce_${form}`, arguments: [input(0), output(0), values] }];
}
