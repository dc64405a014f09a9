// What is worked out of constant weights once, however many graphs share them: candidates of a quantization do.

/** Larger weights take longer to run than to prepare, and their memory is missed. */
const greatestValues = 2 ** 20;

export function isRemembered(constants: Int8Array): boolean {
  return constants.length <= greatestValues;
}

/** The same constants always come with the same shape and role. */
export function remembered<Value>(known: WeakMap<Int8Array, Value>, constants: Int8Array, make: () => Value): Value {
  const value = known.get(constants) ?? make();
  if (isRemembered(constants)) known.set(constants, value);
  return value;
}
