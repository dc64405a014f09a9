// Suites that need something of the machine: left out aloud without it, failing when WHERRY_REQUIRE_ALL=1.

export function describeWhere(there: boolean, missing: string, name: string, suite: () => void): void {
  if (there || process.env['WHERRY_REQUIRE_ALL'] === '1') {
    describe(name, suite);
    return;
  }
  console.warn(`left out: ${name}: ${missing}`);
  describe(name, () => {
    it.todo(`left out: ${missing}`);
  });
}
