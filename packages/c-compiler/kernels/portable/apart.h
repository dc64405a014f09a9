/* Of an inner loop that fills the registers: what is around it, drawn into one function with it, would take some away. */
#if defined(__GNUC__)
#define WHERRY_APART static __attribute__((noinline, unused))
#else
#define WHERRY_APART static inline
#endif
