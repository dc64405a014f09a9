/* How the firmware calls itself: what else its figures depend on beside the chip, the runtime and the model. */
#ifndef WHERRY_FIRMWARE_H
#define WHERRY_FIRMWARE_H

#define WHERRY_TEXT_OF(name) #name
#define WHERRY_VERSION_OF(major, minor, patch) WHERRY_TEXT_OF(major) "." WHERRY_TEXT_OF(minor) "." WHERRY_TEXT_OF(patch)

#if defined(__clang__)
#define WHERRY_COMPILER "clang " WHERRY_VERSION_OF(__clang_major__, __clang_minor__, __clang_patchlevel__)
#elif defined(__GNUC__)
#define WHERRY_COMPILER "gcc " WHERRY_VERSION_OF(__GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__)
#else
#define WHERRY_COMPILER "a compiler of no name"
#endif

#define WHERRY_FIRMWARE "wherry agent 1, " WHERRY_COMPILER

#endif
