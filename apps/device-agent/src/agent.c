/* The answers of the agent, as docs/protocol.md says. */
#include "agent.h"

#include "mlperf.h"
#include "reply.h"
#include "run.h"

void wherry_agent_begin(struct wherry_agent *agent, const struct wherry_backend *backend, const struct wherry_port *port) {
  agent->backend = backend;
  agent->line.port = port;
#if WHERRY_MLPERF_BYTES > 0
  wherry_mlperf_greet(agent);
#endif
}

static void hello(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  uint8_t record[WHERRY_IDENTITY_RECORD_LENGTH];
  struct wherry_hello_request request;
  struct wherry_hello_reply reply;
  size_t bytes;
  wherry_read_hello_request(body, &request);
  if (request.conversation == 0) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, 0);
    return;
  }
  if (request.conversation != agent->conversation) {
    /* A run that stands goes on to its end, which nobody asks for any more. */
    agent->run.number = 0;
    agent->stands = false;
  }
  agent->conversation = request.conversation;
  bytes = (size_t)(wherry_write_identity_record(record, agent->backend->identity()) - record);
  reply.conversation = request.conversation;
  reply.total = (uint32_t)bytes;
  wherry_write_hello_reply(wherry_line_body(&agent->line), &reply);
  wherry_give(agent, asked, WHERRY_HELLO_REPLY_LENGTH, record, (uint32_t)bytes, NULL, 0);
}

static void memory(struct wherry_agent *agent, const struct wherry_header *asked) {
  uint8_t bytes[WHERRY_MEMORY_RECORD_LENGTH];
  struct wherry_memory_record record;
  agent->backend->memory(&record);
  wherry_write_memory_record(bytes, &record);
  wherry_give_whole(agent, asked, bytes, sizeof bytes);
}

static void self_test(struct wherry_agent *agent, const struct wherry_header *asked) {
  uint8_t bytes[WHERRY_CLOCK_RECORD_LENGTH];
  struct wherry_clock_record record;
  record.ticks = agent->backend->ticks();
  wherry_write_clock_record(bytes, &record);
  wherry_give_whole(agent, asked, bytes, sizeof bytes);
}

static void set_input(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  struct wherry_set_input_request request;
  struct wherry_room input;
  wherry_read_set_input_request(body, &request);
  if (agent->stands) {
    wherry_refuse(agent, asked, WHERRY_ERROR_BUSY, agent->run.number);
    return;
  }
  if (agent->backend->failure() != 0) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RUN_FAILED, agent->backend->failure());
    return;
  }
  input = agent->backend->input(request.input);
  if (input.data == NULL) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, agent->backend->identity()->inputs);
    return;
  }
  if (asked->offset > input.length || asked->length > input.length - asked->offset) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, input.length);
    return;
  }
  /* It may lie where outputs do. */
  agent->run.single = false;
  memcpy(input.data + asked->offset, body + WHERRY_SET_INPUT_REQUEST_LENGTH, asked->length);
  wherry_acknowledge(agent, asked);
}

static void reset(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  struct wherry_reset_request request;
  wherry_read_reset_request(body, &request);
  if (request.conversation != agent->conversation) {
    wherry_refuse(agent, asked, WHERRY_ERROR_STRANGER, 0);
    return;
  }
  wherry_acknowledge(agent, asked);
  agent->line.port->restart();
}

/* Bytes of the fields of a request; more than any has for a type that is none. */
static size_t fields_of(uint8_t type) {
  switch (type) {
    case WHERRY_TYPE_HELLO: return WHERRY_HELLO_REQUEST_LENGTH;
    case WHERRY_TYPE_SET_INPUT: return WHERRY_SET_INPUT_REQUEST_LENGTH;
    case WHERRY_TYPE_RUN: return WHERRY_RUN_REQUEST_LENGTH;
    case WHERRY_TYPE_PROFILE: return WHERRY_PROFILE_REQUEST_LENGTH;
    case WHERRY_TYPE_GET_OUTPUT: return WHERRY_GET_OUTPUT_REQUEST_LENGTH;
    case WHERRY_TYPE_GET_TENSOR: return WHERRY_GET_TENSOR_REQUEST_LENGTH;
    case WHERRY_TYPE_RESET: return WHERRY_RESET_REQUEST_LENGTH;
    case WHERRY_TYPE_MEMORY:
    case WHERRY_TYPE_SELF_TEST: return 0;
    default: return WHERRY_FIELD_LIMIT + 1u;
  }
}

static void answer(struct wherry_agent *agent, const struct wherry_frame *frame) {
  /* The body is written over by what is read while a run stands. */
  const struct wherry_header asked = frame->header;
  const size_t fields = fields_of(asked.type);
  const size_t data = asked.type == WHERRY_TYPE_SET_INPUT ? asked.length : 0;
  if (asked.version != WHERRY_VERSION) {
    wherry_refuse(agent, &asked, WHERRY_ERROR_VERSION, WHERRY_VERSION);
  } else if (fields > WHERRY_FIELD_LIMIT) {
    wherry_refuse(agent, &asked, WHERRY_ERROR_UNKNOWN, asked.type);
  } else if (frame->length != fields + data) {
    wherry_refuse(agent, &asked, WHERRY_ERROR_MALFORMED, (uint32_t)frame->length);
  } else if (agent->conversation == 0 && asked.type != WHERRY_TYPE_HELLO) {
    wherry_refuse(agent, &asked, WHERRY_ERROR_STRANGER, 0);
  } else {
    switch (asked.type) {
      case WHERRY_TYPE_HELLO: hello(agent, &asked, frame->body); break;
      case WHERRY_TYPE_MEMORY: memory(agent, &asked); break;
      case WHERRY_TYPE_SET_INPUT: set_input(agent, &asked, frame->body); break;
      case WHERRY_TYPE_RUN: wherry_run_model(agent, &asked, frame->body); break;
      case WHERRY_TYPE_PROFILE: wherry_profile(agent, &asked, frame->body); break;
      case WHERRY_TYPE_GET_OUTPUT: wherry_get_output(agent, &asked, frame->body); break;
      case WHERRY_TYPE_GET_TENSOR: wherry_get_tensor(agent, &asked, frame->body); break;
      case WHERRY_TYPE_SELF_TEST: self_test(agent, &asked); break;
      default: reset(agent, &asked, frame->body); break;
    }
  }
}

void wherry_agent_poll(struct wherry_agent *agent) {
  struct wherry_frame frame;
  enum wherry_found found;
  while ((found = wherry_line_read(&agent->line, &frame)) != WHERRY_FOUND_NOTHING) {
    const bool stood = agent->stands;
#if WHERRY_MLPERF_BYTES > 0
    if (found == WHERRY_FOUND_COMMAND) {
      wherry_mlperf_answer(agent, frame.body, frame.length);
      continue;
    }
#endif
    answer(agent, &frame);
    /* The run goes on: what else has come waits until it stands again or is over. */
    if (stood && !agent->stands) return;
  }
}
