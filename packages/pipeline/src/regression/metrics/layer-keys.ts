// What the layers of a graph are called in a baseline: by the user's name, once each.
import { printable } from '@wherry/graph';

/** One for each node: several of one origin are numbered from the second on. */
export function layerKeys({
  nodes,
}: {
  readonly nodes: readonly { readonly origin: string; readonly kind: string }[];
}): readonly string[] {
  const seen = new Map<string, number>();
  return nodes.map(({ origin, kind }) => {
    const name = printable(origin === '' ? kind : origin);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  });
}
