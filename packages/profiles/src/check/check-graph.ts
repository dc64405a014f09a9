// Judges nodes against the kernel table of the target's runtime: what is illegal, by which rule, and the fix.
import { diagnose, operatorOf, tensorAt, type Diagnostic, type Graph, type Node, type OpKind } from '@wherry/graph';
import { profileDiagnostics } from '../diagnostics.js';
import type { Target } from '../library.js';
import type { KernelRow, OperatorKernels, OperatorLimits } from '../runtime-kernels.js';
import { portableRuntimes } from '../scheme-names.js';
import { firstVersionWith, isInUpstream, upstreamDate } from '../version.js';
import { checkLimits, checkTensors } from './check-limits.js';
import { checkVersion } from './check-version.js';
import { faultOf } from './known-faults.js';
import { mismatches, type Mismatch } from './match-row.js';
import { operandRoles, type OperandRoles } from './operand-roles.js';

/** Every node the target's runtime would refuse or compute wrongly, in the graph's order. Empty: legal. */
export function checkGraph(target: Target, graph: Graph): readonly Diagnostic[] {
  return graph.nodes.flatMap((node) => checkNode(target, graph, node) ?? []);
}

/** The first thing that is wrong with one node, or null. */
export function checkNode(target: Target, graph: Graph, node: Node): Diagnostic | null {
  const table = operatorKernels(target, node.kind);
  const roles = operandRoles(graph, node);
  if (table === undefined) return unsupported(target, node);
  const upstream = targetUpstream(target);
  const fitting = table.rows.filter((row) => mismatches(row, roles).length === 0);
  if (!fitting.some((row) => isInUpstream(row, upstream))) {
    const newer = fitting[0];
    return newer === undefined ? wrongTypes(target, node, table, roles) : tooOld(target, node, newer, roles);
  }
  return exceeded(target, table, roles, graph, node) ?? faulty(target, graph, node);
}

/** The first limit of the operator or of the runtime that the node exceeds. */
function exceeded(
  target: Target,
  { limits = {} }: OperatorKernels,
  roles: OperandRoles,
  graph: Graph,
  node: Node,
): Diagnostic | null {
  const { kernels } = target;
  const about = subject(target, node);
  return (
    checkVersion(limits, { kernels, upstream: targetUpstream(target), subject: about }, graph, node) ??
    checkTensors(kernels.tensors ?? {}, roles, about, node) ??
    checkLimits(limits, roles, about, node)
  );
}

/** A fault that no rewrite has taken out of the graph. */
function faulty(target: Target, graph: Graph, node: Node): Diagnostic | null {
  const known = faultOf(target, graph, node);
  if (known === undefined) return null;
  const { name, shape } = tensorAt(graph, node.inputs[0]!);
  return diagnose(profileDiagnostics.PROFILE_KERNEL_FAULT, {
    what: `${subject(target, node)}: on ${name} [${shape.join(', ')}] it ${known.fault}`,
    where: node.origin,
    next: `change the shape that the layer works on, or choose another profile than ${target.profile.id}`,
  });
}

/** The rows of an operator that every version of the runtime a project of this device may have can run. */
export function usableRows(target: Target, kind: OpKind): readonly KernelRow[] {
  const upstream = targetUpstream(target);
  return (operatorKernels(target, kind)?.rows ?? []).filter((row) => isInUpstream(row, upstream));
}

/** What holds for every row of an operator. */
export function limitsOf(target: Target, kind: OpKind): OperatorLimits {
  return operatorKernels(target, kind)?.limits ?? {};
}

function operatorKernels({ kernels }: Target, kind: OpKind): OperatorKernels | undefined {
  return kernels.operators[operatorOf(kind).tflite.builtin];
}

/** `targetOf` has made sure that the version is known. */
function targetUpstream({ profile, kernels }: Target): string {
  return upstreamDate(kernels, profile.runtime.from)!;
}

function subject({ profile, kernels }: Target, node: Node): string {
  return `${node.kind} in ${kernels.name} ${profile.runtime.from}`;
}

function unsupported(target: Target, node: Node): Diagnostic {
  const builtin = operatorOf(node.kind).tflite.builtin;
  const reason = target.kernels.unsupported[builtin] ?? 'its kernel table does not list it';
  return diagnose(profileDiagnostics.PROFILE_OPERATOR_UNSUPPORTED, {
    what: `${target.kernels.name} has no ${node.kind}: ${reason}`,
    where: node.origin,
    next: `replace the layer, or ${elsewhere(target)}`,
  });
}

/** A runtime that any device can have is given up more easily than the device. */
function elsewhere({ kernels, profile }: Target): string {
  return portableRuntimes.some((name) => name === kernels.name)
    ? 'run the model on an interpreter'
    : `choose another profile than ${profile.id}`;
}

function tooOld(target: Target, node: Node, row: KernelRow, { weights, activations }: OperandRoles): Diagnostic {
  const version = firstVersionWith(target.kernels, row);
  const scales = weights?.spec.quantization?.scale.length ?? 0;
  const detail = scales > 1 ? ` with per-axis scales on ${weights!.name}` : '';
  return diagnose(profileDiagnostics.PROFILE_RUNTIME_TOO_OLD, {
    what: `${subject(target, node)} does not take ${activations[0]?.spec.dtype ?? row.activations}${detail}; ${version} is the first that does`,
    where: node.origin,
    next:
      scales > 1
        ? `use per-tensor scales for this layer, or raise "runtime.from" to ${version} and update the firmware`
        : `raise "runtime.from" to ${version} and update the firmware, or use another scheme for this layer`,
  });
}

function wrongTypes(target: Target, node: Node, table: OperatorKernels, roles: OperandRoles): Diagnostic {
  const hybrid = hybridFault(roles);
  const judged = table.rows.map((row) => mismatches(row, roles));
  const nearest = judged.reduce((best, faults) => (faults.length < best.length ? faults : best));
  const fault = hybrid ?? nearest[0]!;
  const rule =
    hybrid === null
      ? `the ${fault.role} must be ${fault.accepted}`
      : 'hybrid layers (float activations, integer weights) are not supported';
  return diagnose(profileDiagnostics.PROFILE_TYPES_UNSUPPORTED, {
    what: `${subject(target, node)}: tensor ${fault.operand.name} is ${fault.given}; ${rule}`,
    where: node.origin,
    next:
      hybrid === null
        ? `the runtime takes ${table.rows.map(described).join('; ')}: choose a scheme that gives one of these`
        : 'quantize the activations too (scheme int8), or keep the weights of this layer in float32',
  });
}

/** TFLite Micro refuses this combination everywhere; it deserves its own sentence. */
function hybridFault({ activations: [first], weights }: OperandRoles): Mismatch | null {
  if (first?.spec.dtype !== 'float32' || weights === undefined || weights.spec.dtype === 'float32') return null;
  return { operand: weights, role: 'weights', given: weights.spec.dtype, accepted: 'float32' };
}

function described(row: KernelRow): string {
  const parts = [
    row.activations,
    row.weights === undefined ? '' : `weights ${row.weights} ${row.granularity?.join('/') ?? ''}`.trim(),
    row.bias === undefined ? '' : `bias ${row.bias}`,
    row.output === undefined ? '' : `to ${row.output}`,
    ...Object.entries(row.options ?? {}).map(([field, values]) => `${field} ${values.join('/')}`),
  ];
  return parts.filter((part) => part !== '').join(' ');
}
