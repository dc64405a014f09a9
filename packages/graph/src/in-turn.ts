// Work on a stream of items of which several may be under way at once; what comes of them is given in their order.

/** `atOnce` items are begun before the first is awaited. What fails is thrown where its turn comes, and nothing is begun after. */
export async function* inTurn<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<{ readonly item: Item; readonly result: Result }, void> {
  const begun: { readonly item: Item; readonly result: Promise<Result> }[] = [];
  const first = async () => {
    const { item, result } = begun.shift()!;
    return { item, result: await result };
  };
  for await (const item of items) {
    const result = work(item);
    // Thrown where its turn comes.
    result.catch(() => undefined);
    begun.push({ item, result });
    if (begun.length >= atOnce) yield await first();
  }
  while (begun.length > 0) yield await first();
}
