// From a device profile to what the planner needs of it.
import type { DeviceProfile } from '@wherry/profiles';
import { compiledRuntime, isPlannedRuntime, unplannedRuntime, type MemoryTarget } from './memory-target.js';

/** Profiles' runtimes that are another one for the arena: the host checks with the reference kernels, LiteRT has several. */
const sameArena: ReadonlyMap<string, MemoryTarget['runtime']> = new Map<string, MemoryTarget['runtime']>([
  ['host-reference', 'tflm-reference'],
  ['litert-xnnpack', unplannedRuntime],
  ['litert-gpu', unplannedRuntime],
  ['edgetpu', unplannedRuntime],
  [compiledRuntime, compiledRuntime],
]);

/** As the ESP component registry calls it. */
const espNnComponent = 'espressif/esp-nn';

/** Undefined where the profile's runtime has no memory that could be foretold. */
export function memoryTargetOf(
  profile: Pick<DeviceProfile, 'abi' | 'arithmetic' | 'runtime'>,
): MemoryTarget | undefined {
  const { name } = profile.runtime;
  const runtime = isPlannedRuntime(name) ? name : sameArena.get(name);
  const { pointerBytes } = profile.abi;
  // Where pointers are that small there is no interpreter.
  if (runtime === undefined || (pointerBytes === 2 && runtime !== compiledRuntime)) return undefined;
  const espNn = profile.runtime.needs?.find(({ component }) => component === espNnComponent);
  return {
    runtime,
    ...profile.abi,
    pointerBytes,
    simd: profile.arithmetic.simd,
    instructionSet: profile.arithmetic.instructionSet,
    ...(espNn === undefined ? {} : { espNnFrom: espNn.from }),
  };
}
