// From a device profile to what the planner needs of it.
import type { DeviceProfile } from '@wherry/profiles';
import { isPlannedRuntime, type MemoryTarget, type PlannedRuntime } from './memory-target.js';

/** Profiles' runtimes that are another one for the arena: the host checks with the reference kernels. */
const sameArena: ReadonlyMap<string, PlannedRuntime> = new Map([['host-reference', 'tflm-reference']]);

/** As the ESP component registry calls it. */
const espNnComponent = 'espressif/esp-nn';

/** Undefined where the profile's runtime has no arena that could be foretold (compiled code, a phone's delegates). */
export function memoryTargetOf(
  profile: Pick<DeviceProfile, 'abi' | 'arithmetic' | 'runtime'>,
): MemoryTarget | undefined {
  const { name } = profile.runtime;
  const runtime = isPlannedRuntime(name) ? name : sameArena.get(name);
  const { pointerBytes } = profile.abi;
  if (runtime === undefined || pointerBytes === 2) return undefined;
  const espNn = profile.runtime.needs?.find(({ component }) => component === espNnComponent);
  return {
    runtime,
    ...profile.abi,
    pointerBytes,
    simd: profile.arithmetic.simd,
    ...(espNn === undefined ? {} : { espNnFrom: espNn.from }),
  };
}
