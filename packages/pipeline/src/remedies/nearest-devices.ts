// In which order other devices are tried for a model that does not fit one: the nearest first.
import { isDeviceRuntime } from '@wherry/memory-planner';
import { availableBytes, type ProfileLibrary, type Target } from '@wherry/profiles';

/**
 * Those whose arena can be planned, which leaves out what only the host could hold. Whoever has the same runtime keeps the
 * firmware nearly as it is; then who has least RAM and flash. A profile for a kind of chip is no device to go and buy: it is
 * named only to those who work with one.
 */
export function nearestDevices({ targets }: ProfileLibrary, { profile: asked }: Target): readonly Target[] {
  const others = [...targets.values()].filter(
    ({ profile }) =>
      profile.id !== asked.id &&
      profile.refuses === undefined &&
      isDeviceRuntime(profile.runtime.name) &&
      (profile.generic !== true || asked.generic === true),
  );
  const rank = ({ profile: { runtime, memory } }: Target): readonly number[] => [
    runtime.name === asked.runtime.name ? 0 : 1,
    availableBytes(memory.ram),
    availableBytes(memory.flash),
  ];
  return others.sort((a, b) => {
    const [first, second] = [rank(a), rank(b)];
    const differs = first.findIndex((value, i) => value !== second[i]);
    return differs < 0 ? (a.profile.id < b.profile.id ? -1 : 1) : first[differs]! - second[differs]!;
  });
}
