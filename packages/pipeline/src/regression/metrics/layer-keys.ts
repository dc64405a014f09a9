// What layers and ends of a graph are called in a baseline: by the user's name, once each.
import { printable } from '@wherry/graph';

/** One for each node. */
export function layerKeys({
  nodes,
}: {
  readonly nodes: readonly { readonly origin: string; readonly kind: string }[];
}): readonly string[] {
  return ownNames(nodes.map(({ origin, kind }) => (origin === '' ? kind : origin)));
}

/** Of several that are called alike the second and those behind it have a number. */
export function ownNames(names: readonly string[]): readonly string[] {
  const shown = names.map((name) => printable(name));
  const taken = new Set<string>(shown);
  const seen = new Set<string>();
  return shown.map((name) => {
    let own = name;
    for (let count = 2; seen.has(own) || (own !== name && taken.has(own)); count++) own = `${name}#${count}`;
    seen.add(own);
    return own;
  });
}
