// Functions, types and objects that the headers of C, POSIX and usual frameworks declare: another declaration breaks them.

const standard =
  'FILE a64l abort abs accept access acct acos acosf acosh acoshf acoshl acosl alarm aligned_alloc arc4random ' +
  'arc4random_buf arc4random_uniform asctime asctime_r asin asinf asinh asinhf asinhl asinl asprintf at_quick_exit ' +
  'atan atan2 atan2f atan2l atanf atanh atanhf atanhl atanl atexit atof atoi atol atoll atomic_flag ' +
  'atomic_flag_clear atomic_flag_test_and_set atomic_signal_fence atomic_thread_fence basename bcmp bcopy bind ' +
  'blkcnt64_t blkcnt_t blksize_t brk bsearch btowc bzero c16rtomb c32rtomb cabs cacos cacosh caddr_t call_once ' +
  'calloc canonicalize canonicalize_file_name canonicalizef canonicalizel carg casin casinh catan catanh cbrt cbrtf ' +
  'cbrtl ccos ccosh ceil ceilf ceill cexp chdir chmod chown chroot cimag clearenv clearerr clearerr_unlocked clock ' +
  'clock_adjtime clock_getcpuclockid clock_getres clock_gettime clock_nanosleep clock_settime clock_t clockid_t clog ' +
  'close close_range closefrom cnd_broadcast cnd_destroy cnd_init cnd_signal cnd_t cnd_timedwait cnd_wait ' +
  'comparison_fn_t confstr conj connect cookie_close_function_t cookie_io_functions_t cookie_read_function_t ' +
  'cookie_seek_function_t cookie_write_function_t copy_file_range copysign copysignf copysignl cos cosf cosh coshf ' +
  'coshl cosl cpow cproj creal creat crypt csin csinh csqrt ctan ctanh ctermid ctime ctime_r cuserid daddl daddr_t ' +
  'daemon daylight ddivl dev_t dfmal difftime div div_t dmull double_t dprintf drand48 drand48_r drem dremf dreml ' +
  'dsqrtl dsubl dup dup2 dup3 duplocale dysize eaccess ecvt ecvt_r endusershell environ erand48 erand48_r erf erfc ' +
  'erfcf erfcl erff erfl error_t euidaccess execl execle execlp execv execve execveat execvp execvpe exit exp exp10 ' +
  'exp10f exp10l exp2 exp2f exp2l expf expl explicit_bzero expm1 expm1f expm1l fabs fabsf fabsl faccessat fadd faddl ' +
  'fchdir fchmod fchown fchownat fclose fcloseall fcntl fcvt fcvt_r fd_mask fd_set fdatasync fdim fdimf fdiml fdiv ' +
  'fdivl fdopen feclearexcept fedisableexcept feenableexcept fegetenv fegetexcept fegetexceptflag fegetmode ' +
  'fegetround feholdexcept femode_t fenv_t feof feof_unlocked feraiseexcept ferror ferror_unlocked fesetenv ' +
  'fesetexcept fesetexceptflag fesetmode fesetround fetestexcept fetestexceptflag feupdateenv fexcept_t fexecve ' +
  'fflush fflush_unlocked ffma ffmal ffs ffsl ffsll fgetc fgetc_unlocked fgetpos fgetpos64 fgets fgets_unlocked ' +
  'fgetwc fgetwc_unlocked fgetws fgetws_unlocked fileno fileno_unlocked finite finitef finitel float_t flockfile ' +
  'floor floorf floorl fma fmaf fmal fmax fmaxf fmaximum fmaximum_mag fmaximum_mag_num fmaximum_mag_numf ' +
  'fmaximum_mag_numl fmaximum_magf fmaximum_magl fmaximum_num fmaximum_numf fmaximum_numl fmaximumf fmaximuml fmaxl ' +
  'fmaxmag fmaxmagf fmaxmagl fmemopen fmin fminf fminimum fminimum_mag fminimum_mag_num fminimum_mag_numf ' +
  'fminimum_mag_numl fminimum_magf fminimum_magl fminimum_num fminimum_numf fminimum_numl fminimumf fminimuml fminl ' +
  'fminmag fminmagf fminmagl fmod fmodf fmodl fmul fmull fopen fopen64 fopencookie fork fpathconf fpos64_t fpos_t ' +
  'fpregset_t fprintf fputc fputc_unlocked fputs fputs_unlocked fputwc fputwc_unlocked fputws fputws_unlocked fread ' +
  'fread_unlocked free free_aligned_sized free_sized freeaddrinfo freelocale freopen freopen64 frexp frexpf frexpl ' +
  'fromfp fromfpf fromfpl fromfpx fromfpxf fromfpxl fsblkcnt64_t fsblkcnt_t fscanf fseek fseeko fseeko64 fsetpos ' +
  'fsetpos64 fsfilcnt64_t fsfilcnt_t fsid_t fsqrt fsqrtl fstat fsub fsubl fsync ftell ftello ftello64 ftruncate ' +
  'ftruncate64 ftrylockfile funlockfile fwide fwprintf fwrite fwrite_unlocked fwscanf gamma gammaf gammal gcvt ' +
  'get_current_dir_name getaddrinfo getc getc_unlocked getchar getchar_unlocked getcwd getdate getdate_err getdate_r ' +
  'getdelim getdomainname getdtablesize getegid getentropy getenv geteuid getgid getgroups gethostid gethostname ' +
  'getline getloadavg getlogin getlogin_r getopt getpagesize getpass getpayload getpayloadf getpayloadl getpgid ' +
  'getpgrp getpid getppid getpt getresgid getresuid getsid getsubopt gettid gettimeofday getuid getusershell getw ' +
  'getwc getwc_unlocked getwchar getwchar_unlocked getwd gid_t gmtime gmtime_r grantpt greg_t gregset_t group_member ' +
  'gsignal htonl htons hypot hypotf hypotl id_t ilogb ilogbf ilogbl imaxabs imaxdiv imaxdiv_t index inet_addr ' +
  'inet_ntoa initstate initstate_r ino64_t ino_t int_fast16_t int_fast32_t int_fast64_t int_fast8_t int_least16_t ' +
  'int_least32_t int_least64_t int_least8_t intmax_t intptr_t ioctl isatty isctype isinff isinfl isnanf isnanl ' +
  'iswalnum iswalnum_l iswalpha iswalpha_l iswblank iswblank_l iswcntrl iswcntrl_l iswctype iswctype_l iswdigit ' +
  'iswdigit_l iswgraph iswgraph_l iswlower iswlower_l iswprint iswprint_l iswpunct iswpunct_l iswspace iswspace_l ' +
  'iswupper iswupper_l iswxdigit iswxdigit_l j0 j0f j0l j1 j1f j1l jmp_buf jn jnf jnl jrand48 jrand48_r key_t kill ' +
  'killpg l64a labs lchown lcong48 lcong48_r ldexp ldexpf ldexpl ldiv ldiv_t lgamma lgamma_r lgammaf lgammaf_r ' +
  'lgammal lgammal_r link linkat listen llabs lldiv lldiv_t llogb llogbf llogbl llrint llrintf llrintl llround ' +
  'llroundf llroundl locale_t localeconv localtime localtime_r lockf loff_t log log10 log10f log10l log1p log1pf ' +
  'log1pl log2 log2f log2l logb logbf logbl logf logl longjmp lrand48 lrand48_r lrint lrintf lrintl lround lroundf ' +
  'lroundl lseek lseek64 lstat malloc mblen mbrlen mbrtoc16 mbrtoc32 mbrtowc mbsinit mbsnrtowcs mbsrtowcs mbstate_t ' +
  'mbstowcs mbtowc mcontext_t memccpy memchr memcmp memcpy memfrob memmem memmove memory_order mempcpy memrchr ' +
  'memset memset_explicit mkdir mkdtemp mkfifo mkostemp mkostemp64 mkostemps mkostemps64 mkstemp mkstemp64 mkstemps ' +
  'mkstemps64 mktemp mktime mmap mode_t modf modff modfl mprotect mrand48 mrand48_r mtx_destroy mtx_init mtx_lock ' +
  'mtx_t mtx_timedlock mtx_trylock mtx_unlock munmap nan nanf nanl nanosleep nearbyint nearbyintf nearbyintl ' +
  'newlocale nextafter nextafterf nextafterl nextdown nextdownf nextdownl nexttoward nexttowardf nexttowardl nextup ' +
  'nextupf nextupl nice nlink_t nrand48 nrand48_r ntohl ntohs obstack_printf obstack_vprintf off64_t off_t on_exit ' +
  'once_flag open open_memstream open_wmemstream optarg opterr optind optopt pathconf pause pclose perror pid_t pipe ' +
  'pipe2 poll popen posix_memalign posix_openpt pow powf powl pread pread64 printf profil program_invocation_name ' +
  'program_invocation_short_name pselect psiginfo psignal pthread_attr_t pthread_barrier_t pthread_barrierattr_t ' +
  'pthread_cond_t pthread_condattr_t pthread_key_t pthread_kill pthread_mutex_t pthread_mutexattr_t pthread_once_t ' +
  'pthread_rwlock_t pthread_rwlockattr_t pthread_sigmask pthread_sigqueue pthread_spinlock_t pthread_t ptrdiff_t ' +
  'ptsname ptsname_r putc putc_unlocked putchar putchar_unlocked putenv puts putw putwc putwc_unlocked putwchar ' +
  'putwchar_unlocked pwrite pwrite64 qecvt qecvt_r qfcvt qfcvt_r qgcvt qsort qsort_r quad_t quick_exit raise rand ' +
  'rand_r random random_r rawmemchr read readlink readlinkat readv realloc reallocarray realpath recv recvfrom ' +
  'recvmsg register_t remainder remainderf remainderl remove remquo remquof remquol rename renameat renameat2 revoke ' +
  'rewind rindex rint rintf rintl rmdir round roundeven roundevenf roundevenl roundf roundl rpmatch sbrk scalb ' +
  'scalbf scalbl scalbln scalblnf scalblnl scalbn scalbnf scalbnl scanf sched_yield secure_getenv seed48 seed48_r ' +
  'select send sendmsg sendto setbuf setbuffer setdomainname setegid setenv seteuid setgid sethostid sethostname ' +
  'setlinebuf setlocale setlogin setpayload setpayloadf setpayloadl setpayloadsig setpayloadsigf setpayloadsigl ' +
  'setpgid setpgrp setregid setresgid setresuid setreuid setsid setstate setstate_r settimeofday setuid setusershell ' +
  'setvbuf shutdown sig_atomic_t sig_t sigabbrev_np sigaction sigaddset sigaltstack sigandset sigblock sigdelset ' +
  'sigdescr_np sigemptyset sigevent_t sigfillset siggetmask sighandler_t sighold sigignore siginfo_t siginterrupt ' +
  'sigisemptyset sigismember sigjmp_buf siglongjmp signal signgam significand significandf significandl sigorset ' +
  'sigpause sigpending sigprocmask sigqueue sigrelse sigreturn sigset sigset_t sigsetmask sigstack sigsuspend ' +
  'sigtimedwait sigval_t sigwait sigwaitinfo sin sincos sincosf sincosl sinf sinh sinhf sinhl sinl sleep snprintf ' +
  'socket socklen_t sprintf sqrt sqrtf sqrtl srand srand48 srand48_r srandom srandom_r sscanf ssignal ssize_t ' +
  'stack_t stat stdc_count_ones stpcpy stpncpy strcasecmp strcasecmp_l strcasestr strcat strchr strchrnul strcmp ' +
  'strcoll strcoll_l strcpy strcspn strdup strerror strerror_l strerror_r strerrordesc_np strerrorname_np strfromd ' +
  'strfromf strfroml strfry strftime strftime_l strlen strncasecmp strncasecmp_l strncat strncmp strncpy strndup ' +
  'strnlen strpbrk strptime strptime_l strrchr strsep strsignal strspn strstr strtod strtod_l strtof strtof_l ' +
  'strtoimax strtok strtok_r strtol strtol_l strtold strtold_l strtoll strtoll_l strtoq strtoul strtoul_l strtoull ' +
  'strtoull_l strtoumax strtouq strverscmp strxfrm strxfrm_l suseconds_t swab swprintf swscanf symlink symlinkat ' +
  'sync syncfs syscall sysconf system sysv_signal tan tanf tanh tanhf tanhl tanl tcgetpgrp tcsetpgrp tempnam tgamma ' +
  'tgammaf tgammal tgkill thrd_create thrd_current thrd_detach thrd_equal thrd_exit thrd_join thrd_sleep ' +
  'thrd_start_t thrd_t thrd_yield time time_t timegm timelocal timer_create timer_delete timer_getoverrun ' +
  'timer_gettime timer_settime timer_t times timespec_get timespec_getres timezone tmpfile tmpfile64 tmpnam tmpnam_r ' +
  'tolower tolower_l totalorder totalorderf totalorderl totalordermag totalordermagf totalordermagl toupper ' +
  'toupper_l towctrans towctrans_l towlower towlower_l towupper towupper_l trunc truncate truncate64 truncf truncl ' +
  'tss_create tss_delete tss_dtor_t tss_get tss_set tss_t ttyname ttyname_r ttyslot tzname tzset u_char u_int ' +
  'u_int16_t u_int32_t u_int64_t u_int8_t u_long u_quad_t u_short ualarm ucontext_t ufromfp ufromfpf ufromfpl ' +
  'ufromfpx ufromfpxf ufromfpxl uid_t uint uint_fast16_t uint_fast32_t uint_fast64_t uint_fast8_t uint_least16_t ' +
  'uint_least32_t uint_least64_t uint_least8_t uintmax_t uintptr_t ulong umask uname ungetc ungetwc unlink unlinkat ' +
  'unlockpt unsetenv useconds_t uselocale ushort usleep utime va_list valloc vasprintf vdprintf vfork vfprintf ' +
  'vfscanf vfwprintf vfwscanf vhangup vprintf vscanf vsnprintf vsprintf vsscanf vswprintf vswscanf vwprintf vwscanf ' +
  'wait waitpid wcpcpy wcpncpy wcrtomb wcscasecmp wcscasecmp_l wcscat wcschr wcschrnul wcscmp wcscoll wcscoll_l ' +
  'wcscpy wcscspn wcsdup wcsftime wcsftime_l wcslen wcsncasecmp wcsncasecmp_l wcsncat wcsncmp wcsncpy wcsnlen ' +
  'wcsnrtombs wcspbrk wcsrchr wcsrtombs wcsspn wcsstr wcstod wcstod_l wcstof wcstof_l wcstoimax wcstok wcstol ' +
  'wcstol_l wcstold wcstold_l wcstoll wcstoll_l wcstombs wcstoq wcstoul wcstoul_l wcstoull wcstoull_l wcstoumax ' +
  'wcstouq wcswcs wcswidth wcsxfrm wcsxfrm_l wctob wctomb wctrans wctrans_l wctrans_t wctype wctype_l wctype_t ' +
  'wcwidth wint_t wmemchr wmemcmp wmemcpy wmemmove wmempcpy wmemset wprintf write writev wscanf y0 y0f y0l y1 y1f ' +
  'y1l yn ynf ynl';

const runtimes =
  'tflite tflite_micro flatbuffers gemmlowp ruy std MicroPrintf VMicroPrintf MicroSnprintf MicroVsnprintf ' +
  'DebugLog DebugVsnprintf assert_perror strdupa strndupa gets iscanonical issignaling iszero iseqsig issubnormal app_main setup loop delay millis micros Serial Wire SPI';

export const libraryNames: ReadonlySet<string> = new Set(`${standard} ${runtimes}`.split(' '));
