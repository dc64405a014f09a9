// The plain kernels give values, not gradients: whoever needs one of them is told which layer it is.
import { WherryError, type Node } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { engineDiagnostics } from '../diagnostics.js';
import type { Step } from '../lowering/lowering.js';

/** Throws GRADIENT_UNAVAILABLE when a gradient comes to the step's outputs on its way to a variable; never before. */
export function withoutGradient(tf: typeof Tfjs, node: Node, step: Step): Step {
  const refuse = (): never => {
    throw new WherryError(engineDiagnostics.GRADIENT_UNAVAILABLE, {
      what: `a gradient would have to pass ${node.kind}, which has none here`,
      where: node.origin,
      next: 'train only layers that stand behind this one',
    });
  };
  return (inputs) => {
    const results = step(inputs);
    const given = inputs.filter((tensor) => tensor !== undefined);
    return (Array.isArray(results) ? (results as readonly Tfjs.Tensor[]) : [results as Tfjs.Tensor]).map((value) =>
      tf.customGrad(() => ({ value, gradFunc: refuse }))(...given),
    );
  };
}
