// What the user decided that is otherwise decided by measuring: where accuracy is lost, that is the first thing to take back.
import type { DeployRequest } from '../deployment.js';

/** As options of the command line. */
export function forcedChoices({
  method,
  biasCorrection,
  equalization,
  rounding,
  weightClipping,
  compactMatrices,
}: Pick<
  DeployRequest,
  'method' | 'biasCorrection' | 'equalization' | 'rounding' | 'weightClipping' | 'compactMatrices'
>): readonly string[] {
  return [
    ...(method === 'auto' ? [] : [`--method ${method}`]),
    ...(biasCorrection === false ? ['--no-bias-correction'] : []),
    ...(equalization === false ? ['--no-equalization'] : []),
    ...(rounding === 'auto' ? [] : [`--rounding ${rounding}`]),
    ...(weightClipping === 'auto' ? [] : [weightClipping ? 'weightClipping' : '--no-weight-clipping']),
    ...(compactMatrices ? ['--compact-matrices'] : []),
  ];
}
