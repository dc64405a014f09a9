// Whether the model and its arena have room on the device.
import { WherryError } from '@wherry/graph';
import type { ArenaEstimate, MemoryPlan } from '@wherry/memory-planner';
import { availableBytes, type Target } from '@wherry/profiles';
import type { Fit } from './deployment.js';
import { pipelineDiagnostics } from './diagnostics.js';

/** Arena addresses and sizes are multiples of this in TensorFlow Lite Micro. */
const arenaAlignment = 16;

/** What the firmware is told to allocate: the estimate and the profile's margin. */
export function arenaBytes({ profile }: Target, memory: MemoryPlan): number {
  // Setting up can need more than running; where the model carries its own plan, that plan counts.
  const { usedBytes, leastArenaBytes } = estimateOf(memory);
  const needed = Math.max(usedBytes, leastArenaBytes);
  return Math.ceil((needed * (100 + profile.arenaMarginPercent)) / 100 / arenaAlignment) * arenaAlignment;
}

/** The estimate that holds for the file as it is written. */
export function estimateOf(memory: MemoryPlan): ArenaEstimate {
  return memory.offline?.estimate ?? memory.estimate;
}

export function fitOf({ profile }: Target, flashBytes: number, ramBytes: number): Fit {
  return {
    flash: { used: flashBytes, available: availableBytes(profile.memory.flash) },
    ram: { used: ramBytes, available: availableBytes(profile.memory.ram) },
  };
}

/** Throws MODEL_DOES_NOT_FIT with both figures. */
export function requireFit({ profile }: Target, { flash, ram }: Fit): void {
  const over = [
    ...(flash.used > flash.available
      ? [`the model takes ${flash.used} bytes of flash, ${flash.available} are there`]
      : []),
    ...(ram.used > ram.available ? [`the arena takes ${ram.used} bytes of RAM, ${ram.available} are there`] : []),
  ];
  if (over.length === 0) return;
  throw new WherryError(pipelineDiagnostics.MODEL_DOES_NOT_FIT, {
    what: over.join('; '),
    where: `device profile ${profile.id}`,
    next: 'make the model smaller (fewer channels, a smaller input), or choose a device with more memory',
  });
}
