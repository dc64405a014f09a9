// Renders the C header of the protocol from the table, for the firmware.
import { fieldsBytes, textLimit, type Fields, type FieldType } from './fields.js';
import { frameOverhead, headerBytes, longestStuffed } from './frame.js';
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

const cTypes: { readonly [T in FieldType]: string } = {
  u8: 'uint8_t ',
  u16: 'uint16_t ',
  u32: 'uint32_t ',
  u64: 'uint64_t ',
  hash: 'const uint8_t *',
  text: 'const char *',
};

/** C99 that is C++11, with nothing but the standard's headers. Deterministic. */
export function protocolHeader(): string {
  return [
    '/* Written by `npm run generate` from the table of packages/device-protocol; edits are lost. docs/protocol.md explains it. */',
    '#ifndef WHERRY_PROTOCOL_H',
    '#define WHERRY_PROTOCOL_H',
    '',
    '#include <stddef.h>',
    '#include <stdint.h>',
    '#include <string.h>',
    '',
    ...constants(),
    '',
    ...enumeration('type', [
      ...Object.entries(messages).map(([name, { type }]) => [name, type] as const),
      ['ERROR', errorReply.type],
    ]),
    '',
    ...enumeration(
      'error',
      Object.entries(errorCodes).map(([name, { code }]) => [name, code]),
    ),
    '',
    primitives,
    ...structs(),
    '#endif',
    '',
  ].join('\n');
}

function constants(): string[] {
  const values: readonly (readonly [name: string, value: number])[] = [
    ['VERSION', protocolVersion],
    ['REPLY_BIT', replyBit],
    ['HEADER_BYTES', headerBytes],
    ['FRAME_OVERHEAD', frameOverhead],
    ['LONGEST_STUFFED', longestStuffed],
    ['DATA_LIMIT', limits.dataBytes],
    ['LEAST_DATA', limits.leastDataBytes],
    ['FIELD_LIMIT', limits.fieldBytes],
    ['WINDOW_LIMIT', limits.windowBytes],
    ['RECORD_LIMIT', limits.recordBytes],
    ['TEXT_LIMIT', textLimit],
  ];
  return values.map(([name, value]) => `#define WHERRY_${name} ${value}u`);
}

function enumeration(name: string, entries: readonly (readonly [name: string, value: number])[]): string[] {
  return [
    `enum wherry_${name} {`,
    entries.map(([entry, value]) => `  WHERRY_${name.toUpperCase()}_${entry} = ${value}`).join(',\n'),
    '};',
  ];
}

function structs(): string[] {
  return [
    ...readable('header', header),
    ...writable('header', header),
    ...Object.entries(messages).flatMap(([name, { request, reply }]) => [
      ...readable(`${name.toLowerCase()}_request`, request),
      ...declared(`${name.toLowerCase()}_reply`, reply),
    ]),
    ...declared('error_reply', errorReply.fields),
    ...Object.entries(records).flatMap(([name, { fields }]) => declared(`${name.toLowerCase()}_record`, fields)),
  ];
}

/** A struct and what writes it. */
function declared(name: string, fields: Fields): string[] {
  return Object.keys(fields).length === 0 ? [] : [...struct(name, fields), ...writable(name, fields)];
}

/** A struct and what reads it, where it has fields. */
function readable(name: string, fields: Fields): string[] {
  const entries = Object.entries(fields);
  if (entries.length === 0) return [];
  let at = 0;
  const lines = entries.map(([field, { type }]) => {
    const line = `  to->${snake(field)} = wherry_get_${type}(from + ${at});`;
    at += fieldsBytes({ field: { type, says: '' } });
    return line;
  });
  return [
    ...struct(name, fields),
    `static inline void wherry_read_${name}(const uint8_t *from, struct wherry_${name} *to) {`,
    ...lines,
    '}',
    '',
  ];
}

function struct(name: string, fields: Fields): string[] {
  return [
    `#define WHERRY_${name.toUpperCase()}_LENGTH ${fieldsBytes(fields)}u`,
    `struct wherry_${name} {`,
    ...Object.entries(fields).map(([field, { type, says }]) => `  ${cTypes[type]}${snake(field)}; /* ${says} */`),
    '};',
    '',
  ];
}

function writable(name: string, fields: Fields): string[] {
  return [
    `/* Returns where it ends: at most WHERRY_${name.toUpperCase()}_LENGTH bytes on. */`,
    `static inline uint8_t *wherry_write_${name}(uint8_t *to, const struct wherry_${name} *from) {`,
    ...Object.entries(fields).map(([field, { type }]) => `  to = wherry_put_${type}(to, from->${snake(field)});`),
    '  return to;',
    '}',
    '',
  ];
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const primitives = `static inline uint8_t wherry_get_u8(const uint8_t *from) { return from[0]; }

static inline uint16_t wherry_get_u16(const uint8_t *from) { return (uint16_t)(from[0] | (uint16_t)(from[1] << 8)); }

static inline uint32_t wherry_get_u32(const uint8_t *from) {
  return (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
}

static inline uint8_t *wherry_put_u8(uint8_t *to, uint8_t value) {
  to[0] = value;
  return to + 1;
}

static inline uint8_t *wherry_put_u16(uint8_t *to, uint16_t value) {
  to[0] = (uint8_t)(value & 0xffu);
  to[1] = (uint8_t)(value >> 8);
  return to + 2;
}

static inline uint8_t *wherry_put_u32(uint8_t *to, uint32_t value) {
  to = wherry_put_u16(to, (uint16_t)(value & 0xffffu));
  return wherry_put_u16(to, (uint16_t)(value >> 16));
}

static inline uint8_t *wherry_put_u64(uint8_t *to, uint64_t value) {
  to = wherry_put_u32(to, (uint32_t)(value & 0xffffffffu));
  return wherry_put_u32(to, (uint32_t)(value >> 32));
}

/* 32 bytes. */
static inline uint8_t *wherry_put_hash(uint8_t *to, const uint8_t *hash) {
  memcpy(to, hash, 32);
  return to + 32;
}

/* UTF-8; what is longer than WHERRY_TEXT_LIMIT bytes ends there. */
static inline uint8_t *wherry_put_text(uint8_t *to, const char *text) {
  size_t length = strlen(text);
  if (length > WHERRY_TEXT_LIMIT) {
    length = WHERRY_TEXT_LIMIT;
    while (length > 0 && ((unsigned char)text[length] & 0xc0u) == 0x80u) --length;
  }
  to[0] = (uint8_t)length;
  memcpy(to + 1, text, length);
  return to + 1 + length;
}
`;
