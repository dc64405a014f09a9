// What a model comes to on a target as far as its shapes tell: known before any sample is read, and never more than it will be.
import type { Graph } from '@wherry/graph';
import type { MemoryTarget } from '@wherry/memory-planner';
import type { Target } from '@wherry/profiles';
import {
  foretell,
  mayShrink,
  schemes,
  type Foretold,
  type Form,
  type OptimizationStep,
  type SelectOptions,
} from '@wherry/quantizer';
import type { Fit } from './deployment.js';
import { arenaBytes, fitOf, flashBytes, leastArenaBytes } from './fit.js';
import { planTargetMemory, type TargetMemory } from './plan-target-memory.js';
import type { SchemePlace } from './schemes/wanted-schemes.js';
import { adaptToRuntime, requireLegal } from './target-rules.js';
import { standInBytes } from './stand-in-bytes.js';
import { profileFingerprint } from './tflite-file.js';

export interface Foreseen {
  /** The least quantized graph there can be; its numbers are stand-ins. Not yet adapted to the runtime. */
  readonly form: Form;
  /** The same as the runtime gets it. */
  readonly adapted: Form;
  /** What was adapted: faults of the runtime that were worked around. */
  readonly steps: readonly OptimizationStep[];
  readonly memory: TargetMemory;
  /** At least this much, where `isBound`. */
  readonly least: Fit;
  /** False where channels may prove to be constant once there are numbers, and go. */
  readonly isBound: boolean;
  /** The arena in it is exact but for what constants that are stored apart would add. */
  readonly certain: boolean;
  /** At most this much. It costs some time, so it is found when it is asked for. */
  readonly most: () => Fit;
}

/** What a model is foreseen on. */
export interface Aim {
  readonly target: Target;
  readonly memoryTarget: MemoryTarget;
  readonly toolVersion: string;
}

/** As long as all that are written. */
const hash = '0'.repeat(64);

interface LegalForm extends Pick<Foreseen, 'adapted' | 'steps'> {
  readonly foretold: Foretold;
}

/** Throws what the graph is refused for on this target whatever the numbers are. */
export function legalForm(optimized: Graph, target: Target, options: SelectOptions): LegalForm {
  const foretold = foretell(optimized, options);
  const { quantized: adapted, steps } = adaptToRuntime(target, foretold.least);
  requireLegal(target, adapted.graph);
  return { foretold, adapted, steps };
}

/** Throws as `legalForm`. */
export function foresee(optimized: Graph, aim: Aim, place: SchemePlace, options: SelectOptions): Foreseen {
  const { target, memoryTarget } = aim;
  const { foretold, adapted, steps } = legalForm(optimized, target, options);
  const provenance = {
    sourceModel: hash,
    calibrationSet: hash,
    profile: profileFingerprint(target),
    tool: aim.toolVersion,
  };
  const memory = planTargetMemory(adapted.graph, memoryTarget);
  const arena = leastArenaBytes(target, memory, foretold.certain);
  return {
    form: foretold.least,
    adapted,
    steps,
    memory,
    least: fitOf(target, place, flashBytes(memory, standInBytes(adapted.graph, undefined, provenance)), arena),
    isBound: schemes[options.scheme].activations.kind === 'real' || !mayShrink(optimized),
    certain: foretold.certain,
    most: () => {
      const { graph } = adaptToRuntime(target, foretold.most()).quantized;
      const largest = planTargetMemory(graph, memoryTarget);
      const bytes = standInBytes(graph, largest.offline, provenance);
      return fitOf(target, place, flashBytes(largest, bytes), arenaBytes(target, largest));
    },
  };
}
