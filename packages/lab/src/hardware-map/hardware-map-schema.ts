// The form of a hardware map. `npm run generate` writes it to docs/schema.

const text = { type: 'string', minLength: 1, maxLength: 200 };

export const hardwareMapSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'hardware-map.schema.json',
  title: 'The boards of a lab',
  description: 'A hardware map as twister of Zephyr has it, for `deploy lab`.',
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'platform', 'connected'],
    properties: {
      id: {
        type: 'string',
        pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$',
        description: 'Of this board and no other of the lab: the serial number of its probe, or a name.',
      },
      platform: { ...text, description: 'The device profile: its id or an alias.' },
      connected: { type: 'boolean', description: 'A board that is not is given nothing to do.' },
      serial: {
        type: ['string', 'null'],
        minLength: 1,
        maxLength: 200,
        description:
          'Its port: a path, tcp://HOST:PORT or rfc2217://HOST:PORT; `emulated` for the board that stands in.',
      },
      baud: { type: 'integer', minimum: 1, maximum: 100_000_000, description: 'In place of the speed of the profile.' },
      runner: { ...text, description: 'What flashes it; told to its script.' },
      pre_script: { ...text, description: 'Program that puts the model onto the board, run before each job.' },
      product: { ...text, description: 'Of its probe; read by people.' },
      probe_id: { ...text, description: 'Told to its script.' },
      fixtures: { type: 'array', items: text, description: 'What is wired to it; read by people.' },
      notes: { type: 'string', description: 'Read by people.' },
    },
  },
} as const;
