// What the target says of a run: how to quantize for it, what memory it has, and that nothing illegal leaves.
import { WherryError, type Graph } from '@wherry/graph';
import { isDeviceRuntime, memoryTargetOf, type MemoryTarget } from '@wherry/memory-planner';
import {
  checkGraph,
  checkNode,
  faultsOf,
  findProfile,
  libraryWithRuntime,
  withRuntime,
  type ProfileLibrary,
  type Target,
} from '@wherry/profiles';
import {
  convertOverReals,
  onCmsisNn,
  onCmsisNnWithMve,
  onReferenceKernels,
  oneChannelConvolutions,
  workAround,
  type Applied,
  type OptimizationStep,
  type ShrinkOptions,
} from '@wherry/quantizer';
import type { DeployRequest } from './deployment.js';
import { pipelineDiagnostics } from './diagnostics.js';

/** The device that is asked for, with the runtime that is. Throws PROFILE_UNKNOWN and PROFILE_RUNTIME. */
export function targetOfRequest(
  library: ProfileLibrary,
  { profile, runtime }: Pick<DeployRequest, 'profile' | 'runtime'>,
): Target {
  const target = findProfile(library, profile);
  return runtime === undefined ? target : withRuntime(library, target, runtime);
}

/** What other devices are looked for in: with the runtime that is asked for, and never the host, which is none. */
export function libraryOfRequest(library: ProfileLibrary, { runtime }: Pick<DeployRequest, 'runtime'>): ProfileLibrary {
  if (runtime === undefined) return library;
  const devices = [...library.targets].filter(([, { profile }]) => isDeviceRuntime(profile.runtime.name));
  return libraryWithRuntime({ ...library, targets: new Map(devices) }, runtime);
}

export function requireMemoryTarget({ profile }: Target): MemoryTarget {
  const target = memoryTargetOf(profile);
  if (target !== undefined) return target;
  throw new WherryError(pipelineDiagnostics.RUNTIME_WITHOUT_ARENA, {
    what: `the arena of ${profile.runtime.name} cannot be foretold`,
    where: `device profile ${profile.id}`,
    next: 'choose a profile that runs TensorFlow Lite Micro',
  });
}

/** The graph written so that known faults of the target's runtime cannot show; `steps` say what was done. */
export function avoidFaults<F extends Applied>(
  target: Target,
  selected: F,
): { readonly quantized: F; readonly steps: readonly OptimizationStep[] } {
  const { graph, written, steps } = workAround(selected.graph, faultsOf(target, selected.graph));
  const tensorOf = new Map([...selected.tensorOf].map(([float, id]) => [float, written.get(id) ?? id]));
  return { quantized: { ...selected, graph, tensorOf }, steps };
}

/** In the form that the target's runtime computes fastest, conversions that it lacks made of others, and faults avoided. */
export function adaptToRuntime<F extends Applied>(
  target: Target,
  form: F,
): { readonly quantized: F; readonly steps: readonly OptimizationStep[] } {
  const oneChannel = oneChannelKind(target);
  const turned = oneChannel === undefined ? { ...form, steps: [] } : oneChannelConvolutions(form.graph, oneChannel);
  const converted = convertOverReals(turned.graph, (graph, node) => checkNode(target, graph, node) === null);
  const { quantized, steps } = avoidFaults(target, { ...form, graph: converted.graph });
  return { quantized, steps: [...turned.steps, ...converted.steps, ...steps] };
}

/** What was measured for the kernels of the target's runtime; undefined where nothing was. */
function oneChannelKind({ profile }: Target): ShrinkOptions['oneChannel'] {
  switch (profile.runtime.name) {
    case 'tflm-cmsis-nn':
      return /\b(mve|helium)\b/i.test(profile.arithmetic.simd ?? '') ? onCmsisNnWithMve : onCmsisNn;
    case 'tflm-reference':
      return onReferenceKernels;
    default:
      return undefined;
  }
}

/** Nothing illegal leaves: the first rule that the target's kernels break, with how many more there are. */
export function requireLegal(target: Target, graph: Graph): void {
  const [first, ...more] = checkGraph(target, graph);
  if (first === undefined) return;
  throw new WherryError(pipelineDiagnostics.TARGET_CANNOT_RUN, {
    ...first,
    what:
      more.length === 0
        ? first.what
        : `${first.what} (and ${more.length} more such layers: ${more
            .slice(0, 3)
            .map((each) => each.where)
            .join(', ')})`,
  });
}
