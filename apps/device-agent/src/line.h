/* Frames on a line: found among any bytes, checked, written. */
#ifndef WHERRY_LINE_H
#define WHERRY_LINE_H

#include <stdbool.h>

#include "protocol.h"

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
};

struct wherry_frame {
  struct wherry_header header;
  /* Holds until the next frame is read. */
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
  uint8_t reply[WHERRY_PLAIN_BYTES];
};

/* Whether a frame is there. */
bool wherry_line_read(struct wherry_line *line, struct wherry_frame *frame);

/* Where the body of a reply is to be put, for wherry_line_write. */
uint8_t *wherry_line_body(struct wherry_line *line);

void wherry_line_write(struct wherry_line *line, const struct wherry_header *header, size_t body);

#endif
