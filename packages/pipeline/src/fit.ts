// Whether the model and its arena have room on the device.
import { WherryError } from '@wherry/graph';
import { compiledRuntime, type ArenaEstimate, type MemoryPlan } from '@wherry/memory-planner';
import { availableBytes, type DeviceProfile, type Target } from '@wherry/profiles';
import type { Fit } from './deployment.js';
import { pipelineDiagnostics } from './diagnostics.js';
import type { TargetMemory } from './plan-target-memory.js';
import { limitsPointer, type SchemePlace } from './schemes/wanted-schemes.js';

/** Arena addresses and sizes are multiples of this in TensorFlow Lite Micro. */
const arenaAlignment = 16;

/** What the firmware is told to allocate: the estimate and the profile's margin. */
export function arenaBytes(target: Target, memory: MemoryPlan): number {
  return arenaWithMargin(target, estimateOf(memory));
}

/** No smaller arena will do; `planned`: the plan is the one that will be made, otherwise there may be one without a gap. */
export function leastArenaBytes(target: Target, memory: MemoryPlan, planned: boolean): number {
  return planned ? arenaBytes(target, memory) : arenaWithMargin(target, memory.least);
}

/** What stands in flash of the model: the file, or the constants of the C that it becomes. */
export function flashBytes({ compiled }: TargetMemory, fileBytes: number): number {
  return compiled?.constants ?? fileBytes;
}

/** What is to be allocated for an estimate: with the profile's margin, where it is one. */
export function arenaWithMargin({ profile }: Target, estimate: ArenaEstimate): number {
  // Setting up can need more than running; where the model carries its own plan, that plan counts.
  const needed = Math.max(estimate.usedBytes, estimate.leastArenaBytes);
  if (isExact(profile)) return needed;
  return Math.ceil((needed * (100 + profile.arenaMarginPercent)) / 100 / arenaAlignment) * arenaAlignment;
}

/** Nothing is estimated where the code has its own plan. */
function isExact({ runtime }: DeviceProfile): boolean {
  return runtime.name === compiledRuntime;
}

/** The estimate that holds for the file as it is written. */
export function estimateOf(memory: MemoryPlan): ArenaEstimate {
  return memory.offline?.estimate ?? memory.estimate;
}

/** Bytes of tensors and scratch that may be alive at once, beside what the runtime keeps for itself. */
export function activationRoom({ profile }: Target, { ram }: Fit, memory: MemoryPlan): number {
  if (isExact(profile)) return Math.max(0, ram.available);
  const whole = Math.floor((100 * ram.available) / (100 + profile.arenaMarginPercent) / arenaAlignment);
  return Math.max(0, whole * arenaAlignment - estimateOf(memory).persistentBytes);
}

export function fitOf({ profile }: Target, place: SchemePlace, flashBytes: number, ramBytes: number): Fit {
  return {
    flash: { used: flashBytes, available: availableBytes(profile.memory.flash) },
    ram: { used: ramBytes, available: arenaLimit(profile, place, bytesInRam(profile, flashBytes)).bytes },
  };
}

/** Of what stands in flash, that which is copied to RAM as well, beside the arena. */
export function bytesInRam({ abi }: Pick<DeviceProfile, 'abi'>, flashBytes: number): number {
  return abi.constantsInRam === true ? flashBytes : 0;
}

/** The most that the arena may take beside `inRam` bytes, less than none where these are too many; and where in the profile that stands. */
export function arenaLimit(
  profile: DeviceProfile,
  place: SchemePlace,
  inRam: number,
): { readonly bytes: number; readonly pointer: string } {
  const [region, limit] = [availableBytes(profile.memory.ram) - inRam, place.limits?.arenaBytes];
  return limit !== undefined && limit < region
    ? { bytes: limit, pointer: limitsPointer(place, 'arenaBytes') }
    : { bytes: region, pointer: '/memory/ram' };
}

/** What the figure of flash is of. Of code it holds the constants: what compilers make of the rest is theirs. */
export function flashWords({ runtime }: Pick<DeviceProfile, 'runtime'>, takes: string): string {
  return runtime.name === compiledRuntime ? `beside its code the model ${takes}` : `the model ${takes}`;
}

export function fits({ flash, ram }: Fit): boolean {
  return flash.used <= flash.available && ram.used <= ram.available;
}

/**
 * MODEL_DOES_NOT_FIT with both figures. `least`: what the figures are where they are only known to be no smaller.
 * `instead`: what was found to fit.
 */
export function misfit(
  { profile }: Target,
  place: SchemePlace,
  { flash, ram }: Fit,
  instead: readonly string[],
  { least }: { readonly least: boolean },
): WherryError {
  const takes = least ? 'takes at least' : 'takes';
  const inRam = bytesInRam(profile, flash.used);
  const beside = inRam > 0 ? ` beside ${inRam} of constants, which lie in RAM here` : '';
  const over = (used: number, available: number, beside = ''): string =>
    `${Math.max(0, available)} are there${beside}: ${used - available} ${least ? 'or more ' : ''}too many`;
  const [flashOver, ramOver] = [flash.used > flash.available, ram.used > ram.available];
  return new WherryError(pipelineDiagnostics.MODEL_DOES_NOT_FIT, {
    what: [
      ...(flashOver
        ? [`${flashWords(profile, takes)} ${flash.used} bytes of flash, ${over(flash.used, flash.available)}`]
        : []),
      ...(ramOver ? [`the arena ${takes} ${ram.used} bytes of RAM, ${over(ram.used, ram.available, beside)}`] : []),
    ].join('; '),
    where: `device profile ${profile.id} at ${[...(flashOver ? ['/memory/flash'] : []), ...(ramOver ? [arenaLimit(profile, place, inRam).pointer] : [])].join(' and ')}`,
    next: [
      ...instead,
      'make the model smaller where the report shows that it takes the most (fewer channels, a smaller input)',
    ].join('; or '),
  });
}
