/* The backend of a compiled model. `agent-model.h`, which is written for each model, says what is in it. */
#ifndef WHERRY_COMPILED_H
#define WHERRY_COMPILED_H

#include "../backend.h"

extern const struct wherry_backend wherry_compiled_backend;

#endif
