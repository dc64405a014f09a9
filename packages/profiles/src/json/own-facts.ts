// Which facts of a profile or kernel table are its own: a file that extends it does not take them over.
import { WherryError } from '@wherry/graph';
import { profileDiagnostics } from '../diagnostics.js';
import type { JsonObject } from './parse-strict-json.js';
import { isObject, type OwnFacts } from './resolve-extends.js';

/**
 * Identity must be stated, since any other one would be untrue; what is known of a board besides (how it is reached, what
 * stands in for it, why nothing can be made for it) is unknown of another one until it is stated.
 */
export const profileFacts: OwnFacts = {
  own: ['id', 'name', 'chip'],
  otherwise: { $schema: undefined, aliases: [], notes: [], refuses: undefined, standIn: null, serial: undefined },
  check: requireSources,
};

/** Where the facts of a table were read is not where another one's were. */
export const runtimeFacts: OwnFacts = { own: ['name', 'title', 'source'], otherwise: { $schema: undefined } };

/** A figure of memory without its own source would be given out with the ground of another. */
function requireSources({ memory }: JsonObject, base: string, where: string): void {
  if (!isObject(memory)) return;
  for (const [name, region] of Object.entries(memory)) {
    if (!isObject(region)) continue;
    requireSource(region, ['bytes', 'reservedBytes'], `/memory/${name}`);
    if (isObject(region['blocks'])) {
      requireSource(region['blocks'], ['staticBytes', 'heapBytes'], `/memory/${name}/blocks`);
    }
  }

  function requireSource(stated: JsonObject, figures: readonly string[], pointer: string): void {
    const changed = figures.find((figure) => figure in stated);
    if (changed === undefined || 'source' in stated) return;
    throw new WherryError(profileDiagnostics.PROFILE_EXTENDS, {
      what: `"${changed}" is given, and its "source" is still that of ${base}: the old ground for a new figure`,
      where: `${where} at ${pointer}/${changed}`,
      next: `add "source" beside it, with where the figure comes from (a document, a measurement, or that it is a budget)`,
    });
  }
}
