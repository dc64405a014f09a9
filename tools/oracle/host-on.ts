// The host's profile with another runtime: its kernel table without the limits of any board.
import { readdirSync, readFileSync } from 'node:fs';
import { loadProfiles, targetOf, type DeviceProfile, type Target } from '@wherry/profiles';

const folder = new URL('../../device-profiles/', import.meta.url);
const names = (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.json'));
const texts = names.map((name) => [name.replaceAll('\\', '/'), readFileSync(new URL(name, folder), 'utf8')] as const);
const { targets, runtimes } = loadProfiles(new Map(texts));

export function hostOn({ name, from }: Pick<DeviceProfile['runtime'], 'name' | 'from'>): Target {
  return targetOf({ ...targets.get('host-reference')!.profile, runtime: { name, from } }, runtimes);
}
