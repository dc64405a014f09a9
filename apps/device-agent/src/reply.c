/* What a reply is made of. */
#include "reply.h"

void wherry_refuse(struct wherry_agent *agent, const struct wherry_header *asked, enum wherry_error code, uint32_t detail) {
  struct wherry_header header;
  struct wherry_error_reply error;
  uint8_t *body = wherry_line_body(&agent->line);
  header.version = WHERRY_VERSION;
  header.type = WHERRY_TYPE_ERROR;
  header.request = asked->request;
  header.offset = 0;
  header.length = 0;
  error.code = (uint8_t)code;
  error.detail = detail;
  wherry_line_write(&agent->line, &header, (size_t)(wherry_write_error_reply(body, &error) - body));
}

void wherry_give(struct wherry_agent *agent, const struct wherry_header *asked, size_t fields, const uint8_t *first, uint32_t first_bytes,
                 const uint8_t *second, uint32_t second_bytes) {
  struct wherry_header header;
  uint8_t *to = wherry_line_body(&agent->line) + fields;
  const uint32_t total = first_bytes + second_bytes;
  uint32_t length;
  uint32_t at;
  if (asked->offset > total) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, total);
    return;
  }
  length = total - asked->offset;
  if (length > asked->length) length = asked->length;
  if (length > WHERRY_AGENT_DATA) length = WHERRY_AGENT_DATA;
  for (at = asked->offset; at < asked->offset + length; ++at) *to++ = at < first_bytes ? first[at] : second[at - first_bytes];
  header.version = WHERRY_VERSION;
  header.type = (uint8_t)(asked->type | WHERRY_REPLY_BIT);
  header.request = asked->request;
  header.offset = asked->offset;
  header.length = (uint16_t)length;
  wherry_line_write(&agent->line, &header, fields + length);
}

void wherry_give_whole(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *whole, size_t bytes) {
  wherry_put_u32(wherry_line_body(&agent->line), (uint32_t)bytes);
  wherry_give(agent, asked, 4, whole, (uint32_t)bytes, NULL, 0);
}

void wherry_acknowledge(struct wherry_agent *agent, const struct wherry_header *asked) {
  struct wherry_header header = *asked;
  header.type = (uint8_t)(asked->type | WHERRY_REPLY_BIT);
  header.length = 0;
  wherry_line_write(&agent->line, &header, 0);
}
