// The device that is meant, and the others that there are.
import type { DeviceProfile, ProfileLibrary } from '@wherry/profiles';

export interface MeasureTarget {
  readonly profile: DeviceProfile;
  readonly library: ProfileLibrary;
}
