// Puts one value into a JSON text and leaves every other byte as it is.
import { findNodeAtLocation, parseTree } from 'jsonc-parser';

export function hasMember(text: string, key: string): boolean {
  return findNodeAtLocation(parseTree(text)!, [key]) !== undefined;
}

/**
 * As the last one of the object or array at `container`, which is there; in an object under `key`. Written as its neighbours
 * are: on lines of its own, or behind them on theirs.
 */
export function withAppended(text: string, container: readonly string[], value: unknown, key?: string): string {
  const node = findNodeAtLocation(parseTree(text)!, [...container])!;
  const [first] = node.children ?? [];
  const last = node.children?.at(-1);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const [, step = '  '] = /\n([ \t]+)\S/.exec(text) ?? [];
  const own = key === undefined ? '' : `${JSON.stringify(key)}: `;
  const pretty = (indent: string): string =>
    `${own}${JSON.stringify(value, null, step).replaceAll('\n', eol + indent)}`;
  const insert = (at: number, piece: string): string => `${text.slice(0, at)}${piece}${text.slice(at)}`;
  if (first === undefined || last === undefined) {
    const [, outer = ''] = /(?:^|\n)([ \t]*)[^\n]*$/.exec(text.slice(0, node.offset)) ?? [];
    return insert(node.offset + 1, `${eol}${outer}${step}${pretty(outer + step)}${eol}${outer}`);
  }
  const before = text.slice(node.offset + 1, first.offset);
  const end = last.offset + last.length;
  const [, indent] = /\n([ \t]*)$/.exec(before) ?? [];
  if (indent === undefined) return insert(end, `, ${own}${JSON.stringify(value)}`);
  return insert(end, `,${eol}${indent}${pretty(indent)}`);
}
