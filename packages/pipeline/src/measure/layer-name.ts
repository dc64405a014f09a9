// What a layer is called where a person reads of it: its name, and its number where the name alone tells nothing.
import { printable } from '@wherry/graph';
import { shortened } from '../report/short-name.js';

export interface NamedLayer {
  /** That of the operator, from 0. */
  readonly position: number;
  readonly layer: string;
  readonly operator: string;
}

/** Of converters: nobody has written them. Signs and digits alone tell nothing either. */
const madeUp = /PartitionedCall|^tfl\.|^(?:Identity|arith\.constant|tensor|op|t|x)?[\W\d_]*$/i;

/** `all`: those of all layers; a name that several have tells none of them. */
export function tellsNothing(name: string, all: readonly { readonly layer: string }[]): boolean {
  return madeUp.test(name) || all.filter(({ layer }) => layer === name).length > 1;
}

/** In a sentence. */
export function calledLayer(
  { position, layer, operator }: NamedLayer,
  all: readonly { readonly layer: string }[],
): string {
  const name = printable(shortened(layer));
  if (!tellsNothing(layer, all)) return `${name} (${operator})`;
  return `operator ${position}, ${operator}${layer.trim() === '' ? '' : ` (${name})`}`;
}

/** In the first column of a table, whose rows have the operator in the next. */
export function nameInTable(layer: string, position: number, all: readonly { readonly layer: string }[]): string {
  const name = printable(shortened(layer));
  return tellsNothing(layer, all) ? `${position}: ${name}` : name;
}
