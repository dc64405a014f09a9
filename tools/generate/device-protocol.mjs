// Writes docs/protocol.md and the C header of the firmware from the table of messages, as built. `npm run generate` calls it.
import { writeFileSync } from 'node:fs';
import { protocolDocument, protocolHeader } from '../../packages/device-protocol/dist/index.js';

const root = new URL('../../', import.meta.url);
writeFileSync(new URL('docs/protocol.md', root), protocolDocument());
writeFileSync(new URL('apps/device-agent/src/protocol.h', root), protocolHeader());
