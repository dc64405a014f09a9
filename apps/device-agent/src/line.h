/* Frames on a line: found among any bytes, checked, written. */
#ifndef WHERRY_LINE_H
#define WHERRY_LINE_H

#include <stdbool.h>

#include "protocol.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes of data in a frame that this device takes and gives. */
#ifndef WHERRY_AGENT_DATA
#define WHERRY_AGENT_DATA 256u
#endif
#if WHERRY_AGENT_DATA < WHERRY_LEAST_DATA || WHERRY_AGENT_DATA > WHERRY_DATA_LIMIT
#error "WHERRY_AGENT_DATA is not what the protocol allows"
#endif

#define WHERRY_PLAIN_BYTES (WHERRY_HEADER_BYTES + WHERRY_FIELD_LIMIT + WHERRY_AGENT_DATA + 4u)

/* What the agent needs of a board. */
struct wherry_port {
  /* Reads at most so many bytes that are there; waits for none, or for a moment. */
  size_t (*read)(uint8_t *to, size_t most);
  void (*write)(const uint8_t *from, size_t length);
  /* Starts anew, once all is written. */
  void (*restart)(void);
  /* Between two operators, in no time that is measured: what others on the board are owed in a long run. NULL where that is nothing. */
  void (*rest)(void);
};

/* Bytes of inputs that the text protocol of MLPerf Tiny has room for: it is spoken where there are any. */
#ifndef WHERRY_MLPERF_BYTES
#define WHERRY_MLPERF_BYTES 0u
#endif

enum wherry_found { WHERRY_FOUND_NOTHING, WHERRY_FOUND_FRAME, WHERRY_FOUND_COMMAND };

struct wherry_frame {
  /* Of a command there is none. */
  struct wherry_header header;
  /* Holds until the next one is read. */
  const uint8_t *body;
  size_t length;
};

struct wherry_line {
  const struct wherry_port *port;
  uint8_t arrived[64];
  size_t next;
  size_t end;
  /* Stuffed, then plain. One byte more than a frame takes, for what is too long. */
  uint8_t frame[WHERRY_PLAIN_BYTES + WHERRY_PLAIN_BYTES / 254u + 2u];
  size_t length;
#if WHERRY_MLPERF_BYTES > 0
  /* There is something in it that is no text. */
  bool is_binary;
#endif
  uint8_t reply[WHERRY_PLAIN_BYTES];
};

/* What is there: a frame, or text in front of a %. */
enum wherry_found wherry_line_read(struct wherry_line *line, struct wherry_frame *frame);

/* Where the body of a reply is to be put, for wherry_line_write. */
uint8_t *wherry_line_body(struct wherry_line *line);

void wherry_line_write(struct wherry_line *line, const struct wherry_header *header, size_t body);

#ifdef __cplusplus
}
#endif

#endif
