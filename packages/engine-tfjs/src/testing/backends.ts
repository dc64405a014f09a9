// The backends that this machine has; `npm test` says when the native one is left out.
import { WherryError } from '@wherry/graph';
import { loadBackend } from '../backend.js';
import type { BackendName } from '../backend-name.js';
import { NotInstalled } from '../not-installed.js';

/** Throws where the native one is there and does not load. */
export async function backendsHere(): Promise<readonly BackendName[]> {
  try {
    await loadBackend('node');
    return ['wasm', 'node'];
  } catch (error) {
    const isLeftOut = error instanceof WherryError && error.cause instanceof NotInstalled;
    if (isLeftOut && process.env['WHERRY_REQUIRE_ALL'] !== '1') return ['wasm'];
    throw error;
  }
}
