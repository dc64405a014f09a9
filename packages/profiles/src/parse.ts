// From the text of a profile or kernel table to its checked value.
import type { DeviceProfile } from './device-profile.js';
import { profileFacts, runtimeFacts } from './json/own-facts.js';
import { resolveExtends, type OwnFacts, type ResolveDocument } from './json/resolve-extends.js';
import type { RuntimeKernels } from './runtime-kernels.js';
import { checkSchema } from './schema/check-schema.js';

/**
 * A device profile from its JSON; `where` is its file's name without `.json`.
 * Throws PROFILE_JSON, PROFILE_EXTENDS, PROFILE_INVALID.
 */
export function parseProfile(text: string, resolve: ResolveDocument, where = 'profile'): DeviceProfile {
  return parsed<DeviceProfile>('profile', profileFacts, text, resolve, where);
}

/** A kernel table from its JSON; as `parseProfile`. */
export function parseRuntime(text: string, resolve: ResolveDocument, where = 'runtime'): RuntimeKernels {
  return parsed<RuntimeKernels>('runtime', runtimeFacts, text, resolve, where);
}

function parsed<T extends object>(
  schema: 'profile' | 'runtime',
  facts: OwnFacts,
  text: string,
  resolve: ResolveDocument,
  where: string,
): T {
  const document = resolveExtends(text, where, resolve, facts);
  checkSchema(schema, document, where);
  const { $schema: _forEditors, ...value } = document as { $schema?: string } & T;
  return value as unknown as T;
}
