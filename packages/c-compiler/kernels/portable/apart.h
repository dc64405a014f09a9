/* Of an inner loop that fills the registers: what is around it, drawn into one function with it, would take some away. */
#if defined(__GNUC__)
#define WHERRY_APART static __attribute__((noinline, unused))
#else
#define WHERRY_APART static inline
#endif

/* What stands behind it is not read before it: values that are all read ahead take registers that are needed for what stays. */
#if defined(__GNUC__)
#define WHERRY_READ_NOW __asm__ volatile("" : : : "memory")
#else
#define WHERRY_READ_NOW (void)0
#endif
