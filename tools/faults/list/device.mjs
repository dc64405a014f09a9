// between host and device: a result is right, or there is none.
const link = 'packages/serial-profiler/src';

export const device = [
  {
    name: 'a frame taken without its checksum',
    file: 'packages/device-protocol/src/frame.ts',
    find: 'if (checked < headerBytes || view.getUint32(checked, true) !== crc32c(plain, checked)) return null;',
    replace: 'if (checked < headerBytes) return null;',
    suite: 'packages/device-protocol/src/frame.spec.ts',
  },
  {
    name: 'a tensor taken without its digest',
    file: `${link}/session/calls.ts`,
    find: 'if (Buffer.compare(tensorDigest(inputs, tensor), bytes.subarray(size)) === 0) return tensor;',
    replace: 'return tensor;',
    suite: `${link}/session/session.spec.ts`,
  },
  {
    name: 'a size that the device declares believed',
    file: `${link}/link/transfer.ts`,
    find: 'if (total !== this.#parts.total)',
    replace: 'if (total < 0)',
    suite: `${link}/session/session.spec.ts`,
  },
  {
    name: 'a restart of the device taken for its last word',
    file: `${link}/session/session.ts`,
    find: "new Set(['STRANGER', 'NO_RUN', 'NOT_HELD', 'BUSY'])",
    replace: 'new Set()',
    suite: `${link}/session/bad-lines.spec.ts`,
  },
];
