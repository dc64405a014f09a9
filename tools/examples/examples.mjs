// The projects of apps/examples, by name: what makes their data, and what trains their models.
import { digits } from './digits.mjs';
import { gestures } from './gestures.mjs';
import { machineSounds } from './machine-sounds.mjs';
import { sine } from './sine.mjs';

/**
 * @typedef {object} Example
 * @property {string} name of its folder
 * @property {() => ReadonlyMap<string, Uint8Array>} data by path in the folder; the same bytes wherever it is made
 * @property {(progress: (epoch: number, epochs: number, figure: number) => void) => Promise<ReadonlyMap<string, Uint8Array>>} models
 *   by path; what is trained elsewhere may differ in the last bits
 */

/** @type {readonly Example[]} */
export const examples = [sine, digits, gestures, machineSounds];
