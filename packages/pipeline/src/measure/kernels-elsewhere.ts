// Where a model runs that has no C for one of its layers: each way out is tried before it is named.
import type { AgentKit } from '@wherry/agent-exporter';
import { compilerDiagnostics, measureCompiled } from '@wherry/c-compiler';
import { WherryError } from '@wherry/graph';
import { compiledRuntime, isPlannedRuntime } from '@wherry/memory-planner';
import { findProfile, withRuntime, type ProfileLibrary, type Target } from '@wherry/profiles';
import { asItIs } from '@wherry/quantizer';
import { avoidFaults, requireLegal } from '../target-rules.js';
import { coreFor } from './kernel-choice.js';
import { fittingKits } from './kit-device.js';
import type { MeasureTarget } from './measure-target.js';
import type { MeasuredModel } from './measured-model.js';

/** Throws what `compile` throws; COMPILED_KERNEL with what can be done for this model on this device. */
export function orElsewhere<T>(model: MeasuredModel, { profile, library }: MeasureTarget, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof WherryError) || error.definition.code !== compilerDiagnostics.COMPILED_KERNEL.code)
      throw error;
    const target = findProfile(library, profile.id);
    const next = [...waysOut(model, target, library), error.details.next].join('; or ');
    const details = { ...error.details, next };
    throw new WherryError(compilerDiagnostics.COMPILED_KERNEL, details, { cause: error });
  }
}

function waysOut(model: MeasuredModel, target: Target, library: ProfileLibrary): readonly string[] {
  const { path } = model;
  const { id } = target.profile;
  const kits = kitsOfInterpreter(model, target);
  return [
    isReal(model)
      ? `quantize it (\`deploy ${path} -p ${id} --runtime ${compiledRuntime} -c SAMPLES\`) and measure the output folder`
      : isRewritten(model, target, library)
        ? `run \`deploy ${path} -p ${id} --runtime ${compiledRuntime}\`, which rewrites it, and measure the output folder`
        : `deploy the float model that this file was made from with -p ${id} --runtime ${compiledRuntime}, and measure the output folder`,
    ...(kits.length === 0
      ? []
      : [
          `write firmware with the interpreter (\`deploy agent ${path} -p ${id} --runtime tflite-micro --out DIR --kit KIT\`, of the kits ${kits.join(', ')}), flash it, and measure with --port`,
        ]),
  ];
}

/** A model of real numbers alone: to deploy it is to make another one of it, and takes samples. */
function isReal({ graph }: MeasuredModel): boolean {
  const { tensors } = graph;
  return (
    tensors.every(({ quantization }) => quantization === undefined) && tensors.some(({ dtype }) => /^float/.test(dtype))
  );
}

/** Deploying it leads to a form that has kernels. */
function isRewritten({ graph }: MeasuredModel, target: Target, library: ProfileLibrary): boolean {
  return isTaken(() => {
    const compiled = withRuntime(library, target, compiledRuntime);
    const given = { graph: asItIs(graph).graph, tensorOf: new Map(), plan: null, selection: null, mix: null };
    const { graph: rewritten } = avoidFaults(compiled, given).quantized;
    requireLegal(compiled, rewritten);
    // Scales that are too far apart are no matter of tables.
    measureCompiled(rewritten, coreFor('optimized', target.profile.arithmetic));
  });
}

/** The kits that build for the device, where its interpreter takes the model; none otherwise. */
function kitsOfInterpreter({ graph }: MeasuredModel, target: Target): readonly AgentKit[] {
  const { profile } = target;
  const isThere = profile.refuses === undefined && isPlannedRuntime(profile.runtime.name);
  return isThere && isTaken(() => requireLegal(target, graph)) ? fittingKits('tflite-micro', profile) : [];
}

function isTaken(requirement: () => void): boolean {
  try {
    requirement();
    return true;
  } catch (error) {
    if (error instanceof WherryError) return false;
    throw error;
  }
}
