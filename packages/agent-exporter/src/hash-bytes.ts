// A hash as the firmware has it.

/** `hexadecimal`: two digits for each byte. */
export function hashBytes(hexadecimal: string): Uint8Array {
  return Uint8Array.from(hexadecimal.match(/../g) ?? [], (digits) => parseInt(digits, 16));
}
