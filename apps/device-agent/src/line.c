/* Frames on a line. Whatever comes, nothing is written beyond the frame's buffer. */
#include "line.h"

static uint32_t checksum(const uint8_t *bytes, size_t length) {
  /* CRC-32C of each value of four bits: a table of 64 bytes instead of 1024. */
  static const uint32_t table[16] = {
      0x00000000u, 0x105ec76fu, 0x20bd8edeu, 0x30e349b1u, 0x417b1dbcu, 0x5125dad3u, 0x61c69362u, 0x7198540du,
      0x82f63b78u, 0x92a8fc17u, 0xa24bb5a6u, 0xb21572c9u, 0xc38d26c4u, 0xd3d3e1abu, 0xe330a81au, 0xf36e6f75u,
  };
  uint32_t crc = 0xffffffffu;
  size_t at;
  for (at = 0; at < length; ++at) {
    crc = (crc >> 4) ^ table[(crc ^ bytes[at]) & 15u];
    crc = (crc >> 4) ^ table[(crc ^ ((uint32_t)bytes[at] >> 4)) & 15u];
  }
  return ~crc;
}

/* In place: no byte is written before it has been read. Returns how many there are; 0 where nothing is stuffed so. */
static size_t unstuff(uint8_t *bytes, size_t length) {
  size_t from = 0;
  size_t to = 0;
  while (from < length) {
    const size_t run = bytes[from];
    if (run == 0 || run > length - from) return 0;
    memmove(bytes + to, bytes + from + 1, run - 1);
    to += run - 1;
    from += run;
    if (run < 255 && from < length) bytes[to++] = 0;
  }
  return to;
}

static bool is_frame(struct wherry_line *line, struct wherry_frame *frame) {
  size_t length;
  if (line->length >= sizeof line->frame) return false;
  length = unstuff(line->frame, line->length);
  if (length < WHERRY_HEADER_BYTES + 4u) return false;
  length -= 4u;
  if (wherry_get_u32(line->frame + length) != checksum(line->frame, length)) return false;
  wherry_read_header(line->frame, &frame->header);
  frame->body = line->frame + WHERRY_HEADER_BYTES;
  frame->length = length - WHERRY_HEADER_BYTES;
  return true;
}

#if WHERRY_MLPERF_BYTES > 0
/*
 * Whether a % ends a command. No frame looks like one: its second byte is the version, which is no character. What is too long for
 * a frame is over at a %, so that a line without zeros comes to sense again.
 */
static bool is_command(struct wherry_line *line, uint8_t byte, struct wherry_frame *frame) {
  const bool too_long = line->length >= sizeof line->frame;
  const bool is_text = !too_long && !line->is_binary;
  if ((byte < ' ' && byte != '\r' && byte != '\n') || byte > '~') line->is_binary = true;
  if (byte != '%' || !(too_long || is_text)) return false;
  frame->body = line->frame;
  frame->length = line->length - 1u;
  line->length = 0;
  line->is_binary = false;
  return is_text;
}
#endif

enum wherry_found wherry_line_read(struct wherry_line *line, struct wherry_frame *frame) {
  for (;;) {
    uint8_t byte;
    if (line->next == line->end) {
      line->next = 0;
      line->end = line->port->read(line->arrived, sizeof line->arrived);
      if (line->end == 0) return WHERRY_FOUND_NOTHING;
    }
    byte = line->arrived[line->next++];
    if (byte != 0) {
      /* What is too long stays so until the next zero. */
      if (line->length < sizeof line->frame) line->frame[line->length++] = byte;
#if WHERRY_MLPERF_BYTES > 0
      if (is_command(line, byte, frame)) return WHERRY_FOUND_COMMAND;
#endif
    } else {
      const bool found = is_frame(line, frame);
      line->length = 0;
#if WHERRY_MLPERF_BYTES > 0
      line->is_binary = false;
#endif
      if (found) return WHERRY_FOUND_FRAME;
    }
  }
}

uint8_t *wherry_line_body(struct wherry_line *line) { return line->reply + WHERRY_HEADER_BYTES; }

void wherry_line_write(struct wherry_line *line, const struct wherry_header *header, size_t body) {
  static const uint8_t zero = 0;
  const size_t checked = WHERRY_HEADER_BYTES + body;
  const size_t length = checked + 4u;
  size_t from = 0;
  wherry_write_header(line->reply, header);
  wherry_put_u32(line->reply + checked, checksum(line->reply, checked));
  line->port->write(&zero, 1);
  for (;;) {
    size_t run = 0;
    uint8_t code;
    while (run < 254u && from + run < length && line->reply[from + run] != 0) ++run;
    code = (uint8_t)(run + 1u);
    line->port->write(&code, 1);
    line->port->write(line->reply + from, run);
    from += run;
    if (from == length) break;
    /* A full run has no zero behind it. */
    if (run == 254u) continue;
    ++from;
    if (from == length) {
      static const uint8_t nothing = 1;
      line->port->write(&nothing, 1);
      break;
    }
  }
  line->port->write(&zero, 1);
}
