/* What agent-model.h says of a model for TensorFlow Lite Micro: here of one that adds 1, doubles, and adds 1 again. */
#ifndef WHERRY_AGENT_MODEL_H
#define WHERRY_AGENT_MODEL_H

#include "tensorflow/lite/micro/micro_interpreter.h"

#define WHERRY_MODEL_RUNTIME "tflm-reference"
#define WHERRY_MODEL_PROFILE "host-reference"
#define WHERRY_MODEL_ARENA 64u
#define WHERRY_MODEL_INPUT_BYTES 4u
#define WHERRY_MODEL_OPERATORS 3u
#define WHERRY_MODEL_OPERATOR_CODES 4u
#define WHERRY_MODEL_DATA (&stand_in::model)
#define WHERRY_MODEL_RESOLVER stand_in::Resolver
#define WHERRY_MODEL_REGISTER stand_in::Register

static const uint8_t wherry_model_hash[32] = {1, 2, 3};

namespace stand_in {

inline TfLiteStatus AddOne(TfLiteContext *, TfLiteNode *node) {
  for (int at = 0; at < 4; ++at) node->output[at] = static_cast<int8_t>(node->input[at] + 1);
  return kTfLiteOk;
}

inline TfLiteStatus Double(TfLiteContext *, TfLiteNode *node) {
  for (int at = 0; at < 4; ++at) {
    if (node->input[at] > 100) return kTfLiteError;
    node->output[at] = static_cast<int8_t>(2 * node->input[at]);
  }
  return kTfLiteOk;
}

class Resolver : public tflite::MicroOpResolver {
 public:
  const TFLMRegistration *FindOp(int kind) const override { return kind < 2 ? &registrations_[kind] : nullptr; }

 private:
  TFLMRegistration registrations_[2] = {{AddOne}, {Double}};
};

inline TfLiteStatus Register(Resolver &) { return kTfLiteOk; }

/* The first and the third code are one kernel, as of two versions of an operator; the last is of none. */
static const tflite::OperatorCode codes[] = {{0}, {1}, {0}, {7}};
static const tflite::OperatorCode *const all_codes[] = {codes, codes + 1, codes + 2, codes + 3};
static const int32_t numbers[] = {0, 1, 2, 3};
static const tflite::Operator operators[] = {{0, {numbers + 1, 1}}, {1, {numbers + 2, 1}}, {2, {numbers + 3, 1}}};
static const tflite::Operator *const all_operators[] = {operators, operators + 1, operators + 2};
static const tflite::SubGraph graph = {{all_operators, 3}, {numbers, 1}, {numbers + 3, 1}};
static const tflite::SubGraph *const graphs[] = {&graph, &graph};
#ifndef STAND_IN_SUBGRAPHS
#define STAND_IN_SUBGRAPHS 1
#endif
static const tflite::Model model = {TFLITE_SCHEMA_VERSION, {graphs, STAND_IN_SUBGRAPHS}, {all_codes, 4}};

}  // namespace stand_in

#endif
