// The stage: kernels for every layer, an arena in which their buffers overlap, and the text of both.
import { modelNames, requireOwnHeader } from '@wherry/c-source';
import { tensorAt, WherryError, type Graph, type OpKind, type TensorId } from '@wherry/graph';
import type { CompiledMemory, CompiledModel, CompileRequest } from './compiled-model.js';
import { compilerDiagnostics } from './diagnostics.js';
import { modelText } from './emit/model-files.js';
import { greatestShift, mostShift } from './greatest-shift.js';
import type { KernelCall } from './kernel-call.js';
import { isForVectorUnit, kernelVariantOf, type Core, type KernelVariant } from './kernel-variant.js';
import { kernelTable, type OperatorKernels } from './kernel-table.js';
import { planArena, type ArenaPlan } from './memory/plan-arena.js';
import { isView } from './memory/same-bytes.js';
import { contextOf } from './operator-context.js';

/** The same request gives the same text. Throws COMPILED_KERNEL, naming the layer, and EXPORT_NAME. */
export function compileModel(request: CompileRequest): CompiledModel {
  const { graph, name } = request;
  requireOwnHeader(name);
  requireLayers(graph);
  requireWritable(graph);
  const plan = planArena(graph, kernelCalls(graph, kernelVariantOf(request)));
  const { header, source, ...rest } = modelText(request, plan);
  return {
    files: new Map([
      [`${name}.h`, header],
      [`${name}.c`, source],
    ]),
    memory: { ...memoryOf(graph, plan, rest), usesVectorUnit: plan.calls.flat().some(isForVectorUnit) },
    arena: { ...plan.layout, ...plan.places },
  };
}

/** What the compiled graph comes to, whatever it will be called. Throws COMPILED_KERNEL. */
export function measureCompiled(graph: Graph, { simd, instructionSet }: Core): Pick<CompiledModel, 'memory' | 'arena'> {
  const names = modelNames(anyName);
  const { memory, arena } = compileModel({ graph, simd, instructionSet, names, name: anyName.name, banner: [] });
  return { memory, arena };
}

const anyName = { name: 'model', symbol: 'g_model' };

function requireLayers({ nodes }: Graph): void {
  if (nodes.length > 0) return;
  throw new WherryError(compilerDiagnostics.COMPILED_KERNEL, {
    what: 'the model has no operators',
    next: 'give a model that computes something',
  });
}

/** Outputs that nothing computes are written out, where C has a literal for their values. */
function requireWritable(graph: Graph): void {
  for (const id of graph.outputs) {
    const { name, dtype, data } = tensorAt(graph, id);
    if (data === undefined || ['float32', 'int8', 'int16', 'int32', 'uint8', 'bool'].includes(dtype)) continue;
    throw new WherryError(compilerDiagnostics.COMPILED_KERNEL, {
      what: `the output is a constant of ${dtype}`,
      where: `output ${name}`,
      next: 'leave the output out of the model: it is the same each time',
    });
  }
}

/** The calls of each node. Throws COMPILED_KERNEL. */
export function kernelCalls(graph: Graph, variant: KernelVariant = 'portable'): readonly (readonly KernelCall[])[] {
  return graph.nodes.map((node) => {
    if (isView(graph, node)) return [];
    const kernels = kernelTable[node.kind] as OperatorKernels<OpKind>;
    const calls = kernels(contextOf(graph, node, variant));
    if (calls !== undefined) return withinShifts(calls, node.origin);
    const typesOf = (ids: readonly (TensorId | null)[]): string =>
      ids.flatMap((id) => (id === null ? [] : [tensorAt(graph, id).dtype])).join(', ');
    throw new WherryError(compilerDiagnostics.COMPILED_KERNEL, {
      what: `there is no kernel for ${node.kind} of ${typesOf(node.inputs)} that gives ${typesOf(node.outputs)}`,
      where: node.origin,
      next: 'run the model on another runtime, or end it before this layer',
    });
  });
}

function withinShifts(calls: readonly KernelCall[], layer: string): readonly KernelCall[] {
  const shift = greatestShift(calls);
  if (shift <= mostShift) return calls;
  throw new WherryError(compilerDiagnostics.COMPILED_KERNEL, {
    what: `its scales are so far apart that sums of 32 bits are shifted up by ${shift}: nothing is left of them`,
    where: layer,
    next: 'quantize the model again: the scale of the output is far too small for what the layer computes',
  });
}

function memoryOf(
  graph: Graph,
  { layout: { blocks }, places }: ArenaPlan,
  text: Pick<CompiledMemory, 'constants' | 'callsMath'>,
): Omit<CompiledMemory, 'usesVectorUnit'> {
  const live = graph.nodes.map((_, step) =>
    blocks.reduce(
      (sum, { firstStep, lastStep, bytes }) => (firstStep <= step && step <= lastStep ? sum + bytes : sum),
      0,
    ),
  );
  const withoutOverlaps = Math.max(...live);
  return {
    arena: places.bytes,
    withoutOverlaps,
    constants: text.constants,
    callsMath: text.callsMath,
    peakLayer: graph.nodes[live.indexOf(withoutOverlaps)]!.origin,
  };
}
