// Writes docs/schema/hardware-map.schema.json from the form that maps are checked against, as built. `npm run generate` calls it.
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { hardwareMapSchema } from '../../packages/lab/dist/index.js';

const text = await format(JSON.stringify(hardwareMapSchema), { parser: 'json', printWidth: 120 });
writeFileSync(new URL('../../docs/schema/hardware-map.schema.json', import.meta.url), text);
