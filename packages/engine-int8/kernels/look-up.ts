// Each int8 value replaced by the one that a table has for it.

/** `table`: 256 int8 values, indexed by the value as a byte without a sign. */
export function lookUp(source: usize, table: usize, count: i32, target: usize): void {
  let done: i32 = 0;
  for (; done + 4 <= count; done += 4) {
    const values = load<u32>(source + done);
    const found =
      (<u32>load<u8>(table + (values & 255))) |
      ((<u32>load<u8>(table + ((values >> 8) & 255))) << 8) |
      ((<u32>load<u8>(table + ((values >> 16) & 255))) << 16) |
      ((<u32>load<u8>(table + (values >> 24))) << 24);
    store<u32>(target + done, found);
  }
  for (; done < count; done++) store<u8>(target + done, load<u8>(table + <usize>load<u8>(source + done)));
}
