// What is made from the table is committed as it is made, and C reads and writes the same bytes as TypeScript.
import { readFileSync } from 'node:fs';
import { buildFolder, describeCompiled, type BuildFolder } from '@wherry/testing';
import { protocolHeader } from './c-header.js';
import { messages, records } from './message-table.js';
import { decodeRecord, encodeRequest } from './messages.js';
import { decodeFrame } from './frame.js';
import { protocolDocument } from './protocol-document.js';

const root = new URL('../../../', import.meta.url);

it.each([
  ['docs/protocol.md', protocolDocument],
  ['apps/device-agent/src/protocol.h', protocolHeader],
])('%s is committed as it is generated: `npm run generate` after a change', (file, made) => {
  expect(readFileSync(new URL(file, root), 'utf8')).toBe(made());
});

it('has a section for every message and record', () => {
  for (const name of Object.keys(messages)) expect(protocolDocument()).toContain(`\n### ${name} (`);
  for (const name of Object.keys(records)) expect(protocolDocument()).toContain(`\n### ${name}\n`);
});

const program = `#include <stdio.h>
#include "protocol.h"
int main(void) {
  uint8_t bytes[1024], hash[32];
  struct wherry_run_request run;
  struct wherry_identity_record identity;
  unsigned i;
  for (i = 0; i < 32; ++i) hash[i] = (uint8_t)(8 * i);
  memset(&identity, 0, sizeof identity);
  if (fread(bytes, 1, WHERRY_RUN_REQUEST_LENGTH, stdin) != WHERRY_RUN_REQUEST_LENGTH) return 1;
  wherry_read_run_request(bytes, &run);
  identity.firmware = "\\303\\251t\\303\\251";
  identity.chip = "0123456789012345678901234567890123456789012345678901234567890123456789";
  identity.runtime = "012345678901234567890123456789012345678901234567890123456789012\\303\\251";
  identity.runtime_commit = "";
  identity.profile = "rp2040";
  identity.model = hash;
  identity.arena_bytes = run.count;
  identity.clock_hz = 0xfedcba98u;
  identity.data_bytes = run.run;
  identity.window_bytes = run.warm_up;
  identity.inputs = 1;
  identity.outputs = 255;
  identity.operators = run.stop;
  identity.tensors = 12;
  fwrite(bytes, 1, (size_t)(wherry_write_identity_record(bytes, &identity) - bytes), stdout);
  return 0;
}
`;

describeCompiled('the C header', () => {
  let folder: BuildFolder;
  beforeEach(() => {
    folder = buildFolder();
    folder.write(
      new Map([
        ['protocol.h', protocolHeader()],
        ['program.c', program],
      ]),
    );
  });
  afterEach(() => folder.remove());

  it.each(['c11', 'c++17'] as const)('compiles as %s without a warning, and means the same', (language) => {
    const source = 'program.c';
    const object = folder.compile(source, language, language === 'c++17' ? ['-x', 'c++'] : []);
    const run = { run: 0xabcd, count: 0x12345678, warmUp: 0x2211, stop: 65535 };
    const line = encodeRequest('RUN', 1, run);
    const { body } = decodeFrame(line.slice(1), line.length - 2)!;
    const written = folder.run(folder.link([object], 'program'), body);
    expect(decodeRecord('IDENTITY', written)).toEqual({
      firmware: 'été',
      chip: '0123456789012345678901234567890123456789012345678901234567890123',
      runtime: '012345678901234567890123456789012345678901234567890123456789012',
      runtimeCommit: '',
      profile: 'rp2040',
      model: Array.from({ length: 32 }, (_, i) => (8 * i).toString(16).padStart(2, '0')).join(''),
      arenaBytes: run.count,
      clockHz: 0xfedcba98,
      dataBytes: run.run,
      windowBytes: run.warmUp,
      inputs: 1,
      outputs: 255,
      operators: run.stop,
      tensors: 12,
    });
  });
});
