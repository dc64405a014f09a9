// Renders docs/protocol.md from the table, so that the document cannot say anything else.
import { fieldBytes, textLimit, type Fields, type FieldType } from './fields.js';
import { frameOverhead, headerBytes } from './frame.js';
import {
  errorCodes,
  errorReply,
  header,
  limits,
  messages,
  protocolVersion,
  records,
  replyBit,
} from './message-table.js';

const typeNames: { readonly [T in FieldType]: string } = {
  u8: 'u8',
  u16: 'u16',
  u32: 'u32',
  u64: 'u64',
  hash: '32 bytes',
  text: `text, 1 to ${fieldBytes.text} bytes`,
};

/** Markdown. Deterministic. */
export function protocolDocument(): string {
  return [
    '<!-- Written by `npm run generate`; edits are lost. -->',
    '',
    '# The protocol between host and device',
    '',
    `Version ${protocolVersion}. The host asks, the device answers each request with one reply, in one frame each. Numbers are ` +
      `little-endian; a text is UTF-8 of at most ${textLimit} bytes behind one byte with its length.`,
    '',
    '## Frames',
    '',
    `A frame is a header of ${headerBytes} bytes, the body (fields of the message, then data where it carries some) and CRC-32C ` +
      '(Castagnoli) of both in 4 bytes. It is stuffed (COBS) so that no zero is in it, and stands between two zeros. What stands ' +
      'between two zeros and is no frame, such as what a boot loader prints, is passed over. A frame costs at least ' +
      `${frameOverhead} bytes on the line beside its body.`,
    '',
    ...fieldTable(header),
    '',
    `At most ${limits.dataBytes} bytes of data go into a frame, and a device may take less, but not less than ` +
      `${limits.leastDataBytes}. At most ${limits.windowBytes} bytes are on their way at a time.`,
    '',
    '## Parts',
    '',
    'What may be longer than a frame goes through in parts: a request says by `offset` and `length` which part it asks for or ' +
      'carries, a reply which part it gives. A device may give less than was asked for, and gives nothing at the end of the whole. ' +
      'A request that was lost is sent again; the same part is the same however often it is asked for. ' +
      `A record is at most ${limits.recordBytes} bytes.`,
    '',
    ...messageSections(),
    '## Records',
    '',
    ...Object.entries(records).flatMap(([name, { says, fields }]) => [
      `### ${name}`,
      '',
      `${says}.`,
      '',
      ...fieldTable(fields),
      '',
    ]),
    '## Errors',
    '',
    `A reply of type ${errorReply.type} answers a request that is refused.`,
    '',
    ...fieldTable(errorReply.fields),
    '',
    '| code | name | means | detail |',
    '| --- | --- | --- | --- |',
    ...Object.entries(errorCodes).map(
      ([name, { code, says, detail }]) => `| ${code} | ${name} | ${says} | ${detail} |`,
    ),
    '',
  ].join('\n');
}

function messageSections(): string[] {
  return [
    '## Messages',
    '',
    `A reply has ${replyBit} added to the type of its request.`,
    '',
    ...Object.entries(messages).flatMap(([name, { type, says, request, reply, data }]) => [
      `### ${name} (${type})`,
      '',
      `${says}.`,
      '',
      ...(fieldCount(request) > 0
        ? ['The request:', '', ...fieldTable(request), '']
        : ['The request has no fields.', '']),
      ...(fieldCount(reply) > 0 ? ['The reply:', '', ...fieldTable(reply), ''] : ['The reply has no fields.', '']),
      ...dataLine(data),
    ]),
  ];
}

function dataLine(data: (typeof messages)[keyof typeof messages]['data']): string[] {
  if (data === 'none') return [];
  if (data === 'to device') return ['The request carries data.', ''];
  return [`The reply carries data: ${'record' in data ? `the record ${data.record}` : data.of}.`, ''];
}

function fieldCount(fields: Fields): number {
  return Object.keys(fields).length;
}

function fieldTable(fields: Fields): string[] {
  return [
    '| field | type | says |',
    '| --- | --- | --- |',
    ...Object.entries(fields).map(([name, { type, says }]) => `| ${name} | ${typeNames[type]} | ${says} |`),
  ];
}
