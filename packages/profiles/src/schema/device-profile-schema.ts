// JSON schema of a device profile, after `extends` has been resolved.
import { exampleNames, exportLayouts, resetNames } from '../device-profile.js';
import { arrayFormats, ioTypes, portableRuntimes, schemeNames } from '../scheme-names.js';
import { exactly, identifier, listOf, text, version } from './schema-parts.js';

const bytes = { type: 'integer', minimum: 0, maximum: 2 ** 40 };
const percent = { type: 'number', minimum: 0, maximum: 100 };
const arithmetic = { enum: ['native', 'emulated', 'none'] };
const ioType = { enum: [...ioTypes] };
const usbId = { type: 'string', pattern: '^[0-9a-f]{4}$' };
const region = exactly({ bytes, reservedBytes: bytes, source: text });

const blocks = {
  ...exactly({ staticBytes: bytes, heapBytes: bytes, source: text, allocation: text }),
  type: ['object', 'null'],
};
const ram = exactly({ bytes, reservedBytes: bytes, source: text, blocks }, ['blocks']);
const component = exactly({
  component: { type: 'string', pattern: '^[a-z0-9][a-z0-9./-]{0,62}$' },
  from: version,
  why: text,
});

const scheme = exactly(
  {
    scheme: { enum: [...schemeNames] },
    limits: exactly(
      {
        accuracyDropPoints: percent,
        agreementPercent: percent,
        sqnrDb: { type: 'number', minimum: 0, maximum: 200 },
        arenaBytes: bytes,
      },
      ['accuracyDropPoints', 'agreementPercent', 'sqnrDb', 'arenaBytes'],
    ),
    compactMatrices: { type: 'boolean' },
  },
  ['limits', 'compactMatrices'],
);

const placement = exactly({
  section: { type: ['string', 'null'], pattern: '^[.A-Za-z_][.A-Za-z0-9_]{0,62}$' },
  why: text,
});

export const deviceProfileSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Device profile: what a target has, what its runtime is, which schemes are wanted',
  ...exactly(
    {
      $schema: { type: 'string', maxLength: 200 },
      id: identifier,
      name: text,
      aliases: listOf(identifier),
      chip: text,
      notes: listOf(text),
      generic: { type: 'boolean' },
      refuses: exactly({ what: text, next: text, unlessRuntime: listOf({ enum: [...portableRuntimes] }) }, [
        'unlessRuntime',
      ]),
      memory: exactly({ flash: region, ram, psram: region }, ['psram']),
      arithmetic: exactly(
        {
          int8: arithmetic,
          int16: arithmetic,
          fp16: arithmetic,
          fp32: arithmetic,
          simd: { type: ['string', 'null'], maxLength: 100 },
          instructionSet: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$' },
        },
        ['instructionSet'],
      ),
      abi: exactly(
        {
          pointerBytes: { enum: [2, 4, 8] },
          alignment: { enum: [1, 4, 8, 16] },
          shortEnums: { type: 'boolean' },
          constantsInRam: { type: 'boolean' },
        },
        ['shortEnums', 'constantsInRam'],
      ),
      runtime: exactly({ name: identifier, from: version, before: version, needs: listOf(component) }, [
        'before',
        'needs',
      ]),
      schemes: listOf(scheme, { minItems: 1 }),
      io: exactly({ input: ioType, output: ioType }),
      export: exactly(
        {
          layout: { enum: [...exportLayouts] },
          example: { enum: [...exampleNames] },
          arrayFormat: { enum: [...arrayFormats] },
          placement,
        },
        ['example', 'arrayFormat', 'placement'],
      ),
      arenaMarginPercent: { type: 'number', minimum: 0, maximum: 100 },
      standIn: { type: ['string', 'null'], maxLength: 100 },
      serial: exactly({
        baud: { type: 'integer', minimum: 300, maximum: 4_000_000 },
        usb: listOf(exactly({ vendorId: usbId, productId: usbId, what: text })),
        reset: { enum: [...resetNames] },
      }),
    },
    ['$schema', 'generic', 'refuses', 'serial'],
  ),
};
