/* Runs of the model, and what they left. */
#include "run.h"

#include "reply.h"

static void give_run(struct wherry_agent *agent, const struct wherry_header *asked) {
  uint8_t bytes[WHERRY_RUN_RECORD_LENGTH];
  struct wherry_run_record record;
  record.executed = agent->run.executed;
  record.ticks = agent->run.ticks;
  record.inputs = agent->run.inputs;
  wherry_write_run_record(bytes, &record);
  wherry_give_whole(agent, asked, bytes, sizeof bytes);
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
  if (agent->backend->reset != NULL) agent->backend->reset();
}

/* Of all inputs one behind the other: into what keeps them, or back. Where there is no room, nothing is done. */
static void move_inputs(struct wherry_agent *agent, bool back) {
  uint8_t *kept = agent->backend->kept.data;
  unsigned position;
  if (kept == NULL) return;
  for (position = 0; position < agent->backend->identity()->inputs; ++position) {
    const struct wherry_room input = agent->backend->input(position);
    memcpy(back ? input.data : kept, back ? kept : input.data, input.length);
    kept += input.length;
  }
}

/* Stands still in the last inference where it has to; the conversation goes on meanwhile. */
static void execute(struct wherry_agent *agent, const struct wherry_run_request *request) {
  struct wherry_run *run = &agent->run;
  const uint32_t untimed = request->warm_up;
  uint32_t left = request->count + untimed;
  uint32_t done;
  if (left < untimed || (left > 1 && agent->backend->kept.data == NULL)) {
    wherry_refuse(agent, &agent->asked, WHERRY_ERROR_RANGE, request->count);
    return;
  }
  begin_run(agent, request);
  if (left > 1) move_inputs(agent, false);
  for (done = 0; left > 0; ++done, --left) {
    uint32_t failure;
    run->executed = 0;
    run->last = left == 1;
    run->timed = done >= untimed;
    if (done > 0) move_inputs(agent, true);
    run->since = agent->backend->ticks();
    failure = agent->backend->invoke(agent);
    /* Another conversation has begun. */
    if (run->number == 0) return;
    if (failure != 0) {
      run->number = 0;
      wherry_refuse(agent, &agent->asked, WHERRY_ERROR_RUN_FAILED, failure);
      return;
    }
  }
  run->over = true;
  agent->digest_type = 0;
  give_run(agent, &agent->asked);
}

void wherry_agent_after_operator(struct wherry_agent *agent, unsigned position) {
  struct wherry_run *run = &agent->run;
  const struct wherry_port *port = agent->line.port;
  if (run->number == 0) {
    /* Of the text dialect, whose host times inferences as a whole: a board that starves is one that starts anew. */
    if (port->rest != NULL) port->rest();
    return;
  }
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
  if (port->rest != NULL) port->rest();
  /* What passed while it stood, or rested, is nobody's. */
  run->since = agent->backend->ticks();
}

void wherry_run_model(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  struct wherry_run *run = &agent->run;
  struct wherry_run_request request;
  wherry_read_run_request(body, &request);
  if (request.run == 0 || request.count == 0 || request.stop == 0) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, 0);
  } else if (request.run != run->number) {
    if (agent->stands) {
      wherry_refuse(agent, asked, WHERRY_ERROR_BUSY, run->number);
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
  wherry_refuse(agent, asked, WHERRY_ERROR_NO_RUN, run->number);
  return false;
}

void wherry_profile(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  const uint32_t total = 4u * agent->backend->identity()->operators;
  struct wherry_profile_request request;
  uint8_t *to = wherry_put_u32(wherry_line_body(&agent->line), total);
  uint32_t length = asked->length;
  wherry_read_profile_request(body, &request);
  if (!is_over(agent, asked, request.run)) return;
  if (asked->offset > total) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, total);
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
  wherry_give(agent, asked, 4, tensor.data, tensor.length, agent->digest, WHERRY_DIGEST_BYTES);
}

void wherry_get_output(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  struct wherry_get_output_request request;
  struct wherry_bytes output;
  wherry_read_get_output_request(body, &request);
  if (!is_over(agent, asked, request.run)) return;
  output = agent->backend->output(request.output);
  if (!agent->run.single) {
    wherry_refuse(agent, asked, WHERRY_ERROR_NO_RUN, agent->run.number);
  } else if (output.data == NULL) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, agent->backend->identity()->outputs);
  } else {
    give_tensor(agent, asked, request.output, output);
  }
}

void wherry_get_tensor(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  const struct wherry_run *run = &agent->run;
  struct wherry_get_tensor_request request;
  wherry_read_get_tensor_request(body, &request);
  if (run->number == 0 || request.run != run->number) {
    wherry_refuse(agent, asked, WHERRY_ERROR_NO_RUN, run->number);
  } else if (request.tensor >= agent->backend->identity()->tensors) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, agent->backend->identity()->tensors);
  } else if (!agent->stands || agent->backend->operator_of(request.tensor) + 1u != run->executed) {
    wherry_refuse(agent, asked, WHERRY_ERROR_NOT_HELD, run->executed);
  } else {
    give_tensor(agent, asked, request.tensor, agent->backend->tensor(request.tensor));
  }
}
