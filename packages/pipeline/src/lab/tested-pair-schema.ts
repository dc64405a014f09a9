// The form of a tested pair, from docs/schema/test-result.schema.json by `npm run generate`; not to be edited.
/* eslint max-lines: off */

export const testedPairSchema = {
  $ref: '#/definitions/pair',
  definitions: {
    tier: { enum: ['host', 'emu', 'hw'] },
    link: { enum: ['input', 'import', 'plan', 'bytes', 'numbers', 'memory', 'time'] },
    value: {
      anyOf: [
        { type: ['string', 'number', 'boolean', 'null'] },
        {
          type: 'object',
          additionalProperties: false,
          required: ['median', 'mad', 'windows'],
          properties: {
            median: { type: 'number' },
            mad: { type: 'number', description: 'Median of how far the windows are from their median.' },
            windows: { type: 'integer', minimum: 1 },
          },
        },
      ],
    },
    pair: {
      type: 'object',
      additionalProperties: false,
      required: [
        'model',
        'profile',
        'tier',
        'series',
        'verdict',
        'why',
        'moved',
        'metrics',
        'differences',
        'nearest',
        'error',
        'warnings',
      ],
      properties: {
        model: { type: 'string' },
        profile: { type: 'string' },
        tier: { $ref: '#/definitions/tier' },
        series: {
          type: ['string', 'null'],
          description: 'The toolchain or the firmware that was measured; null on this machine.',
        },
        verdict: { enum: ['passed', 'failed', 'error', 'updated', 'new series', 'left out'] },
        why: { type: ['string', 'null'] },
        moved: {
          type: 'array',
          items: { $ref: '#/definitions/link' },
          description: 'Links of the chain that moved, the first of them first.',
        },
        metrics: { type: 'integer', minimum: 0, description: 'How many were compared.' },
        differences: {
          type: 'array',
          items: { $ref: '#/definitions/difference' },
          description: 'What is not as the baseline has it, gains too.',
        },
        nearest: {
          description:
            'Of a series that the baseline does not hold: what differs from the one that is called most alike. It decides nothing.',
          anyOf: [
            { type: 'null' },
            {
              type: 'object',
              additionalProperties: false,
              required: ['series', 'differences'],
              properties: {
                series: { type: 'string' },
                differences: { type: 'array', items: { $ref: '#/definitions/difference' } },
              },
            },
          ],
        },
        error: {
          description: 'Of a pair that was refused.',
          anyOf: [{ type: 'null' }, { $ref: '#/definitions/diagnostic' }],
        },
        warnings: {
          description: 'What a run by itself would have warned of.',
          type: 'array',
          items: { $ref: '#/definitions/diagnostic' },
        },
      },
    },
    difference: {
      type: 'object',
      additionalProperties: false,
      required: ['metric', 'link', 'move', 'baseline', 'now'],
      properties: {
        metric: { type: 'string' },
        link: { $ref: '#/definitions/link' },
        move: {
          enum: ['changed', 'worse', 'slower', 'missing', 'new', 'better', 'faster'],
          description: 'better and faster do not fail.',
        },
        baseline: { $ref: '#/definitions/value', description: 'Null where there is none.' },
        now: { $ref: '#/definitions/value' },
      },
    },
    diagnostic: {
      type: 'object',
      required: ['code', 'title', 'what', 'next'],
      properties: {
        code: { type: 'string' },
        title: { type: 'string' },
        what: { type: 'string' },
        where: { type: 'string' },
        next: { type: 'string' },
      },
    },
  },
};
