// Every keyword of C (to C23) and C++ (to C++23), with the alternative operator spellings: none can be a name.

const words =
  'alignas alignof and and_eq asm atomic_cancel atomic_commit atomic_noexcept auto bitand bitor bool break case catch char ' +
  'char8_t char16_t char32_t class co_await co_return co_yield compl concept const const_cast consteval constexpr constinit ' +
  'continue decltype default delete do double dynamic_cast else enum explicit export extern false float for friend goto if ' +
  'import inline int long module mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public ' +
  'reflexpr register reinterpret_cast requires restrict return short signed sizeof static static_assert static_cast struct ' +
  'switch synchronized template this thread_local throw true try typedef typeid typename typeof typeof_unqual union unsigned ' +
  'using virtual void volatile wchar_t while xor xor_eq';

/** Names that compilers or the included headers define, which a declaration would break. */
const taken =
  'main errno linux unix i386 NULL EOF INT8_MIN INT8_MAX size_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t';

export const reservedWords: ReadonlySet<string> = new Set(`${words} ${taken}`.split(' '));
