/* The answers of the agent, as docs/protocol.md says. */
#include "agent.h"

void wherry_agent_begin(struct wherry_agent *agent, const struct wherry_backend *backend, const struct wherry_port *port) {
  agent->backend = backend;
  agent->line.port = port;
}

static void refuse(struct wherry_agent *agent, const struct wherry_header *asked, enum wherry_error code, uint32_t detail) {
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

/* The reply with the part of the whole that was asked for, behind `fields` bytes that are in the body already. The whole is in one or two pieces. */
static void give(struct wherry_agent *agent, const struct wherry_header *asked, size_t fields, const uint8_t *first, uint32_t first_bytes,
                 const uint8_t *second, uint32_t second_bytes) {
  struct wherry_header header;
  uint8_t *to = wherry_line_body(&agent->line) + fields;
  const uint32_t total = first_bytes + second_bytes;
  uint32_t length;
  uint32_t at;
  if (asked->offset > total) {
    refuse(agent, asked, WHERRY_ERROR_RANGE, total);
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

/* A reply whose only field is the total. */
static void give_whole(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *whole, size_t bytes) {
  wherry_put_u32(wherry_line_body(&agent->line), (uint32_t)bytes);
  give(agent, asked, 4, whole, (uint32_t)bytes, NULL, 0);
}

static void acknowledge(struct wherry_agent *agent, const struct wherry_header *asked) {
  struct wherry_header header = *asked;
  header.type = (uint8_t)(asked->type | WHERRY_REPLY_BIT);
  header.length = 0;
  wherry_line_write(&agent->line, &header, 0);
}

/* A tensor and its digest, which has the digest of the inputs in it. */
static void give_tensor(struct wherry_agent *agent, const struct wherry_header *asked, uint16_t position, struct wherry_bytes tensor) {
  if (agent->digest_type != asked->type || agent->digest_position != position) {
    struct wherry_digest digest;
    wherry_digest_begin(&digest);
    wherry_digest_add(&digest, agent->run.inputs, sizeof agent->run.inputs);
    wherry_digest_add(&digest, tensor.data, tensor.length);
    wherry_digest_end(&digest, agent->digest);
    agent->digest_type = asked->type;
    agent->digest_position = position;
  }
  wherry_put_u32(wherry_line_body(&agent->line), tensor.length + WHERRY_DIGEST_BYTES);
  give(agent, asked, 4, tensor.data, tensor.length, agent->digest, WHERRY_DIGEST_BYTES);
}

static void hello(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  uint8_t record[WHERRY_IDENTITY_RECORD_LENGTH];
  struct wherry_hello_request request;
  struct wherry_hello_reply reply;
  size_t bytes;
  wherry_read_hello_request(body, &request);
  if (request.conversation == 0) {
    refuse(agent, asked, WHERRY_ERROR_RANGE, 0);
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
  give(agent, asked, WHERRY_HELLO_REPLY_LENGTH, record, (uint32_t)bytes, NULL, 0);
}

static void memory(struct wherry_agent *agent, const struct wherry_header *asked) {
  uint8_t bytes[WHERRY_MEMORY_RECORD_LENGTH];
  struct wherry_memory_record record;
  agent->backend->memory(&record);
  wherry_write_memory_record(bytes, &record);
  give_whole(agent, asked, bytes, sizeof bytes);
}

static void self_test(struct wherry_agent *agent, const struct wherry_header *asked) {
  uint8_t bytes[WHERRY_CLOCK_RECORD_LENGTH];
  struct wherry_clock_record record;
  record.ticks = agent->backend->ticks();
  wherry_write_clock_record(bytes, &record);
  give_whole(agent, asked, bytes, sizeof bytes);
}

static void set_input(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  struct wherry_set_input_request request;
  struct wherry_room input;
  wherry_read_set_input_request(body, &request);
  if (agent->stands) {
    refuse(agent, asked, WHERRY_ERROR_BUSY, agent->run.number);
    return;
  }
  input = agent->backend->input(request.input);
  if (input.data == NULL) {
    refuse(agent, asked, WHERRY_ERROR_RANGE, agent->backend->identity()->inputs);
    return;
  }
  if (asked->offset > input.length || asked->length > input.length - asked->offset) {
    refuse(agent, asked, WHERRY_ERROR_RANGE, input.length);
    return;
  }
  memcpy(input.data + asked->offset, body + WHERRY_SET_INPUT_REQUEST_LENGTH, asked->length);
  acknowledge(agent, asked);
}

static void give_run(struct wherry_agent *agent, const struct wherry_header *asked) {
  uint8_t bytes[WHERRY_RUN_RECORD_LENGTH];
  struct wherry_run_record record;
  record.executed = agent->run.executed;
  record.ticks = agent->run.ticks;
  record.inputs = agent->run.inputs;
  wherry_write_run_record(bytes, &record);
  give_whole(agent, asked, bytes, sizeof bytes);
}

static void begin_run(struct wherry_agent *agent, const struct wherry_run_request *request) {
  struct wherry_run *run = &agent->run;
  struct wherry_digest digest;
  unsigned position;
  unsigned operators = agent->backend->identity()->operators;
  memset(run, 0, sizeof *run);
  run->number = request->run;
  run->stop = request->stop;
  run->single = request->count == 1 && request->warm_up == 0;
  wherry_digest_begin(&digest);
  for (position = 0; position < agent->backend->identity()->inputs; ++position) {
    const struct wherry_room input = agent->backend->input(position);
    wherry_digest_add(&digest, input.data, input.length);
  }
  wherry_digest_end(&digest, run->inputs);
  memset(agent->backend->profile, 0, operators * sizeof *agent->backend->profile);
}

/* Stands still in the last inference where it has to; the conversation goes on meanwhile. */
static void execute(struct wherry_agent *agent, const struct wherry_run_request *request) {
  struct wherry_run *run = &agent->run;
  const uint32_t untimed = request->warm_up;
  uint32_t left = request->count + untimed;
  uint32_t done;
  if (left < untimed) {
    refuse(agent, &agent->asked, WHERRY_ERROR_RANGE, request->count);
    return;
  }
  begin_run(agent, request);
  for (done = 0; left > 0; ++done, --left) {
    uint32_t failure;
    run->executed = 0;
    run->last = left == 1;
    run->timed = done >= untimed;
    run->since = agent->backend->ticks();
    failure = agent->backend->invoke(agent);
    /* Another conversation has begun. */
    if (run->number == 0) return;
    if (failure != 0) {
      run->number = 0;
      refuse(agent, &agent->asked, WHERRY_ERROR_RUN_FAILED, failure);
      return;
    }
  }
  run->over = true;
  agent->digest_type = 0;
  give_run(agent, &agent->asked);
}

void wherry_agent_after_operator(struct wherry_agent *agent, unsigned position) {
  struct wherry_run *run = &agent->run;
  if (run->number == 0) return;
  if (run->timed) {
    const uint64_t ticks = agent->backend->ticks() - run->since;
    uint32_t *profile = agent->backend->profile + position;
    run->ticks += ticks;
    *profile = ticks < 0xffffffffu - *profile ? *profile + (uint32_t)ticks : 0xffffffffu;
  }
  run->executed = (uint16_t)(position + 1u);
  if (run->last && run->stop == run->executed) {
    agent->stands = true;
    agent->digest_type = 0;
    give_run(agent, &agent->asked);
    while (agent->stands) wherry_agent_poll(agent);
  }
  /* What passed while it stood is nobody's. */
  run->since = agent->backend->ticks();
}

static void run_model(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  struct wherry_run *run = &agent->run;
  struct wherry_run_request request;
  wherry_read_run_request(body, &request);
  if (request.run == 0 || request.count == 0 || request.stop == 0) {
    refuse(agent, asked, WHERRY_ERROR_RANGE, 0);
  } else if (request.run != run->number) {
    if (agent->stands) {
      refuse(agent, asked, WHERRY_ERROR_BUSY, run->number);
      return;
    }
    agent->asked = *asked;
    execute(agent, &request);
  } else if (agent->stands && request.stop > run->executed) {
    agent->asked = *asked;
    run->stop = request.stop;
    agent->stands = false;
  } else {
    give_run(agent, asked);
  }
}

/* Whether the run of that number is over. */
static bool is_over(struct wherry_agent *agent, const struct wherry_header *asked, uint16_t number) {
  const struct wherry_run *run = &agent->run;
  if (run->number == number && number != 0 && run->over) return true;
  refuse(agent, asked, WHERRY_ERROR_NO_RUN, run->number);
  return false;
}

static void profile(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  const uint32_t total = 4u * agent->backend->identity()->operators;
  struct wherry_profile_request request;
  uint8_t *to = wherry_put_u32(wherry_line_body(&agent->line), total);
  uint32_t length = asked->length;
  wherry_read_profile_request(body, &request);
  if (!is_over(agent, asked, request.run)) return;
  if (asked->offset > total) {
    refuse(agent, asked, WHERRY_ERROR_RANGE, total);
    return;
  }
  if (length > total - asked->offset) length = total - asked->offset;
  if (length > WHERRY_AGENT_DATA) length = WHERRY_AGENT_DATA;
  {
    struct wherry_header header = *asked;
    uint32_t at;
    for (at = asked->offset; at < asked->offset + length; ++at)
      *to++ = (uint8_t)(agent->backend->profile[at / 4u] >> (8u * (at % 4u)) & 0xffu);
    header.type = (uint8_t)(asked->type | WHERRY_REPLY_BIT);
    header.length = (uint16_t)length;
    wherry_line_write(&agent->line, &header, 4u + length);
  }
}

static void get_output(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  struct wherry_get_output_request request;
  struct wherry_bytes output;
  wherry_read_get_output_request(body, &request);
  if (!is_over(agent, asked, request.run)) return;
  output = agent->backend->output(request.output);
  if (!agent->run.single) {
    refuse(agent, asked, WHERRY_ERROR_NO_RUN, agent->run.number);
  } else if (output.data == NULL) {
    refuse(agent, asked, WHERRY_ERROR_RANGE, agent->backend->identity()->outputs);
  } else {
    give_tensor(agent, asked, request.output, output);
  }
}

static void get_tensor(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  const struct wherry_run *run = &agent->run;
  struct wherry_get_tensor_request request;
  wherry_read_get_tensor_request(body, &request);
  if (run->number == 0 || request.run != run->number) {
    refuse(agent, asked, WHERRY_ERROR_NO_RUN, run->number);
  } else if (request.tensor >= agent->backend->identity()->tensors) {
    refuse(agent, asked, WHERRY_ERROR_RANGE, agent->backend->identity()->tensors);
  } else if (!agent->stands || agent->backend->operator_of(request.tensor) + 1u != run->executed) {
    refuse(agent, asked, WHERRY_ERROR_NOT_HELD, run->executed);
  } else {
    give_tensor(agent, asked, request.tensor, agent->backend->tensor(request.tensor));
  }
}

static void reset(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  struct wherry_reset_request request;
  wherry_read_reset_request(body, &request);
  if (request.conversation != agent->conversation) {
    refuse(agent, asked, WHERRY_ERROR_STRANGER, 0);
    return;
  }
  acknowledge(agent, asked);
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
    refuse(agent, &asked, WHERRY_ERROR_VERSION, WHERRY_VERSION);
  } else if (fields > WHERRY_FIELD_LIMIT) {
    refuse(agent, &asked, WHERRY_ERROR_UNKNOWN, asked.type);
  } else if (frame->length != fields + data) {
    refuse(agent, &asked, WHERRY_ERROR_MALFORMED, (uint32_t)frame->length);
  } else if (agent->conversation == 0 && asked.type != WHERRY_TYPE_HELLO) {
    refuse(agent, &asked, WHERRY_ERROR_STRANGER, 0);
  } else {
    switch (asked.type) {
      case WHERRY_TYPE_HELLO: hello(agent, &asked, frame->body); break;
      case WHERRY_TYPE_MEMORY: memory(agent, &asked); break;
      case WHERRY_TYPE_SET_INPUT: set_input(agent, &asked, frame->body); break;
      case WHERRY_TYPE_RUN: run_model(agent, &asked, frame->body); break;
      case WHERRY_TYPE_PROFILE: profile(agent, &asked, frame->body); break;
      case WHERRY_TYPE_GET_OUTPUT: get_output(agent, &asked, frame->body); break;
      case WHERRY_TYPE_GET_TENSOR: get_tensor(agent, &asked, frame->body); break;
      case WHERRY_TYPE_SELF_TEST: self_test(agent, &asked); break;
      default: reset(agent, &asked, frame->body); break;
    }
  }
}

void wherry_agent_poll(struct wherry_agent *agent) {
  struct wherry_frame frame;
  while (wherry_line_read(&agent->line, &frame)) {
    const bool stood = agent->stands;
    answer(agent, &frame);
    /* The run goes on: what else has come waits until it stands again or is over. */
    if (stood && !agent->stands) return;
  }
}
