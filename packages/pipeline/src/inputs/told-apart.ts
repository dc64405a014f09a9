// What two files are called side by side: by their names, and where those are the same by the end of the path that differs.
import { normalize, sep } from 'node:path';
import type { GivenModel } from './read-model-file.js';

/** One file that is given twice is called the same twice. */
export function toldApart(own: GivenModel, other: GivenModel): readonly [string, string] {
  const [left, right] = [partsOf(own), partsOf(other)];
  const end = (parts: readonly string[], length: number): string => parts.slice(-length).join('/');
  const most = Math.max(left.length, right.length);
  for (let length = 1; length <= most; length++) {
    const [mine, theirs] = [end(left, length), end(right, length)];
    if (mine !== theirs) return [mine, theirs];
  }
  return [end(left, 1), end(right, 1)];
}

function partsOf(model: GivenModel): readonly string[] {
  return typeof model === 'string' ? normalize(model).split(sep) : [model.fileName];
}
