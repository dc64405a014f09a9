// What the candidates of one choice ask for again and again, found once: owned by the choice, and gone with it.

/** Answers belong to the object that they were worked out from. Lives as long as one choice is being made. */
export class Memory {
  readonly #all = new WeakMap<object, Map<string, unknown>>();
  readonly #latest = new WeakMap<object, { readonly key: string; readonly answer: unknown }>();

  /** Every answer is kept; `key` says what was asked, and so what type the answer has. */
  recall<T>(owner: object, key: string, find: () => T): T {
    const known = this.#all.get(owner) ?? new Map<string, unknown>();
    this.#all.set(owner, known);
    if (!known.has(key)) known.set(key, find());
    return known.get(key) as T;
  }

  /** Only the latest answer of an owner is kept: for answers as large as the owner. */
  recallLatest<T>(owner: object, key: string, find: () => T): T {
    const known = this.#latest.get(owner);
    if (known?.key === key) return known.answer as T;
    const answer = find();
    this.#latest.set(owner, { key, answer });
    return answer;
  }
}
