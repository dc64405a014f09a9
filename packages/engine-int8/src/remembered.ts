// What is worked out of constant weights once, however many graphs share them: candidates of a quantization do.

export type Memory<Value> = WeakMap<Int8Array, Map<string, Value>>;

/** `role`: all that the value depends on besides the constants; one filter may be slid densely here and dilated there. */
export function remembered<Value>(memory: Memory<Value>, constants: Int8Array, role: string, make: () => Value): Value {
  const roles = memory.get(constants) ?? new Map<string, Value>();
  memory.set(constants, roles);
  const value = roles.get(role) ?? make();
  roles.set(role, value);
  return value;
}
