// between host and device: a result is right, or there is none.
const link = 'packages/serial-profiler/src';
/** The sources of the firmware, as they are built. */
const agent = 'packages/agent-exporter/src/agent-sources.ts';

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
  {
    name: 'a run that begins with the states of the one before it',
    file: agent,
    find: 'if (agent->backend->reset != NULL) agent->backend->reset();\n}',
    replace: '}',
    suite: 'tools/boards/agent.spec.ts',
  },
  {
    name: 'text inside of a frame taken for a command',
    file: agent,
    find: 'const bool is_text = !too_long && !line->is_binary;',
    replace: 'const bool is_text = !too_long;',
    suite: 'tools/boards/mlperf.spec.ts',
  },
  {
    name: 'results given where inputs were written over them',
    file: agent,
    find: '  agent->run.single = false;\n',
    replace: '',
    suite: 'tools/boards/mlperf.spec.ts',
  },
  {
    name: 'layers given of an operator whose kernel failed',
    file: agent,
    find: 'if (status == kTfLiteOk) wherry_agent_after_operator(running, position);',
    replace: 'wherry_agent_after_operator(running, position);',
    suite: 'tools/boards/tflite-micro.spec.ts',
    name: 'a byte of 255 sent to Telnet as it is',
    file: `${link}/ports/telnet.ts`,
    find: 'if (byte === telnet.IAC) line[at++] = byte;',
    replace: 'if (byte === telnet.SE) line[at++] = byte;',
    suite: `${link}/ports/telnet.spec.ts`,
  },
  {
    name: 'ports opened that are not those of the profile',
    file: `${link}/discovery/find-port.ts`,
    find: 'usb.some((one) => one.vendorId === vendorId && one.productId === productId)',
    replace: 'usb.some((one) => one.vendorId === vendorId || one.productId === productId)',
    suite: `${link}/discovery/find-port.spec.ts`,
  },
  {
    name: 'a trace replayed that is not what was written',
    file: `${link}/trace/trace-format.ts`,
    find: '(sum = sumOf(sum, whole)) !== told',
    replace: '(sum = sumOf(sum, whole)) === null',
    suite: `${link}/trace/trace.spec.ts`,
  },
  {
    name: 'other bytes sent than in the trace, unnoticed',
    file: `${link}/trace/replay.ts`,
    find: "if (this.#take('write', sent).write !== sent)",
    replace: "if (this.#take('write', sent).write === null)",
    suite: `${link}/trace/trace.spec.ts`,
  },
  {
    name: 'instructions called milliseconds',
    file: `${link}/session/time-windows.ts`,
    find: "return timingOf('instructions', 1,",
    replace: "return timingOf('ms', 1,",
    suite: `${link}/session/time-windows.spec.ts`,
  },
  {
    name: 'an input of MLPerf Tiny that is not read back',
    file: `${link}/mlperf/mlperf-device.ts`,
    find: "if (buffer.length > 0 && read.join('-').replaceAll('-', '').toLowerCase() !== hex(input))",
    replace: 'if (buffer.length > 0 && read.length === 0)',
    suite: `${link}/mlperf/mlperf-device.spec.ts`,
  },
];
