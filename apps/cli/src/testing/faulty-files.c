/*
 * Preloaded into a process: counts its calls that change what lies below a folder, and has one of them fail, or the process
 * end at it. A tracer counts by thread and by kind of call, which is no aim at the writes of a pool of threads; that no call
 * goes past this file, a tracer is asked.
 *
 *   FAULTY_FILES_ROOT  the folder
 *   FAULTY_FILES_LOG   where each call is written down, a line each
 *   FAULTY_FILES_AT    number of the call, from 1 on
 *   FAULTY_FILES_DO    kill: ends before the call; tear: ends when half of a write is done; ENOSPC: a disk that is full from this
 *                      call on, which takes half of a write before; EIO: this call alone fails
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* What takes room of the disk, and so is refused for as long as it is full, and what does not. */
enum need { GROWS, STAYS };

static const char *root = "";
static const char *act = "";
static long chosen;
static int log_file = -1;
static atomic_long count;
static atomic_int is_full;

#define NEXT(result, name, ...)                                          \
  static result (*next)(__VA_ARGS__);                                    \
  if (next == NULL) {                                                    \
    *(void **)&next = dlsym(RTLD_NEXT, #name);                           \
  }

static ssize_t write_through(int file, const void *bytes, size_t length)
{
  NEXT(ssize_t, write, int, const void *, size_t)
  return next(file, bytes, length);
}

static int open_through(const char *path, int flags, mode_t mode)
{
  NEXT(int, open64, const char *, int, ...)
  return next(path, flags, mode);
}

static const char *setting(const char *name)
{
  const char *value = getenv(name);
  return value == NULL ? "" : value;
}

__attribute__((constructor)) static void begin(void)
{
  root = strdup(setting("FAULTY_FILES_ROOT"));
  act = strdup(setting("FAULTY_FILES_DO"));
  chosen = atol(setting("FAULTY_FILES_AT"));
  if (getenv("FAULTY_FILES_LOG") != NULL) {
    log_file = open_through(getenv("FAULTY_FILES_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  /* What the process starts is left alone. */
  unsetenv("LD_PRELOAD");
}

static int is_below(const char *path)
{
  const size_t length = strlen(root);
  return length > 0 && strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int is_chosen(const char *what)
{
  return strcmp(act, what) == 0;
}

/* Nonzero where the call has to fail, with errno set. `bytes`: of a write. */
static int met(const char *call, const char *path, enum need need, int file, const void *bytes, size_t length)
{
  const long at = ++count;
  if (log_file >= 0) {
    char line[PATH_MAX + 64];
    const int size = snprintf(line, sizeof line, "%s %s\n", call, path);
    if (write_through(log_file, line, (size_t)size) != size) {
      abort();
    }
  }
  if (at == chosen) {
    if (is_chosen("kill")) {
      kill(getpid(), SIGKILL);
    }
    if (bytes != NULL && !is_chosen("EIO") && write_through(file, bytes, length / 2) < 0) {
      abort();
    }
    if (is_chosen("tear")) {
      kill(getpid(), SIGKILL);
    }
    is_full = is_chosen("ENOSPC");
    errno = is_full ? ENOSPC : EIO;
    return -1;
  }
  if (is_full && need == GROWS) {
    errno = ENOSPC;
    return -1;
  }
  return 0;
}

static int met_path(const char *call, const char *path, enum need need)
{
  char absolute[2 * PATH_MAX];
  if (path[0] != '/') {
    char here[PATH_MAX];
    if (getcwd(here, sizeof here) == NULL) {
      return 0;
    }
    snprintf(absolute, sizeof absolute, "%s/%s", here, path);
    path = absolute;
  }
  return is_below(path) ? met(call, path, need, -1, NULL, 0) : 0;
}

static int met_file(const char *call, int file, enum need need, const void *bytes, size_t length)
{
  char link[64];
  char path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t end = readlink(link, path, sizeof path - 1);
  if (end < 0) {
    return 0;
  }
  path[end] = 0;
  return is_below(path) ? met(call, path, need, file, bytes, length) : 0;
}

#define OPEN(name)                                                       \
  int name(const char *path, int flags, ...)                             \
  {                                                                      \
    va_list rest;                                                        \
    va_start(rest, flags);                                               \
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                        \
    const int writes = (flags & O_ACCMODE) != O_RDONLY;                  \
    return writes && met_path("open", path, GROWS) != 0 ? -1 : open_through(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

char *mkdtemp(char *form)
{
  NEXT(char *, mkdtemp, char *)
  return met_path("mkdtemp", form, GROWS) != 0 ? NULL : next(form);
}

#define ON_PATH(name, need, path, parameters, arguments, ...)            \
  int name parameters                                                    \
  {                                                                      \
    NEXT(int, name, __VA_ARGS__)                                         \
    return met_path(#name, path, need) != 0 ? -1 : next arguments;       \
  }
ON_PATH(mkdir, GROWS, path, (const char *path, mode_t mode), (path, mode), const char *, mode_t)
ON_PATH(link, GROWS, to, (const char *from, const char *to), (from, to), const char *, const char *)
ON_PATH(symlink, GROWS, to, (const char *from, const char *to), (from, to), const char *, const char *)
ON_PATH(rename, STAYS, to, (const char *from, const char *to), (from, to), const char *, const char *)
ON_PATH(unlink, STAYS, path, (const char *path), (path), const char *)
ON_PATH(rmdir, STAYS, path, (const char *path), (path), const char *)

#define ON_FILE(result, name, call, need, bytes, length, parameters, arguments, ...) \
  result name parameters                                                 \
  {                                                                      \
    NEXT(result, name, __VA_ARGS__)                                      \
    return met_file(call, file, need, bytes, length) != 0 ? -1 : next arguments; \
  }
ON_FILE(int, fsync, "fsync", STAYS, NULL, 0, (int file), (file), int)
ON_FILE(int, fdatasync, "fsync", STAYS, NULL, 0, (int file), (file), int)
ON_FILE(int, ftruncate, "ftruncate", STAYS, NULL, 0, (int file, off_t size), (file, size), int, off_t)
ON_FILE(int, ftruncate64, "ftruncate", STAYS, NULL, 0, (int file, off64_t size), (file, size), int, off64_t)
ON_FILE(ssize_t, write, "write", GROWS, bytes, length, (int file, const void *bytes, size_t length),
        (file, bytes, length), int, const void *, size_t)
ON_FILE(ssize_t, pwrite64, "write", GROWS, bytes, length,
        (int file, const void *bytes, size_t length, off64_t at), (file, bytes, length, at), int, const void *,
        size_t, off64_t)
ON_FILE(ssize_t, writev, "write", GROWS, parts->iov_base, parts->iov_len,
        (int file, const struct iovec *parts, int number), (file, parts, number), int, const struct iovec *, int)
ON_FILE(ssize_t, pwritev64, "write", GROWS, parts->iov_base, parts->iov_len,
        (int file, const struct iovec *parts, int number, off64_t at), (file, parts, number, at), int,
        const struct iovec *, int, off64_t)
