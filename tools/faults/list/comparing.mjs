// models called the same that are not.
const diff = 'packages/pipeline/src/diff';

export const comparing = [
  {
    name: 'an output written to another tensor taken for the same',
    file: `${diff}/matched-graphs.ts`,
    find: 'return own < 0 || other < 0 ? own === other : this.#tensorOfB.get(own) === other;',
    replace: 'return true;',
    suite: `${diff}/no-byte-unnoticed.spec.ts`,
  },
  {
    name: 'values of constants not looked at where their scales agree',
    file: `${diff}/compare-constants.ts`,
    find: 'if (changes.length === 0 && sameBytes(own.data, other.data)) return undefined;',
    replace: 'if (changes.length === 0) return undefined;',
    suite: `${diff}/planted-differences.spec.ts`,
  },
  {
    name: 'tensors of another file taken for compared',
    file: `${diff}/diff-models.ts`,
    find: "return leftOut.some(({ what }) => what === valuesElsewhere) || compared.length === 0 ? 'unknown' : 'same-graph';",
    replace: "return compared.length === 0 ? 'unknown' : 'same-graph';",
    suite: `${diff}/planted-differences.spec.ts`,
  },
];
