// A quantized model in the form that one target takes, and what it comes to there: no number is changed.
import { graphCost, type Graph, type GraphCost } from '@wherry/graph';
import type { OptimizationStep } from '@wherry/quantizer';
import type { Fit, Made } from '../deployment.js';
import { arenaBytes, fitOf, flashBytes } from '../fit.js';
import type { Aim } from '../foresee.js';
import { planTargetMemory, type TargetMemory } from '../plan-target-memory.js';
import type { ReadModel } from '../read-model.js';
import { avoidFaults, requireLegal } from '../target-rules.js';
import { encodeTflite, profileFingerprint } from '../tflite-file.js';
import type { SchemePlace } from './wanted-schemes.js';

export interface SizedAsItIs {
  readonly quantized: Made;
  /** Faults of the runtime that were worked around. */
  readonly steps: readonly OptimizationStep[];
  readonly memory: TargetMemory;
  readonly tflite: Uint8Array;
  readonly fit: Fit;
  readonly cost: GraphCost;
}

/** Throws TARGET_CANNOT_RUN. */
export function sizeAsItIs(optimized: Graph, aim: Aim & Pick<ReadModel, 'modelFile'>, place: SchemePlace): SizedAsItIs {
  const { target } = aim;
  const own = new Map(optimized.nodes.flatMap(({ outputs }) => outputs.map((id) => [id, id] as const)));
  const given = { graph: optimized, tensorOf: own, plan: null, selection: null, mix: null };
  const { quantized, steps } = avoidFaults(target, given);
  requireLegal(target, quantized.graph);
  const memory = planTargetMemory(quantized.graph, aim.memoryTarget);
  const tflite = encodeTflite(quantized.graph, {
    offline: memory.offline,
    provenance: {
      sourceModel: aim.modelFile.sha256,
      calibrationSet: null,
      profile: profileFingerprint(target),
      tool: aim.toolVersion,
    },
  });
  const fit = fitOf(target, place, flashBytes(memory, tflite.length), arenaBytes(target, memory));
  return { quantized, steps, memory, tflite, fit, cost: graphCost(quantized.graph) };
}
