// One instruction as text of JavaScript. Registers are the variables r0 to r14, each a signed 32-bit integer; flags are nz (its sign
// is N, zero is Z), c and v (0 or 1).

/** One instruction. Its value is `x`; `c` and `v` are what those flags become of its operands a, b and d. */
export interface Operation {
  readonly operands?: string;
  readonly value?: string;
  readonly into?: string;
  readonly setsNz?: boolean;
  readonly c?: string;
  readonly v?: string;
  readonly readsC?: boolean;
  /** Text that stands by itself. */
  readonly text?: string;
  /** Where it goes on, if the condition holds: an address, or text of one. */
  readonly jump?: { readonly condition?: string; readonly target: number | string };
  /** Half words it takes; one without. */
  readonly halves?: 2;
}
