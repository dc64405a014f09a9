// Whether the runtime knows the version of an operator that the file names: a runtime looks it up when it loads the model.
import { diagnose, operatorOf, tensorAt, type Diagnostic, type Graph, type Node } from '@wherry/graph';
import { profileDiagnostics } from '../diagnostics.js';
import type { OperatorLimits, RuntimeKernels } from '../runtime-kernels.js';
import { firstVersionWith, isInUpstream } from '../version.js';

/** `upstream`: of the target's version of the runtime; `subject`: "CONV_2D in litert-xnnpack 2.1.0". */
export function checkVersion(
  { versions = [] }: OperatorLimits,
  {
    kernels,
    upstream,
    subject,
  }: { readonly kernels: RuntimeKernels; readonly upstream: string; readonly subject: string },
  graph: Graph,
  node: Node,
): Diagnostic | null {
  if (versions.length === 0) return null;
  const version = operatorVersion(graph, node);
  const greatest = versions.findLast((each) => isInUpstream(each, upstream))?.max ?? 0;
  if (version <= greatest) return null;
  const what = `${subject}: the layer is version ${version} of the operator, and ${greatest} is the last that is known there`;
  const newer = versions.find((each) => version <= each.max);
  if (newer === undefined) {
    const next = 'use another scheme for this layer, whose version is lower, or choose another profile';
    return diagnose(profileDiagnostics.PROFILE_LIMIT, { what, where: node.origin, next });
  }
  const since = firstVersionWith(kernels, newer);
  return diagnose(profileDiagnostics.PROFILE_RUNTIME_TOO_OLD, {
    what: `${what}; ${since} is the first that knows it`,
    where: node.origin,
    next: `raise "runtime.from" to ${since} and update the runtime, or use another scheme for this layer`,
  });
}

function operatorVersion(graph: Graph, { kind, attributes, inputs, outputs }: Node): number {
  return operatorOf(kind).tflite.version({
    attributes,
    inputs: inputs.map((id) => (id === null ? undefined : tensorAt(graph, id))),
    outputs: outputs.map((id) => tensorAt(graph, id)),
  });
}
