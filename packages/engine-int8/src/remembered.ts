// What is worked out of constant weights once, however many graphs share them: candidates of a quantization do.

/** Larger weights take longer to run than to prepare, and twice their memory is missed. */
const greatestValues = 2 ** 20;

/** The same constants always come with the same shape and role. */
export function remembered<Value>(known: WeakMap<Int8Array, Value>, constants: Int8Array, make: () => Value): Value {
  const value = known.get(constants) ?? make();
  if (constants.length <= greatestValues) known.set(constants, value);
  return value;
}
